"""From the right to the contract, step by step; orientations and what follows them; the year before. Hand-counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.courriers.models import Courrier
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.models import Orientation
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.parcours.enums import Voie
from cordee.metier.personnes.models import DroitPersonne, Personne
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)
RECU = date(2025, 9, 6)
"""Right from 1 August, information received on 6 September: 36 days for the payer."""


@pytest.fixture(autouse=True)
def premier_fichier(lac: Lac) -> None:
    """Somebody of the stock: the first file makes no arrivals."""
    gens.soumise(fin=date(2023, 1, 31))


def entrante(recu_le: date = RECU) -> Personne:
    photo = recu_le.replace(day=1) - timedelta(days=1)
    return gens.soumise(depuis=photo, demande_le=photo.replace(day=1))


def test_each_step_of_the_way_in(lac: Lac) -> None:
    """One goes all the way: convened on the 10th, met on the 20th, oriented on 2 October, contract on 20 October. One
    is convened and waits; one left before being convened; one is with an operator that said nothing."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    complete, attend, partie, muette = (entrante() for _ in range(4))
    gens.fait(complete, E.CONVOCATION, date(2025, 9, 10))
    gens.fait(complete, E.PRESENCE, date(2025, 9, 20))
    gens.orientation(complete, eds, date(2025, 10, 2))
    gens.contrat(complete, eds, date(2025, 10, 20))
    gens.fait(attend, E.CONVOCATION, date(2025, 9, 26))
    DroitPersonne.objects.filter(personne=partie).update(fin=date(2025, 11, 30))
    gens.orientation(muette, operateur, date(2025, 9, 30))
    codes = ["delai_transmission", "delai_convocation_p90", "delai_rencontre", "delai_rencontre_p90", "delai_decision",
             "delai_decision_p90", "delai_droit_contrat", "delai_droit_contrat_p90", "delai_transmission_p90",
             "contrat_30_jours_droit"]  # fmt: skip
    m = lac.mesures(*codes, au=AU)
    assert m["delai_transmission"] == m["delai_transmission_p90"] == (36, None, 4, 0)
    assert m["delai_convocation_p90"] == (20, None, 2, 1)  # the one oriented on her file is left out
    assert m["delai_rencontre"] == (10, None, 2, 0)
    assert m["delai_rencontre_p90"][0] is None  # nine in ten never met yet
    assert m["delai_decision"] == m["delai_decision_p90"] == (12, None, 1, 0)
    assert m["delai_droit_contrat"] == (80, None, 2, 2)
    assert m["delai_droit_contrat_p90"][0] is None
    assert m["contrat_30_jours_droit"][1:] == (0, 2, 2)
    gens.contrat(attend, eds, date(2025, 8, 31))
    assert lac.mesure("contrat_30_jours_droit", AU)[1:] == (1, 2, 2)


def test_a_contract_a_referent_a_first_meeting_after_the_orientation(lac: Lac) -> None:
    """Notified on the 8th, contract on 8 November (the month is over on that day), référent on the 20th, met on the
    14th. Second: notified too, contract a day late, référent named at once. Third: no date certaine. Fourth: at the
    operator, which announced a contract and a référent. Fifth: at the operator, silent. Sixth: left."""
    eds, operateur = f.structure(), f.structure(categorie="operateur_emploi")
    agent = f.agent(RoleAgent.REFERENT, structure=eds)
    a_temps, tard, sans_date, dite, muette, partie = (gens.soumise() for _ in range(6))
    decidee, notifiee = date(2025, 10, 1), date(2025, 10, 8)
    for personne in (a_temps, tard, sans_date, partie):
        _orientee(personne, eds, decidee, None if personne is sans_date else notifiee)
    for personne in (dite, muette):
        _orientee(personne, operateur, decidee, notifiee)
    gens.referent(a_temps, eds, agent, date(2025, 10, 20))
    gens.referent(tard, eds, agent, date(2025, 9, 1))  # there already: no day is waited
    gens.contrat(a_temps, eds, date(2025, 11, 8))
    gens.contrat(tard, eds, date(2025, 11, 9))
    gens.rendez_vous(a_temps, eds, date(2025, 10, 14), "absent", genre="accompagnement")
    gens.rendez_vous(tard, eds, date(2025, 10, 10), "annule", genre="accompagnement")
    gens.fait(sans_date, E.CONTACT, date(2025, 10, 17), resultat="jointe")  # sixteen days
    gens.fait(dite, E.INFORMATION_PARTENAIRE, date(2025, 11, 15), pour=operateur.pk, contrat_le="2025-10-28",
              referent_connu=True)  # fmt: skip
    DroitPersonne.objects.filter(personne=partie).update(fin=date(2025, 12, 31))
    m = lac.mesures(
        "delai_referent", "delai_contrat", "delai_contrat_p90", "delai_referent_p90", "contrat_1_mois_orientation",
        "premier_rendez_vous_15_jours", au=AU,
    )  # fmt: skip
    assert m["delai_referent"] == (19, None, 4, 2)  # 0, 19, 45 and one still waits
    assert m["delai_referent_p90"][0] is None
    assert m["delai_contrat"] == (31, None, 3, 2)  # 20, 31, 32
    assert m["delai_contrat_p90"][0] == 32
    assert m["contrat_1_mois_orientation"][1:] == (2, 3, 2)
    assert m["premier_rendez_vous_15_jours"][1:] == (1, 4, 2)
    assert lac.qui("contrat_1_mois_orientation", AU) == {a_temps.pk, dite.pk}


