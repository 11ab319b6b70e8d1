"""Who a person is: the counter, doubts, merges and their undoing, protection, death."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.regles import TransitionInterdite
from cordee.metier.parcours.selectors.fusions import actes_a_revoir
from cordee.metier.parcours.services import (
    ActeIdentiteRefuse,
    annuler_fusion,
    arbitrer,
    changer_adresse,
    constater_deces,
    fusionner,
    identifier_representant,
    ouvrir_au_guichet,
    reconstruire,
    signaler_doublon,
    signaler_protection,
)
from cordee.metier.parcours.services.consignation import DossierReuni
from cordee.metier.personnes.enums import (
    FinaliteRattachement,
    GenreIdentifiant,
    NatureAdresse,
    Protection,
    RoleFoyer,
    Sexe,
    StatutArbitrage,
)
from cordee.metier.personnes.models import Arbitrage, Fusion, Identifiant, Personne, Rattachement
from cordee.metier.personnes.regles import EtatCivil, IdentiteRecherchee
from cordee.metier.personnes.selectors import (
    adresse_courante,
    apparier,
    envois_bloques,
    ids_du_groupe,
    personnes_visibles,
)
from cordee.metier.personnes.services import AdresseSaisie
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
AU = jour(LE)
MARS = date(1988, 3, 12)


@pytest.fixture
def eds() -> Structure:
    return f.structure()


@pytest.fixture
def accueil(eds: Structure) -> Agent:
    return f.agent(RoleAgent.AGENT_PLATEFORME, structure=eds)


@pytest.fixture
def donnees() -> Agent:
    return f.agent(RoleAgent.GESTIONNAIRE_DONNEES)


def lea(**champs: Any) -> EtatCivil:
    base = {"nom": "Martin", "nom_naissance": "Martin", "prenom": "Léa", "date_naissance": MARS, "sexe": Sexe.FEMME}
    return EtatCivil(**{**base, **champs})


def situation(personne: Personne) -> Situation:
    return Situation.objects.select_related("etape").get(personne=personne)


def etape(personne: Personne) -> str:
    ouverte = situation(personne).etape
    return ouverte.genre if ouverte else ""


def echeances(personne: Personne) -> set[str]:
    return set(Echeance.objects.filter(personne=personne, fermee_le=None).values_list("genre", flat=True))


class TestGuichet:
    def test_a_provisional_file_with_its_step_and_its_accesses(self, eds: Structure, accueil: Agent) -> None:
        commune = f.commune()
        secteur = f.structure()
        f.regle_secteur(secteur, commune)
        p = ouvrir_au_guichet(
            etat_civil=lea(), structure=eds, adresse=AdresseSaisie(commune=commune, numero="5", voie="Rue des Lilas"),
            contacts=["06 01 02 03 04"], nir="2880394028123", par=accueil, le=LE,
        )  # fmt: skip
        assert p.provisoire
        assert etape(p) == GenreEtape.CONFIRMER_DROIT
        assert situation(p).structure_secteur == secteur
        acces = set(Rattachement.objects.filter(personne=p).values_list("structure_id", "finalite"))
        assert acces == {(eds.pk, FinaliteRattachement.ACCUEIL), (secteur.pk, FinaliteRattachement.SECTEUR)}
        assert adresse_courante(p, AU).voie == "Rue des Lilas"  # type: ignore[union-attr]
        assert p.contacts.get().valeur == "0601020304"
        assert Identifiant.objects.get(personne=p, genre=GenreIdentifiant.NIR).valeur == ""

    def test_a_domiciled_person_belongs_to_the_body_that_receives_her_mail(
        self, eds: Structure, accueil: Agent
    ) -> None:
        ccas = f.structure(commune=f.commune())
        f.regle_secteur(eds, f.commune())
        p = ouvrir_au_guichet(
            etat_civil=lea(), structure=eds, par=accueil, le=LE,
            adresse=AdresseSaisie(nature=NatureAdresse.DOMICILIATION, domiciliataire=ccas),
        )  # fmt: skip
        assert adresse_courante(p, AU).chez == ccas.nom  # type: ignore[union-attr]
        assert Evenement.objects.get(personne=p).donnees["domiciliee"] is True
        assert Rattachement.objects.filter(structure=ccas, finalite=FinaliteRattachement.DOMICILIATION).exists()

    def test_someone_who_resembles_a_known_person_waits_for_the_data_desk(self, eds: Structure, accueil: Agent) -> None:
        connue = f.soumise(eds, nom="Martin", nom_naissance="Martin", prenom="Léa", date_naissance=MARS)
        p = ouvrir_au_guichet(etat_civil=lea(), structure=eds, par=accueil, le=LE)
        arbitrage = Arbitrage.objects.get()
        assert (arbitrage.personne, arbitrage.candidate) == (p, connue)
        assert etape(p) == GenreEtape.ARBITRER_IDENTITE
        assert etape(connue) == GenreEtape.CONVOQUER  # her path goes on, with a parallel duty
        assert echeances(connue) == {GenreEcheance.ARBITRER_IDENTITE}
        assert envois_bloques(p)
        assert envois_bloques(connue)

    def test_a_doubt_the_agent_set_aside_is_not_raised_but_a_sure_match_is(
        self, eds: Structure, accueil: Agent
    ) -> None:
        janvier = date(1988, 1, 1)
        douteuse = f.soumise(eds, nom="Martin", nom_naissance="Martin", prenom="Léa", date_naissance=janvier)
        ouvrir_au_guichet(
            etat_civil=lea(date_naissance=janvier), structure=eds, par=accueil, le=LE, ecartees=[douteuse.pk]
        )
        assert not Arbitrage.objects.exists()
        sure = f.soumise(eds, nom="Martin", nom_naissance="Martin", prenom="Léa", date_naissance=MARS)
        ouvrir_au_guichet(etat_civil=lea(), structure=eds, par=accueil, le=LE, ecartees=[sure.pk])
        assert Arbitrage.objects.get().candidate == sure

    def test_the_first_file_finds_her_by_the_number_she_brought(self, eds: Structure, accueil: Agent) -> None:
        p = ouvrir_au_guichet(etat_civil=lea(), numdemrsa=" 00000000777", structure=eds, par=accueil, le=LE)
        du_fichier = IdentiteRecherchee(
            cle=1, etat_civil=lea(nom="Durand", nom_naissance=""), numdemrsa="00000000777", role=RoleFoyer.DEM
        )
        trouve = apparier([du_fichier])[1]
        assert (trouve.personne_id, trouve.sure) == (p.pk, True)

    def test_moving_changes_the_sector_and_keeps_the_former_address(self, eds: Structure, accueil: Agent) -> None:
        commune, autre = f.commune(), f.commune("94046", "Maisons-Alfort")
        secteur, nouveau = f.structure(), f.structure()
        f.regle_secteur(secteur, commune)
        f.regle_secteur(nouveau, autre)
        p = ouvrir_au_guichet(
            etat_civil=lea(), structure=eds, adresse=AdresseSaisie(commune=commune), par=accueil, le=LE
        )
        apres = LE + timedelta(days=10)
        changer_adresse(personne=p, adresse=AdresseSaisie(commune=autre), par=accueil, le=apres)
        assert situation(p).structure_secteur == nouveau
        assert adresse_courante(p, jour(LE)).commune == commune  # type: ignore[union-attr]
        assert adresse_courante(p, jour(apres)).commune == autre  # type: ignore[union-attr]
        fin = Rattachement.objects.get(structure=secteur, finalite=FinaliteRattachement.SECTEUR).fin
        assert fin == jour(apres)


class TestArbitrage:
    def test_two_people_both_go_on(self, eds: Structure, accueil: Agent, donnees: Agent) -> None:
        connue = f.soumise(eds, nom="Martin", nom_naissance="Martin", prenom="Léa", date_naissance=MARS)
        p = ouvrir_au_guichet(etat_civil=lea(), structure=eds, par=accueil, le=LE)
        assert arbitrer(arbitrage=Arbitrage.objects.get(), meme_personne=False, par=donnees, le=LE) is None
        assert etape(p) == GenreEtape.CONFIRMER_DROIT
        assert echeances(connue) == set()
        assert envois_bloques(p) == envois_bloques(connue) == ""
        with pytest.raises(ActeIdentiteRefuse):
            signaler_doublon(personne=connue, autre=p, raisons=["encore"], par=donnees, le=LE)

    def test_the_same_person_typed_at_the_counter_joins_the_one_of_the_file(
        self, eds: Structure, accueil: Agent, donnees: Agent
    ) -> None:
        guichet = ouvrir_au_guichet(etat_civil=lea(date_naissance=date(1988, 1, 1)), structure=eds, par=accueil, le=LE)
        f.evenement(guichet, GenreEvenement.CONVOCATION, rendez_vous=1)
        du_fichier = f.soumise(eds, nom="Martin", prenom="Léa", date_naissance=date(1988, 1, 1))
        signaler_doublon(personne=du_fichier, autre=guichet, raisons=["Même nom."], par=donnees, le=LE)
        fusion = arbitrer(arbitrage=Arbitrage.objects.get(), meme_personne=True, par=donnees, le=LE)
        assert fusion is not None
        assert (fusion.absorbee, fusion.canonique) == (guichet, du_fichier)
        assert situation(du_fichier).etat == Etat.CONVOQUEE  # the appointment of the counter counts
        assert situation(guichet).etape is None
        assert Arbitrage.objects.get().statut == StatutArbitrage.MEME_PERSONNE
        assert reconstruire(verifier=True) == []

    def test_an_answer_is_given_once(self, eds: Structure, donnees: Agent) -> None:
        a, b = f.soumise(eds), f.soumise(eds)
        arbitrage = signaler_doublon(personne=a, autre=b, raisons=["Même nom."], par=donnees, le=LE)
        arbitrer(arbitrage=arbitrage, meme_personne=True, par=donnees, le=LE)
        with pytest.raises(ActeIdentiteRefuse):
            arbitrer(arbitrage=arbitrage, meme_personne=False, par=donnees, le=LE)

    def test_a_second_doubt_keeps_the_sendings_blocked(self, eds: Structure, donnees: Agent) -> None:
        a, b, c = f.soumise(eds), f.soumise(eds), f.soumise(eds)
        premier = signaler_doublon(personne=a, autre=b, raisons=["Même nom."], par=donnees, le=LE)
        signaler_doublon(personne=a, autre=c, raisons=["Même téléphone."], par=donnees, le=LE)
        arbitrer(arbitrage=premier, meme_personne=False, par=donnees, le=LE)
        assert etape(a) == GenreEtape.ARBITRER_IDENTITE
        assert envois_bloques(a)
        assert not envois_bloques(b)


class TestFusion:
    def test_acts_on_the_absorbed_row_are_refused(self, eds: Structure, donnees: Agent) -> None:
        a, b = f.soumise(eds), f.soumise(eds)
        fusionner(absorbee=a, canonique=b, raisons=["Même personne."], par=donnees, le=LE)
        with pytest.raises(DossierReuni):
            f.evenement(a, GenreEvenement.CONVOCATION, rendez_vous=1)

    def test_a_file_row_is_never_absorbed_by_a_provisional_one(self, eds: Structure, donnees: Agent) -> None:
        provisoire, du_fichier = f.personne(provisoire=True), f.soumise(eds)
        with pytest.raises(ActeIdentiteRefuse, match="organisme payeur"):
            fusionner(absorbee=du_fichier, canonique=provisoire, raisons=[], par=donnees, le=LE)

    def test_rows_keep_their_owner_and_the_group_is_read_whole(self, eds: Structure, donnees: Agent) -> None:
        lea_, max_ = (f.agent(RoleAgent.REFERENT, structure=eds) for _ in range(2))
        a, b = f.soumise(eds), f.soumise(eds)
        f.accompagnee(a, eds, lea_)
        f.accompagnee(b, eds, max_, le=LE + timedelta(hours=1))
        fusionner(absorbee=a, canonique=b, raisons=["Même personne."], par=donnees, le=LE + timedelta(hours=2))
        assert situation(b).referent_agent == max_
        referents = Rattachement.objects.filter(finalite=FinaliteRattachement.REFERENT, fin=None)
        assert dict(referents.values_list("personne_id", "agent_id")) == {a.pk: lea_.pk, b.pk: max_.pk}
        for agent in (lea_, max_):
            assert list(personnes_visibles(pour=agent, au=AU)) == [b]

    def test_the_referent_of_the_absorbed_row_hands_over_within_fifteen_days(
        self, eds: Structure, donnees: Agent
    ) -> None:
        avant, apres = (f.agent(RoleAgent.REFERENT, structure=eds) for _ in range(2))
        a, b = (f.soumise(eds, le=LE - timedelta(days=100)) for _ in range(2))
        f.accompagnee(a, eds, avant, le=LE - timedelta(days=90))
        f.accompagnee(b, eds, apres)
        fusion = fusionner(absorbee=a, canonique=b, raisons=["Même personne."], par=donnees, le=LE)
        plus_tard = AU + timedelta(days=15)
        assert list(personnes_visibles(pour=avant, au=AU + timedelta(days=14))) == [b]
        assert list(personnes_visibles(pour=avant, au=plus_tard)) == []
        assert list(personnes_visibles(pour=apres, au=plus_tard)) == [b]
        annuler_fusion(fusion=fusion, par=donnees, le=LE + timedelta(days=1))
        assert list(personnes_visibles(pour=avant, au=plus_tard)) == [a]

    def test_undo_gives_each_row_its_own_life_and_lists_what_was_done_meanwhile(
        self, eds: Structure, donnees: Agent
    ) -> None:
        referent = f.agent(RoleAgent.REFERENT, structure=eds)
        a, b = f.soumise(eds), f.soumise(eds)
        f.accompagnee(a, eds, referent)
        avant = {p.pk: (situation(p).etat, situation(p).calcul) for p in (a, b)}
        fusion = fusionner(absorbee=a, canonique=b, raisons=["Même personne."], par=donnees, le=LE)
        assert situation(b).etat == Etat.ACCOMPAGNEE
        contact = f.evenement(b, GenreEvenement.CONTACT, resultat="jointe", prochain_contact_le="2026-04-01")
        assert actes_a_revoir(fusion) == [contact]
        a_revoir = annuler_fusion(fusion=fusion, par=donnees, le=LE)
        assert a_revoir == actes_a_revoir(fusion) == [contact]
        assert (situation(a).etat, situation(a).calcul) == avant[a.pk]
        assert situation(b).etat == avant[b.pk][0] == Etat.ENTRANTE
        assert situation(b).dernier_contact_le == AU  # the conversation stays where it was recorded
        assert echeances(b) == {GenreEcheance.REVOIR_APRES_FUSION}
        assert echeances(a) == set(avant[a.pk][1].get("echeances", {}))
        assert reconstruire(verifier=True) == []
        with pytest.raises(ActeIdentiteRefuse):
            annuler_fusion(fusion=fusion, par=donnees, le=LE)

    def test_undo_of_an_arbitrated_merge_opens_the_doubt_again(self, eds: Structure, donnees: Agent) -> None:
        a, b = f.soumise(eds), f.soumise(eds)
        signaler_doublon(personne=a, autre=b, raisons=["Même nom."], par=donnees, le=LE)
        fusion = arbitrer(arbitrage=Arbitrage.objects.get(), meme_personne=True, par=donnees, le=LE)
        assert fusion is not None
        assert not envois_bloques(a)
        annuler_fusion(fusion=fusion, par=donnees, le=LE)
        assert Arbitrage.objects.get().statut == StatutArbitrage.OUVERT
        assert envois_bloques(a)
        assert envois_bloques(b)
        plus_recente = Personne.objects.get(pk=max(a.pk, b.pk))
        assert GenreEcheance.ARBITRER_IDENTITE in echeances(b) | echeances(a)
        assert plus_recente.canonique is None

    def test_a_chain_of_merges_undone_in_the_middle(self, eds: Structure, donnees: Agent) -> None:
        a, b, c = f.soumise(eds), f.soumise(eds), f.soumise(eds)
        premiere = fusionner(absorbee=a, canonique=b, raisons=[], par=donnees, le=LE)
        seconde = fusionner(absorbee=b, canonique=c, raisons=[], par=donnees, le=LE)
        assert ids_du_groupe(c) == [c.pk, a.pk, b.pk]
        annuler_fusion(fusion=premiere, par=donnees, le=LE)
        assert ids_du_groupe(Personne.objects.get(pk=c.pk)) == [c.pk, b.pk]
        assert situation(a).soumis
        annuler_fusion(fusion=seconde, par=donnees, le=LE)
        assert Personne.objects.filter(canonique__isnull=False).count() == 0
        assert all(situation(p).soumis for p in (a, b, c))
        assert reconstruire(verifier=True) == []
        assert Fusion.objects.filter(annulee_le=None).count() == 0

    def test_merging_twice_is_refused(self, eds: Structure, donnees: Agent) -> None:
        a, b = f.soumise(eds), f.soumise(eds)
        fusionner(absorbee=a, canonique=b, raisons=[], par=donnees, le=LE)
        with pytest.raises(ActeIdentiteRefuse):
            fusionner(absorbee=b, canonique=a, raisons=[], par=donnees, le=LE)

    def test_another_doubt_of_the_absorbed_row_becomes_a_parallel_duty(self, eds: Structure, donnees: Agent) -> None:
        a, b, c = f.soumise(eds), f.soumise(eds), f.soumise(eds)
        signaler_doublon(personne=a, autre=c, raisons=["Même nom."], par=donnees, le=LE)
        fusionner(absorbee=a, canonique=b, raisons=[], par=donnees, le=LE)
        assert etape(b) == GenreEtape.CONVOQUER
        assert echeances(b) == {GenreEcheance.ARBITRER_IDENTITE}
        assert envois_bloques(b)


class TestProtection:
    def test_without_a_known_representative_someone_must_find_it(self, eds: Structure, accueil: Agent) -> None:
        p = f.soumise(eds)
        signaler_protection(personne=p, protection=Protection.CURATELLE, par=accueil, le=LE)
        assert echeances(p) == {GenreEcheance.IDENTIFIER_REPRESENTANT}
        representant = identifier_representant(personne=p, nom="Mme Tiers", adresse="1 rue X", par=accueil, le=LE)
        assert echeances(p) == set()
        assert (representant.protection, representant.nom) == (Protection.CURATELLE, "Mme Tiers")

    def test_with_a_representative_nothing_is_owed(self, eds: Structure, accueil: Agent) -> None:
        p = f.soumise(eds)
        signaler_protection(personne=p, protection=Protection.TUTELLE, nom="M. Tiers", par=accueil, le=LE)
        assert echeances(p) == set()

    def test_identifying_without_protection_or_without_name_is_refused(self, eds: Structure, accueil: Agent) -> None:
        p = f.soumise(eds)
        with pytest.raises(ActeIdentiteRefuse):
            identifier_representant(personne=p, nom="Mme Tiers", par=accueil, le=LE)
        signaler_protection(personne=p, protection=Protection.MANDAT, par=accueil, le=LE)
        with pytest.raises(ActeIdentiteRefuse):
            identifier_representant(personne=p, nom="  ", par=accueil, le=LE)


class TestDeces:
    def test_everything_closes(self, eds: Structure, donnees: Agent) -> None:
        p = f.soumise(eds)
        p = constater_deces(personne=p, deces_le=AU - timedelta(days=3), par=donnees, le=LE)
        assert p.deces_le == AU - timedelta(days=3)
        assert situation(p).etat == Etat.DECEDEE
        assert not Etape.objects.filter(personne=p, fermee_le=None).exists()
        assert envois_bloques(p)
        with pytest.raises(TransitionInterdite):
            constater_deces(personne=p, deces_le=AU, par=donnees, le=LE)

    def test_a_date_to_come_is_refused(self, eds: Structure, donnees: Agent) -> None:
        with pytest.raises(ActeIdentiteRefuse):
            constater_deces(personne=f.soumise(eds), deces_le=AU + timedelta(days=1), par=donnees, le=LE)
