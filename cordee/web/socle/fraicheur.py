"""Up to when the figures of a page are true, and which files are late: read once per request (R29, R35)."""

from __future__ import annotations

from django.http import HttpRequest

from cordee.echanges.fichiers.calendrier import Prochain, en_retard, prochains
from cordee.echanges.fichiers.selectors import DroitsAu, droits_au
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.socle.acces import habilitation_de


def prochains_de(request: HttpRequest) -> list[Prochain]:
    """The next file of every expectation."""
    connus: list[Prochain] | None = getattr(request, "_prochains", None)
    if connus is None:
        connus = prochains(horloge.aujourdhui())
        request._prochains = connus  # type: ignore[attr-defined]  # noqa: SLF001
    return connus


def droits_au_de(request: HttpRequest) -> list[DroitsAu]:
    """« Droits au … », body by body: a banner stands on every figure of rights."""
    connus: list[DroitsAu] | None = getattr(request, "_droits_au", None)
    if connus is None:
        connus = droits_au(en_retard(prochains_de(request)))
        request._droits_au = connus  # type: ignore[attr-defined]  # noqa: SLF001
    return connus


def bilans_ouverts(request: HttpRequest) -> bool:
    """Whether the report of a loading may be read: by who steers; elected members read what is published only."""
    droits = habilitation_de(request)
    return droits.peut(Permission.PILOTER) and droits.roles != {RoleAgent.ELU}


def retards_annonces(request: HttpRequest) -> list[Prochain]:
    """The late files this agent is told of: the data desk from the first day on, managers after some days (R29)."""
    droits = habilitation_de(request)
    if droits.peut(Permission.IMPORTER):
        return en_retard(prochains_de(request))
    if bilans_ouverts(request):
        au = horloge.aujourdhui()
        return [p for p in en_retard(prochains_de(request)) if p.escalade(au)]
    return []
