"""Pages of structures: compared, through time, their caseloads, their files, where figures come from (ADR 34)."""
