"""What the rule reads, and nothing else: the answers of the interview, the age, and who is référent now.

No name, sex, nationality, address nor income: a test asserts the fields (domain §6.4, prohibited features).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from cordee.metier.orientation.enums import Impact, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.reglementation.organismes_referents import GenreOrganismeReferent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponses:
    """What the interview gave. ``projection`` ``None``: not discussed; ``organisme_actuel``: who is référent now."""

    situation_pro: SituationPro
    niveau: NiveauFormation
    projection: bool | None = None
    themes: Mapping[ThemeDiagnostic, Impact] = field(default_factory=lambda: MappingProxyType({}))
    age: int | None = None
    travailleur_handicape: bool = False
    rsa: bool = True
    organisme_actuel: GenreOrganismeReferent | None = None

    def vers_json(self) -> dict[str, Any]:
        """The data used, as the person may ask for them (CRPA R311-3-1-2)."""
        return {
            "situation_pro": str(self.situation_pro),
            "niveau": str(self.niveau),
            "projection": self.projection,
            "themes": {str(t): str(impact) for t, impact in self.themes.items()},
            "age": self.age,
            "travailleur_handicape": self.travailleur_handicape,
            "rsa": self.rsa,
            "organisme_actuel": str(self.organisme_actuel) if self.organisme_actuel else None,
        }

    @classmethod
    def depuis_json(cls, contenu: Mapping[str, Any]) -> Reponses:
        """The answers as they were kept with a decision. A theme that no longer exists is left out.

        >>> r = Reponses(situation_pro=SituationPro.JAMAIS, niveau=NiveauFormation.SANS, age=30)
        >>> Reponses.depuis_json(r.vers_json()) == r
        True

        Raises:
            KeyError, ValueError: not a set of answers.

        """
        connus = {str(t) for t in ThemeDiagnostic}
        actuel = contenu.get("organisme_actuel")
        return cls(
            situation_pro=SituationPro(contenu["situation_pro"]),
            niveau=NiveauFormation(contenu["niveau"]),
            projection=contenu.get("projection"),
            themes={
                ThemeDiagnostic(t): Impact(impact) for t, impact in (contenu.get("themes") or {}).items() if t in connus
            },
            age=contenu.get("age"),
            travailleur_handicape=bool(contenu.get("travailleur_handicape", False)),
            rsa=bool(contenu.get("rsa", True)),
            organisme_actuel=GenreOrganismeReferent(actuel) if actuel else None,
        )

    def pesant(self, impact: Impact) -> list[ThemeDiagnostic]:
        """Themes that weigh this much, in the order of the questionnaire."""
        return [t for t in ThemeDiagnostic if self.themes.get(t) is impact]
