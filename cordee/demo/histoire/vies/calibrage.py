"""What lives count at a date, beside what the sources publish: to tune the rates, for tests and for the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from cordee.demo.histoire.modele import AdulteHistoire, VieVecue
from cordee.demo.histoire.vies.contexte import EXPERIMENTATION, ContexteVies
from cordee.demo.histoire.vies.vie import CONTRAT, MESURE, ORIENTATION, RENDEZ_VOUS
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.parcours.enums import Etat, GenreEvenement, Intensite, Voie
from cordee.metier.parcours.regles import Situation, appliquer
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

E = GenreEvenement
ENTRANTES_DEPUIS: Final = date(2024, 1, 1)
"""« Flux »: received since that day; the others are the « stock »."""
UN_AN: Final = 365
SIX_SEMAINES: Final = 42
_LOCALES: Final = frozenset({TypeStructure.CCAS, TypeStructure.ASSOCIATION})


@dataclass(slots=True)
class Calibrage:
    """Counts at a date. ``n``: people; every key is a number of people subject, unless its name says otherwise."""

    au: date
    n: Counter[str] = field(default_factory=Counter)
    etats: Counter[str] = field(default_factory=Counter)
    charges: Counter[int] = field(default_factory=Counter)

    def part(self, cle: str, sur: str = "soumises") -> float:
        """A share, in percent."""
        return 100 * self.n[cle] / max(self.n[sur], 1)


def situations_aux(vie: VieVecue, dates: Sequence[date]) -> Iterator[tuple[date, Situation]]:
    """Where she stood at the end of each of these days (in order), told again by the engine."""
    situation, rang, evenements = Situation(), 0, vie.evenements
    for jour in dates:
        while rang < len(evenements) and evenements[rang].fait.jour <= jour:
            situation = appliquer(situation, evenements[rang].fait)
            rang += 1
        yield jour, situation


def calibrer(
    vies: Iterable[tuple[AdulteHistoire, VieVecue]], contexte: ContexteVies, *, dates: Sequence[date]
) -> dict[date, Calibrage]:
    """The figures of each date (in order)."""
    resultats = {jour: Calibrage(jour) for jour in dates}
    for adulte, vie in vies:
        for jour, s in situations_aux(vie, dates):
            if s.soumis:
                _compter(resultats[jour], adulte, vie, s, contexte)
    return resultats


def en_vigueur(rangees: Iterable[dict[str, Any]], au: date) -> list[dict[str, Any]]:
    """Rows in force at the end of a day."""
    return [r for r in rangees if r["debut"] is not None and r["debut"] <= au and (r["fin"] is None or r["fin"] > au)]


def _compter(c: Calibrage, adulte: AdulteHistoire, vie: VieVecue, s: Situation, contexte: ContexteVies) -> None:
    n, au = c.n, c.au
    n["soumises"] += 1
    c.etats[str(s.etat)] += 1
    flux = s.recu_le is not None and s.recu_le >= ENTRANTES_DEPUIS
    n["flux" if flux else "stock"] += 1
    o = s.orientation
    inscrite = (vue := adulte.au(au)) is not None and vue[1].inscrit_emploi
    chez_operateur = o is not None and o.categorie == GenreOrganismeReferent.OPERATEUR_EMPLOI
    n["orientees"] += o is not None
    n["rupe" if chez_operateur or (o is None and inscrite) else "rus"] += 1
    chez_nous = bool(en_vigueur(vie.objets.get(CONTRAT, ()), au))
    annonce = not chez_nous and chez_operateur and s.contrat_le is not None
    sous_contrat = chez_nous or annonce
    n["contrats_chez_nous"] += chez_nous
    n["contrats_annonces"] += annonce
    n["contrats"] += sous_contrat
    n["contrats_flux" if flux else "contrats_stock"] += sous_contrat
    if not chez_operateur and not _rencontree(vie, au):
        n["jamais_accompagnees"] += 1
    if chez_nous and s.intensite == Intensite.INTENSIVE:
        n["intensif"] += 1
        n["intensif_operateurs"] += _type(contexte, s.referent_structure) is TypeStructure.OPERATEUR
        n["intensif_sans_contact"] += s.dernier_contact_le is None or (au - s.dernier_contact_le).days > 30
    n["en_retard"] += s.etape is not None and s.etape.echeance < au
    n["non_recue"] += s.etape is not None and s.etape.attendu == "non_recue"
    n["echeances"] += len(s.echeances)
    n["echeances_en_retard"] += sum(t.echeance < au for t in s.echeances.values())
    if s.referent_agent is not None:
        c.charges[s.referent_agent] += 1
    n["referent_local"] += _type(contexte, s.referent_structure) in _LOCALES


def _type(contexte: ContexteVies, structure: int | None) -> TypeStructure | None:
    s = contexte.par_id.get(structure or 0)
    return s.type if s is not None else None


_SIGNATURES: Final = frozenset({E.CONTRAT_SIGNE, E.CONTRAT_ACTUALISE})


def _rencontree(vie: VieVecue, au: date) -> bool:
    """An interview was held with a référent since she last entered."""
    vue = False
    for e in vie.evenements:
        if e.fait.jour > au:
            break
        genre = e.fait.genre
        if genre is E.ENTREE_SDD:
            vue = False
        else:
            vue = vue or genre in _SIGNATURES or (genre is E.CONTACT and e.fait.donnees.get("resultat") == "jointe")
    return vue


# Flows ---------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True, kw_only=True)
class Flux:
    """What happened between two days (the second one excluded).

    ``entrantes`` and delays: of those who came then, oriented within a year. ``accompagnees_localement``: whose
    référent body was then a CCAS or an association.
    """

    orientations: int
    entrantes: int
    entrantes_orientees: int
    delai_moyen: float
    en_six_semaines: float
    parcours_emploi_experimentation: float
    absences: float
    excusees: float
    mesures: int
    propositions: int
    contrats_signes: int
    accompagnees_localement: int


def flux(vies: Iterable[tuple[AdulteHistoire, VieVecue]], contexte: ContexteVies, *, du: date, au: date) -> Flux:
    """Delays, absences, paths, contracts and measures of a period."""
    n = Counter[str]()
    delais: list[int] = []
    for adulte, vie in vies:
        delais += _entrees(n, vie, du, au)
        n["locales"] += _accompagnee_localement(vie, contexte, du, au)
        for e in vie.evenements:
            jour, genre = e.fait.jour, e.fait.genre
            if du <= jour < au:
                if genre in _DECISIONS:
                    _orientation(n, adulte, e.fait.donnees, jour)
                else:
                    n[str(genre)] += 1
        _rendez_vous(n, vie, du, au)
        n["mesures"] += sum(du <= m["decidee_le"] < au for m in vie.objets.get(MESURE, ()))
    manquees, venues = n["absent"] + n["excuse"], max(n["rdv"], 1)
    return Flux(
        orientations=n["orientations"],
        entrantes=n["entrantes"],
        entrantes_orientees=len(delais),
        delai_moyen=sum(delais) / max(len(delais), 1),
        en_six_semaines=100 * sum(d <= SIX_SEMAINES for d in delais) / max(len(delais), 1),
        parcours_emploi_experimentation=100 * n["emploi_experimentation"] / max(n["experimentation"], 1),
        absences=100 * manquees / venues,
        excusees=100 * n["excuse"] / max(manquees, 1),
        mesures=n["mesures"],
        propositions=n[str(E.CONTRAT_REFUSE)],
        contrats_signes=n[str(E.CONTRAT_SIGNE)],
        accompagnees_localement=n["locales"],
    )


_DECISIONS: Final = frozenset({E.ORIENTATION_DECIDEE, E.ORIENTATION_OPERATEUR})


def _entrees(n: Counter[str], vie: VieVecue, du: date, au: date) -> Iterator[int]:
    """Days between an entry of the period and the decision, when it came within a year."""
    recu: date | None = None
    for e in vie.evenements:
        if e.fait.genre is E.ENTREE_SDD:
            dit = date.fromisoformat(e.fait.donnees["recu_le"])
            recu = dit if du <= dit < au else None
            n["entrantes"] += recu is not None
        elif recu is not None and e.fait.genre in _DECISIONS:
            if (delai := (e.fait.jour - recu).days) <= UN_AN:
                yield delai
            recu = None


def _accompagnee_localement(vie: VieVecue, contexte: ContexteVies, du: date, au: date) -> bool:
    """Whether a CCAS or an association was her référent body while she was on the path."""
    sortie = next((ligne.fermee_le for ligne in reversed(vie.lignes) if ligne.cle == "etape"), None)
    return any(
        _type(contexte, o["structure_id"]) in _LOCALES
        and o["debut"] < au
        and (o["fin"] or date.max) > du
        and (vie.situation.soumis or sortie is None or sortie >= du)
        for o in vie.objets.get(ORIENTATION, ())
    )


def _orientation(n: Counter[str], adulte: AdulteHistoire, donnees: dict[str, Any], jour: date) -> None:
    n["orientations"] += 1
    vue = adulte.au(jour) or adulte.photos[0][1:]
    commune = vue[0].adresse.commune
    if commune is not None and commune.insee in EXPERIMENTATION:
        n["experimentation"] += 1
        n["emploi_experimentation"] += donnees["voie"] == Voie.EMPLOI


def _rendez_vous(n: Counter[str], vie: VieVecue, du: date, au: date) -> None:
    for rdv in vie.objets.get(RENDEZ_VOUS, ()):
        debut: datetime = rdv["debut"]
        if du <= debut.date() < au and rdv["statut"] in ("honore", "absent", "excuse"):
            n["rdv"] += 1
            n[rdv["statut"]] += 1


def etats_rencontres(vies: Iterable[VieVecue]) -> Counter[Etat]:
    """How many times each state of the life cycle was gone through."""
    vus = Counter[Etat]()
    for vie in vies:
        situation = Situation()
        for e in vie.evenements:
            situation = appliquer(situation, e.fait)
            vus[situation.etat] += 1
    return vus


def orientations_decidees(vies: Iterable[VieVecue], du: date, au: date) -> int:
    """Decisions taken in a period, reorientations included."""
    return sum(du <= o["debut"] < au for vie in vies for o in vie.objets.get(ORIENTATION, ()))
