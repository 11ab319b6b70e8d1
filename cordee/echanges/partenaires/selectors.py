"""Reads of the saved mappings."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, QuerySet

from cordee.echanges.fichiers.models import FichierRecu
from cordee.echanges.partenaires.champs import GenreCorrespondance, cle_colonne
from cordee.echanges.partenaires.models import Correspondance, Usage
from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Structure


def correspondance_de(fichier: FichierRecu) -> Correspondance | None:
    """The mapping a file was, or will be, read with."""
    usage = Usage.objects.select_related("correspondance__emetteur", "correspondance__organisme")
    trouve = usage.filter(fichier=fichier).first()
    return trouve.correspondance if trouve else None


def correspondance_de_l_operateur() -> Correspondance | None:
    """The paths in force for the operator's XML file."""
    actives = Correspondance.objects.filter(genre=GenreCorrespondance.OPERATEUR, active=True)
    return actives.select_related("emetteur").first()


def correspondance_des_colonnes(colonnes: Collection[str]) -> Correspondance | None:
    """The mapping in force whose columns all stand in a header; the one that uses most of them first."""
    presentes = {cle_colonne(nom) for nom in colonnes}
    actives = Correspondance.objects.filter(genre=GenreCorrespondance.TABLEAU, active=True).select_related("emetteur")
    possibles = [c for c in actives.order_by("-cree_le") if {cle_colonne(n) for n in c.colonnes.values()} <= presentes]
    return max(possibles, key=lambda c: len(c.colonnes), default=None)


def operateur_de_l_emploi() -> Structure | None:
    """The body that stands for the employment operator: the only one, or the only one that accompanies nobody itself
    (its agencies do). ``None`` when that does not say which.
    """
    structures = list(Structure.objects.filter(type=TypeStructure.OPERATEUR_EMPLOI).order_by("code"))
    sieges = [s for s in structures if not s.categorie] if len(structures) > 1 else structures
    return sieges[0] if len(sieges) == 1 else None


def correspondances() -> QuerySet[Correspondance]:
    """Mappings in force and those set aside, with the number of files each has read; versions replaced are left out."""
    dernieres = Correspondance.objects.filter(suivante__isnull=True).select_related("emetteur", "cree_par")
    return dernieres.annotate(fichiers=Count("usages"))


def versions_de(correspondance: Correspondance) -> QuerySet[Correspondance]:
    """All the versions of a mapping, latest first."""
    lignes = Correspondance.objects.filter(nom=correspondance.nom).select_related("cree_par", "emetteur", "organisme")
    return lignes.annotate(fichiers=Count("usages")).order_by("-version")
