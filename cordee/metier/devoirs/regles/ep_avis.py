"""What an opinion is worth: on the same facts, for a time, after votes that add up."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cordee.metier.devoirs.enums_ep import SensAvis
from cordee.reglementation.calendrier import ajouter_mois


def empreinte_des_faits(faits: Iterable[str]) -> str:
    """A digest of the facts an opinion bears on: the same facts in another order are the same facts.

    >>> empreinte_des_faits(["b", "a"]) == empreinte_des_faits(["a", "b", "a"]), len(empreinte_des_faits([]))
    (True, 32)
    """
    return hashlib.sha256("\n".join(sorted(set(faits))).encode()).hexdigest()[:32]


def empechement(
    *, rendu_le: date, sens: SensAvis, faits_examines: str, faits_du_jour: str, mois: int, au: date
) -> str:  # fmt: skip
    """Why an opinion cannot be used on a day; empty when it can (E24: neither old nor on other facts).

    >>> commun = {"rendu_le": date(2026, 1, 15), "sens": SensAvis.FAVORABLE, "faits_examines": "a", "mois": 6}
    >>> empechement(**commun, faits_du_jour="a", au=date(2026, 7, 15))
    ''
    >>> empechement(**commun, faits_du_jour="a", au=date(2026, 7, 16))
    "Cet avis date de plus de 6 mois : l'équipe pluridisciplinaire doit être consultée de nouveau."
    """
    if not sens.est_un_avis:
        return "L'examen a été ajourné : l'équipe pluridisciplinaire n'a pas encore donné d'avis."
    if au < rendu_le:
        return "Cet avis n'était pas encore rendu ce jour-là."
    if faits_examines != faits_du_jour:
        return "Cet avis porte sur d'autres faits : l'équipe pluridisciplinaire doit être consultée de nouveau."
    if au > ajouter_mois(rendu_le, mois):
        return f"Cet avis date de plus de {mois} mois : l'équipe pluridisciplinaire doit être consultée de nouveau."
    return ""


@dataclass(frozen=True, slots=True)
class Vote:
    """Voices counted on one file."""

    pour: int
    contre: int
    abstentions: int

    @property
    def exprimees(self) -> int:
        return self.pour + self.contre + self.abstentions


def refus_du_vote(vote: Vote, *, sens: SensAvis, votants: int, preponderante: bool) -> str:
    """Why these voices cannot stand for this opinion; empty when they can.

    « Pour » counts the voices for the opinion that is recorded, whatever it is. An adjournment may be agreed without a
    vote. ``preponderante``: the president's voice decides when voices are equal.

    >>> refus_du_vote(Vote(3, 3, 0), sens=SensAvis.FAVORABLE, votants=6, preponderante=False)
    "Les voix sont partagées : aucun avis n'est majoritaire. Enregistrez « Partage des voix »."
    >>> refus_du_vote(Vote(3, 3, 0), sens=SensAvis.FAVORABLE, votants=6, preponderante=True)
    ''
    """
    if min(vote.pour, vote.contre, vote.abstentions) < 0:
        return "Un nombre de voix ne peut pas être négatif."
    if sens is SensAvis.AJOURNE and not vote.exprimees:
        return ""
    if vote.exprimees != votants:
        return f"{votants} membres prennent part au vote, {vote.exprimees} voix sont comptées : vérifiez le décompte."
    return _sans_majorite(vote, sens=sens, preponderante=preponderante)


def _sans_majorite(vote: Vote, *, sens: SensAvis, preponderante: bool) -> str:
    partage = vote.pour == vote.contre
    if sens is SensAvis.SANS_AVIS:
        return "" if partage else "Les voix ne sont pas partagées : enregistrez l'avis majoritaire."
    if vote.pour > vote.contre or (partage and vote.pour and preponderante):
        return ""
    if partage:
        return "Les voix sont partagées : aucun avis n'est majoritaire. Enregistrez « Partage des voix »."
    return "Cet avis n'a pas la majorité des voix : enregistrez celui qui l'a."
