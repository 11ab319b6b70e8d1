"""Holding a session: who is there, the quorum as it stands, one file after another, opinions and voices (R25, R28)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from cordee.metier.devoirs.enums_ep import (
    GenreActeSeance,
    GenreCollege,
    MotifConflit,
    MotifRetrait,
    PresencePersonne,
    SensAvis,
    StatutPassage,
    StatutSeance,
)
from cordee.metier.devoirs.models import (
    AvisEP,
    DissentimentEP,
    MembreEP,
    ParticipationEP,
    PassageEP,
    RetraitMembre,
    SeanceEP,
)
from cordee.metier.devoirs.regles.ep_avis import Vote, refus_du_vote
from cordee.metier.devoirs.regles.ep_quorum import Constat, constater, voix
from cordee.metier.devoirs.selectors.ep import faits_de, membres_au, presents, regle_du_quorum, retires_du_dossier
from cordee.metier.devoirs.selectors.ep_conflits import conflits
from cordee.metier.devoirs.selectors.ep_dossiers import au_jour
from cordee.metier.devoirs.services.ep_agenda import OBJET, actualiser_traits, retirer_dossier
from cordee.metier.devoirs.services.ep_seances import noter, verrouiller_seance
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

_A_EXAMINER: Final = (StatutPassage.INSCRIT, StatutPassage.EN_EXAMEN)


class TenueRefusee(ErreurMetier):
    """The act does not fit where the session stands."""


# Before: who keeps away ---------------------------------------------------------------------------------------------
@transaction.atomic
def controler_liens(*, seance: SeanceEP, par: Agent, le: datetime) -> int:
    """Compare real identities with the members of the day: whoever is tied to a person does not sit on her file (V6).

    Returns how many withdrawals it wrote. Working in the house that accompanies her is shown, and left to the
    secretary (``ecarter_membre``). Members never learn why.
    """
    courante = verrouiller_seance(seance)
    passages = list(au_jour(courante).filter(statut=StatutPassage.INSCRIT))
    membres = list(membres_au(jour(courante.debut)))
    ecrits = 0
    for conflit in conflits(passages, membres, au=jour(le)):
        if conflit.motif.absolu:
            _, nouveau = RetraitMembre.objects.get_or_create(
                passage_id=conflit.passage_id, membre=conflit.membre,
                defaults={"motif": conflit.motif, "par": par, "le": le},
            )  # fmt: skip
            ecrits += nouveau
    actualiser_traits(passages, au=jour(le))  # members read the files from now on
    PassageEP.objects.filter(pk__in=[p.pk for p in passages]).update(liens_controles_le=le)
    return ecrits


@transaction.atomic
def ecarter_membre(
    *, passage: PassageEP, membre: MembreEP, motif: MotifConflit, par: Agent, le: datetime
) -> RetraitMembre:  # fmt: skip
    """The secretary keeps a member away from a file, for a tie she knows of.

    Raises:
        TenueRefusee: the opinion is given.
    """
    _sans_avis(passage)
    retrait, _ = RetraitMembre.objects.get_or_create(
        passage=passage, membre=membre, defaults={"motif": MotifConflit(motif), "par": par, "le": le}
    )
    return retrait


@transaction.atomic
def se_retirer(*, passage: PassageEP, membre: MembreEP, par: Agent, le: datetime) -> RetraitMembre:
    """A member leaves a file without saying why, and nobody asks (R28). It cannot be taken back.

    Raises:
        TenueRefusee: somebody else's seat, or the opinion is given.
    """
    if membre.agent_id != par.pk:
        raise TenueRefusee("On ne se retire que pour soi-même.")
    _sans_avis(passage)
    retrait, _ = RetraitMembre.objects.get_or_create(
        passage=passage, membre=membre, defaults={"motif": MotifConflit.DECLARE, "par": par, "le": le}
    )
    return retrait


def _sans_avis(passage: PassageEP) -> None:
    verrouiller_seance(passage.seance)
    statut = PassageEP.objects.values_list("statut", flat=True).get(pk=passage.pk)
    if statut not in _A_EXAMINER:
        raise TenueRefusee("L'avis est rendu ou le dossier retiré : qui siégeait ne change plus.")


# The room -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def noter_presence(
    *, seance: SeanceEP, membre: MembreEP, present: bool, par: Agent, le: datetime
) -> ParticipationEP:  # fmt: skip
    """A member enters or leaves the room: the quorum follows at once.

    Raises:
        TenueRefusee: the session is over, or not of today.
    """
    courante = verrouiller_seance(seance)
    if courante.statut not in (StatutSeance.PLANIFIEE, StatutSeance.CONVOQUEE, StatutSeance.OUVERTE):
        raise TenueRefusee("Cette séance est terminée : les présences ne changent plus.")
    if jour(courante.debut) != jour(le):
        raise TenueRefusee(f"Les présences se notent le jour de la séance, le {jour(courante.debut):%d/%m/%Y}.")
    ligne, _ = ParticipationEP.objects.get_or_create(seance=courante, membre=membre)
    if present == ligne.dans_la_salle:
        return ligne
    if present:
        ligne.arrive_le, ligne.parti_le = ligne.arrive_le or le, None
        ligne.invite_le = ligne.invite_le or le
    else:
        ligne.parti_le = le
    ligne.save(update_fields=["arrive_le", "parti_le", "invite_le"])
    genre = GenreActeSeance.ARRIVEE if present else GenreActeSeance.DEPART
    noter(courante, genre, membre=membre, par=par, le=le)
    return ligne


@transaction.atomic
def ouvrir_seance(*, seance: SeanceEP, presidence: MembreEP, par: Agent, le: datetime) -> SeanceEP:
    """Open the session, once the quorum is there.

    Raises:
        TenueRefusee: no quorum, an empty agenda, a president who is not in the room, or incomplete files not pulled.
    """
    courante = verrouiller_seance(seance)
    if not courante.statut_lu.a_venir:
        raise TenueRefusee("Cette séance est déjà ouverte, ou n'aura pas lieu.")
    if courante.incomplets_retires_le is None:
        raise TenueRefusee("Retirez d'abord les dossiers incomplets : l'ordre du jour n'est pas arrêté.")
    if not au_jour(courante).exists():
        raise TenueRefusee("Aucun dossier n'est à l'ordre du jour.")
    constat = quorum_de(courante)
    if not constat.atteint:
        raise TenueRefusee(phrase_sans_quorum(constat))
    if presidence.pk not in {p.membre for p in presents(courante)}:
        raise TenueRefusee("Qui préside doit être dans la salle.")
    courante.statut, courante.ouverte_le, courante.presidence = StatutSeance.OUVERTE, le, presidence
    courante.secretaire = courante.secretaire or par
    courante.save(update_fields=["statut", "ouverte_le", "presidence", "secretaire"])
    noter(courante, GenreActeSeance.OUVERTE, membre=presidence, par=par, le=le)
    return courante


@transaction.atomic
def constater_sans_quorum(*, seance: SeanceEP, par: Agent, le: datetime) -> SeanceEP:
    """The day has come and too few are there: the session is not held, every file waits for another one.

    Raises:
        TenueRefusee: the quorum is reached, or it is not the day.
    """
    courante = verrouiller_seance(seance)
    if not courante.statut_lu.a_venir or jour(courante.debut) != jour(le):
        raise TenueRefusee("Le défaut de quorum se constate le jour de la séance, avant de l'ouvrir.")
    constat = quorum_de(courante)
    if constat.atteint:
        raise TenueRefusee("Le quorum est atteint : ouvrez la séance.")
    for p in list(au_jour(courante)):
        retirer_dossier(passage=p, motif=MotifRetrait.SANS_QUORUM, par=par, le=le)
    courante.statut = StatutSeance.SANS_QUORUM
    courante.save(update_fields=["statut"])
    noter(courante, GenreActeSeance.SANS_QUORUM, par=par, le=le, precision=phrase_sans_quorum(constat))
    return courante


def quorum_de(seance: SeanceEP, passage: PassageEP | None = None) -> Constat:
    """The quorum in the room, or on one file without those who keep away from it."""
    retires = retires_du_dossier(passage.pk) if passage else frozenset()
    return constater(regle_du_quorum(seance.reglement), presents(seance), retires=retires)


def phrase_sans_quorum(constat: Constat) -> str:
    """Why nothing may be decided now."""
    absents = ", ".join(GenreCollege(c).libelle.lower() for c in constat.colleges_absents)
    manque = f" Collège absent : {absents}." if absents else ""
    occupes = f"{constat.presents} sièges occupés" if constat.presents > 1 else f"{constat.presents} siège occupé"
    return f"Le quorum n'est pas atteint : {occupes} sur {constat.requis} exigés.{manque}"


# One file after another ---------------------------------------------------------------------------------------------
@transaction.atomic
def appeler(*, passage: PassageEP, par: Agent, le: datetime) -> PassageEP:
    """Begin a file: one at a time.

    Raises:
        TenueRefusee: the session is not open, another file is on the table, or those who may sit are too few.
    """
    courante = _ouverte(passage.seance)
    if (
        autre := PassageEP.objects.filter(seance=courante, statut=StatutPassage.EN_EXAMEN)
        .exclude(pk=passage.pk)
        .first()
    ):
        raise TenueRefusee(f"Le dossier n° {autre.numero} est encore en examen : rendez ou ajournez d'abord son avis.")
    courant = PassageEP.objects.select_related("procedure").get(pk=passage.pk)
    if courant.statut != StatutPassage.INSCRIT:
        raise TenueRefusee("Ce dossier n'est plus à examiner.")
    if courant.procedure is not None and not courant.procedure.ouverte:
        raise TenueRefusee("La procédure a été close depuis : retirez ce dossier de l'ordre du jour.")
    constat = quorum_de(courante, courant)
    if not constat.atteint:
        raise TenueRefusee(f"{phrase_sans_quorum(constat)} Appelez un suppléant, ou retirez ce dossier.")
    courant.statut = StatutPassage.EN_EXAMEN
    courant.save(update_fields=["statut"])
    noter(courante, GenreActeSeance.APPEL, passage=courant, par=par, le=le)
    return courant


@transaction.atomic
def noter_audition(
    *, passage: PassageEP, presence: PresencePersonne, assistee_par: str = "", notes: str | None = None, par: Agent,
    le: datetime,
) -> PassageEP:  # fmt: skip
    """Who came, with whom, and what was said: noted before or during the examination (CASF L262-37 III, E24).

    Raises:
        TenueRefusee: the opinion is given, or who assists or represents is not named.
    """
    _sans_avis(passage)
    courant = PassageEP.objects.select_related("seance").get(pk=passage.pk)
    presence = PresencePersonne(presence)
    if presence in (PresencePersonne.ASSISTEE, PresencePersonne.REPRESENTEE) and not assistee_par.strip():
        raise TenueRefusee("Indiquez qui l'assiste ou la représente : un nom, ou « une personne de son choix ».")
    courant.presence, courant.assistee_par = presence, assistee_par.strip()
    courant.arrivee_le = (courant.arrivee_le or le) if presence.entendue else None
    if notes is not None:
        courant.notes_audition = notes.strip()
    courant.save(update_fields=["presence", "assistee_par", "arrivee_le", "notes_audition"])
    return courant


@transaction.atomic
def rendre_avis(
    *, passage: PassageEP, sens: SensAvis, motivation: str, vote: Vote, autre_mesure: str = "",
    dissentiments: Mapping[int, str] | None = None, par: Agent, le: datetime,
) -> AvisEP:  # fmt: skip
    """Record what the équipe thinks of the file on the table: an opinion, with its reasons and its voices.

    Args:
        vote: voices for the opinion recorded, against it, abstentions; those who keep away are not counted.
        dissentiments: member id → what she asks to have written.

    Raises:
        TenueRefusee: the file is not on the table, the person's coming is not noted, no reasons, no quorum left on it
            (it may still be adjourned), voices that do not add up, or a dissent of somebody who did not sit.
        ContrainteViolee: another measure without saying which.
    """
    courante = _ouverte(passage.seance)
    courant = PassageEP.objects.select_related("procedure", "personne").get(pk=passage.pk)
    sens = SensAvis(sens)
    if courant.statut != StatutPassage.EN_EXAMEN:
        raise TenueRefusee("Appelez d'abord ce dossier.")
    if courant.audition and courant.presence == PresencePersonne.ATTENDUE:
        raise TenueRefusee("Notez d'abord si la personne est venue, et qui parle pour elle.")
    if not motivation.strip():
        raise TenueRefusee("Écrivez les motifs de l'avis, en phrases : la décision s'y référera.")
    constat = quorum_de(courante, courant)
    if sens.est_un_avis and not constat.atteint:
        raise TenueRefusee(f"{phrase_sans_quorum(constat)} Ajournez ce dossier, ou attendez un suppléant.")
    votants = _votants(courante, courant)
    refus = refus_du_vote(vote, sens=sens, votants=len(votants), preponderante=courante.reglement.voix_preponderante)
    if refus:
        raise TenueRefusee(refus)
    avis = AvisEP(
        passage=courant, sens=sens, motivation=motivation.strip(), autre_mesure=autre_mesure.strip(), pour=vote.pour,
        contre=vote.contre, abstentions=vote.abstentions, votants=len(votants), rendu_le=jour(le), enregistre_le=le,
        faits=faits_de(courant.procedure) if courant.procedure else "", enregistre_par=par,
    )  # fmt: skip
    enregistrer(avis)
    for membre, texte in (dissentiments or {}).items():
        if membre not in votants:
            raise TenueRefusee("Seul un membre qui a siégé sur ce dossier fait noter son désaccord.")
        if texte.strip():
            DissentimentEP.objects.create(avis=avis, membre_id=membre, texte=texte.strip())
    courant.statut = StatutPassage.EXAMINE if sens.est_un_avis else StatutPassage.AJOURNE
    courant.faits = avis.faits
    courant.save(update_fields=["statut", "faits"])
    noter(courante, GenreActeSeance.AVIS, passage=courant, par=par, le=le, precision=sens.libelle)
    return avis


@transaction.atomic
def reprendre_avis(*, passage: PassageEP, par: Agent, le: datetime) -> PassageEP:
    """Put a file back on the table before the session closes: what was recorded was not what was said.

    Raises:
        TenueRefusee: the session is closed, another file is on the table, or no opinion was given.
    """
    courante = _ouverte(passage.seance)
    courant = PassageEP.objects.get(pk=passage.pk)
    if courant.statut not in (StatutPassage.EXAMINE, StatutPassage.AJOURNE):
        raise TenueRefusee("Aucun avis n'est à reprendre sur ce dossier.")
    if PassageEP.objects.filter(seance=courante, statut=StatutPassage.EN_EXAMEN).exists():
        raise TenueRefusee("Un autre dossier est en examen : terminez-le d'abord.")
    AvisEP.objects.filter(passage=courant).delete()
    courant.statut = StatutPassage.EN_EXAMEN
    courant.save(update_fields=["statut"])
    noter(courante, GenreActeSeance.AVIS_REPRIS, passage=courant, par=par, le=le)
    return courant


@transaction.atomic
def noter_observations(*, seance: SeanceEP, texte: str, par: Agent, le: datetime) -> SeanceEP:
    """What is worth keeping of the session beside its files, written as it goes."""
    courante = _ouverte(seance)
    courante.observations = texte.strip()
    courante.save(update_fields=["observations"])
    return courante


@transaction.atomic
def clore_seance(*, seance: SeanceEP, par: Agent, le: datetime) -> SeanceEP:
    """Close it: every file has its opinion, was adjourned or withdrawn. Référents are told at once (R27).

    Raises:
        TenueRefusee: a file has not been looked at.
    """
    courante = _ouverte(seance)
    restent = PassageEP.objects.filter(seance=courante, statut__in=_A_EXAMINER).count()
    if restent:
        mot = "dossier reste" if restent == 1 else "dossiers restent"
        raise TenueRefusee(f"{restent} {mot} à examiner, à ajourner ou à retirer.")
    courante.statut, courante.close_le = StatutSeance.CLOSE, le
    courante.save(update_fields=["statut", "close_le"])
    noter(courante, GenreActeSeance.CLOSE, par=par, le=le)
    vus = PassageEP.objects.filter(seance=courante, avis__isnull=False).select_related("avis")
    dits = [
        NouvelEvenement(
            genre=GenreEvenement.AVIS_EP, personne_id=p.personne_id, objet_type=OBJET, objet_id=p.pk,
            donnees={"seance": courante.pk, "passage": p.pk, "objet": p.objet,
                     "avis": p.avis.sens if p.avis.sens_lu.est_un_avis else ""},
        )
        for p in vus
    ]  # fmt: skip
    consigner(evenements=dits, par=par, le=le, controler=False)
    return courante


def votants_de(passage: PassageEP) -> tuple[int, ...]:
    """Members who may vote on a file, in the room and not withdrawn: for the page of the session."""
    return _votants(passage.seance, passage)


def _votants(seance: SeanceEP, passage: PassageEP) -> tuple[int, ...]:
    par_college = voix(regle_du_quorum(seance.reglement), presents(seance), retires=retires_du_dossier(passage.pk))
    return tuple(m for membres in par_college.values() for m in membres)


def _ouverte(seance: SeanceEP) -> SeanceEP:
    courante = verrouiller_seance(seance)
    if courante.statut != StatutSeance.OUVERTE:
        raise TenueRefusee("La séance n'est pas ouverte.")
    return courante
