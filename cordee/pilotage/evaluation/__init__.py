"""Evaluation: experiments registered before their results, and what may be said of them (ADR 36)."""
