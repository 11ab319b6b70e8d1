"""Studies: questions put to the lake that are too long for a page (cohorts, evaluations, comparisons)."""
