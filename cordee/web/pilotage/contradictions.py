"""Where published figures contradict one another: ``cordee.pilotage.contradictions``, which the report prints too."""

from __future__ import annotations

from cordee.pilotage.contradictions import CONTRADICTIONS, PRINCIPES, Contradiction

__all__ = ["CONTRADICTIONS", "PRINCIPES", "Contradiction"]