def test_paths_of_the_year_beside_those_of_the_year_before(lac: Lac) -> None:
    """REQ-102: twelve months and the twelve before, each person once in each."""
    eds, deux_fois = f.structure(), gens.soumise()
    gens.orientation(deux_fois, eds, date(2024, 6, 3), voie=Voie.SOCIAL, fin=date(2025, 9, 1))
    gens.orientation(deux_fois, eds, date(2025, 9, 1), voie=Voie.EMPLOI)
    gens.orientation(gens.soumise(), eds, date(2024, 12, 3), voie=Voie.EMPLOI)
    gens.orientation(gens.soumise(), eds, date(2025, 5, 5), voie=Voie.SOCIO_PRO)
    gens.orientation(gens.soumise(), eds, date(2023, 5, 5), voie=Voie.SOCIO_PRO)
    codes = [f"taux_parcours_{p}_avant" for p in ("professionnel", "socioprofessionnel", "social")]
    m = lac.mesures("orientees_douze_mois", "orientees_douze_mois_avant", *codes, au=AU)
    assert (m["orientees_douze_mois"][0], m["orientees_douze_mois_avant"][0]) == (2, 2)
    assert [m[c][1] for c in codes] == [1, 0, 1]
    assert {m[c][2] for c in codes} == {2}


def test_proposals_followed_and_why_not(lac: Lac) -> None:
    eds = f.structure()
    decisions = [(True, "", RECU), (True, "", RECU), (False, "manque_capacite_accueil", RECU), (False, "autre", RECU),
                 (None, "", RECU), (False, "autre", date(2024, 9, 6))]  # fmt: skip
    for suivie, motif, le in decisions:
        orientation = gens.orientation(gens.soumise(), eds, le)
        Orientation.objects.filter(pk=orientation.pk).update(suivie=suivie, motif_ecart=motif)
    m = lac.mesures("propositions_suivies", "ecarts_faute_de_place", au=AU)
    assert m["propositions_suivies"][1:] == (2, 4, 0)
    assert m["ecarts_faute_de_place"][1:] == (1, 2, 0)


def test_absences_that_were_announced_and_appointments_by_e_mail(lac: Lac) -> None:
    eds, personne = f.structure(), gens.soumise()
    poses = [gens.rendez_vous(personne, eds, date(2025, 12, 1) + timedelta(days=n), statut)
             for n, statut in enumerate(("honore", "absent", "excuse", "excuse", "prevu"))]  # fmt: skip
    gens.rendez_vous(personne, eds, date(2025, 8, 1), "excuse")
    for rendez_vous in poses[:2]:
        Courrier.objects.create(
            personne=personne, genre="convocation", canal="courriel", objet_type="rendez_vous", objet_id=rendez_vous.pk,
            cree_le=gens.a(date(2025, 11, 20)), cree_par=f.systeme(),
        )  # fmt: skip
    m = lac.mesures("absences_excusees", "absences_courriel", au=AU)
    assert m["absences_excusees"][1:] == (2, 4, 1)
    assert m["absences_courriel"][1:] == (1, 2, 0)


def _orientee(personne: Personne, vers: object, le: date, notifiee_le: date | None) -> None:
    orientation = gens.orientation(personne, vers, le)  # type: ignore[arg-type]
    Orientation.objects.filter(pk=orientation.pk).update(notifiee_le=notifiee_le)
