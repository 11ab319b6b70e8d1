"""The team: covers, absences, load, transfers, ends of bodies (R18, R20, R56, R57, R59, V14, REQ-53, REQ-99)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.organismes.models import Suppleance
from cordee.metier.organismes.selectors import habilitation
from cordee.metier.organismes.services import OrganisationRefusee, couvrir, finir_suppleance
from cordee.metier.orientation.affectation.bareme import bareme
from cordee.metier.orientation.regles.charge import AConfier, Place, repartir
from cordee.metier.orientation.selectors.equipe import equipe_de, structures_de
from cordee.metier.orientation.selectors.signaux import Signal
from cordee.metier.orientation.selectors.transferts import proposer_partage
from cordee.metier.orientation.services.transferts import (
    TransfertRefuse,
    appliquer_fins,
    structures_finissantes,
    transferer,
)
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors import file_de_travail, histoire_de
from cordee.metier.parcours.services.agents import fermer_acces
from cordee.metier.personnes.models import Rattachement
from cordee.metier.personnes.selectors import permissions_sur, personnes_visibles
from cordee.metier.suivi import services as suivi
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.socle.horloge import jour
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe, etape, situation

pytestmark = pytest.mark.django_db
AU = jour(LE)
JOURS = timedelta(days=1)


def visibles(agent: object, au: object = AU) -> set[int]:
    return set(personnes_visibles(pour=agent, au=au).values_list("pk", flat=True))  # type: ignore[arg-type]


class TestCovers:
    def test_her_people_for_those_dates_only_and_never_wider(self, equipe: Equipe) -> None:
        """R20: the colleague reads and does what the absent one may, then nothing; a sensitive file stays closed."""
        noe = f.agent(RoleAgent.OPERATEUR, structure=equipe.eds, prenom="Noé")
        cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        personne, sensible, autre = equipe.avec_referent(), equipe.avec_referent(), equipe.notifiee()
        sensible.dossier_sensible = True
        sensible.save(update_fields=["dossier_sensible"])
        assert visibles(noe) == set()
        couvrir(absent=equipe.lea, remplacant=noe, debut=AU, fin=AU + 7 * JOURS, par=cheffe, le=LE)
        assert visibles(noe) == {personne.pk}
        assert visibles(noe, AU + 7 * JOURS) == set()
        assert autre.pk not in visibles(noe)
        communes = permissions_sur(pour=noe, au=AU, personne=personne)
        assert communes
        assert communes <= permissions_sur(pour=equipe.lea, au=AU, personne=personne)

    def test_urgent_steps_only_and_what_is_done_says_for_whom(self, equipe: Equipe) -> None:
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds, prenom="Noé", nom="Essai")
        cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        personne = equipe.accompagnee()
        couvrir(absent=equipe.lea, remplacant=noe, debut=AU, fin=AU + 7 * JOURS, par=cheffe, le=LE)
        assert file_de_travail(pour=noe, au=AU) == [], "rien n'est dû avant son retour"
        Suppleance.objects.update(fin=AU + 60 * JOURS)
        assert [t.personne_id for t in file_de_travail(pour=noe, au=AU)] == [personne.pk]
        suivi.noter_contact(
            personne=personne, genre=GenreContactSuivi.APPEL, resultat=ResultatContact.JOINTE, par=noe, le=LE
        )
        dernier = histoire_de(personne)[-1]
        assert dernier.par == "Noé Essai, pour Léa Exemple"
        assert "au_nom_de" not in Evenement.objects.filter(genre=GenreEvenement.CONTRAT_SIGNE).get().donnees

    def test_she_is_back_or_gone(self, equipe: Equipe) -> None:
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        personne = equipe.accompagnee()
        cover = couvrir(absent=equipe.lea, remplacant=noe, debut=AU - JOURS, fin=AU + 7 * JOURS, par=cheffe, le=LE)
        assert finir_suppleance(suppleance=cover, fin=AU, par=cheffe, le=LE) is not None
        assert visibles(noe) == set()
        couvrir(absent=equipe.lea, remplacant=noe, debut=AU, fin=AU + 7 * JOURS, par=cheffe, le=LE)
        fermer_acces(agent=equipe.lea, a_compter_du=AU, par=cheffe, le=LE)
        assert visibles(noe) == set(), "ses personnes sont à la structure, personne ne la remplace plus"
        assert personne.pk in visibles(cheffe)

    @pytest.mark.parametrize("cas", ["ailleurs", "elle-même", "passé", "déjà", "pour soi"])
    def test_what_is_refused(self, cas: str, equipe: Equipe) -> None:
        cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        debut, fin, par = AU, AU + 7 * JOURS, cheffe
        remplacant = {"ailleurs": equipe.malik, "elle-même": equipe.lea}.get(cas, noe)
        if cas == "passé":
            debut, fin = AU - 9 * JOURS, AU
        elif cas == "déjà":
            couvrir(absent=equipe.lea, remplacant=noe, debut=debut, fin=fin, par=cheffe, le=LE)
        elif cas == "pour soi":
            par = noe
        avant = Suppleance.objects.count()
        with pytest.raises(OrganisationRefusee):
            couvrir(absent=equipe.lea, remplacant=remplacant, debut=debut, fin=fin, par=par, le=LE)
        assert Suppleance.objects.count() == avant

    def test_one_query_for_roles_and_covers(self, equipe: Equipe, django_assert_num_queries: object) -> None:
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        Suppleance.objects.create(
            absent=equipe.lea, remplacant=noe, debut=AU, fin=AU + JOURS, creee_le=LE, creee_par=noe
        )
        with django_assert_num_queries(1):  # type: ignore[operator]
            droits = habilitation(noe, au=AU)
        assert [(c.absent, c.structure) for c in droits.couvertures] == [(equipe.lea.pk, equipe.eds.pk)]
        assert droits.structures == {equipe.eds.pk}


class TestBoard:
    def test_figures_load_and_who_is_nobodys(self, equipe: Equipe, django_assert_max_num_queries: object) -> None:
        cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        for _ in range(3):
            equipe.accompagnee()
        contrat = equipe.avec_referent()
        equipe.notifiee()
        tard = LE + timedelta(days=100)
        with django_assert_max_num_queries(12):  # type: ignore[operator]
            lignes = equipe_de(equipe.eds, pour=cheffe, maintenant=tard, droits=habilitation(cheffe, au=jour(tard)))
        lea = next(x for x in lignes if x.agent == equipe.lea)
        assert lea.mesures.suivies == 4
        assert lea.mesures.poids == 4 * bareme().poids_de("socio_pro", nouveau=False)
        assert lea.capacite == bareme().capacites["eds"] * 100
        assert lea.mesures.signaux[Signal.SANS_CONTRAT] == 1
        assert lea.mesures.signaux[Signal.CONTACT_ANCIEN] == 4
        assert lea.mesures.actives == 0
        assert situation(contrat).etat == Etat.CONTRAT_A_ELABORER
        assert (lignes[-1].agent, lignes[-1].mesures.suivies) == (None, 1)

    def test_declared_intensive_without_contact(self, equipe: Equipe) -> None:
        """REQ-99: the dated definition says intensive; thirty days without a contact contradict it."""
        personne = equipe.avec_referent()
        equipe.signer(equipe.brouillon(personne, intensite="intensive"))
        encadrante = f.agent(RoleAgent.ENCADRANT, structure=equipe.eds)
        for dans, attendu in ((30, 0), (31, 1)):
            quand = LE + timedelta(days=dans)
            droits = habilitation(encadrante, au=jour(quand))
            lignes = structures_de(pour=encadrante, maintenant=quand, droits=droits)
            eds = next(x for x in lignes if x.structure == equipe.eds)
            assert eds.mesures.intensives == 1
            assert eds.mesures.signaux[Signal.INTENSIF_SANS_CONTACT] == attendu


class TestTransfers:
    def test_a_leaver_leaves_nobody_behind(self, equipe: Equipe, django_assert_max_num_queries: object) -> None:
        """R56: everybody to the structure at once, then shared out by room, households together, a letter each."""
        cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds, prenom="Noé")
        zoe = f.agent(RoleAgent.REFERENT, structure=equipe.eds, prenom="Zoé")
        personnes = [equipe.accompagnee() for _ in range(5)]
        avant = {p.pk: etape(p).echeance for p in personnes}
        fermer_acces(agent=equipe.lea, a_compter_du=AU, par=cheffe, le=LE)
        assert {etape(p).genre for p in personnes} == {GenreEtape.NOMMER_REFERENT}
        droits = habilitation(cheffe, au=AU)
        partage = proposer_partage(equipe.eds, None, pour=cheffe, maintenant=LE, droits=droits)
        assert {a.personne for a in partage.attributions} == {p.pk for p in personnes}
        assert {a.agent for a in partage.attributions} == {noe.pk, zoe.pk}
        repartition = {a.personne: a.agent for a in partage.attributions}
        with django_assert_max_num_queries(60):  # type: ignore[operator]
            fait = transferer(structure=equipe.eds, repartition=repartition, par=cheffe, le=LE)
        assert (fait.personnes, fait.lettres, fait.sans_lettre) == (5, 5, {})
        assert Courrier.objects.filter(genre="nomination_referent").count() == 5
        for p in personnes:
            assert situation(p).referent_agent_id == repartition[p.pk]
            assert etape(p).genre == GenreEtape.PROCHAIN_CONTACT
            acces = Rattachement.objects.get(personne=p, fin__isnull=True, finalite="referent")
            assert acces.agent_id == repartition[p.pk]
        assert avant.keys() == repartition.keys()

    def test_a_transfer_is_all_or_nothing(self, equipe: Equipe) -> None:
        cheffe = f.agent(RoleAgent.CHEF_STRUCTURE, structure=equipe.eds)
        noe = f.agent(RoleAgent.REFERENT, structure=equipe.eds)
        une, deux = equipe.accompagnee(), equipe.accompagnee()
        for repartition in ({une.pk: noe.pk, deux.pk: equipe.malik.pk}, {une.pk: noe.pk, equipe.entrante().pk: noe.pk}):
            with pytest.raises(TransfertRefuse):
                transferer(structure=equipe.eds, repartition=repartition, par=cheffe, le=LE)
        assert situation(une).referent_agent == equipe.lea

    def test_shared_out_with_households_and_room(self) -> None:
        personnes = [AConfier(n, 100, foyer=9 if n in (1, 4) else None) for n in range(1, 7)]
        places = [Place(70, 9_800, 10_000), Place(71, 0, 300)]
        parts = repartir(personnes, places)
        assert parts == repartir(personnes[::-1], places[::-1])
        par_personne = {a.personne: a for a in parts}
        assert par_personne[1].agent == par_personne[4].agent
        assert len(parts) == 6
        assert sum(a.au_dela for a in parts) == 1, "cinq places pour six : personne n'est laissé, un le dit"

    def test_a_convention_that_expires(self, equipe: Equipe) -> None:
        """V14: before, the manager is told; after, each person waits for another body, owned and dated."""
        convention = equipe.ccas.conventions.get()
        convention.fin = AU + 10 * JOURS
        convention.save(update_fields=["fin"])
        assert structures_finissantes(au=AU, avant=AU + 60 * JOURS) == [(equipe.ccas, convention.fin, "convention")]
        personne = equipe.notifiee(structure=equipe.ccas, categorie="delegataire")
        systeme = f.systeme()
        assert appliquer_fins(par=systeme, le=LE) == {}
        le = LE + timedelta(days=10)
        assert appliquer_fins(par=systeme, le=le) == {equipe.ccas.code: 1}
        assert appliquer_fins(par=systeme, le=le) == {}
        assert etape(personne).genre == GenreEtape.REAFFECTER
        assert etape(personne).structure is None
        assert situation(personne).referent_structure is None
        assert not Rattachement.objects.filter(personne=personne, finalite="referent", fin__isnull=True).exists()

    def test_a_closed_structure_gives_its_people_back(self, equipe: Equipe) -> None:
        personne = equipe.accompagnee()
        f.structure(TypeStructure.EDS)
        equipe.eds.fin = AU
        equipe.eds.save(update_fields=["fin"])
        assert appliquer_fins(par=f.systeme(), le=LE) == {equipe.eds.code: 1}
        assert situation(personne).etat == Etat.A_REAFFECTER
