"""What becomes of a piece set aside: read, corrected, played again, dropped, erased (V1).

Playing is a business of each kind of file: :func:`rejouer_element` holds everything around it, and is given the act.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q

from cordee.echanges.fichiers.models import (
    ElementRejete,
    FichierRecu,
    LectureElement,
    RaisonEcart,
    Rejeu,
    StatutElement,
)
from cordee.echanges.fichiers.rejets import ouvrir, sans_nir, sceller
from cordee.echanges.fichiers.verrou import seul
from cordee.metier.organismes.models import Agent
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

S = StatutElement
_RESULTAT_MAX: Final = 300
_CONSERVATION_LECTURES: Final = timedelta(days=365)
TEXTE_MAX: Final = 1_000_000
"""Characters of a piece: a real household is about 6,000."""
SUITES: Final = {
    "en_attente": Count("pk", filter=Q(statut=S.EN_ATTENTE)),
    "rejoues": Count("pk", filter=Q(traite_le__isnull=False, raison_ecart="")),
    "ecartes": Count("pk", filter=~Q(raison_ecart="")),
    "effaces": Count("pk", filter=Q(statut=S.PURGE, traite_le__isnull=True)),
}
"""What became of the pieces of a file, even once their content is gone (``effaces``: erased without an answer)."""


class ElementFige(ErreurMetier):
    """The piece is no longer waiting, or its content is gone."""


class CorrectionRefusee(ErreurMetier):
    """What was typed cannot be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suites:
    """What playing a piece gave. ``phrase`` names nobody; ``personnes``: ids of the persons touched."""

    phrase: str
    personnes: tuple[int, ...] = ()
    evenements: Mapping[str, int] = field(default_factory=dict)


Jouer = Callable[[ElementRejete, str, Agent, datetime], Suites]


def contenu(element: ElementRejete) -> str:
    """The piece as it would be played: what an agent typed last, else what was set aside. NIR are tokens.

    Raises:
        ElementFige: erased.
    """
    scelle = element.correction_chiffree or element.bloc_chiffre
    if not scelle:
        raise ElementFige("Le contenu de cet élément a été effacé : il ne peut plus être lu ni rejoué.")
    return ouvrir(bytes(scelle))


def journaliser_lecture_element(*, element: ElementRejete, par: Agent, le: datetime) -> None:
    """Somebody has the content on the screen."""
    LectureElement.objects.create(element_id=element.pk, agent_id=par.pk, lue_le=le)


@transaction.atomic
def noter_correction(*, element: ElementRejete, texte: str, par: Agent, le: datetime) -> ElementRejete:
    """Keep what an agent typed, sealed, every NIR replaced by a token at once.

    Raises:
        ElementFige: the piece is no longer waiting.
        CorrectionRefusee: too long to be one piece.
    """
    if len(texte) > TEXTE_MAX:
        raise CorrectionRefusee("Le texte est trop long pour un seul élément : ne collez que celui-ci.")
    courant = _en_attente(element)
    courant.correction_chiffree = sceller(sans_nir(texte))
    courant.save(update_fields=["correction_chiffree"])
    return courant


@transaction.atomic
def oublier_correction(*, element: ElementRejete, par: Agent, le: datetime) -> ElementRejete:
    """Back to the piece as it came."""
    courant = _en_attente(element)
    courant.correction_chiffree, courant.echec = None, ""
    courant.save(update_fields=["correction_chiffree", "echec"])
    return courant


def rejouer_element(
    *, element: ElementRejete, jouer: Jouer, par: Agent, le: datetime, texte: str | None = None, attendre: bool = False
) -> Suites:
    """Play a piece again, as it stands or as corrected: all of it or nothing.

    Args:
        jouer: the act of its kind of file, given the locked row, the text (the NIR just typed in clear, the others as
            tokens), who and when.
        texte: what the agent typed; kept, sealed, even when it fails.
        attendre: wait for an import under way (a job), instead of saying so (a page).

    Raises:
        ElementFige: played, dropped or erased already.
        ErreurMetier: what is still wrong; nothing changed but the correction kept.
    """
    if texte is not None:
        noter_correction(element=element, texte=texte, par=par, le=le)
    try:
        with seul(element.fichier, attendre=attendre), transaction.atomic():
            courant = _en_attente(element)
            suites = jouer(courant, contenu(courant) if texte is None else texte, par, le)
            _conclure(courant, suites, par, le)
            annoter(courant.fichier)
    except ElementFige:
        raise
    except ErreurMetier as faute:
        ElementRejete.objects.filter(pk=element.pk).update(echec=str(faute)[:_RESULTAT_MAX])
        raise
    element.refresh_from_db()
    return suites


