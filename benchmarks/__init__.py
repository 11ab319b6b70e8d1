"""Budgets of the design, measured. ``python -m benchmarks`` runs them all, ``python -m benchmarks import_caf`` one."""
