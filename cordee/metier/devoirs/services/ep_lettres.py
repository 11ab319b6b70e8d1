"""Letters of the équipe pluridisciplinaire: invitations in number, cancellations, opinions told to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from cordee.metier.courriers.enums import Canal, GenreCourrier, MoyenRemise
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.selectors import canaux_ouverts
from cordee.metier.courriers.services import LettreAEcrire, emettre_lot
from cordee.metier.devoirs.enums_ep import (
    GenreCollege,
    ObjetPassage,
    PresencePersonne,
    SensAvis,
    StatutPassage,
    StatutSeance,
)
from cordee.metier.devoirs.models import PassageEP, SeanceEP
from cordee.metier.devoirs.selectors.ep_dossiers import au_jour, passages_de
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

OBJET: Final = "passage_ep"
_SUITES: Final = {
    ObjetPassage.REORIENTATION: "Le Département répondra à la demande de réorientation et vous écrira.",
    ObjetPassage.SUSPENSION: "Le Département va décider. Sa décision vous sera écrite, avec vos recours.",
    ObjetPassage.SUPPRESSION: "Le Département va décider. Sa décision vous sera écrite, avec vos recours.",
}


class LettresRefusees(ErreurMetier):
    """These letters cannot be written now."""


@dataclass(frozen=True, slots=True)
class BilanLettres:
    """Letters written, and the files for which none could be, with why."""

    ecrites: int
    refus: dict[int, str]


@transaction.atomic
def inviter_personnes(*, seance: SeanceEP, par: Agent, le: datetime) -> BilanLettres:
    """Write, in one batch, to everybody on the agenda who is not invited yet; their hour is then announced for good.

    By registered letter: the notice must be proven (CASF L262-37 III). Copies go to representatives (E28). Who can be
    reached by no letter is listed: the hand-over is noted on the file (``noter_invitation``).

    Raises:
        LettresRefusees: the session has begun or is over, or nobody is left to invite.
    """
    courante = SeanceEP.objects.select_related("reglement").get(pk=seance.pk)
    if not courante.statut_lu.a_venir:
        raise LettresRefusees("Cette séance a commencé : on n'invite plus personne.")
    attendus = [
        p
        for p in au_jour(courante)
        if p.convocation_id is None and p.invitee_le is None and (p.audition or p.procedure_id)
    ]
    if not attendus:
        raise LettresRefusees("Chacune des personnes inscrites est déjà invitée.")
    tete = expediteur()
    lettres = [
        LettreAEcrire(
            personne_id=p.personne_id, donnees=donnees_convocation(p, courante, tete=tete), canal=Canal.COURRIER,
            moyen=MoyenRemise.LRAR, objet_type=OBJET, objet_id=p.pk,
        )
        for p in attendus
    ]  # fmt: skip
    faite = emettre_lot(lettres=lettres, genre=GenreCourrier.CONVOCATION_EP, par=par, le=le)
    par_passage = {c.objet_id: c for c in faite.courriers if not c.au_representant}
    for p in attendus:
        if courrier := par_passage.get(p.pk):
            p.convocation, p.annoncee = courrier, p.audition
            p.save(update_fields=["convocation", "annoncee"])
    return BilanLettres(len(par_passage), {attendus[rang].pk: phrase for rang, phrase in faite.refus.items()})


@transaction.atomic
def noter_invitation(*, passage: PassageEP, par: Agent, le: datetime) -> PassageEP:
    """She was told in person today, or her letter handed over: her notice runs from now.

    Raises:
        LettresRefusees: the session has begun or the file is off the agenda.
    """
    courant = PassageEP.objects.select_for_update(of=("self",)).select_related("seance").get(pk=passage.pk)
    if courant.statut != StatutPassage.INSCRIT or not courant.seance.statut_lu.a_venir:
        raise LettresRefusees("Ce dossier n'est plus à l'ordre du jour d'une séance à venir.")
    courant.invitee_le, courant.annoncee = jour(le), courant.audition
    courant.save(update_fields=["invitee_le", "annoncee"])
    return courant


def donnees_convocation(passage: PassageEP, seance: SeanceEP, *, tete: dict[str, Any]) -> dict[str, Any]:
    """What the invitation says: an hour for a hearing, that of the session for who only may come."""
    minutes = seance.reglement.minutes_audition
    return {
        "departement": tete,
        "rdv": {
            "quand": passage.heure or seance.debut, "duree": f"{minutes} minutes", "mode": "sur_place",
            "lieu": {"nom": seance.lieu},
        },
        "composition": composition_en_mots([c.genre for c in seance.reglement.colleges.all()]),
        "deplacer": _joindre(tete),
    }  # fmt: skip


def composition_en_mots(genres: Sequence[str]) -> str:
    """The colleges as a sentence for the person.

    >>> composition_en_mots(["departement", "beneficiaires"])
    'département et bénéficiaires'
    """
    noms = [GenreCollege(g).libelle.lower() for g in genres]
    return " et ".join([", ".join(noms[:-1]), noms[-1]]) if len(noms) > 1 else noms[0]


def dire_l_annulation(passage: PassageEP, *, par: Agent, le: datetime) -> bool:
    """Tell a person already invited that she need not come, by the fastest way open. False: somebody has to call her.

    The message says nothing of the équipe (V12): a date, a place, « il ne faut pas venir ».
    """
    choix = canaux_ouverts(personnes=[passage.personne_id], genre=GenreCourrier.RENDEZ_VOUS_ANNULE, au=jour(le))
    voie = choix.get(passage.personne_id)
    if voie is None or voie.canal is None or voie.canal is Canal.TELEPHONE:
        return False
    tete = expediteur()
    lettre = LettreAEcrire(
        personne_id=passage.personne_id, canal=voie.canal, moyen=voie.moyen, objet_type=OBJET, objet_id=passage.pk,
        donnees={
            "departement": tete, "deplacer": _joindre(tete),
            "rdv": {"quand": passage.heure or passage.seance.debut, "lieu": {"nom": passage.seance.lieu}},
        },
    )  # fmt: skip
    return bool(emettre_lot(lettres=[lettre], genre=GenreCourrier.RENDEZ_VOUS_ANNULE, par=par, le=le).courriers)


@transaction.atomic
def envoyer_suites(*, seance: SeanceEP, par: Agent, le: datetime) -> BilanLettres:
    """After the session, in one batch: each person is told the opinion, and that it is not a decision (R27).

    Raises:
        LettresRefusees: the session is not closed, or every letter is written.
    """
    if SeanceEP.objects.get(pk=seance.pk).statut != StatutSeance.CLOSE:
        raise LettresRefusees("Les lettres se préparent une fois la séance close.")
    examines = [
        p for p in passages_de(seance).filter(statut=StatutPassage.EXAMINE, suite__isnull=True) if hasattr(p, "avis")
    ]
    if not examines:
        raise LettresRefusees("Aucune lettre n'est à préparer : tout est déjà écrit.")
    tete = expediteur()
    lettres = [
        LettreAEcrire(
            personne_id=p.personne_id, donnees=donnees_suite(p, seance, tete=tete), canal=Canal.COURRIER,
            objet_type=OBJET, objet_id=p.pk,
        )
        for p in examines
    ]  # fmt: skip
    faite = emettre_lot(lettres=lettres, genre=GenreCourrier.SUITE_EP, par=par, le=le)
    par_passage = {c.objet_id: c for c in faite.courriers if not c.au_representant}
    for p in examines:
        if courrier := par_passage.get(p.pk):
            p.suite = courrier
            p.save(update_fields=["suite"])
    return BilanLettres(len(par_passage), {examines[rang].pk: phrase for rang, phrase in faite.refus.items()})


def donnees_suite(passage: PassageEP, seance: SeanceEP, *, tete: dict[str, Any]) -> dict[str, Any]:
    """What the letter after the session says: the opinion as it was given."""
    avis = passage.avis
    dit: dict[str, Any] = {"sens": SensAvis(avis.sens).libelle, "motifs": [avis.motivation]}
    if avis.autre_mesure:
        dit["propose"] = avis.autre_mesure
    entendue = PresencePersonne(passage.presence).entendue
    return {
        "departement": tete, "seance": {"le": jour(seance.debut), "entendue": entendue},
        "avis": dit, "suite": _SUITES[passage.objet_lu], "deplacer": _joindre(tete),
    }  # fmt: skip


def _joindre(tete: dict[str, Any]) -> dict[str, str]:
    connus = {cle: str(tete[cle]) for cle in ("telephone", "courriel") if tete.get(cle)}
    return connus or {"sur_place": "Passez à l'accueil de votre service social"}
