"""Acts on the rows of persons: accesses, coordinates, NIR, optimistic lock, doubts, sensitive files."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cordee.metier.organismes.enums import Finalite, RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.enums import (
    Autorisation,
    FinaliteRattachement,
    GenreContact,
    GenreIdentifiant,
    StatutArbitrage,
)
from cordee.metier.personnes.models import Arbitrage, Identifiant, Lecture, Personne, Rattachement
from cordee.metier.personnes.regles import EtatCivil, IdentiteRecherchee
from cordee.metier.personnes.selectors import apparier, empreinte_nir, personnes_visibles
from cordee.metier.personnes.services import (
    AccesRefuse,
    CoordonneeInvalide,
    IdentiteRefusee,
    PaireDouteuse,
    ajouter_contact,
    ajouter_identifiant,
    clore_contact,
    journaliser_lecture,
    lever_sensible,
    lier_agent,
    marquer_contact_discret,
    marquer_sensible,
    mettre_fin_rattachement,
    modifier_identite,
    ouvrir_arbitrages,
    purger_lectures,
    rattacher,
)
from cordee.socle.chiffrement import dechiffrer
from cordee.socle.erreurs import DonneesPerimees
from cordee.socle.horloge import jour
from cordee.socle.nir import cle_nir
from tests import fabriques as f

pytestmark = pytest.mark.django_db
LE = f.MAINTENANT
AU = jour(LE)
NIR = "2880394028123"
F = FinaliteRattachement


@pytest.fixture
def eds() -> Structure:
    return f.structure()


@pytest.fixture
def par(eds: Structure) -> Agent:
    return f.agent(RoleAgent.ENCADRANT, structure=eds)


class TestAcces:
    def test_the_same_access_twice_is_one_row(self, eds: Structure, par: Agent) -> None:
        p = f.personne()
        for _ in range(2):
            rattacher(personne=p, structure=eds, agent=None, finalite=F.ACCUEIL, depuis=AU, par=par, le=LE)
        assert Rattachement.objects.count() == 1

    def test_one_referent_body_at_a_time_the_former_reads_fifteen_days_more(self, eds: Structure, par: Agent) -> None:
        p, autre = f.personne(), f.structure()
        chefs = [f.agent(RoleAgent.CHEF_STRUCTURE, structure=s) for s in (eds, autre)]
        depart = AU - timedelta(days=30)
        rattacher(personne=p, structure=eds, agent=None, finalite=F.REFERENT, depuis=depart, par=par, le=LE)
        rattacher(personne=p, structure=autre, agent=None, finalite=F.REFERENT, depuis=AU, par=par, le=LE)
        assert [personnes_visibles(pour=chef, au=AU).exists() for chef in chefs] == [True, True]
        assert [personnes_visibles(pour=c, au=AU + timedelta(days=15)).exists() for c in chefs] == [False, True]

    def test_changed_the_same_day_leaves_no_empty_period(self, eds: Structure, par: Agent) -> None:
        p, autre = f.personne(), f.structure()
        for structure in (eds, autre):
            rattacher(personne=p, structure=structure, agent=None, finalite=F.SECTEUR, depuis=AU, par=par, le=LE)
        assert Rattachement.objects.get().structure == autre

    def test_several_welcomes_stand_together(self, eds: Structure, par: Agent) -> None:
        p = f.personne()
        for structure in (eds, f.structure()):
            rattacher(personne=p, structure=structure, agent=None, finalite=F.ACCUEIL, depuis=AU, par=par, le=LE)
        assert Rattachement.objects.filter(fin=None).count() == 2

    def test_an_agent_of_another_structure_is_refused(self, eds: Structure, par: Agent) -> None:
        autre = f.agent(RoleAgent.REFERENT)
        with pytest.raises(AccesRefuse):
            rattacher(personne=f.personne(), structure=eds, agent=autre, finalite=F.REFERENT, depuis=AU, par=par, le=LE)

    def test_an_access_that_had_not_begun_is_withdrawn(self, eds: Structure, par: Agent) -> None:
        ligne = f.rattachement(f.personne(), eds, debut=AU + timedelta(days=5))
        mettre_fin_rattachement(rattachement=ligne, fin=AU, par=par, le=LE)
        assert not Rattachement.objects.exists()

    def test_reads_are_logged_one_year(self, par: Agent) -> None:
        for age in (366, 364):
            journaliser_lecture(
                personne_id=1, par=par, finalite=Finalite.SUIVI, page="personne", le=LE - timedelta(days=age)
            )
        assert purger_lectures(le=LE) == 1
        assert Lecture.objects.get().agent_id == par.pk


class TestNir:
    def test_kept_encrypted_and_matched_by_its_hash(self, par: Agent) -> None:
        p = f.personne()
        ligne = ajouter_identifiant(personne=p, genre=GenreIdentifiant.NIR, valeur=f"{NIR} ", par=par, le=LE)
        ligne.refresh_from_db()
        assert ligne.valeur == ""
        assert NIR.encode() not in bytes(ligne.valeur_chiffree)  # type: ignore[arg-type]
        assert dechiffrer(ligne.valeur_chiffree, contexte="personnes.nir") == NIR  # type: ignore[arg-type]
        assert ligne.cle_valide is None
        recherchee = IdentiteRecherchee(
            cle=1, etat_civil=EtatCivil(nom="X", prenom="Y"), empreinte_nir=empreinte_nir(NIR)
        )
        assert apparier([recherchee])[1].personne_id == p.pk

    def test_the_key_is_checked_and_forgotten(self, par: Agent) -> None:
        p = f.personne()
        avec_cle = NIR + cle_nir(NIR)
        for valeur in (NIR, avec_cle, f"{NIR[:1]} {NIR[1:]}"):
            ajouter_identifiant(personne=p, genre=GenreIdentifiant.NIR, valeur=valeur, par=par, le=LE)
        ligne = Identifiant.objects.get()
        assert ligne.cle_valide is True

    @pytest.mark.parametrize("valeur", ["12345", NIR + "00", "0" * 13, "inconnu"])
    def test_a_wrong_one_is_refused_without_being_repeated(self, par: Agent, valeur: str) -> None:
        with pytest.raises(CoordonneeInvalide) as capture:
            ajouter_identifiant(personne=f.personne(), genre=GenreIdentifiant.NIR, valeur=valeur, par=par, le=LE)
        assert valeur not in str(capture.value)

    def test_the_definitive_one_ends_the_provisional_one(self, par: Agent) -> None:
        p = f.personne(nir="7880394028123")
        ajouter_identifiant(personne=p, genre=GenreIdentifiant.NIR, valeur=NIR, par=par, le=LE)
        assert list(Identifiant.objects.order_by("debut").values_list("fin", flat=True)) == [AU, None]


def test_other_numbers_are_kept_once(par: Agent) -> None:
    p = f.personne()
    for valeur in ("123:dem", " 123:DEM "):
        ajouter_identifiant(personne=p, genre=GenreIdentifiant.NUMDEMRSA, valeur=valeur, par=par, le=LE)
    assert Identifiant.objects.get().valeur == "123:DEM"
    with pytest.raises(CoordonneeInvalide):
        ajouter_identifiant(personne=p, genre=GenreIdentifiant.NUMDEMRSA, valeur=" ", par=par, le=LE)


class TestContacts:
    def test_normalised_and_brought_up_to_date(self, par: Agent) -> None:
        p = f.personne()
        ajouter_contact(personne=p, valeur="+33 6 01 02 03 04", par=par, le=LE)
        contact = ajouter_contact(
            personne=p, valeur="0601020304", autorisation=Autorisation.REFUS, verifie=True, par=par, le=LE
        )
        assert p.contacts.get() == contact
        assert (contact.genre, contact.autorisation, contact.verifie) == (
            GenreContact.TELEPHONE,
            Autorisation.REFUS,
            True,
        )

    def test_the_number_it_replaces_is_kept_ended(self, par: Agent) -> None:
        p = f.personne()
        ancien = f.contact(p, "0601020304")
        ajouter_contact(personne=p, valeur="0699999999", remplace=ancien, par=par, le=LE)
        assert dict(p.contacts.values_list("valeur", "fin")) == {"0601020304": AU, "0699999999": None}

    def test_one_known_today_and_wrong_today_is_marked(self, par: Agent) -> None:
        contact = ajouter_contact(personne=f.personne(), valeur="lea@exemple.invalid", par=par, le=LE)
        clore_contact(contact=contact, par=par, le=LE)
        contact.refresh_from_db()
        assert (contact.fin, contact.en_echec) == (None, True)

    @pytest.mark.parametrize("valeur", ["", "12", "lea@", "pas un numéro", "06 01 02 03"])
    def test_what_cannot_be_used_is_refused(self, par: Agent, valeur: str) -> None:
        with pytest.raises(CoordonneeInvalide):
            ajouter_contact(personne=f.personne(), valeur=valeur, par=par, le=LE)


class TestIdentite:
    def test_two_agents_never_overwrite_each_other(self, par: Agent) -> None:
        p = f.personne(nom="Avant")
        modifier_identite(personne=p, version=1, champs={"nom": "Premier"}, par=par, le=LE)
        with pytest.raises(DonneesPerimees):
            modifier_identite(personne=p, version=1, champs={"nom": "Second"}, par=par, le=LE)
        p.refresh_from_db()
        assert (p.nom, p.version) == ("Premier", 2)

    def test_the_former_value_and_who_changed_it_are_kept(self, par: Agent) -> None:
        p = f.personne(nom="Avant")
        modifier_identite(personne=p, version=1, champs={"nom": "Après"}, par=par, le=LE)
        trace = p.events.order_by("pgh_id").last()  # type: ignore[attr-defined]
        assert trace.pgh_context.metadata["agent"] == par.pk

    @pytest.mark.parametrize(
        "champs", [{"nom": "  "}, {"dossier_sensible": True}, {"date_naissance": date(2030, 1, 1)}, {"canonique": 1}]
    )
    def test_what_is_not_corrected_here(self, par: Agent, champs: dict[str, object]) -> None:
        p = f.personne()
        with pytest.raises(IdentiteRefusee):
            modifier_identite(personne=p, version=1, champs=champs, par=par, le=LE)
        p.refresh_from_db()
        assert p.version == 1


class TestArbitrages:
    def test_a_pair_is_raised_once_and_never_after_a_no(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        a, b, c = f.personne(), f.personne(), f.personne()
        paires = [
            PaireDouteuse(personne_id=x.pk, candidate_id=y.pk, raisons=("Même nom.",))
            for x, y in ((a, b), (b, a), (a, c), (a, a))
        ]
        with django_assert_num_queries(4):  # savepoint, known pairs, insert, release
            assert len(ouvrir_arbitrages(paires, LE)) == 2
        assert ouvrir_arbitrages(paires, LE) == []
        Arbitrage.objects.update(statut=StatutArbitrage.PERSONNES_DIFFERENTES)
        assert ouvrir_arbitrages(paires, LE) == []


class TestSensible:
    def test_the_list_is_replaced_and_lifted(self, eds: Structure, par: Agent) -> None:
        p = f.personne()
        lea, max_ = (f.agent(RoleAgent.REFERENT, structure=eds) for _ in range(2))
        assert marquer_sensible(personne=p, lecteurs=[lea], motif="collègue", par=par, le=LE).dossier_sensible
        marquer_sensible(personne=p, lecteurs=[max_], motif="collègue", par=par, le=LE + timedelta(days=2))
        apres = AU + timedelta(days=2)
        assert [personnes_visibles(pour=a, au=apres).exists() for a in (lea, max_, par)] == [False, True, False]
        lever_sensible(personne=p, par=par, le=LE + timedelta(days=3))
        assert personnes_visibles(pour=par, au=AU + timedelta(days=3)).exists()

    def test_never_without_a_reader_nor_read_by_herself(self, eds: Structure, par: Agent) -> None:
        p = f.personne()
        partie, elle = f.agent(actif=False), f.agent(RoleAgent.REFERENT, structure=eds)
        lier_agent(personne=p, agent=elle, soi_meme=True, par=par, le=LE)
        for lecteurs in ([], [partie], [elle]):
            with pytest.raises(IdentiteRefusee):
                marquer_sensible(personne=p, lecteurs=lecteurs, motif="elle-même", par=par, le=LE)
        assert not Personne.objects.get(pk=p.pk).dossier_sensible

    def test_a_reader_found_to_be_a_relative_no_longer_reads(self, eds: Structure, par: Agent) -> None:
        p = f.personne()
        lea = f.agent(RoleAgent.REFERENT, structure=eds)
        marquer_sensible(personne=p, lecteurs=[lea], motif="suivi", par=par, le=LE)
        lier_agent(personne=p, agent=lea, soi_meme=False, par=par, le=LE)
        assert not personnes_visibles(pour=lea, au=AU).exists()

    def test_discreet_contact_is_a_flag_of_the_person(self, par: Agent) -> None:
        p = marquer_contact_discret(personne=f.personne(), discret=True, par=par, le=LE)
        assert p.contact_discret