def _conclure(element: ElementRejete, suites: Suites, par: Agent, le: datetime) -> None:
    element.statut, element.traite_le, element.traite_par = S.REJOUE, le, par
    element.resultat, element.echec = suites.phrase[:_RESULTAT_MAX], ""
    element.suites = {"personnes": list(suites.personnes), "evenements": dict(suites.evenements)}
    element.save(update_fields=["statut", "traite_le", "traite_par", "resultat", "echec", "suites"])


@transaction.atomic
def ecarter(*, element: ElementRejete, raison: RaisonEcart, phrase: str, par: Agent, le: datetime) -> ElementRejete:
    """Drop a piece, with the reason. It can be taken back until it is erased.

    Raises:
        CorrectionRefusee: « autre raison » without saying which.
        ElementFige: no longer waiting.
    """
    phrase = sans_nir(phrase.strip())
    if raison == RaisonEcart.AUTRE and not phrase:
        raise CorrectionRefusee("Dites en une phrase pourquoi cet élément est écarté.")
    courant = _en_attente(element)
    courant.statut, courant.raison_ecart, courant.resultat = S.ECARTE, raison, phrase[:_RESULTAT_MAX]
    courant.traite_le, courant.traite_par, courant.echec = le, par, ""
    courant.save(update_fields=["statut", "raison_ecart", "resultat", "traite_le", "traite_par", "echec"])
    annoter(courant.fichier)
    return courant


@transaction.atomic
def reprendre(*, element: ElementRejete, par: Agent, le: datetime) -> ElementRejete:
    """Take back a piece dropped.

    Raises:
        ElementFige: it was not dropped, or is erased.
    """
    courant = ElementRejete.objects.select_for_update().get(pk=element.pk)
    if courant.statut != S.ECARTE:
        raise ElementFige("Cet élément n'est pas écarté : rechargez la page pour voir où il en est.")
    courant.statut, courant.raison_ecart, courant.resultat = S.EN_ATTENTE, "", ""
    courant.traite_le = courant.traite_par = None
    courant.save(update_fields=["statut", "raison_ecart", "resultat", "traite_le", "traite_par"])
    annoter(courant.fichier)
    return courant


def efface_le(element: ElementRejete) -> date:
    """The day from which :func:`purger` empties a piece, as things stand."""
    pose = jour(element.cree_le)
    limite = ajouter_mois(pose, entier("rejet_conservation_mois", au=pose))
    if element.statut != S.REJOUE or element.traite_le is None:
        return limite
    joue = jour(element.traite_le)
    return min(limite, joue + timedelta(days=entier("rejet_rejoue_jours", au=joue)))


def purger(*, le: datetime) -> int:
    """Erase the content of what was played some days ago, and of everything old: the fact stays. Returns the number.

    The age runs from the day the piece was set aside, which follows the reception. Old ``Rejeu`` and the log of reads
    go after a year.
    """
    au = jour(le)
    vieux = ajouter_mois(au, -entier("rejet_conservation_mois", au=au))
    joues = le - timedelta(days=entier("rejet_rejoue_jours", au=au))
    restants = ElementRejete.objects.exclude(statut=S.PURGE)
    effaces = restants.filter(cree_le__date__lte=vieux) | restants.filter(statut=S.REJOUE, traite_le__lte=joues)
    with transaction.atomic():
        pks = list(effaces.values_list("pk", flat=True))
        fichiers = set(effaces.values_list("fichier_id", flat=True))
        ElementRejete.objects.filter(pk__in=pks).update(
            bloc_chiffre=b"", correction_chiffree=None, statut=S.PURGE, purge_le=le
        )
        for fichier in FichierRecu.objects.filter(pk__in=fichiers):
            annoter(fichier)
    LectureElement.objects.filter(lue_le__lt=le - _CONSERVATION_LECTURES).delete()
    Rejeu.objects.filter(demande_le__lt=le - _CONSERVATION_LECTURES).delete()
    return len(pks)


def annoter(fichier: FichierRecu) -> None:
    """Write in the report of a file what became of its pieces, under ``rejets_suites`` (see :data:`SUITES`)."""
    suites: dict[str, Any] = ElementRejete.objects.filter(fichier=fichier).aggregate(**SUITES)
    courant = FichierRecu.objects.select_for_update(no_key=True).get(pk=fichier.pk)
    courant.rapport = {**courant.rapport, "rejets_suites": suites}
    courant.save(update_fields=["rapport"])


def _en_attente(element: ElementRejete) -> ElementRejete:
    courant = (
        ElementRejete.objects.select_for_update(of=("self",)).select_related("fichier__organisme").get(pk=element.pk)
    )
    if courant.statut != S.EN_ATTENTE:
        statut = StatutElement(courant.statut).libelle.lower()
        raise ElementFige(f"Cet élément est déjà « {statut} » : rechargez la page pour voir ce qu'il a donné.")
    return courant
