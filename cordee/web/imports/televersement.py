"""A file sent by a browser: streamed to disk, bounded, read by nobody before the permission is checked."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

PLAFOND = 1_000_000_000
"""Bytes. The largest monthly file announced is half of it; compressed, a twentieth."""


class Plafond(FileUploadHandler):
    """Stops keeping what comes beyond ``PLAFOND``; the form then says so."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._requete = request
        self.recus = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.recus += len(raw_data)
        if self.recus > PLAFOND:
            self._requete.META["cordee.trop_gros"] = True
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def preparer(request: HttpRequest) -> None:
    """Give this request its handlers. Must come before anything reads ``request.POST`` (so the view is exempt from the
    early check of the CSRF token, and makes it afterwards).
    """
    handlers: list[Any] = [Plafond(request), TemporaryFileUploadHandler(request)]
    request.upload_handlers = handlers


def trop_gros(request: HttpRequest) -> bool:
    """Whether ``Plafond`` stopped the file."""
    return bool(request.META.get("cordee.trop_gros"))
