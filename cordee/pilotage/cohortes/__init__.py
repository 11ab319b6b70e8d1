"""Cohorts: people who entered together, followed month by month until they leave or nothing more is known (ADR 35)."""
