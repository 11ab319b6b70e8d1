"""Reads about files already received: up to when rights are true (R35), the file before, whom a file touched."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Max, Q, QuerySet

from cordee.echanges.fichiers.calendrier import Prochain
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier, TypeFichier
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import OrganismePayeur, Personne
from cordee.metier.personnes.selectors import personnes_visibles

OBJET: Final = "fichier"
"""``objet_type`` of the events that a file brought; ``objet_id`` is the file."""


@dataclass(frozen=True, slots=True)
class DroitsAu:
    """The photo that the rights of a body come from, and whether the next one should be here."""

    organisme: OrganismePayeur
    reference_le: date
    en_retard: bool

    @property
    def mention(self) -> str:
        """« CAF de Créteil : droits au 31/10/2026 »."""
        retard = " (fichier suivant en retard)" if self.en_retard else ""
        return f"{self.organisme.nom} : droits au {self.reference_le:%d/%m/%Y}{retard}"


def droits_au(retards: Iterable[Prochain]) -> list[DroitsAu]:
    """Each body with a monthly loaded, by code. Two queries; ``retards``: what is late (``calendrier.retards``)."""
    references = dict(
        FichierRecu.objects.filter(
            type=TypeFichier.BENEFICIAIRES_MENSUEL, statut=StatutFichier.CHARGE, organisme__isnull=False
        )
        .values_list("organisme")
        .annotate(derniere=Max("reference_le"))
    )
    if not references:
        return []
    tardifs = {p.attente.cle.organisme for p in retards if p.attente.cle.type == TypeFichier.BENEFICIAIRES_MENSUEL}
    organismes = OrganismePayeur.objects.filter(pk__in=references).order_by("code")
    return [DroitsAu(o, references[o.pk], o.pk in tardifs) for o in organismes]


def pour_organisme(droits: Iterable[DroitsAu], organisme_id: int | None) -> DroitsAu | None:
    """The line of one body."""
    return next((d for d in droits if d.organisme.pk == organisme_id), None)


def fichier_precedent(fichier: FichierRecu) -> FichierRecu | None:
    """The last file loaded of the same kind and sender, before this one."""
    memes = FichierRecu.objects.filter(
        type=fichier.type, organisme=fichier.organisme_id, emetteur=fichier.emetteur_id, statut=StatutFichier.CHARGE
    ).exclude(pk=fichier.pk)
    if fichier.reference_le is not None:
        return memes.filter(reference_le__lt=fichier.reference_le).order_by("-reference_le", "-pk").first()
    return memes.filter(depose_le__lt=fichier.depose_le).order_by("-depose_le", "-pk").first()


def personnes_de_l_evenement(
    *, fichier: FichierRecu, genre: GenreEvenement, pour: Agent, au: date
) -> QuerySet[Personne]:
    """The people to whom a file brought an event of a kind, within the perimeter; one corrected since counts."""
    qui = Evenement.objects.filter(genre=genre, objet_type=OBJET, objet_id=fichier.pk).values("personne_id")
    visibles = personnes_visibles(pour=pour, au=au)
    return visibles.filter(Q(pk__in=qui) | Q(pk__in=Personne.objects.filter(pk__in=qui).values("canonique_id")))
