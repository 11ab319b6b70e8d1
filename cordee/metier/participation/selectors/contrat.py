"""Her contract as her own page shows it: both sides' promises, what to sign, what is masked at first (V4)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cordee.metier.contrats.enums import Engage, EtatEngagement, MotifMinoration
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.contrats.regles.amorce import sensible
from cordee.metier.contrats.selectors import brouillon_de, contrat_en_vigueur, representant_qui_assiste
from cordee.metier.contrats.selectors.document import donnees_document
from cordee.metier.contrats.selectors.versions import ecarts_avec_le_precedent
from cordee.metier.courriers import rendu
from cordee.metier.personnes.models import Personne
from cordee.reglementation.contrat_engagement import MotifDispense

MASQUE = "Un point personnel, masqué ici"
_RAISONS = frozenset(
    {*(str(m) for m in MotifDispense), str(MotifMinoration.SANTE), str(MotifMinoration.FAMILLE),
     str(MotifMinoration.AUTRE)}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Promesse:
    """One promise, hers or ours, with where it stands."""

    texte: str
    etat: EtatEngagement
    avant_le: date | None
    en_retard: bool


@dataclass(frozen=True, slots=True)
class MonContrat:
    """``texte``: the document as data, masked unless she asked for all of it. ``masque``: something is hidden."""

    contrat: Contrat
    texte: Mapping[str, Any]
    masque: bool
    siennes: list[Promesse]
    notres: list[Promesse]
    ecarts: list[Any]
    assistance: str


def a_signer(personne: Personne, *, au: date, tout: bool = False) -> MonContrat | None:
    """What is proposed to her, if anything: the very text she would sign."""
    contrat = brouillon_de(personne)
    if contrat is None or contrat.propose_le is None or not contrat.texte_propose:
        return None
    return _lire(contrat, contrat.texte_propose, au=au, tout=tout, ecarts=True)


def en_vigueur(personne: Personne, *, au: date, le: datetime, tout: bool = False) -> MonContrat | None:
    """The contract that stands, with what was kept and what is late on both sides."""
    contrat = contrat_en_vigueur(personne, au=au)
    if contrat is None:
        return None
    texte = contrat.texte_propose or rendu.en_francais(donnees_document(contrat, le=le))
    return _lire(contrat, texte, au=au, tout=tout, ecarts=False)


def _lire(contrat: Contrat, texte: Mapping[str, Any], *, au: date, tout: bool, ecarts: bool) -> MonContrat:
    lignes = list(contrat.engagements.order_by("ordre", "pk"))
    secrets = {e.texte for e in lignes if sensible(e.code)}
    secrets |= {o.texte for o in contrat.objectifs.all() if sensible(o.code)}
    raison = contrat.motif_heures in _RAISONS
    representant = representant_qui_assiste(contrat.personne, au=au)
    return MonContrat(
        contrat=contrat, texte=texte if tout else masquer(texte, secrets, raison=raison),
        masque=bool(secrets or raison),
        siennes=[_promesse(e, secrets, tout=tout, au=au) for e in lignes if e.engage == Engage.PERSONNE],
        notres=[_promesse(e, secrets, tout=tout, au=au) for e in lignes if e.engage == Engage.ORGANISME],
        ecarts=ecarts_avec_le_precedent(contrat) if ecarts and (tout or not secrets) else [],
        assistance=(representant.nom or "votre représentant") if representant else "",
    )  # fmt: skip


def masquer(texte: Mapping[str, Any], secrets: Collection[str], *, raison: bool) -> dict[str, Any]:
    """A copy of the text without its personal points: anybody may look over a shoulder, or at a lent telephone.

    Args:
        secrets: the lines to hide, word for word.
        raison: hide why the hours are lowered.

    >>> masquer({"objectifs": ["Se soigner", "Le permis"], "heures": {}}, {"Se soigner"}, raison=False)["objectifs"]
    ['Un point personnel, masqué ici', 'Le permis']
    """
    copie = dict(texte)
    for cle in ("objectifs", "engagements_organisme", "engagements_personne"):
        copie[cle] = [MASQUE if _cache(x, secrets) else x for x in texte.get(cle, ())]
    copie["actions"] = [
        {**a, "intitule": MASQUE} if _cache(a["intitule"], secrets) else a for a in texte.get("actions", ())
    ]
    if raison:
        heures = dict(texte.get("heures", {}))
        if "motif_baisse" in heures:
            heures["motif_baisse"] = MASQUE.lower()
        if "sans_duree" in heures:
            heures["sans_duree"] = {**heures["sans_duree"], "motif": MASQUE.lower()}
        copie["heures"] = heures
    return copie


def _cache(ligne: str, secrets: Collection[str]) -> bool:
    return ligne in secrets or any(ligne.startswith(s) for s in secrets)


def _promesse(e: Engagement, secrets: Collection[str], *, tout: bool, au: date) -> Promesse:
    etat = EtatEngagement(e.etat)
    retard = etat is EtatEngagement.EN_COURS and e.avant_le is not None and e.avant_le < au
    return Promesse(e.texte if tout or e.texte not in secrets else MASQUE, etat, e.avant_le, retard)
