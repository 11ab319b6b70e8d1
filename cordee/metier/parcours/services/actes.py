"""Acts on the path itself: check a right, find where someone lives, confirm, hand over, correct."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import AideDroit, GenreEcheance, GenreEvenement, MotifSortie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import Fait, Situation, TransitionInterdite, derouler, verifier
from cordee.metier.parcours.regles.conditions import ACTES, DES_DEVOIRS
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.parcours.services.consignation import consigner_un, fait_de
from cordee.metier.personnes.enums import FinaliteRattachement, Localisation
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.personnes.services import rattacher
from cordee.socle.enums import EnumLibelle
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

E = GenreEvenement
# Acts undone by an act of their own room (an appointment is cancelled, an identity is arbitrated…), never erased.
_AUTREMENT = frozenset({
    E.CONVOCATION, E.RENDEZ_VOUS_ANNULE, E.COURRIER_REVENU, E.NOTIFICATION_ENVOYEE, E.PERSONNE_CREEE,
    E.DROIT_CONFIRME, E.ECHEANCE_TRAITEE, E.PROTECTION_SIGNALEE, E.REPRESENTANT_IDENTIFIE,
    E.MESURE_REPRISE, E.REFUS_NOTIFIE, E.RELAIS_PROPOSE, E.RELAIS_RECU, E.RELAIS_ACCEPTE, E.RELAIS_REFUSE,
    *DES_DEVOIRS, E.RELAIS_RETIRE, E.RELAIS_EXPIRE, E.CHANGEMENT_DEMANDE, E.CHANGEMENT_REFUSE, E.ACCUEIL_TERMINE,
    E.PIECE_NOTEE, E.RECLAMATION_RECUE, E.RECLAMATION_REPONDUE, E.GLOBAL_OUVERT, E.GLOBAL_CLOS,
})  # fmt: skip
ANNULABLES = ACTES - _AUTREMENT


class ActeRefuse(ErreurMetier):
    """The act cannot be done on the path."""


class ResultatVerification(EnumLibelle):
    """What was found of a person absent from the paying body's file (E02)."""

    PRESENTE = "presente", "Elle est toujours bénéficiaire"
    SORTIE = "sortie", "Elle est sortie du dispositif"
    ATTENDRE = "attendre", "Le prochain fichier le dira"


@transaction.atomic
def localiser(
    *, personne: Personne, structure: Structure | None, localisation: Localisation, domiciliee: bool = False,
    par: Agent, le: datetime,
) -> Evenement:  # fmt: skip
    """Where she lives is known: her sector's structure gets her, or the manager's choice where there is no sector.

    Raises:
        ActeRefuse: in a sector without structure.
        TransitionInterdite: it was known already.
    """
    personne = verrouiller(personne)
    if structure is None and localisation is Localisation.SECTEUR:
        raise ActeRefuse("Choisissez la structure qui reçoit cette personne.")
    evenement = _acte(
        E.LOCALISEE, personne, par=par, le=le, structure=structure.pk if structure else None,
        localisation=str(localisation), domiciliee=domiciliee,
    )  # fmt: skip
    if structure is not None:
        rattacher(
            personne=personne, structure=structure, agent=None, finalite=FinaliteRattachement.SECTEUR,
            depuis=jour(le), par=par, le=le,
        )  # fmt: skip
    return evenement


@transaction.atomic
def constater_sdd(
    *, personne: Personne, soumise: bool, recu_le: date | None = None, structure: Structure | None = None,
    localisation: Localisation | None = None, par: Agent, le: datetime,
) -> Evenement:  # fmt: skip
    """The flag was unknown or contradictory: an agent has checked it with the paying body (E30).

    Raises:
        ActeRefuse: date to come.
        TransitionInterdite: there was nothing to check.
    """
    return _acte(
        E.SDD_CONSTATE, verrouiller(personne), par=par, le=le, soumise=soumise,
        **_entree(recu_le, structure, localisation, le=le),
    )  # fmt: skip


@transaction.atomic
def confirmer_droit(
    *, personne: Personne, confirme: bool, recu_le: date | None = None, structure: Structure | None = None,
    localisation: Localisation | None = None, par: Agent, le: datetime,
) -> Evenement:  # fmt: skip
    """The demand of a file opened at the counter is confirmed, or closed without follow-up.

    Raises:
        ActeRefuse: date to come.
        TransitionInterdite: the right is known by a file.
    """
    return _acte(
        E.DROIT_CONFIRME, verrouiller(personne), par=par, le=le, confirme=confirme,
        **_entree(recu_le, structure, localisation, le=le),
    )  # fmt: skip


