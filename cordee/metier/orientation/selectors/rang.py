"""From which day breaches count together: a new orientation starts the rank of sanctions again (E17, L262-37)."""

from __future__ import annotations

from datetime import date

from cordee.metier.orientation.models import Orientation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.socle.horloge import jour


def rang_compte_depuis(personne: Personne) -> date | None:
    """The day of the decision of orientation in force: only breaches sanctioned from it on count towards a higher rank.

    A refused request for another orientation changes nothing; a hand-over inside the same legal body neither (no
    decision). ``None``: not oriented. A decision recorded by mistake and corrected never took effect: it is not read.
    """
    en_vigueur = Orientation.objects.filter(personne__in=ids_du_groupe(personne), fin__isnull=True)
    decidee = en_vigueur.order_by("-decidee_le").values_list("decidee_le", flat=True).first()
    return jour(decidee) if decidee else None
