"""Back after an absence: who accompanied her, said on her page beside the act that names or orients (R55)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.selectors.retours import AncienReferent, ancien_referent
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.selectors import SituationDe
from cordee.metier.personnes.enums import Sexe
from cordee.web.parcours import table
from cordee.web.parcours.table import Acte
from cordee.web.socle.acces import Dossier

P = Permission
VOIENT: Final = (P.SUIVRE, P.ORIENTER, P.NOMMER_REFERENT, P.CONVOQUER)
NOMMENT: Final = ("nommer_referent", "orienter", "diagnostic")
"""Acts that name or lead to a name, the most direct first."""


@dataclass(frozen=True, slots=True)
class Retour:
    """What the page says, and the act it opens when the agent has one."""

    phrase: str
    places: str
    url: str = ""
    bouton: str = ""
    tiroir: bool = False


def proposition(dossier: Dossier, s: SituationDe, actes: Iterable[Acte | None], *, au: date) -> Retour | None:
    """The former référent, for those who orient or accompany; never named by itself.

    Args:
        actes: what the page offers already, the act of the étape first.
    """
    if not dossier.peut(*VOIENT):
        return None
    ancien = ancien_referent(dossier.personne, s.situation, au=au)
    if ancien is None:
        return None
    phrase = _phrase(dossier.personne.sexe, ancien)
    offerts = {a.cle: a for a in actes if a is not None and dossier.peut(*a.permissions)}
    cles = ("contact",) if s.etat is Etat.RETOUR else NOMMENT  # the étape is then to resume contact
    acte = next((offerts[cle] for cle in cles if cle in offerts), None)
    if acte is None:
        return Retour(phrase, _places(ancien))
    return Retour(
        phrase, _places(ancien), table.url(acte, dossier.personne.pk), acte.titre, table.en_tiroir(acte)
    )  # fmt: skip


def _phrase(sexe: str, ancien: AncienReferent) -> str:
    debut = "Il était accompagné" if sexe == Sexe.HOMME else "Elle était accompagnée"
    return (
        f"{debut} par {ancien.agent}, {ancien.structure}, jusqu'au {ancien.jusqu_au:%d/%m/%Y}, avant son retour du "
        f"{ancien.revenue_le:%d/%m/%Y}."
    )


def _places(ancien: AncienReferent) -> str:
    if ancien.garde:
        return f"{ancien.agent} est toujours son référent : il reste à reprendre contact."
    if ancien.places is None:
        return "Reprendre avec la même personne évite de tout raconter à nouveau."
    if not ancien.places:
        return "Sa file est complète aujourd'hui : voyez avec sa structure avant de le proposer."
    suite = "une place" if ancien.places == 1 else f"{ancien.places} places"
    return f"Sa file a encore {suite} : reprendre avec la même personne évite de tout raconter à nouveau."
