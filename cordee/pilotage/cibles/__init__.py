"""Targets: what is aimed at, by when, who answers for it, from which text; last year's promise beside the result."""
