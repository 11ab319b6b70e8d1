"""Three employment outcomes kept apart, exits by their cause, who stays out: hand-counted; silence is unknown."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.personnes.enums import EtatDroit
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne, Personne
from cordee.metier.suivi.models import AccompagnementGlobal
from tests import fabriques as f
from tests.pilotage import gens, gens_actes
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)
RECU = date(2025, 3, 6)
"""Received that day: six months end on 5 September 2025."""


@pytest.fixture(autouse=True)
def premier_fichier(lac: Lac) -> None:
    """Somebody of the stock: the first file makes no arrivals."""
    gens.soumise(fin=date(2023, 1, 31))


def entrante(recu_le: date = RECU, activite: str = "ANP") -> Personne:
    photo = recu_le.replace(day=1) - timedelta(days=1)
    personne = gens.soumise(depuis=photo, demande_le=photo.replace(day=1))
    gens_actes.activite(personne, activite)
    return personne


def ferme(personne: Personne, le: date, motif: str, avant: str = "", depuis: date | None = None) -> None:
    """The right of her household ends; ``avant``: payment stopped for that reason from ``depuis`` on."""
    foyer = personne.appartenances.get().foyer
    DroitFoyer.objects.filter(foyer=foyer, fin=None).update(fin=depuis or le)
    if avant and depuis:
        DroitFoyer.objects.create(foyer=foyer, etat=EtatDroit.VERSEMENT_SUSPENDU, motif=avant, debut=depuis, fin=le)
    DroitFoyer.objects.create(foyer=foyer, etat=EtatDroit.CLOS, motif=motif, debut=le)


def test_a_job_once_in_six_months_and_at_six_months_are_two_figures(lac: Lac) -> None:
    """Worked in May and stopped; works since August, said by the file; since July, said by an agent; self-employed at
    entry; never worked; left in June, nobody knows why; left on a salary in July. Entered in October: too recent."""
    arretee, salariee, constatee, independante = entrante(), entrante(), entrante(), entrante(activite="AEN")
    entrante()
    disparue, partie = entrante(), entrante()
    gens_actes.devient_active(arretee, "SAL", date(2025, 5, 31), contrat="CDD")
    gens_actes.devient_active(arretee, "ANP", date(2025, 6, 30))
    gens_actes.devient_active(salariee, "SAL", date(2025, 8, 31), contrat="CDI")
    gens.fait(constatee, E.SITUATION_PARTICULIERE, date(2025, 7, 10), etat="en_emploi_partiel")
    ferme(disparue, date(2025, 6, 30), "RFD")
    DroitPersonne.objects.filter(personne=disparue).update(fin=date(2025, 6, 30))
    gens_actes.devient_active(partie, "SAL", date(2025, 7, 31), contrat="CDI")
    ferme(partie, date(2025, 7, 31), "RFD")
    gens_actes.devient_active(entrante(date(2025, 10, 6)), "SAL", date(2025, 11, 30), contrat="CDI")
    m = lac.mesures("acces_emploi_6_mois", "en_activite_6_mois", "acces_emploi_caisse", "acces_emploi_agents", au=AU)
    assert m["acces_emploi_6_mois"][1:] == (5, 6, 1)
    assert m["en_activite_6_mois"][1:] == (4, 6, 1)
    assert m["acces_emploi_caisse"][1:] == (4, 5, 0)
    assert m["acces_emploi_agents"][1:] == (1, 5, 0)
    assert lac.qui("en_activite_6_mois", AU) == {salariee.pk, constatee.pk, independante.pk, partie.pk}
    assert lac.mesure("acces_emploi_6_mois", date(2025, 8, 31)) == (None, None, None, 0)  # nobody is six months old


def test_activity_after_an_intensive_accompaniment_beside_the_others(lac: Lac) -> None:
    """A contrast, not an effect (REQ-103). Subject six months before; intensive since more than six months."""
    eds = f.structure()
    intensives, autres = [entrante(), entrante()], [entrante(), entrante(), entrante()]
    for personne in intensives:
        gens.contrat(personne, eds, date(2025, 5, 5), intensite="intensive")
    recente = entrante()
    gens.contrat(recente, eds, date(2025, 10, 1), intensite="intensive")  # too recent: among the others
    gens_actes.devient_active(intensives[0], "SAL", date(2025, 12, 31), contrat="CDD")
    gens_actes.devient_active(autres[0], "ETI", date(2025, 9, 30))
    ferme(autres[1], date(2025, 11, 30), "RFD")
    m = lac.mesures("activite_apres_intensif", "activite_sans_intensif", au=AU)
    assert m["activite_apres_intensif"][1:] == (1, 2, 0)
    assert m["activite_sans_intensif"][1:] == (1, 3, 1)


def test_outcomes_of_the_global_accompaniment(lac: Lac) -> None:
    """Ended in the year: a job, a training, no news (unknown). One still runs; one ended before."""
    eds = f.structure()
    for issue, fin in (("emploi_durable", date(2025, 9, 1)), ("formation", date(2025, 9, 1)),
                       ("sans_nouvelles", date(2025, 9, 1)), ("", None), ("creation", date(2025, 1, 15))):  # fmt: skip
        AccompagnementGlobal.objects.create(
            personne=gens.soumise(), structure=eds, coreferent_structure=eds, sans_rsa=False, debut=date(2024, 9, 1),
            fin=fin, issue=issue, ouvert_par=f.systeme(), ouvert_le=gens.a(date(2024, 9, 1)),
        )  # fmt: skip
    assert lac.mesure("emploi_accompagnement_global", AU)[1:] == (1, 2, 1)


def test_exits_by_cause_papers_and_sanction_are_told_as_such(lac: Lac) -> None:
    """One exit of each cause in September; a gap of a month is no exit; an exit of December is too recent to be one."""
    sept, suspendue = date(2025, 9, 30), date(2025, 5, 31)
    causes = {c: entrante() for c in ("emploi", "ressources", "pieces", "demenagement", "sanction", "deces", "autre",
                                      "inconnue")}  # fmt: skip
    causes["retraite_aah"] = entrante(activite="RET")
    gens_actes.devient_active(causes["emploi"], "SAL", date(2025, 8, 31), contrat="CDI")
    ferme(causes["emploi"], sept, "RFD")
    ferme(causes["ressources"], sept, "ECH", "01", suspendue)
    ferme(causes["pieces"], sept, "ECH", "06", suspendue)
    ferme(causes["demenagement"], sept, "MUT")
    ferme(causes["sanction"], sept, "PCG")
    ferme(causes["deces"], sept, "RAU")
    Personne.objects.filter(pk=causes["deces"].pk).update(deces_le=date(2025, 9, 12))
    ferme(causes["autre"], sept, "RAU")
    ferme(causes["inconnue"], sept, "ECH")
    ferme(causes["retraite_aah"], sept, "RAU")
    revenue = entrante()
    DroitPersonne.objects.filter(personne=revenue).update(fin=date(2025, 8, 31))
    _revient(revenue, date(2025, 9, 30))
    ferme(entrante(), date(2025, 12, 31), "RFD")
    m = lac.mesures("sorties_douze_mois", *(f"sorties_{c}_an" for c in causes), au=AU)
    assert m["sorties_douze_mois"][0] == len(causes) == 9
    for cause, personne in causes.items():
        assert m[f"sorties_{cause}_an"][0] == 1, cause
        assert lac.qui(f"sorties_{cause}_an", AU) == {personne.pk}, cause


def test_who_stays_out_three_six_and_twelve_months(lac: Lac) -> None:
    """Left on 30 November 2024: one back after five months, one after eleven, one never; two had a job."""
    novembre = date(2024, 11, 30)
    cinq, onze, jamais = (entrante(date(2024, 3, 6)) for _ in range(3))
    for personne in (onze, jamais):
        gens_actes.devient_active(personne, "SAL", date(2024, 10, 31), contrat="CDI")
    for personne in (cinq, onze, jamais):
        ferme(personne, novembre, "RFD")
    for personne, retour in ((cinq, date(2025, 4, 30)), (onze, date(2025, 10, 31))):
        _rouvre(personne, retour)
    m = lac.mesures("retours_12_mois", "maintien_douze_mois", au=AU)
    assert m["retours_12_mois"][1:] == (2, 3, 0)
    assert m["maintien_douze_mois"][1:] == (1, 2, 0)
    juin = lac.mesures("retours_6_mois", "maintien_trois_mois", "retours_12_mois", au=date(2025, 6, 30))
    assert juin["retours_6_mois"][1:] == (1, 3, 0)
    assert juin["maintien_trois_mois"][1:] == (2, 2, 0)
    assert juin["retours_12_mois"][2] is None  # no exit is a year old


def _revient(personne: Personne, le: date) -> None:
    DroitPersonne.objects.create(personne=personne, foyer=personne.appartenances.get().foyer, sdd=True, debut=le)


def _rouvre(personne: Personne, le: date) -> None:
    foyer = personne.appartenances.get().foyer
    DroitFoyer.objects.filter(foyer=foyer, fin=None).update(fin=le)
    DroitFoyer.objects.create(foyer=foyer, etat=EtatDroit.OUVERT_VERSABLE, debut=le)
