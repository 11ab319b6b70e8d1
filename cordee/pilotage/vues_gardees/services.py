"""Keeping a view, changing it, sending it to colleagues, stopping."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.pilotage.entetes import IndicateurInconnu, definition
from cordee.pilotage.enums_vues import Cadence, FinAbonnement, Franchissement
from cordee.pilotage.models import AbonnementVue, VueGardee
from cordee.pilotage.vues_gardees.selectors import peut_ouvrir, vue_lisible
from cordee.socle.erreurs import ErreurMetier

NOM_MAXIMUM = 80
PAR_AGENT = 100
PAR_VUE = 200


class VueRefusee(ErreurMetier):
    """A view that cannot be kept, changed or sent so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is kept of a page: the name of its address, what it is about, its filters, what opens it."""

    page: str
    objet: str = ""
    parametres: Mapping[str, str] = field(default_factory=dict)
    permissions: Sequence[Permission] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rythme:
    """When a view is sent. ``code``, ``sens``, ``seuil``: for a threshold only."""

    cadence: Cadence
    code: str = ""
    sens: Franchissement | None = None
    seuil: float | None = None


@transaction.atomic
def garder(*, page: Page, nom: str, partagee: bool, premiere: bool = False, par: Agent, le: datetime) -> VueGardee:
    """Keep a page of figures under a name.

    Raises:
        VueRefusee: no name, a name she uses already, too many views.
    """
    Agent.objects.select_for_update().get(pk=par.pk)
    if VueGardee.objects.filter(agent=par, supprimee_le=None).count() >= PAR_AGENT:
        raise VueRefusee("Vous gardez déjà cent vues : supprimez celles qui ne servent plus.")
    nom = _nom(nom, par)
    if premiere:
        _ceder_la_premiere(par, le)
    return VueGardee.objects.create(
        agent=par, nom=nom, page=page.page, objet=page.objet, parametres=dict(page.parametres),
        permissions=sorted(str(p) for p in page.permissions), partagee=partagee, premiere=premiere, creee_le=le,
        modifiee_le=le,
    )  # fmt: skip


@transaction.atomic
def modifier(*, vue: VueGardee, nom: str, partagee: bool, premiere: bool, par: Agent, le: datetime) -> VueGardee:
    """Rename, share or not, make it her first page. A view no longer shared is no longer sent to others.

    Raises:
        VueRefusee: not hers; a name she uses already.
    """
    vue = _sienne(vue, par)
    vue.nom = _nom(nom, par, sauf=vue)
    if premiere and not vue.premiere:
        _ceder_la_premiere(par, le)
    if vue.partagee and not partagee:
        autres = AbonnementVue.objects.filter(vue=vue, arrete_le=None).exclude(destinataire=par)
        autres.update(arrete_le=le, fin=FinAbonnement.VUE)
    vue.partagee, vue.premiere, vue.modifiee_le = partagee, premiere, le
    vue.save(update_fields=["nom", "partagee", "premiere", "modifiee_le"])
    return vue


@transaction.atomic
def mettre_en_premier(*, vue: VueGardee, par: Agent, le: datetime) -> VueGardee:
    """Make a view of hers the page she starts from."""
    vue = _sienne(vue, par)
    _ceder_la_premiere(par, le)
    vue.premiere, vue.modifiee_le = True, le
    vue.save(update_fields=["premiere", "modifiee_le"])
    return vue


@transaction.atomic
def supprimer(*, vue: VueGardee, par: Agent, le: datetime) -> None:
    """Keep it no more: what was sent stays in the journal, nothing more is sent."""
    vue = _sienne(vue, par)
    vue.supprimee_le, vue.premiere = le, False
    vue.save(update_fields=["supprimee_le", "premiere"])
    AbonnementVue.objects.filter(vue=vue, arrete_le=None).update(arrete_le=le, fin=FinAbonnement.VUE)


@transaction.atomic
def abonner(
    *, vue: VueGardee, destinataires: Iterable[Agent], rythme: Rythme, par: Agent, le: datetime
) -> list[AbonnementVue]:
    """Send a view to agents who may open it. One who receives it so already is left as she is.

    Raises:
        VueRefusee: a view she may not see; somebody else than herself for a view that is not hers or not shared; an
            agent without the right; a threshold without its figure; too many recipients.
    """
    vue = VueGardee.objects.select_for_update().get(pk=vue.pk)
    if not vue_lisible(vue, pour=par, le=le):
        raise VueRefusee("Cette vue n'est plus là, ou ne vous est pas ouverte.")
    _verifier(rythme)
    retenus = list(destinataires)
    if not retenus:
        raise VueRefusee("Choisissez au moins un destinataire.")
    for destinataire in retenus:
        _verifier_destinataire(vue, destinataire, par, le)
    crees = [
        AbonnementVue.objects.get_or_create(
            vue=vue, destinataire=destinataire, cadence=rythme.cadence, code=rythme.code, arrete_le=None,
            defaults={
                "sens": rythme.sens or "", "seuil": rythme.seuil, "jeton": secrets.token_urlsafe(24), "par": par,
                "cree_le": le,
            },
        )[0]
        for destinataire in retenus
    ]  # fmt: skip
    if AbonnementVue.objects.filter(vue=vue, arrete_le=None).count() > PAR_VUE:
        raise VueRefusee("Une vue s'envoie à deux cents personnes au plus.")
    return crees


@transaction.atomic
def arreter(*, abonnement: AbonnementVue, par: Agent, le: datetime) -> AbonnementVue:
    """Stop a sending: by who receives it, who asked for it, or who keeps the view.

    Raises:
        VueRefusee: none of them.
    """
    if par.pk not in (abonnement.destinataire_id, abonnement.par_id, abonnement.vue.agent_id):
        raise VueRefusee("Cet envoi s'arrête par qui le reçoit, qui l'a demandé ou qui garde la vue.")
    return finir(abonnement, FinAbonnement.DEMANDE, le=le)


def arreter_par_lien(*, jeton: str, le: datetime) -> AbonnementVue | None:
    """Stop the sending a message's own link names, signed in or not. ``None``: no such link."""
    abonnement = AbonnementVue.objects.filter(jeton=jeton).first()
    return finir(abonnement, FinAbonnement.LIEN, le=le) if abonnement is not None else None


