"""Deciding on the contacts a file proposes (R66): kept, or set aside for good."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.personnes.enums import Autorisation, SourceDonnee, StatutProposition
from cordee.metier.personnes.models import Contact, ContactPropose
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.personnes.services.coordonnees import ajouter_contact
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour


class PropositionDejaTraitee(ErreurMetier):
    """Somebody decided already."""


@transaction.atomic
def retenir_contact_propose(
    *, proposition: ContactPropose, par: Agent, le: datetime, remplace: Contact | None = None, verifie: bool = False
) -> Contact:
    """The file is right: its contact becomes a current one, with its source. An opposition stands (E37).

    Args:
        remplace: the contact it takes the place of, which is ended and kept (R45).
        verifie: the agent checked it with the person.

    Raises:
        PropositionDejaTraitee: decided already.
    """
    courante = _verrouiller(proposition)
    personne = courante.personne
    memes = Contact.objects.filter(en_cours(jour(le)), personne__in=ids_du_groupe(personne), genre=courante.genre)
    refus = memes.filter(autorisation=Autorisation.REFUS).exists()
    contact = ajouter_contact(
        personne=remplace.personne if remplace else personne, valeur=courante.valeur, par=par, le=le, verifie=verifie,
        autorisation=Autorisation.REFUS if refus else Autorisation(courante.autorisation),
        source=SourceDonnee(courante.source), remplace=remplace,
    )  # fmt: skip
    contact.fichier_id, contact.confirme_le = courante.fichier_id, courante.date_du_fichier
    contact.save(update_fields=["fichier_id", "confirme_le"])
    _decider(courante, StatutProposition.RETENU, par, le)
    return contact


@transaction.atomic
def ecarter_contact_propose(*, proposition: ContactPropose, par: Agent, le: datetime) -> ContactPropose:
    """What the agent entered is right. The same value of later files is not proposed again.

    Raises:
        PropositionDejaTraitee: decided already.
    """
    courante = _verrouiller(proposition)
    _decider(courante, StatutProposition.ECARTE, par, le)
    return courante


def purger_propositions(*, le: datetime) -> int:
    """Erase the contacts that files proposed, some time after somebody decided. Returns the number erased.

    What was kept lives on as a contact, with its source; what was set aside may then be proposed again.
    """
    avant = ajouter_mois(jour(le), -entier("contact_decide_conservation_mois", au=jour(le)))
    decidees = ContactPropose.objects.exclude(statut=StatutProposition.EN_ATTENTE)
    return decidees.filter(decide_le__date__lt=avant).delete()[0]


def _verrouiller(proposition: ContactPropose) -> ContactPropose:
    lignes = ContactPropose.objects.select_for_update(of=("self",)).select_related("personne")
    courante = lignes.get(pk=proposition.pk)
    if courante.statut != StatutProposition.EN_ATTENTE:
        raise PropositionDejaTraitee("Ce contact proposé a déjà été traité : rechargez la page.")
    return courante


def _decider(proposition: ContactPropose, statut: StatutProposition, par: Agent, le: datetime) -> None:
    proposition.statut, proposition.decide_par, proposition.decide_le = statut, par, le
    proposition.save(update_fields=["statut", "decide_par", "decide_le"])