@transaction.atomic
def verifier_disparition(
    *, personne: Personne, resultat: ResultatVerification, motif_sortie: MotifSortie | None = None, par: Agent,
    le: datetime,
) -> Evenement:  # fmt: skip
    """Why she is absent from the file: still there, left (and why), or wait for the next one. Absence is no exit (E02).

    Raises:
        ActeRefuse: an exit without its reason.
        TransitionInterdite: she stands in the last file.
    """
    resultat = ResultatVerification(resultat)
    if resultat is ResultatVerification.SORTIE and motif_sortie is None:
        raise ActeRefuse("Indiquez la raison de la sortie.")
    if motif_sortie is MotifSortie.DECES:
        raise ActeRefuse("Un décès s'enregistre par son propre acte : « Constater le décès ».")
    motif = {"motif_sortie": str(motif_sortie)} if motif_sortie else {}
    return _acte(E.DISPARITION_VERIFIEE, verrouiller(personne), par=par, le=le, resultat=str(resultat), **motif)


@transaction.atomic
def transmettre_dossier(*, personne: Personne, par: Agent, le: datetime) -> Evenement:
    """She moved to another département: the file has been handed over to it (R52); it closes here.

    Raises:
        TransitionInterdite: no departure is known.
    """
    return _acte(E.DOSSIER_TRANSMIS, verrouiller(personne), par=par, le=le)


@transaction.atomic
def traiter_echeance(
    *, personne: Personne, echeance: GenreEcheance, par: Agent, le: datetime, aide: AideDroit | None = None
) -> Evenement:
    """Close a parallel duty that no other act closes. ``aide``: what was done to have a right restored.

    Raises:
        TransitionInterdite: it is not open, or it is closed by its own act.
    """
    fait = {"aide": str(AideDroit(aide))} if aide else {}
    return _acte(
        E.ECHEANCE_TRAITEE, verrouiller(personne), par=par, le=le, echeance=str(GenreEcheance(echeance)), **fait
    )


@transaction.atomic
def annuler_evenement(*, evenement: Evenement, par: Agent, le: datetime) -> Evenement:
    """Correct an act recorded by mistake: the life is replayed without it, and the trace of both stays.

    Only an act of an agent, and not one that later acts rest upon: they are corrected first, latest first.

    Raises:
        ActeRefuse: a fact of a file, an act undone otherwise, already cancelled, or needed by a later one.
    """
    personne = Personne.objects.get(pk=evenement.personne_id)
    courante = verrouiller(personne.canonique or personne)
    genre = E(evenement.genre)
    if genre not in ANNULABLES:
        raise ActeRefuse(f"« {genre.libelle} » ne s'annule pas : enregistrez ce qui l'a suivi.")
    histoire = list(Evenement.objects.filter(personne__in=ids_du_groupe(courante)).order_by("pk"))
    annules = {e.donnees.get("evenement") for e in histoire if e.genre == E.ANNULATION}
    if evenement.pk in annules:
        raise ActeRefuse("Cet événement est déjà annulé.")
    faits = [fait_de(e) for e in histoire if e.pk not in annules and e.pk != evenement.pk]
    _exiger_independants(faits, evenement)
    if genre is E.DECES:
        Personne.objects.filter(pk__in=ids_du_groupe(courante)).update(deces_le=None, version=F("version") + 1)
    return consigner_un(
        genre=E.ANNULATION, personne=courante, par=par, le=le, donnees={"evenement": evenement.pk},
        objet_type="evenement", objet_id=evenement.pk,
    )  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _exiger_independants(faits: list[Fait], annule: Evenement) -> None:
    """Each later act must still be legal in a life without the cancelled one."""

    def controler(situation: Situation, fait: Fait) -> None:
        if fait.id < annule.pk:
            return
        try:
            verifier(situation, fait)
        except TransitionInterdite as erreur:
            raise ActeRefuse(
                f"« {fait.genre.libelle} » du {fait.jour:%d/%m/%Y} en dépend : corrigez-le d'abord."
            ) from erreur

    derouler(Situation(), faits, avant_chaque=controler)


def _acte(genre: GenreEvenement, personne: Personne, *, par: Agent, le: datetime, **donnees: Any) -> Evenement:
    return consigner_un(genre=genre, personne=personne, par=par, le=le, donnees=donnees)


def _entree(
    recu_le: date | None, structure: Structure | None, localisation: Localisation | None, *, le: datetime
) -> dict[str, Any]:
    """What an entry needs: when the Département knew, and where she lives."""
    if recu_le is not None and recu_le > jour(le):
        raise ActeRefuse("La date de réception ne peut pas être à venir.")
    donnees: dict[str, Any] = {"recu_le": (recu_le or jour(le)).isoformat()}
    if structure is not None:
        donnees |= {"structure": structure.pk, "localisation": str(localisation or Localisation.SECTEUR)}
    elif localisation is not None:
        donnees |= {"localisation": str(localisation)}
    return donnees
