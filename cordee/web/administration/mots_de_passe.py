"""How a new agent chooses her first password: an e-mail, or a link that the administrator hands over."""

from __future__ import annotations

from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.internal.flows.password_reset import get_reset_password_from_key_url
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest

from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier


class LienRefuse(ErreurMetier):
    """The link cannot be shown."""


def envoyer_lien(request: HttpRequest, agent: Agent) -> None:
    """Send the agent an e-mail with a link to choose her password."""
    demande = ResetPasswordForm({"email": agent.courriel})
    if not agent.is_active or not demande.is_valid():
        raise LienRefuse("L'accès de cet agent est fermé : aucun courriel ne peut lui être envoyé.")
    demande.save(request)


def lien_premier_acces(request: HttpRequest, agent: Agent) -> str:
    """A link to hand over to an agent who never signed in. Once she has, only her mailbox receives such a link.

    Raises:
        LienRefuse: she signed in already, or her access is closed.
    """
    if not agent.is_active:
        raise LienRefuse("L'accès de cet agent est fermé.")
    if agent.last_login is not None:
        raise LienRefuse("Cet agent s'est déjà connecté : envoyez-lui plutôt un courriel.")
    cle = f"{user_pk_to_url_str(agent)}-{default_token_generator.make_token(agent)}"
    return get_reset_password_from_key_url(request, cle)
