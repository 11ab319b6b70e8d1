"""The contract as the checklist of the law reads it (C. trav. L5411-6 II, R5411-14, R5411-15). Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cordee.metier.contrats.enums import Engage, FamilleActivite, MotifMinoration
from cordee.reglementation.contrat_engagement import (
    ContratAVerifier,
    Dispense,
    HeuresPrevues,
    Manque,
    MotifDispense,
    elements_manquants,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ligne:
    """One promise of one side; with a family of activity, one line of the plan of action.

    ``code``: whole code of the action in the vocabulary. ``objectif``: text of the aim it serves. ``responsable``: the
    agent who keeps it, on the body's side.
    """

    engage: Engage
    texte: str
    famille: FamilleActivite | None = None
    heures: Decimal | None = None
    avant_le: date | None = None
    code: str = ""
    objectif: str = ""
    responsable: int | None = None


def ligne(valeurs: Ligne | Mapping[str, Any]) -> Ligne:
    """A line from the values of a form or of a row.

    >>> ligne({"engage": "personne", "texte": "Venir", "famille": "", "heures": None})
    Ligne(engage=<Engage.PERSONNE: 'personne'>, texte='Venir', famille=None, heures=None, avant_le=None, code='', \
objectif='', responsable=None)
    """
    if isinstance(valeurs, Ligne):
        return valeurs
    famille = valeurs.get("famille")
    return Ligne(
        engage=Engage(valeurs["engage"]), texte=valeurs["texte"], heures=valeurs.get("heures"),
        famille=FamilleActivite(famille) if famille else None, avant_le=valeurs.get("avant_le"),
        code=valeurs.get("code") or "", objectif=valeurs.get("objectif") or "",
        responsable=valeurs.get("responsable"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contenu:
    """What the two sides agree on. ``buts``: the words of the aims chosen in the vocabulary, beside her project."""

    referent: str
    projet: str
    lignes: Sequence[Ligne]
    heures: Decimal | None
    motif_heures: str
    precision_heures: str
    demande_dispense_le: date | None
    revue_heures_le: date | None
    enfant_ne_le: date | None
    prochaine_actualisation: date | None
    buts: Sequence[str] = ()


def objectifs(projet: str) -> list[str]:
    """One objective per line of the project.

    >>> objectifs("Travailler dans la petite enfance\\n\\n- passer le permis ")
    ['Travailler dans la petite enfance', 'passer le permis']
    """
    lignes = (ligne.strip().lstrip("-•").strip() for ligne in projet.splitlines())
    return [ligne for ligne in lignes if ligne]


def promesses(lignes: Sequence[Ligne], engage: Engage) -> list[str]:
    """What one side commits to: what it promises beside the plan, else its own lines of the plan."""
    siennes = [ligne for ligne in lignes if ligne.engage is engage]
    return [ligne.texte for ligne in siennes if ligne.famille is None] or [ligne.texte for ligne in siennes]


def plan(lignes: Sequence[Ligne]) -> list[Ligne]:
    """The actions of the plan."""
    return [ligne for ligne in lignes if ligne.famille is not None]


def motif_heures_en_mots(motif: str, precision: str) -> str:
    """The reason of lowered hours, as the person reads it.

    >>> motif_heures_en_mots("transport", "deux heures de trajet")
    "L'éloignement, les transports : deux heures de trajet"
    """
    libelles = {str(m): m.libelle for enum in (MotifMinoration, MotifDispense) for m in enum}
    return " : ".join(partie for partie in (libelles.get(motif, ""), precision.strip()) if partie)


def manques(
    contenu: Contenu, *, droits_rappeles: bool, recours_rappeles: bool, assistance_requise: bool, assistant: str,
    au: date,
) -> list[Manque]:  # fmt: skip
    """What prevents the signature, in the order of the contract; an empty list means it may be signed."""
    return elements_manquants(
        ContratAVerifier(
            referent=contenu.referent,
            engagements_organisme=promesses(contenu.lignes, Engage.ORGANISME),
            engagements_personne=promesses(contenu.lignes, Engage.PERSONNE),
            objectifs=[*objectifs(contenu.projet), *contenu.buts],
            actions=[ligne.texte for ligne in plan(contenu.lignes)],
            heures=_heures(contenu),
            droits_rappeles=droits_rappeles,
            recours_rappeles=recours_rappeles,
            prochaine_actualisation=contenu.prochaine_actualisation,
            assistance_requise=assistance_requise,
            assistant=assistant,
        ),
        au=au,
    )


def _heures(c: Contenu) -> HeuresPrevues:
    """E36: zero only on one of four grounds asked for by the person; fewer than fifteen with a reason."""
    dispense = None
    if c.heures == 0 and c.motif_heures in set(MotifDispense):
        dispense = Dispense(
            motif=MotifDispense(c.motif_heures), demandee_le=c.demande_dispense_le, revoir_le=c.revue_heures_le,
            enfant_ne_le=c.enfant_ne_le,
        )  # fmt: skip
    return HeuresPrevues(
        heures=c.heures, motif_minoration=motif_heures_en_mots(c.motif_heures, c.precision_heures), dispense=dispense
    )
