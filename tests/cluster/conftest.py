"""Spark is no part of the usual installation: its tests are there when it is (``make cluster``)."""

from __future__ import annotations

import importlib.util
import shutil

from tests.pilotage.conftest import lac

__all__ = ["lac"]

if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
    collect_ignore_glob = ["test_*.py"]
