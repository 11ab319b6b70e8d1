"""Estimates for agents: any household, « si je prends cet emploi », the euros of a measure, other rights."""
