"""A pytest plugin for ``CI=true``: nothing is skipped, so a skipped test fails, with the reason it gave.

Tests marked ``reference`` read documents that are not part of the repository: they alone may be skipped.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    rapport = yield
    if rapport.skipped and not hasattr(rapport, "wasxfail") and item.get_closest_marker("reference") is None:
        _refuser(rapport)
    return rapport


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    rapport = yield
    if rapport.skipped and not any(marque.name == "reference" for marque in collector.iter_markers()):
        _refuser(rapport)
    return rapport


def _refuser(rapport: pytest.TestReport | pytest.CollectReport) -> None:
    motif = rapport.longrepr[2] if isinstance(rapport.longrepr, tuple) else str(rapport.longrepr)
    rapport.outcome = "failed"
    rapport.longrepr = f"CI=true: nothing may be skipped. {motif}"
