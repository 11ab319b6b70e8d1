"""Difficulties told in interviews, and other rights: what was not spoken of is unknown, never absent."""

from __future__ import annotations

from datetime import date

from cordee.metier.orientation.models import Constat
from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.parcours.models import Echeance
from cordee.metier.personnes.models import Personne
from cordee.metier.prestations.models import DroitExamine
from cordee.pilotage.lac.tables.diagnostics import THEMES
from tests import fabriques as f
from tests.pilotage import gens, gens_actes
from tests.pilotage.conftest import Lac

AU = date(2026, 1, 31)


def test_what_the_last_interview_says_of_each_theme(lac: Lac) -> None:
    """First: housing, then no more. Second: mobility, health refused. Third: nothing but « sans impact ». Fourth: no
    theme touched. A corrected interview counts no more."""
    levee, mobile, sans, muette = (gens.soumise() for _ in range(4))
    gens_actes.diagnostic(levee, date(2025, 1, 10), logement="fort", sante="aucun")
    gens_actes.diagnostic(levee, date(2025, 9, 10), logement="aucun", mobilite="non_aborde")
    faux = gens_actes.diagnostic(mobile, date(2025, 3, 3), langue="fort")
    juste = gens_actes.diagnostic(mobile, date(2025, 3, 3), mobilite="faible", sante="refus")
    type(juste).objects.filter(pk=juste.pk).update(remplace=faux)
    gens_actes.diagnostic(sans, date(2025, 3, 3), mobilite="aucun", langue="aucun")
    gens_actes.diagnostic(muette, date(2025, 3, 3), mobilite="non_aborde")
    gens_actes.diagnostic(gens.soumise(), date(2026, 2, 3), finances="fort")  # after the day
    codes = [f"difficulte_{theme}" for theme in THEMES]
    m = lac.mesures("avec_difficulte", *codes, au=AU)
    assert m["avec_difficulte"][1:] == (1, 3, 1)
    attendus = {"logement": (0, 1, 3), "mobilite": (1, 2, 2), "sante": (0, 1, 3), "langue": (0, 1, 3)}
    for theme in THEMES:
        assert m[f"difficulte_{theme}"][1:] == attendus.get(theme, (0, 0, 4)), theme


def test_difficulties_open_lifted_and_how_long(lac: Lac) -> None:
    """Housing: found 10 January 2025, said over on 10 September: 243 days. Health: found again later, its findings
    closed on 1 July: 120 days. Mobility: still open. One of somebody who left: unknown."""
    levee, ouverte, sortie = gens.soumise(), gens.soumise(), gens.soumise(fin=date(2025, 12, 31))
    gens_actes.diagnostic(levee, date(2025, 1, 10), logement="fort")
    gens_actes.diagnostic(levee, date(2025, 9, 10), logement="aucun")
    d = gens_actes.diagnostic(ouverte, date(2025, 3, 3), sante="faible", mobilite="fort")
    for code, fin in (("sante.reconnaissance", date(2025, 7, 1)), ("mobilite.permis", None)):
        Constat.objects.create(
            personne=ouverte, nature="situation", code=code, source="agent", debut=date(2025, 3, 3), fin=fin,
            diagnostic=d, par=f.systeme(), dit_le=gens.a(date(2025, 3, 3)),
        )  # fmt: skip
    gens_actes.diagnostic(sortie, date(2025, 3, 3), langue="fort")
    m = lac.mesures("difficultes_ouvertes", "difficultes_levees", "delai_levee_difficulte", au=AU)
    assert m["difficultes_ouvertes"][0] == 1
    assert m["difficultes_levees"][0] == 2
    assert m["delai_levee_difficulte"] == (243, None, 3, 1)
    assert lac.mesure("difficultes_ouvertes", date(2025, 6, 30))[0] == 4
    assert lac.qui("difficultes_ouvertes", AU) == {ouverte.pk}


def test_rights_lost_looked_at_in_time_and_other_rights(lac: Lac) -> None:
    """Three to check: in time, late, never. A fourth is not due yet; a fifth is older than a year."""
    a_temps, tard, jamais, a_venir, ancienne = (gens.soumise() for _ in range(5))
    _non_recours(a_temps, date(2025, 6, 1), date(2025, 8, 1), date(2025, 7, 20))
    _non_recours(tard, date(2025, 6, 1), date(2025, 8, 1), date(2025, 8, 20))
    _non_recours(jamais, date(2025, 6, 1), date(2025, 8, 1), None)
    _non_recours(a_venir, date(2026, 1, 10), date(2026, 3, 10), None)
    _non_recours(ancienne, date(2024, 6, 1), date(2024, 8, 1), date(2024, 7, 1))
    for personne, jour in ((tard, date(2025, 5, 5)), (tard, date(2025, 5, 6)), (jamais, date(2024, 5, 5))):
        DroitExamine.objects.create(personne=personne, droit="css", suite="deja", par=f.systeme(), le=gens.a(jour))
    m = lac.mesures("non_recours_examines", "autres_droits_examines", au=AU)
    assert m["non_recours_examines"][1:] == (1, 3, 0)
    assert m["autres_droits_examines"][0] == 1


def _non_recours(personne: Personne, debut: date, avant: date, fait_le: date | None) -> None:
    cause = gens.fait(personne, E.DROIT_CLOS, debut)
    Echeance.objects.create(
        personne=personne, genre="non_recours", unite="referent", ouverte_le=debut, echeance=avant, terme=avant,
        regle="non_recours", nature="objectif", fermee_le=fait_le, evenement=cause,
        fermee_par=gens.fait(personne, E.ECHEANCE_TRAITEE, fait_le) if fait_le else None,
    )  # fmt: skip
