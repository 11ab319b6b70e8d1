"""Who may open a page, and why it is opened: every view of ``cordee.web`` says it with ``@acces``.

A view without ``@acces`` (nor ``@login_not_required``) is never served: see ``middleware.AccesDeclare``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation, habilitation
from cordee.metier.personnes.models import Lecture, Personne
from cordee.metier.personnes.selectors import permissions_sur, personne_visible
from cordee.metier.personnes.selectors.perimetre import lue_pour
from cordee.metier.personnes.services import journaliser_lecture
from cordee.socle import horloge, memoire
from cordee.web.socle.lecture_seule import lecture_seule

Vue = Callable[..., HttpResponse]
_LECTURES = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Acces:
    """What a view asks for: one of ``permissions`` (none: every agent), and the purpose its reads are logged with."""

    permissions: frozenset[Permission]
    finalite: Finalite | None = None


def acces(*permissions: Permission, finalite: Finalite | None = None) -> Callable[[Vue], Vue]:
    """Declare and enforce what a view asks for. Its GET cannot write (``lecture_seule``)."""
    exige = Acces(frozenset(permissions), finalite)

    def decorer(vue: Vue) -> Vue:
        @wraps(vue)
        def protegee(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            exiger(request, *permissions)
            with _lecture() if request.method in _LECTURES else nullcontext():
                return vue(request, *args, **kwargs)

        protegee.acces = exige  # type: ignore[attr-defined]
        return protegee

    return decorer


@contextmanager
def _lecture() -> Iterator[None]:
    """A page that is read: it writes nothing, so it need not read the same thing twice."""
    with lecture_seule(), memoire.lecture():
        yield


def agent_courant(request: HttpRequest) -> Agent:
    """The signed-in agent."""
    agent = request.user
    if not isinstance(agent, Agent):
        raise PermissionDenied
    return agent


def habilitation_de(request: HttpRequest) -> Habilitation:
    """What the agent may do today, read once per request."""
    connue: Habilitation | None = getattr(request, "_habilitation", None)
    if connue is None:
        connue = habilitation(agent_courant(request), au=horloge.aujourdhui())
        request._habilitation = connue  # type: ignore[attr-defined]  # noqa: SLF001
    return connue


def peut(request: HttpRequest, *permissions: Permission) -> bool:
    """Whether the agent has one of these permissions."""
    droits = habilitation_de(request)
    return any(droits.peut(permission) for permission in permissions)


def exiger(request: HttpRequest, *permissions: Permission) -> None:
    """Raises ``PermissionDenied`` (the 403 page) unless the agent has one of these permissions."""
    if permissions and not peut(request, *permissions):
        raise PermissionDenied


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person whose file is open on the screen, and what the agent may do on her."""

    personne: Personne
    permissions: frozenset[Permission]

    def peut(self, *permissions: Permission) -> bool:
        """Whether one of these is allowed on this person."""
        return bool(self.permissions.intersection(permissions))


def ouvrir_dossier(request: HttpRequest, pk: int, *, page: str, finalite: Finalite, journal: bool = True) -> Dossier:
    """The person of the address, in the agent's perimeter, her read written in the log (CASF R262-107).

    Raises:
        PersonneIntrouvable: absent or outside the perimeter, with the same answer.
    """
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    personne = personne_visible(pour=agent, au=au, pk=pk, droits=droits)
    if journal:
        journaliser_lecture(
            personne_id=personne.pk, par=agent, finalite=finalite, page=page, le=maintenant,
            pour_id=lue_pour(pour=agent, au=au, personne=personne, droits=droits),
        )  # fmt: skip
    return Dossier(personne, permissions_sur(pour=agent, au=au, personne=personne, droits=droits, vue=True))


def journaliser_export(request: HttpRequest, ids: Iterable[int], *, finalite: Finalite, page: str) -> None:
    """Each file that leaves in a list is a read, written in one go."""
    agent, maintenant = agent_courant(request), horloge.maintenant()
    Lecture.objects.bulk_create(
        [Lecture(personne_id=pk, agent_id=agent.pk, finalite=finalite, page=page, lue_le=maintenant) for pk in ids],
        batch_size=5000,
    )
