"""What a page or an act on one person reads again and again, from the file that was opened."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.socle import horloge
from cordee.web.socle.acces import Dossier


class SurUnDossier:
    """Who looks at whom, and when: the class that holds these three gets the rest."""

    dossier: Dossier
    agent: Agent
    maintenant: datetime

    @property
    def personne(self) -> Personne:
        return self.dossier.personne

    @property
    def au(self) -> date:
        return horloge.jour(self.maintenant)

    @property
    def commun(self) -> dict[str, Any]:
        """What every service takes."""
        return {"par": self.agent, "le": self.maintenant}
