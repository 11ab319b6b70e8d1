"""Engines of evaluation: loaded by the worker and the command line only (numpy, scipy, statsmodels)."""
