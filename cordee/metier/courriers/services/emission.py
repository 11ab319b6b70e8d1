"""From data to a letter: who it goes to, by which means, and the proof of what it said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from cordee.metier.courriers import rendu
from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier, MoyenRemise
from cordee.metier.courriers.expediteurs import expediteur
from cordee.metier.courriers.models import Courrier, SuiviRemise
from cordee.metier.courriers.regles import KIND_COURRIER, delais_du_courrier, peut_suivre
from cordee.metier.courriers.selectors import (
    MOYENS,
    Destinataire,
    blocage_des_envois,
    destinataire,
    empechement,
    representants_a_informer,
)
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

# Kinds whose copy goes to the representative of a protected person (E28). A contract is signed with her instead.
AVEC_COPIE = frozenset({
    GenreCourrier.CONVOCATION, GenreCourrier.NOTIFICATION_ORIENTATION, GenreCourrier.NOMINATION_REFERENT,
})  # fmt: skip


class EnvoiImpossible(ErreurMetier):
    """The letter cannot go this way; the sentence says why and what else can be done."""


class CourrierAltere(ErreurMetier):
    """The stored data no longer give the document that was sent."""


@transaction.atomic
def emettre(
    *, personne: Personne, genre: GenreCourrier, donnees: Mapping[str, Any], canal: Canal,
    moyen: MoyenRemise | None = None, objet_type: str = "", objet_id: int | None = None, par: Agent, le: datetime,
    etat: EtatRemise | None = None, etat_le: date | None = None, delais: Iterable[str] = (),
) -> Courrier:  # fmt: skip
    """Write one letter, and its copy to the representative of a protected person (E28).

    Args:
        donnees: what the template prints beyond the head (``departement``), the recipient and the stated deadlines.
        moyen: the means; by default the ordinary one of the channel (``selectors.MOYENS``).
        etat: already handed over or posted; by default the letter waits to be sent.
        etat_le: the day of that state (today by default).
        delais: optional deadlines the letter states (``regles.KIND_COURRIER``).

    Raises:
        EnvoiImpossible: opposition, discreet contact, unknown or returned address, sendings blocked.
        DonneesManquantes: the letter would mislead without a value.
    """
    genre, canal = GenreCourrier(genre), Canal(canal)
    moyen = MoyenRemise(moyen) if moyen else next(iter(MOYENS[canal]), None)
    if moyen is not None and moyen not in MOYENS[canal]:
        raise EnvoiImpossible(f"« {moyen.libelle} » n'est pas un moyen d'envoi par {canal.libelle.lower()}.")
    au = jour(le)
    if raison := empechement(personne=personne, genre=genre, canal=canal, moyen=moyen, au=au):
        raise EnvoiImpossible(raison)
    contenu = {
        "departement": expediteur(),
        **donnees,
        "delais": delais_du_courrier(genre, au=au, avec=delais),
    }
    commun = {"personne": personne, "genre": genre, "objet_type": objet_type, "objet_id": objet_id}
    qui = destinataire(personne, au=au, postal=canal is Canal.COURRIER)
    courrier = _ecrire(commun, contenu, qui, canal=canal, moyen=moyen, par=par, le=le)
    if etat is not None:
        SuiviRemise.objects.create(courrier=courrier, etat=etat, le=etat_le or au, note_le=le, note_par=par)
        courrier.etat = etat
        courrier.save(update_fields=["etat"])
    if genre in AVEC_COPIE:
        for _, representant in representants_a_informer(personne, au=au):
            _copier(commun, contenu, representant, par=par, le=le)
    return courrier


def _copier(
    commun: dict[str, Any], contenu: Mapping[str, Any], qui: Destinataire, *, par: Agent, le: datetime
) -> Courrier:
    """The representative's copy: by registered letter where the certain date matters, by ordinary letter else."""
    exige = KIND_COURRIER[GenreCourrier(commun["genre"])].exige_date_certaine
    moyen = MoyenRemise.LRAR if exige else MoyenRemise.LETTRE_SIMPLE
    return _ecrire(
        commun, {**contenu, "main_propre": False}, qui, canal=Canal.COURRIER, moyen=moyen, par=par, le=le,
        au_representant=True,
    )  # fmt: skip


