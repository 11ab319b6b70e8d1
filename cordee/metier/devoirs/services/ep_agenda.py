"""The agenda of a session: files put on it, prepared, ordered, pulled; people invited (R22–R24, R26, E24)."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from cordee.metier.courriers.selectors import courriers_de_l_objet
from cordee.metier.courriers.services import annuler_en_attente
from cordee.metier.devoirs.enums import EtatProcedure
from cordee.metier.devoirs.enums_ep import (
    GenreActeSeance,
    MotifRetrait,
    ObjetPassage,
    StatutPassage,
    StatutSeance,
)
from cordee.metier.devoirs.models import PassageEP, Procedure, SeanceEP
from cordee.metier.devoirs.regles.ep_completude import jour_du_retrait
from cordee.metier.devoirs.regles.ep_ordre import AOrdonner, Durees, ordonner
from cordee.metier.devoirs.selectors.ep_anonymat import traits_montres
from cordee.metier.devoirs.selectors.ep_dossiers import au_jour, foyers_de, manques_des, objet_de
from cordee.metier.devoirs.services.ep_lettres import dire_l_annulation
from cordee.metier.devoirs.services.ep_seances import noter, seance_a_venir, verrouiller_seance
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import IssueReorientation
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.services import NouvelEvenement, consigner, consigner_un
from cordee.metier.rendezvous.enums import StatutInterprete
from cordee.socle.chiffrement import empreinte
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

OBJET: Final = "passage_ep"
_LETTRES_DU_CODE: Final = 5


class InscriptionRefusee(ErreurMetier):
    """The file cannot be put on this agenda, or changed there."""


@transaction.atomic
def inscrire_dossier(
    *, seance: SeanceEP, procedure: Procedure | None = None, demande: DemandeReorientation | None = None,
    audition: bool | None = None, par: Agent, le: datetime,
) -> PassageEP:  # fmt: skip
    """Put a question on the agenda of a session to come. It may still be incomplete: it has until the day of R23.

    Args:
        procedure: whose decision needs an opinion; or ``demande``: a request for another orientation.
        audition: whether she is to be heard; by default she is for a procedure (CASF L262-37 III), not for a request.

    Raises:
        InscriptionRefusee: session begun or full, too late to give the person her notice, question already closed, or
            already on another agenda.
        ContrainteViolee: the person is on this agenda already.
    """
    courante = seance_a_venir(seance)
    personne = _question(procedure, demande)
    entendue = procedure is not None if audition is None else audition
    _verifier_place(courante, entendue=entendue, le=le)
    ouverts = PassageEP.objects.filter(procedure=procedure, demande=demande).filter(
        statut__in=(StatutPassage.INSCRIT, StatutPassage.EN_EXAMEN),
        seance__statut__in=(StatutSeance.PLANIFIEE, StatutSeance.CONVOQUEE, StatutSeance.OUVERTE),
    )
    if autre := ouverts.exclude(seance=courante).select_related("seance").first():
        raise InscriptionRefusee(f"Ce dossier est inscrit à la séance du {jour(autre.seance.debut):%d/%m/%Y}.")
    rang = (PassageEP.objects.filter(seance=courante).aggregate(n=Max("rang"))["n"] or 0) + 1
    passage = PassageEP(
        seance=courante, personne=personne, procedure=procedure, demande=demande, rang=rang, audition=entendue,
        objet=objet_de(procedure) if procedure else ObjetPassage.REORIENTATION, langue=personne.langue,
        code=_code(courante, personne.pk, rang), inscrit_le=le, inscrit_par=par,
        interprete=StatutInterprete.A_RESERVER if entendue and personne.interprete else "",
    )  # fmt: skip
    enregistrer(passage)
    renumeroter(courante)
    consigner_un(
        genre=GenreEvenement.EP_INSCRITE, personne=personne, par=par, le=le, objet_type=OBJET, objet_id=passage.pk,
        donnees={"seance": courante.pk, "le": jour(courante.debut).isoformat()},
    )  # fmt: skip
    passage.refresh_from_db()
    return passage


def _question(procedure: Procedure | None, demande: DemandeReorientation | None) -> Any:
    """The person it is about.

    Raises:
        InscriptionRefusee: no question, two, or one that is closed.
    """
    if procedure is not None and demande is None:
        if procedure.etat in (EtatProcedure.CLOSE, EtatProcedure.ANNULEE, EtatProcedure.NOTIFIEE):
            raise InscriptionRefusee("Cette procédure est terminée : l'équipe n'a plus d'avis à donner.")
        return procedure.personne
    if demande is not None and procedure is None:
        if demande.issue != IssueReorientation.EN_ATTENTE:
            raise InscriptionRefusee("Cette demande de réorientation a déjà sa réponse.")
        return demande.personne
    raise InscriptionRefusee("Un dossier porte sur une procédure ou sur une demande de réorientation.")


def _verifier_place(seance: SeanceEP, *, entendue: bool, le: datetime) -> None:
    r = seance.reglement
    delai = max(r.preavis_personne_jours, r.completude_jours) if entendue else r.completude_jours
    if jour(le) + timedelta(days=delai) > jour(seance.debut):
        raise InscriptionRefusee(f"Il est trop tard pour cette séance : il faut {delai} jours. Choisissez la suivante.")
    if au_jour(seance).count() >= r.dossiers_maximum:
        raise InscriptionRefusee(f"Cette séance a déjà {r.dossiers_maximum} dossiers : choisissez la suivante.")


def _code(seance: SeanceEP, personne: int, rang: int) -> str:
    """A code that comes from no name and no order: a keyed hash, without look-alike letters."""
    brut = base64.b32encode(empreinte(f"{seance.pk}:{personne}:{rang}", contexte="devoirs.ep.code")).decode()
    return "".join(c for c in brut if c not in "IO01")[:_LETTRES_DU_CODE]


# Preparing ----------------------------------------------------------------------------------------------------------
def actualiser_traits(passages: Sequence[PassageEP], *, au: date) -> None:
    """Freeze what members read of these people, when the files are made ready for them."""
    montres = traits_montres(passages, au=au)
    for p in passages:
        p.traits = montres[p.pk]
    PassageEP.objects.bulk_update(passages, ["traits"])


@transaction.atomic
def rediger_expose(*, passage: PassageEP, expose: str, par: Agent, le: datetime) -> PassageEP:
    """Write the facts as members will read them. What would name the person is pointed out, and makes it incomplete.

    Raises:
        InscriptionRefusee: the file has been examined or withdrawn.
    """
    courant = _inscrit(passage)
    courant.expose = expose.strip()
    courant.save(update_fields=["expose"])
    return courant


@transaction.atomic
def changer_audition(*, passage: PassageEP, audition: bool, par: Agent, le: datetime) -> PassageEP:
    """Whether the person is to be heard. An hour announced to her is never taken back this way.

    Raises:
        InscriptionRefusee: she has been told her hour, or the file has been examined.
    """
    courant = _inscrit(passage)
    if courant.annoncee and not audition:
        raise InscriptionRefusee("Son heure lui a été annoncée : si elle ne vient pas, notez-le en séance.")
    courant.audition = audition
    courant.heure = courant.heure if audition else None
    if audition and courant.personne.interprete and not courant.interprete:
        courant.interprete = StatutInterprete.A_RESERVER
    courant.save(update_fields=["audition", "heure", "interprete"])
    renumeroter(courant.seance)
    courant.refresh_from_db()
    return courant


@transaction.atomic
def reserver_interprete(
    *, passage: PassageEP, type: str, nom: str = "", langue: str = "", inutile: bool = False, par: Agent, le: datetime
) -> PassageEP:
    """Book who will interpret, or say that nobody is needed. Never a child: the closed list of kinds has none (R47)."""
    courant = _inscrit(passage)
    courant.interprete = StatutInterprete.INUTILE if inutile else StatutInterprete.RESERVE
    courant.interprete_type, courant.interprete_nom = ("", "") if inutile else (type, nom.strip())
    courant.langue = langue.strip() or courant.langue
    enregistrer(courant, champs=["interprete", "interprete_type", "interprete_nom", "langue"])
    return courant


@transaction.atomic
def changer_rang(*, passage: PassageEP, vers: int, par: Agent, le: datetime) -> None:
    """Move a file one place up (-1) or down (+1) among those of its kind; hours already announced stay.

    Raises:
        InscriptionRefusee: the file has been examined or withdrawn.
    """
    courant = _inscrit(passage)
    ordre = [p for p in au_jour(courant.seance) if p.audition == courant.audition]
    place = next(i for i, p in enumerate(ordre) if p.pk == courant.pk)
    autre = place + (1 if vers > 0 else -1)
    if 0 <= autre < len(ordre):
        ordre[place], ordre[autre] = ordre[autre], ordre[place]
        rangs = sorted(p.rang for p in ordre)
        for p, rang in zip(ordre, rangs, strict=True):
            PassageEP.objects.filter(pk=p.pk).update(rang=rang)
        renumeroter(courant.seance)


def renumeroter(seance: SeanceEP) -> None:
    """Number the agenda again: hearings first, spouses apart, announced hours untouched (R22, R24, R26)."""
    passages = list(PassageEP.objects.filter(seance=seance, statut__in=[s for s in StatutPassage if s.au_jour]))
    foyers = foyers_de([p.personne_id for p in passages])
    places = ordonner(
        [
            AOrdonner(p.pk, p.audition, foyers.get(p.personne_id), p.heure if p.annoncee else None)
            for p in sorted(passages, key=lambda p: (p.rang, p.pk))
        ],
        debut=seance.debut, durees=Durees(seance.reglement.minutes_audition, seance.reglement.minutes_dossier),
    )  # fmt: skip
    par_cle = {p.pk: p for p in passages}
    for place in places:
        p = par_cle[place.cle]
        p.numero, p.heure = place.numero, place.heure
    PassageEP.objects.bulk_update(passages, ["numero", "heure"])


# Leaving the agenda -------------------------------------------------------------------------------------------------
@transaction.atomic
def retirer_dossier(
    *, passage: PassageEP, motif: MotifRetrait, manques: Sequence[str] = (), par: Agent, le: datetime
) -> PassageEP:  # fmt: skip
    """Take a file off the agenda, until it is called: numbers follow, its letter is voided or corrected (R22).

    A letter that has not left never does; a person already told is told that she need not come.

    Raises:
        InscriptionRefusee: the file is being examined, has been, or is off already.
    """
    courant = _inscrit(passage)
    courant.statut, courant.numero, courant.retire_le = StatutPassage.RETIRE, None, le
    courant.motif_retrait, courant.manques = MotifRetrait(motif), list(manques)
    if courant.interprete in (StatutInterprete.A_RESERVER, StatutInterprete.RESERVE):
        courant.interprete = StatutInterprete.ANNULE
    enregistrer(courant, champs=["statut", "numero", "retire_le", "motif_retrait", "manques", "interprete"])
    if courant.convocation_id is not None:
        annules = annuler_en_attente(courriers=_lettres(courant), par=par, le=le)
        if not annules and courant.seance.debut > le:
            dire_l_annulation(courant, par=par, le=le)
    renumeroter(courant.seance)
    noter(
        courant.seance, GenreActeSeance.RETRAIT, passage=courant, par=par, le=le, precision=MotifRetrait(motif).libelle
    )
    fait = NouvelEvenement(
        genre=GenreEvenement.EP_RETIREE, personne_id=courant.personne_id, objet_type=OBJET, objet_id=courant.pk,
        donnees={"seance": courant.seance_id, "motif": str(motif)},
    )  # fmt: skip
    consigner(evenements=[fait], par=par, le=le, controler=False)  # whatever became of her: the agenda is ours
    return courant


@transaction.atomic
def retirer_incomplets(*, seance: SeanceEP, par: Agent, le: datetime) -> list[PassageEP]:
    """Pull every incomplete file, with what it lacked, from the day the règlement sets (R23). Once per session.

    Raises:
        InscriptionRefusee: the day has not come.
        SeanceRefusee: the session has begun.
    """
    courante = seance_a_venir(seance)
    au = jour(le)
    seuil = jour_du_retrait(jour(courante.debut), jours=courante.reglement.completude_jours)
    if au < seuil:
        raise InscriptionRefusee(f"Les dossiers peuvent être complétés jusqu'au {seuil - timedelta(days=1):%d/%m/%Y}.")
    passages = list(au_jour(courante))
    trouves = manques_des(passages, au=au)
    retires = [
        retirer_dossier(
            passage=p, motif=MotifRetrait.INCOMPLET, manques=[m.phrase for m in trouves[p.pk]], par=par, le=le
        )
        for p in passages
        if trouves[p.pk]
    ]
    actualiser_traits([p for p in passages if not trouves[p.pk]], au=au)
    courante.incomplets_retires_le = courante.ordre_arrete_le = le
    courante.save(update_fields=["incomplets_retires_le", "ordre_arrete_le"])
    return retires


def retirer_incomplets_du_jour(*, par: Agent, le: datetime) -> int:
    """Every night: sessions whose day has come, one by one. Returns how many files were pulled."""
    retires = 0
    a_venir = SeanceEP.objects.filter(
        statut__in=[s for s in StatutSeance if s.a_venir], incomplets_retires_le__isnull=True, debut__gt=le
    ).select_related("reglement")
    for seance in a_venir.order_by("debut"):
        if jour_du_retrait(jour(seance.debut), jours=seance.reglement.completude_jours) <= jour(le):
            retires += len(retirer_incomplets(seance=seance, par=par, le=le))
    return retires


@transaction.atomic
def annuler_seance(*, seance: SeanceEP, motif: str, par: Agent, le: datetime) -> SeanceEP:
    """Cancel a session to come: its files wait for another one, letters not gone are voided, the others corrected.

    Raises:
        InscriptionRefusee: no reason is given.
        SeanceRefusee: it has begun.
    """
    courante = seance_a_venir(seance)
    if not motif.strip():
        raise InscriptionRefusee("Dites pourquoi la séance n'a pas lieu : les membres le liront.")
    for p in list(au_jour(courante)):
        retirer_dossier(passage=p, motif=MotifRetrait.SANS_QUORUM, par=par, le=le)
    courante.statut = StatutSeance.ANNULEE
    courante.save(update_fields=["statut"])
    noter(courante, GenreActeSeance.ANNULEE, par=par, le=le, precision=motif.strip())
    return courante


def _inscrit(passage: PassageEP) -> PassageEP:
    """The file, its session held, if nothing has been said of it yet."""
    verrouiller_seance(passage.seance)
    courant = PassageEP.objects.select_related("seance__reglement", "personne", "convocation").get(pk=passage.pk)
    if courant.statut != StatutPassage.INSCRIT:
        raise InscriptionRefusee(f"Ce dossier est « {courant.statut_lu.libelle.lower()} » : il ne se change plus.")
    return courant


def _lettres(passage: PassageEP) -> list[int]:
    """Its invitation and the copies to representatives."""
    return [c.pk for c in courriers_de_l_objet(OBJET, passage.pk)]