def finir(abonnement: AbonnementVue, fin: FinAbonnement, *, le: datetime) -> AbonnementVue:
    """Stop it; a sending stopped already stays as it was."""
    AbonnementVue.objects.filter(pk=abonnement.pk, arrete_le=None).update(arrete_le=le, fin=fin)
    abonnement.refresh_from_db(fields=["arrete_le", "fin"])
    return abonnement


# Parts --------------------------------------------------------------------------------------------------------------
def _nom(nom: str, par: Agent, sauf: VueGardee | None = None) -> str:
    nom = " ".join(nom.split())[:NOM_MAXIMUM]
    if not nom:
        raise VueRefusee("Donnez un nom à cette vue : vous la retrouverez sous ce nom.")
    memes = VueGardee.objects.filter(agent=par, nom=nom, supprimee_le=None)
    if sauf is not None:
        memes = memes.exclude(pk=sauf.pk)
    if memes.exists():
        raise VueRefusee(f"Vous avez déjà une vue « {nom} » : choisissez un autre nom.")
    return nom


def _sienne(vue: VueGardee, par: Agent) -> VueGardee:
    tenue = VueGardee.objects.select_for_update().filter(pk=vue.pk, agent=par, supprimee_le=None).first()
    if tenue is None:
        raise VueRefusee("Cette vue n'est pas à vous, ou n'est plus là : gardez-en une à vous depuis sa page.")
    return tenue


def _ceder_la_premiere(par: Agent, le: datetime) -> None:
    VueGardee.objects.filter(agent=par, premiere=True).update(premiere=False, modifiee_le=le)


def _verifier(rythme: Rythme) -> None:
    if rythme.cadence is not Cadence.SEUIL:
        return
    if not rythme.code or rythme.sens is None or rythme.seuil is None:
        raise VueRefusee("Dites quel chiffre suivre, et à partir de quel seuil prévenir.")
    try:
        definition(rythme.code)
    except IndicateurInconnu as inconnu:
        raise VueRefusee(str(inconnu)) from inconnu


def _verifier_destinataire(vue: VueGardee, destinataire: Agent, par: Agent, le: datetime) -> None:
    if destinataire.pk != par.pk and not (vue.agent_id == par.pk and vue.partagee):
        raise VueRefusee("Pour l'envoyer à des collègues, partagez d'abord cette vue ; celle d'un autre ne s'envoie "
                         "qu'à vous-même.")  # fmt: skip
    if not destinataire.is_active or not peut_ouvrir(vue, pour=destinataire, le=le):
        raise VueRefusee(f"{destinataire} n'a pas le droit de lire cette page : rien ne peut lui être envoyé.")