def _ecrire(
    commun: dict[str, Any], contenu: Mapping[str, Any], qui: Destinataire, *, canal: Canal,
    moyen: MoyenRemise | None, par: Agent, le: datetime, au_representant: bool = False,
) -> Courrier:  # fmt: skip
    courrier = Courrier.objects.create(
        **commun, canal=canal, moyen=moyen or "", destinataire=qui.nom[:160], au_representant=au_representant,
        version_modele=rendu.version_modele(commun["genre"]), empreinte="", etat="", cree_le=le, cree_par=par,
    )  # fmt: skip
    complet = {**contenu, "destinataire": qui.pour_lettre(), "reference": f"C{courrier.pk:07d}"}
    courrier.donnees = rendu.en_francais(complet)
    courrier.empreinte = rendu.empreinte(courrier.genre, courrier.donnees, le=le)
    courrier.save(update_fields=["donnees", "empreinte"])
    return courrier


def pdf(courrier: Courrier, *, grands_caracteres: bool = False) -> bytes:
    """The letter again, from what was kept of it.

    As long as the template has not changed, the digest proves that the document is the one of the day. Later, the
    same content is set in the present layout.

    Raises:
        CourrierAltere: the stored data give another document than the one that was recorded.
    """
    if courrier.version_modele == rendu.version_modele(courrier.genre):
        actuelle = rendu.empreinte(courrier.genre, courrier.donnees, le=courrier.cree_le)
        if actuelle != courrier.empreinte:
            raise CourrierAltere("Ce courrier ne correspond plus à sa preuve : prévenez l'administrateur.")
    return rendu.rendre_pdf(courrier.genre, courrier.donnees, le=courrier.cree_le, grands_caracteres=grands_caracteres)


@transaction.atomic
def marquer_envoye(*, courrier: Courrier, le_jour: date, par: Agent, le: datetime) -> Courrier:
    """The letter has left: given to the post, sent, or said by phone.

    Raises:
        EnvoiImpossible: already gone or cancelled, or the sendings of this person are blocked.
    """
    frais = Courrier.objects.select_for_update(of=("self",)).select_related("personne__canonique").get(pk=courrier.pk)
    if frais.annule_le is not None:
        raise EnvoiImpossible("Ce courrier a été annulé : il ne part pas.")
    if blocage := blocage_des_envois(frais.personne.canonique or frais.personne):
        raise EnvoiImpossible(blocage)
    if not peut_suivre(EtatRemise(frais.etat) if frais.etat else None, EtatRemise.ENVOYEE):
        raise EnvoiImpossible("Ce courrier est déjà parti.")
    if le_jour > jour(le):
        raise EnvoiImpossible("La date d'envoi ne peut pas être à venir.")
    SuiviRemise.objects.create(courrier=frais, etat=EtatRemise.ENVOYEE, le=le_jour, note_le=le, note_par=par)
    frais.etat = EtatRemise.ENVOYEE
    frais.save(update_fields=["etat"])
    return frais


@transaction.atomic
def annuler_en_attente(
    *, le: datetime, par: Agent, personnes: Sequence[int] | None = None, objet_type: str = "",
    objets: Sequence[int] = (),
) -> int:  # fmt: skip
    """Cancel the letters not gone yet of these people, or about these objects. Returns how many."""
    lignes = Courrier.objects.filter(etat="", annule_le__isnull=True)
    if objet_type:
        lignes = lignes.filter(objet_type=objet_type, objet_id__in=list(objets))
    if personnes is not None or not objet_type:
        lignes = lignes.filter(personne_id__in=list(personnes or ()))
    return lignes.update(annule_le=le)


def annuler_ceux_des_evenements(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: after a death or a doubt on the identity, what has not left does not leave (E32)."""
    groupes = ids_des_groupes({e.personne_id for e in evenements})
    annuler_en_attente(personnes=[pk for groupe in groupes.values() for pk in groupe], par=par, le=le)
