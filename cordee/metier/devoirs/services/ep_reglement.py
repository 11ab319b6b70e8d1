"""The règlement of the équipe, version after version, and who sits under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from cordee.metier.devoirs.enums_ep import GenreCollege, StatutReglement
from cordee.metier.devoirs.models import CollegeEP, MembreEP, ReglementEP
from cordee.metier.organismes.models import Agent
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

REGLAGES: Final = (
    "quorum_pour_cent", "preavis_membres_jours", "preavis_personne_jours", "completude_jours", "mois_validite",
    "minutes_audition", "minutes_dossier", "dossiers_maximum", "k_anonymat", "sans_aout", "voix_preponderante",
)  # fmt: skip


class ReglementRefuse(ErreurMetier):
    """The règlement, or a mandate, cannot be recorded this way."""


@dataclass(frozen=True, slots=True)
class College:
    """One college of a version to come."""

    genre: GenreCollege
    sieges: int
    requis: bool = False


@transaction.atomic
def preparer_reglement(
    *, debut: date, colleges: Sequence[College], texte: str = "", reglages: dict[str, Any] | None = None,
    reglement: ReglementEP | None = None, par: Agent, le: datetime,
) -> ReglementEP:  # fmt: skip
    """Write a version, or change the one being prepared. Nothing applies before it is adopted.

    Args:
        reglages: values of ``REGLAGES``; those left out keep their default, or what the draft held.

    Raises:
        ReglementRefuse: no college, one named twice, no seat for beneficiaries (CASF L262-39), an adopted version.
        ContrainteViolee: a figure outside its bounds.
    """
    genres = [c.genre for c in colleges]
    if len(set(genres)) != len(genres):
        raise ReglementRefuse("Un collège est nommé deux fois : donnez un seul nombre de sièges à chacun.")
    if GenreCollege.BENEFICIAIRES not in genres:
        raise ReglementRefuse("L'équipe comprend des représentants des bénéficiaires du RSA (CASF L262-39).")
    if len(genres) == 1 or any(c.sieges < 1 for c in colleges):
        raise ReglementRefuse("Donnez au moins deux collèges, et un siège à chacun.")
    if reglement is not None and reglement.statut != StatutReglement.BROUILLON:
        raise ReglementRefuse("Ce règlement est adopté : préparez une nouvelle version.")
    if reglement is None:
        suivante = (ReglementEP.objects.aggregate(n=Max("version"))["n"] or 0) + 1
        reglement = ReglementEP(version=suivante, cree_le=le, cree_par=par)
    reglement.debut, reglement.texte = debut, texte.strip()
    for nom, valeur in (reglages or {}).items():
        if nom not in REGLAGES:
            raise ReglementRefuse("Ce réglage n'existe pas.")
        setattr(reglement, nom, valeur)
    enregistrer(reglement)
    reglement.colleges.all().delete()
    for c in colleges:
        enregistrer(CollegeEP(reglement=reglement, genre=c.genre, sieges=c.sieges, requis=c.requis))
    return reglement


@transaction.atomic
def adopter_reglement(
    *, reglement: ReglementEP, reference: str, adopte_le: date, par: Agent, le: datetime
) -> ReglementEP:  # fmt: skip
    """Adopt a version: the one in force ends the day it begins; sessions already planned keep their own version.

    Raises:
        ReglementRefuse: no reference, a date to come, a version that would apply to the past.
        ContrainteViolee: another version holds these dates.
    """
    courant = ReglementEP.objects.select_for_update().get(pk=reglement.pk)
    if courant.statut != StatutReglement.BROUILLON:
        raise ReglementRefuse("Ce règlement est déjà adopté.")
    if not reference.strip():
        raise ReglementRefuse("Indiquez la délibération ou l'arrêté qui l'adopte.")
    if adopte_le > jour(le):
        raise ReglementRefuse("La date d'adoption ne peut pas être à venir.")
    autres = ReglementEP.objects.select_for_update().filter(statut=StatutReglement.ADOPTE)
    if courant.debut < jour(le) and autres.exists():
        raise ReglementRefuse("Une nouvelle version s'applique à partir d'aujourd'hui au plus tôt.")
    for ancien in autres.filter(debut__lt=courant.debut, fin__isnull=True):
        ancien.fin = courant.debut
        enregistrer(ancien, champs=["fin"])
    courant.statut, courant.reference, courant.adopte_le = StatutReglement.ADOPTE, reference.strip(), adopte_le
    enregistrer(courant)
    return courant


@transaction.atomic
def nommer_membre(
    *, agent: Agent, college: GenreCollege, titulaire: bool, debut: date, organisme: str = "", preside: bool = False,
    fin: date | None = None, par: Agent, le: datetime,
) -> MembreEP:  # fmt: skip
    """Give a seat, titular or substitute. The account (rôle « membre ») is opened by the administrator.

    Raises:
        ReglementRefuse: somebody whose access is closed.
        ContrainteViolee: she sits already on these days, or dates in disorder.
    """
    if not agent.is_active:
        raise ReglementRefuse("L'accès de cette personne est fermé : ouvrez d'abord son compte.")
    membre = MembreEP(
        agent=agent, college=GenreCollege(college), titulaire=titulaire, preside=preside, organisme=organisme.strip(),
        debut=debut, fin=fin,
    )  # fmt: skip
    if membre.fin is not None and membre.fin <= membre.debut:
        raise ReglementRefuse("La fin du mandat doit suivre son début.")
    enregistrer(membre)
    return membre


@transaction.atomic
def finir_mandat(*, membre: MembreEP, dernier_jour: date, par: Agent, le: datetime) -> MembreEP:
    """End a mandate: sessions after that day no longer count on her; what she did stays.

    Raises:
        ReglementRefuse: a last day before the first, or a mandate that has ended.
    """
    courant = MembreEP.objects.select_for_update().get(pk=membre.pk)
    if courant.fin is not None and courant.fin <= jour(le):
        raise ReglementRefuse("Ce mandat a déjà pris fin.")
    if dernier_jour < courant.debut:
        raise ReglementRefuse("Le dernier jour ne peut pas précéder le premier.")
    courant.fin = dernier_jour + timedelta(days=1)
    enregistrer(courant, champs=["fin"])
    courant.participations.filter(seance__debut__date__gte=courant.fin, arrive_le__isnull=True).delete()
    return courant
