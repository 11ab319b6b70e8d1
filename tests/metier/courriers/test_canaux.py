"""The best way to reach each person, for one and for thousands by the same rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cordee.metier.courriers.enums import Canal, GenreCourrier
from cordee.metier.courriers.models import Courrier, PreferenceContact
from cordee.metier.courriers.selectors import ChoixCanal, canaux_ouverts, canaux_possibles
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot, pdf
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.personnes.enums import Autorisation, NatureAdresse, Protection, RoleFoyer, StatutArbitrage
from cordee.metier.personnes.models import Arbitrage, Personne, Representant
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

JOUR = LE.date()
G = GenreCourrier.CONVOCATION
CONTENU: dict[str, Any] = {
    "departement": {"nom": "Département de démonstration"},
    "rdv": {"quand": LE, "lieu": {"nom": "EDS"}, "pourquoi": "Faire connaissance."},
    "deplacer": {"telephone": "01 99 00 00 01"},
}
pytestmark = pytest.mark.django_db


def chez_elle(**adresse: Any) -> Personne:
    """A person with an address and nothing else."""
    foyer = f.foyer()
    f.adresse(foyer=foyer, **adresse)
    return f.personne(foyer=foyer)


def choix(personne: Personne, genre: GenreCourrier = G, **options: Any) -> ChoixCanal:
    return canaux_ouverts(personnes=[personne.pk], genre=genre, au=JOUR, **options)[personne.pk]


def preferer(personne: Personne, **champs: bool) -> None:
    PreferenceContact.objects.create(personne=personne, note_le=LE, note_par=f.agent(), **champs)


class TestMeilleurCanal:
    def test_a_letter_where_an_address_is_known(self) -> None:
        personne = chez_elle()
        f.contact(personne)
        assert choix(personne).ouverts == (Canal.COURRIER, Canal.SMS, Canal.TELEPHONE)
        assert choix(personne).canal is Canal.COURRIER

    def test_the_service_may_ask_for_another_order(self) -> None:
        personne = chez_elle()
        f.contact(personne)
        assert choix(personne, ordre=[Canal.SMS, Canal.COURRIER]).canal is Canal.SMS

    def test_what_cannot_wait_for_the_post_goes_by_message_first(self) -> None:
        personne = chez_elle()
        f.contact(personne)
        assert choix(personne, GenreCourrier.RAPPEL).ouverts == (Canal.SMS, Canal.TELEPHONE)
        assert choix(personne, GenreCourrier.RENDEZ_VOUS_ANNULE).ouverts[-1] is Canal.COURRIER

    def test_a_returned_letter_closes_the_post(self) -> None:
        personne = chez_elle(npai=True)
        f.contact(personne, "prenom@exemple.invalid")
        assert choix(personne).canal is Canal.COURRIEL
        assert "revenu" in choix(personne).refus[Canal.COURRIER]

    def test_opposition_and_bounced_numbers_are_respected_and_kept(self) -> None:
        personne = f.personne(foyer=f.foyer())
        f.contact(personne, "0601020304", autorisation=Autorisation.REFUS)
        f.contact(personne, "prenom@exemple.invalid", en_echec=True)
        trouve = choix(personne)
        assert trouve.aller_vers
        assert "s'oppose" in trouve.raison
        assert "ne répond plus" in trouve.raison
        assert personne.contacts.count() == 2

    def test_a_landline_alone_means_a_call(self) -> None:
        personne = f.personne(foyer=f.foyer())
        f.contact(personne, "0149000001")
        assert choix(personne).canal is Canal.TELEPHONE

    def test_nobody_can_reach_her(self) -> None:
        trouve = choix(f.personne())
        assert trouve.aller_vers
        assert "Aucune adresse" in trouve.raison

    def test_mail_of_the_domiciled_goes_to_the_body_and_waits_there(self) -> None:
        ccas = f.structure(nom="CCAS de Créteil", adresse="1 place Allende", code_postal="94000", commune=f.commune())
        personne = chez_elle(
            nature=NatureAdresse.DOMICILIATION, domiciliataire=ccas, chez="CCAS de Créteil", voie="", numero="",
            type_voie="", code_postal="",
        )  # fmt: skip
        trouve = choix(personne)
        assert (trouve.canal, trouve.attente) == (Canal.COURRIER, 7)
        [lettre] = ecrire([personne])
        assert lettre.donnees["destinataire"]["adresse"][1:] == [
            "Chez CCAS DE CRETEIL", "1 PLACE ALLENDE", "94000 CRETEIL",
        ]  # fmt: skip
        assert lettre.code_postal == "94000"

    def test_a_discreet_contact_is_never_written_to(self) -> None:
        personne = chez_elle()
        Personne.objects.filter(pk=personne.pk).update(contact_discret=True)
        f.contact(personne, "0601020304")
        assert choix(personne).aller_vers
        f.contact(personne, "0601020305", verifie=True)
        assert choix(personne).canal is Canal.TELEPHONE

    @pytest.mark.parametrize(
        ("demande", "attendu"),
        [({"sans_courrier_domicile": True}, Canal.SMS), ({"appel_prefere": True}, Canal.TELEPHONE),
         ({"sans_appel": True}, Canal.SMS)],
    )  # fmt: skip
    def test_what_she_asked_for_comes_first(self, demande: dict[str, bool], attendu: Canal) -> None:
        personne = chez_elle()
        f.contact(personne)
        preferer(personne, **demande)
        assert choix(personne).canal is attendu

    def test_a_death_only_signalled_stops_everything(self, equipe: Equipe) -> None:
        personne = equipe.entrante()
        f.evenement(personne, GenreEvenement.DECES_PRESUME)
        assert choix(personne).aller_vers
        assert "décès" in choix(personne).raison


class TestPartage:
    """R44: the number of a couple, the number of somebody else."""

    def test_the_number_of_a_couple_is_used_and_said_to_be_shared(self) -> None:
        foyer = f.foyer()
        elle, lui = f.personne(foyer=foyer), f.personne(foyer=foyer, role=RoleFoyer.CJT)
        for personne in (elle, lui):
            f.contact(personne, "0601020304")
        trouves = canaux_ouverts(personnes=[elle.pk, lui.pk], genre=G, au=JOUR)
        assert {(c.canal, c.partage) for c in trouves.values()} == {(Canal.SMS, True)}

    def test_the_number_of_another_household_waits_to_be_verified(self) -> None:
        une, autre = f.personne(foyer=f.foyer()), f.personne(foyer=f.foyer())
        mien = f.contact(une, "0601020304")
        f.contact(autre, "0601020304")
        assert "celui d'une autre personne" in choix(une).refus[Canal.SMS]
        assert choix(une).canal is Canal.TELEPHONE, "who answers a call can be asked for"
        mien.verifie = True
        mien.save()
        assert choix(une).canal is Canal.SMS


class TestProteges:
    def test_the_representative_gets_a_copy(self) -> None:
        personne = chez_elle()
        proteger(personne)
        assert choix(personne).copies == 1
        elle, copie = ecrire([personne])
        assert (elle.au_representant, copie.au_representant) == (False, True)
        assert copie.code_postal == "94100"

    def test_he_alone_when_she_cannot_be_reached(self) -> None:
        personne = f.personne()
        proteger(personne)
        trouve = choix(personne)
        assert (trouve.canal, trouve.par_representant) == (Canal.COURRIER, True)
        [copie] = ecrire([personne])
        assert copie.au_representant


class TestEnNombre:
    def test_the_cost_in_queries_does_not_grow(self) -> None:
        def cout(combien: int) -> int:
            personnes = [chez_elle() for _ in range(combien)]
            f.contact(personnes[0])
            with CaptureQueriesContext(connection) as requetes:
                ecrire(personnes)
            return len(requetes)

        assert cout(1) == cout(6) <= 30

    def test_one_and_many_get_the_same_answers(self) -> None:
        """The list of one person and the reading of all agree way by way."""
        personnes = [chez_elle(), chez_elle(npai=True), f.personne(), f.personne(foyer=f.foyer())]
        f.contact(personnes[2], "0601020304")
        f.contact(personnes[3], "prenom@exemple.invalid", autorisation=Autorisation.REFUS)
        ensemble = canaux_ouverts(personnes=[p.pk for p in personnes], genre=G, au=JOUR)
        for p in personnes:
            seule = {c.canal: c.empechement for c in canaux_possibles(personne=p, genre=G, au=JOUR) if not c.possible}
            assert {canal: seule[canal] for canal in ensemble[p.pk].refus} == ensemble[p.pk].refus

    def test_each_letter_proves_itself_as_one_written_alone(self) -> None:
        lettres = ecrire([chez_elle() for _ in range(3)])
        assert len({lettre.donnees["reference"] for lettre in lettres}) == 3
        assert pdf(Courrier.objects.get(pk=lettres[2].pk)).startswith(b"%PDF")

    def test_who_cannot_be_written_to_is_left_out_with_the_reason(self) -> None:
        douteuse, sure = chez_elle(), chez_elle()
        Arbitrage.objects.create(
            personne=douteuse, candidate=f.personne(), ouvert_le=LE, statut=StatutArbitrage.OUVERT
        )  # fmt: skip
        faite = emettre_lot(
            lettres=[LettreAEcrire(personne_id=pk, donnees=CONTENU, canal=Canal.COURRIER)
                     for pk in (douteuse.pk, sure.pk, 999_999_999)],
            genre=G, par=f.agent(), le=LE,
        )  # fmt: skip
        assert [lettre.personne_id for lettre in faite.courriers] == [sure.pk]
        assert "arbitrer" in faite.refus[0]
        assert "n'existe plus" in faite.refus[2]


def proteger(personne: Personne) -> None:
    Representant.objects.create(
        personne=personne, protection=Protection.CURATELLE, nom="Association tutélaire", debut=date(2024, 1, 1),
        adresse="3 rue du Port\n94100 Saint-Maur-des-Fossés",
    )  # fmt: skip


def ecrire(personnes: list[Personne]) -> list[Courrier]:
    """A convocation to each by her best way."""
    choix = canaux_ouverts(personnes=[p.pk for p in personnes], genre=G, au=JOUR)
    lettres = [
        LettreAEcrire(
            personne_id=c.personne_id,
            donnees=CONTENU,
            canal=c.canal,
            moyen=c.moyen,
            par_representant=c.par_representant,
        )
        for c in choix.values()
        if c.canal is not None
    ]
    return emettre_lot(lettres=lettres, genre=G, par=f.agent(), le=LE).courriers
