"""A file with notes, an interview, a paper that ends, a complaint: the pages of the follow-up, full."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.personnes.models import Personne
from cordee.metier.suivi import services as suivi
from cordee.metier.suivi.enums import (
    CanalReclamation,
    GenreReclamation,
    NaturePiece,
    ObjetReclamation,
    QuiFait,
    ThemeNote,
)
from cordee.metier.suivi.services.entretiens import Decision, Sujet
from tests import fabriques as f

LE, J = f.MAINTENANT, timedelta(days=1)


def un_suivi(suivie: Personne, *, referente: Agent) -> None:
    """What fills each page of the follow-up, on one person."""
    note = suivi.ecrire_note(
        personne=suivie, theme=ThemeNote.LOGEMENT, texte="Hébergée chez sa sœur.", detail="Jusqu'en juin.",
        par=referente, le=LE - 3 * J,
    )  # fmt: skip
    suivi.corriger_note(
        note=note, theme=ThemeNote.LOGEMENT, texte="Hébergée chez sa mère.", detail="Jusqu'en juin.", par=referente,
        le=LE - 2 * J,
    )  # fmt: skip
    contenu = suivi.ContenuEntretien(
        debut=LE - J, texte="Le code est passé.", ordre_du_jour=[Sujet("Le permis", aborde=True)],
        decisions=[Decision("Appeler l'auto-école", QuiFait.REFERENT, LE.date() - J)], prochain_le=LE.date() + 20 * J,
    )  # fmt: skip
    suivi.finir_entretien(personne=suivie, contenu=contenu, par=referente, le=LE - J / 2)
    suivi.garder_entretien(personne=suivie, contenu=contenu, par=referente, le=LE)
    suivi.noter_piece_vue(
        personne=suivie, nature=NaturePiece.TITRE_SEJOUR, vue_le=LE.date(), expire_le=LE.date() + 40 * J,
        par=referente, le=LE,
    )  # fmt: skip
    suivi.recevoir_reclamation(
        personne=suivie, genre=GenreReclamation.MEDIATION, objet=ObjetReclamation.DELAI,
        canal=CanalReclamation.GUICHET, parole="J'attends depuis trois mois.", recue_le=LE.date(), par=referente, le=LE,
    )  # fmt: skip
    agence = Structure.objects.filter(type=TypeStructure.OPERATEUR_EMPLOI).order_by("pk")[0]
    suivi.ouvrir_global(
        personne=suivie, coreferent_structure=agence, coreferent_nom="Mme Exemple", debut=LE.date(), par=referente,
        le=LE,
    )  # fmt: skip


def pages_du_suivi(suivie: Personne) -> list[tuple[str, str]]:
    """(role, address) of the pages of the follow-up about her."""
    noms = ("entretien_suivi", "note_nouvelle", "document_deposer", "consultations", "ecrits", "visite", "sensible")
    return [
        *(("chef" if nom == "sensible" else "ref", reverse(nom, args=[suivie.pk])) for nom in noms),
        ("ref", f"{reverse('personne', args=[suivie.pk])}?onglet=notes"),
    ]
