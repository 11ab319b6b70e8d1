"""What a history counts at a date, beside what the sources publish: for tests and for the report of the build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.demo.histoire.modele import Trajectoire
from cordee.demo.modele import Individu, Menage
from cordee.reglementation.sdd import ETATS_OUVERTS, sdd_operationnel


@dataclass(frozen=True, slots=True)
class Comptes:
    """Counts of one photo. ``soumises``: flag set and right open, état 2, 3 or 4 (perimeter « sdd_operationnel »)."""

    au: date
    foyers: int
    soumises: int
    par: Counter[str]

    def part(self, *cles: str) -> float:
        """Percentage of the persons subject."""
        return 100 * sum(self.par[cle] for cle in cles) / max(self.soumises, 1)


def compter(trajectoires: Iterable[Trajectoire], au: date) -> Comptes:
    """Count one photo."""
    foyers, soumises, par = 0, 0, Counter[str]()
    for trajectoire in trajectoires:
        menage = trajectoire.au(au)
        if menage is None or menage.etat not in ETATS_OUVERTS:
            continue
        foyers += 1
        par["foyer:" + (menage.adresse.commune.insee if menage.adresse.commune else "etranger")] += 1
        par["foyer:etat_" + menage.etat] += 1
        for adulte in menage.adultes:
            if sdd_operationnel(drapeau=adulte.soumis, etat=menage.etat):
                soumises += 1
                par.update(_traits(menage, adulte, au))
            elif adulte.soumis is None:
                par["drapeau_inconnu"] += 1
    return Comptes(au, foyers, soumises, par)


def _traits(menage: Menage, adulte: Individu, au: date) -> Iterable[str]:
    age = adulte.age(au)
    yield "femmes" if adulte.sexe == "2" else "hommes"
    bornes = ((25, "<25"), (30, "25-29"), (40, "30-39"), (50, "40-49"), (60, "50-59"), (999, ">=60"))
    yield next(nom for borne, nom in bornes if age < borne)
    if age >= 62:
        yield ">=62"
    if menage.enfants:
        yield "avec_enfant"
    couple = "couple" if menage.en_couple else "seul"
    yield f"{couple}_{'avec' if menage.enfants else 'sans'}"
    if (au.year - menage.date_demande.year, au.month - menage.date_demande.month, au.day - menage.date_demande.day) >= (
        1,
        0,
        0,
    ):
        yield ">=1an"
    if (au.year - menage.date_demande.year, au.month - menage.date_demande.month, au.day - menage.date_demande.day) >= (
        5,
        0,
        0,
    ):
        yield ">=5ans"
    if adulte.contrat:
        yield "emploi_court"
    if adulte.activite in {"ETI", "AEN"}:
        yield "independant"
    if menage.domicilie:
        yield "domicilie"
    if menage.organisme == "MSA":
        yield "msa"
    if adulte.inscrit_emploi:
        yield "inscrit"
    if menage.adresse.commune:
        yield menage.adresse.commune.insee
