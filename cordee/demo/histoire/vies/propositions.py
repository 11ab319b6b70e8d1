"""What the criteria proposed at a past interview, and whether the decision followed it.

The answers are those of the interview; the decision is the mix of the period (``accueil``). So that followed proposals
are as many as a service at work shows, four interviews in five are heard as the decision took them: the few answers
that the path rests on are those that lead there. Draws come from the number of the row, so that nothing else moves.
All hypotheses.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from cordee.demo.histoire.vies.vie import Vie
from cordee.metier.orientation.enums import (
    Impact,
    MotifEcart,
    NiveauFormation,
    SituationPro,
    ThemeDiagnostic,
)
from cordee.metier.orientation.regles import Reponses, proposer
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.criteres_orientation import criteres_nationaux
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

DEBUT: Final = date(2025, 1, 1)
ENTENDUES: Final = 0.8
_DEPARTEMENT: Final = frozenset({GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL, GenreOrganismeReferent.DELEGATAIRE})
_ECARTS: Final = (
    (MotifEcart.APPRECIATION_DIFFERENTE, 0.46), (MotifEcart.SITUATION_NON_COUVERTE, 0.22),
    (MotifEcart.MANQUE_CAPACITE_ACCUEIL, 0.20), (MotifEcart.DECLARATION_INEXACTE, 0.08), (MotifEcart.AUTRE, 0.04),
)  # fmt: skip
AUTRE: Final = "Souhait de la personne"


def colonnes(
    vie: Vie, entretien: dict[str, Any] | None, *, voie: Voie, categorie: str, jour: date, numero: int
) -> dict[str, Any]:
    """The columns of a decision that keep its proposal; none before 2025 or without an interview that very day."""
    if entretien is None or jour < DEBUT or entretien["mene_le"].date() != jour:
        return {}
    if _hasard(numero, 1) < ENTENDUES:
        entendre(entretien, voie)
    actuelle = vie.situation.orientation
    reponses = Reponses(
        situation_pro=SituationPro(entretien["situation_pro"]), niveau=NiveauFormation(entretien["niveau"]),
        projection=entretien["projection"],
        themes={ThemeDiagnostic(t): Impact(i) for t, i in entretien["themes"].items()},
        age=vie.adulte.individu.age(jour), travailleur_handicape=vie.traits.handicap,
        organisme_actuel=GenreOrganismeReferent(actuelle.categorie) if actuelle is not None else None,
    )  # fmt: skip
    p = proposer(reponses, criteres_nationaux(jour))
    genre = GenreOrganismeReferent(categorie)
    suivie = p.voie is voie and (p.categorie is genre or {p.categorie, genre} <= _DEPARTEMENT)
    motif = "" if suivie else str(_choisir(_hasard(numero, 2)))
    return {
        "proposition": p.vers_json(), "voie_proposee": str(p.voie), "categorie_proposee": str(p.categorie),
        "version_regle": p.version, "suivie": suivie, "motif_ecart": motif,
        "precision_ecart": AUTRE if motif == MotifEcart.AUTRE else "",
    }  # fmt: skip


def entendre(entretien: dict[str, Any], voie: Voie) -> None:
    """The answers that this path rests on, written in the interview of the same day."""
    themes: dict[str, str] = entretien["themes"]
    fort, faible, aucun = str(Impact.FORT), str(Impact.FAIBLE), str(Impact.AUCUN)
    if voie is Voie.SOCIAL:
        if entretien["situation_pro"] == SituationPro.EN_ACTIVITE:
            entretien["situation_pro"] = str(SituationPro.PLUS_DEUX_ANS)
        if fort not in {themes[t] for t in ("sante", "logement", "famille")}:
            themes[max(("sante", "logement", "famille"), key=lambda t: (themes[t] == faible, t == "sante"))] = fort
        return
    for theme in ("sante", "logement", "famille"):
        if themes[theme] == fort:
            themes[theme] = faible
    forts = [t for t, impact in themes.items() if impact == fort]
    if voie is Voie.SOCIO_PRO:
        for theme in forts[2:]:
            themes[theme] = faible
        if not forts and list(themes.values()).count(faible) < 2:
            themes["mobilite"] = fort
        return
    for theme in [t for t, impact in themes.items() if impact in (fort, faible)][1:] + forts:
        themes[theme] = aucun
    if entretien["situation_pro"] not in (SituationPro.EN_ACTIVITE, SituationPro.DEUX_ANS):
        entretien["situation_pro"] = str(SituationPro.DEUX_ANS)


def _hasard(numero: int, rang: int) -> float:
    """A number in [0, 1) that depends on the row alone."""
    return ((numero * 2654435761 + rang * 40503) % 2**32) / 2**32


def _choisir(tirage: float) -> MotifEcart:
    cumul = 0.0
    for motif, part in _ECARTS:
        cumul += part
        if tirage < cumul:
            return motif
    return _ECARTS[0][0]
