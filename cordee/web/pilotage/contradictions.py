"""Where published figures contradict one another: kept in ``cordee.pilotage.contradictions``; the report prints them."""

from __future__ import annotations

from cordee.pilotage.contradictions import CONTRADICTIONS, PRINCIPES, Contradiction

__all__ = ["CONTRADICTIONS", "PRINCIPES", "Contradiction"]
