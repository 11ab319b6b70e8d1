"""What every page knows: demo mode, the agent's menu."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def cordee(request: HttpRequest) -> dict[str, object]:
    """Context of every template."""
    return {"mode_demo": settings.MODE_DEMO}
