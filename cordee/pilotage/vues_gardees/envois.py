"""Preparing what is due, taking it one by one, noting what came of it: at most once a day for each subscription."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from cordee.metier.courriers.regles.acheminement import SANS_REPONSE, attente_avant_l_essai
from cordee.pilotage.enums_vues import Cadence, EtatEnvoi, FinAbonnement, Franchissement
from cordee.pilotage.models import AbonnementVue, EnvoiVue
from cordee.pilotage.selectors import (
    ChiffresAbsents,
    DateHorsHistoire,
    LectureRefusee,
    TerritoireInconnu,
    fraicheur,
    indicateurs,
)
from cordee.pilotage.vues_gardees.contenu import composer, en_html, en_texte, territoire_lu
from cordee.pilotage.vues_gardees.regles import a_envoyer, au_dela
from cordee.pilotage.vues_gardees.selectors import vue_lisible
from cordee.pilotage.vues_gardees.services import finir
from cordee.socle.horloge import PARIS

OBJET: Final = "Vos chiffres"
"""Neutral: neither a place nor a figure on a locked screen (V12)."""
INTERROMPU: Final = "interrompu"
_ATTENDENT: Final = (EtatEnvoi.A_ENVOYER, EtatEnvoi.EN_COURS)


@dataclass(frozen=True, slots=True)
class Courriel:
    """A message ready to leave. Its personal parts never show in a trace."""

    reference: str
    a: str = field(repr=False)
    objet: str
    texte: str = field(repr=False)
    html: str = field(repr=False)


def preparer(*, le: datetime) -> int:
    """Queue what has become due: the Mondays, the firsts of the month, the thresholds just passed. Gives how many."""
    ici = le.astimezone(PARIS)
    en_cours = AbonnementVue.objects.filter(arrete_le=None).select_related("vue", "destinataire").order_by("pk")
    prets = []
    for abonnement in en_cours:
        if Cadence(abonnement.cadence) is Cadence.SEUIL:
            jour = ici.date() if _vient_de_franchir(abonnement, le=le) else None
        else:
            jour = a_envoyer(Cadence(abonnement.cadence), depuis=abonnement.cree_le.astimezone(PARIS), le=ici)
        if jour is not None:
            prets.append(EnvoiVue(abonnement=abonnement, jour=jour, prochain_essai_le=le))
    avant = EnvoiVue.objects.count() if prets else 0
    EnvoiVue.objects.bulk_create(prets, ignore_conflicts=True)  # one a day: asked for twice, sent once
    return EnvoiVue.objects.count() - avant if prets else 0


def reprendre(*, le: datetime) -> int:
    """A sending cut while it was being handed over is given up: nobody knows whether it left, and none leaves twice."""
    coupes = EnvoiVue.objects.filter(etat=EtatEnvoi.EN_COURS, pris_le__lt=le - SANS_REPONSE)
    return coupes.update(etat=EtatEnvoi.ABANDONNE, reponse=INTERROMPU, fini_le=le)


@transaction.atomic
def prendre(*, le: datetime) -> EnvoiVue | None:
    """The next to send, marked as being handed over: another worker does not take it."""
    envoi = (
        EnvoiVue.objects.select_for_update(skip_locked=True)
        .filter(etat=EtatEnvoi.A_ENVOYER, prochain_essai_le__lte=le)
        .order_by("prochain_essai_le", "pk")
        .first()
    )
    if envoi is None:
        return None
    envoi.etat, envoi.pris_le, envoi.essais = EtatEnvoi.EN_COURS, le, envoi.essais + 1
    envoi.save(update_fields=["etat", "pris_le", "essais"])
    return envoi


def ecrire(envoi: EnvoiVue, *, le: datetime) -> Courriel | None:
    """The message as its recipient may read it now; ``None``: nothing may leave, and why is noted."""
    abonnement = AbonnementVue.objects.select_related("vue__agent", "destinataire", "par").get(pk=envoi.abonnement_id)
    vue, qui = abonnement.vue, abonnement.destinataire
    if abonnement.arrete_le is not None or vue.supprimee_le is not None:
        _clore(envoi, EtatEnvoi.SANS_DROIT, "arrete", le=le)
        return None
    if not qui.is_active or not vue_lisible(vue, pour=qui, le=le):
        _sans_droit(envoi, abonnement, le=le)
        return None
    try:
        contenu = composer(vue, pour=qui)
    except LectureRefusee:
        _sans_droit(envoi, abonnement, le=le)
        return None
    except (ChiffresAbsents, DateHorsHistoire, TerritoireInconnu):
        _clore(envoi, EtatEnvoi.SANS_CHIFFRE, "", le=le)
        return None
    mots = {
        "bonjour": qui.prenom or qui.nom, "raison": _raison(abonnement),
        "url": _adresse(reverse("pilotage_vue_ouvrir", args=[vue.pk])),
        "arret": _adresse(reverse("pilotage_vue_arret", args=[abonnement.jeton])),
    }  # fmt: skip
    texte = en_texte(contenu, **mots)
    envoi.texte = "\n".join(f"{x.libelle} : {x.valeur}" for x in contenu.lignes)
    envoi.save(update_fields=["texte"])
    objet = f"{OBJET} du {envoi.jour:%d/%m/%Y}"
    return Courriel(f"chiffres-{envoi.pk}", qui.courriel, objet, texte, en_html(contenu, **mots))


def noter_depart(envoi: EnvoiVue, *, code: str, le: datetime) -> None:
    _clore(envoi, EtatEnvoi.ENVOYE, code, le=le)


def noter_refus(envoi: EnvoiVue, *, code: str, le: datetime) -> None:
    """An address refused for ever is used no more."""
    _clore(envoi, EtatEnvoi.REFUSE, code, le=le)
    finir(envoi.abonnement, FinAbonnement.ADRESSE, le=le)


def noter_report(envoi: EnvoiVue, *, code: str, le: datetime) -> None:
    """Tried again later, five times at most."""
    attente = attente_avant_l_essai(envoi.essais)
    if attente is None:
        _clore(envoi, EtatEnvoi.ABANDONNE, code, le=le)
        return
    envoi.etat, envoi.reponse, envoi.prochain_essai_le = EtatEnvoi.A_ENVOYER, code[:40], le + attente
    envoi.save(update_fields=["etat", "reponse", "prochain_essai_le"])


# Parts --------------------------------------------------------------------------------------------------------------
def _vient_de_franchir(abonnement: AbonnementVue, *, le: datetime) -> bool:
    """Whether the figure watched has just passed its threshold, read as the recipient may. Notes on which side it is.

    The first reading says nothing: what was passed before anybody asked is no news.
    """
    vue, qui = abonnement.vue, abonnement.destinataire
    if not qui.is_active or not vue_lisible(vue, pour=qui, le=le) or abonnement.seuil is None:
        return False
    try:
        territoire = territoire_lu(vue, pour=qui, au=fraicheur().au)
        lues = indicateurs(pour=qui, territoire=territoire, codes=[abonnement.code])
    except (ChiffresAbsents, DateHorsHistoire, LectureRefusee, TerritoireInconnu):
        return False
    valeur = lues[0].valeur if lues else None
    cote = au_dela(valeur, abonnement.seuil, Franchissement(abonnement.sens))
    avant = abonnement.au_dela
    if cote is None or cote == avant:
        return False
    AbonnementVue.objects.filter(pk=abonnement.pk).update(au_dela=cote)
    return cote and avant is False


def _sans_droit(envoi: EnvoiVue, abonnement: AbonnementVue, *, le: datetime) -> None:
    _clore(envoi, EtatEnvoi.SANS_DROIT, "", le=le)
    finir(abonnement, FinAbonnement.SANS_DROIT, le=le)


def _clore(envoi: EnvoiVue, etat: EtatEnvoi, code: str, *, le: datetime) -> None:
    envoi.etat, envoi.reponse, envoi.fini_le = etat, code[:40], le
    envoi.save(update_fields=["etat", "reponse", "fini_le"])


def _raison(abonnement: AbonnementVue) -> str:
    quand = {Cadence.CHAQUE_LUNDI: "chaque lundi", Cadence.PREMIER_DU_MOIS: "le premier de chaque mois",
             Cadence.SEUIL: "quand un seuil est franchi"}[Cadence(abonnement.cadence)]  # fmt: skip
    qui = "vous" if abonnement.par_id == abonnement.destinataire_id else str(abonnement.par)
    return f"Vous recevez ce message {quand} : demandé par {qui}."


def _adresse(chemin: str) -> str:
    return f"{settings.URL_PUBLIQUE.rstrip('/')}{chemin}"
