"""What partners say, and whom we wait to hear of (E05)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from cordee.metier.organismes.enums import TypeStructure
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.parcours.enums import AttentePartenaire, Etat, GenreEtape
from cordee.metier.parcours.models import Etape
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe, q_visibles
from cordee.metier.suivi.models import InformationPartenaire
from cordee.metier.suivi.regles import DateDite, InformationConnue


@dataclass(frozen=True, slots=True)
class AttenteDeStructure:
    """How much has been heard of the people a partner follows (E05). ``derniere``: newest information received."""

    structure: Structure
    recues: int
    non_recues: int
    en_retard: int
    ailleurs: int
    derniere: date | None

    @property
    def total(self) -> int:
        return self.recues + self.non_recues


def informations_de(personne: Personne) -> QuerySet[InformationPartenaire]:
    """What partners say of a person, latest first."""
    lignes = InformationPartenaire.objects.filter(personne__in=ids_du_groupe(personne))
    return lignes.select_related("structure").order_by("-au", "-pk")


def connues_de(personnes: Collection[int], partenaire: Structure) -> dict[int, InformationConnue]:
    """What is known of these persons through one partner."""
    lignes = InformationPartenaire.objects.filter(structure=partenaire, personne__in=list(personnes))
    return {
        ligne.personne_id: InformationConnue(
            au=ligne.au, contrat=DateDite(ligne.contrat_le, ligne.contrat_partiel), contrat_au=ligne.contrat_au,
            dernier_contact=DateDite(ligne.dernier_contact_le, ligne.dernier_contact_partiel),
            contact_au=ligne.contact_au, prochain_contact_le=ligne.prochain_contact_le, prochain_au=ligne.prochain_au,
            referent=ligne.referent, referent_structure=ligne.referent_structure, referent_au=ligne.referent_au,
        )
        for ligne in lignes
    }  # fmt: skip


def structures_du_partenaire(partenaire: Structure) -> frozenset[int]:
    """The référent bodies a partner speaks for: itself and what depends on it; every agency, for the employment
    operator, whose file covers the whole département.
    """
    if partenaire.type == TypeStructure.OPERATEUR_EMPLOI:
        agences = Structure.objects.filter(type=TypeStructure.OPERATEUR_EMPLOI).values_list("pk", flat=True)
        return frozenset(agences) | {partenaire.pk}
    trouvees, a_voir = {partenaire.pk}, {partenaire.pk}
    while a_voir:
        enfants = set(Structure.objects.filter(parent__in=a_voir).values_list("pk", flat=True))
        a_voir = enfants - trouvees
        trouvees |= a_voir
    return frozenset(trouvees)


def attentes_par_structure(*, pour: Agent, au: date) -> list[AttenteDeStructure]:
    """Structure by structure, whom we wait for: one line to chase per partner, not one per person (E05)."""
    visibles = q_visibles("personne", pour=pour, au=au)
    attente = Etape.objects.filter(visibles, genre=GenreEtape.ATTENDRE_PARTENAIRE, fermee_le__isnull=True)
    comptes: dict[int | None, Any] = {
        ligne["situation__referent_structure"]: ligne
        for ligne in attente.values("situation__referent_structure").annotate(
            recues=Count("pk", filter=Q(attendu=AttentePartenaire.RECUE)),
            non_recues=Count("pk", filter=~Q(attendu=AttentePartenaire.RECUE)),
            en_retard=Count("pk", filter=Q(echeance__lt=au)),
        )
    }
    ailleurs = dict(
        informations_ailleurs(pour=pour, au=au).values_list("structure").annotate(n=Count("pk")).order_by("structure")
    )
    suivies = InformationPartenaire.objects.filter(
        visibles, personne__situation__soumis=True, personne__situation__etat=Etat.SUIVIE_PAR_PARTENAIRE, appliquee=True
    )
    dernieres = dict(
        suivies.values_list("personne__situation__referent_structure").annotate(derniere=Max("au")).order_by()
    )
    structures = Structure.objects.filter(pk__in={*comptes, *ailleurs} - {None}).order_by("nom", "pk")
    return [
        AttenteDeStructure(
            structure=s, recues=comptes.get(s.pk, {}).get("recues", 0),
            non_recues=comptes.get(s.pk, {}).get("non_recues", 0), en_retard=comptes.get(s.pk, {}).get("en_retard", 0),
            ailleurs=ailleurs.get(s.pk, 0), derniere=dernieres.get(s.pk),
        )
        for s in structures
    ]  # fmt: skip


def attentes_de(*, structure: Structure, pour: Agent, au: date) -> QuerySet[Etape]:
    """The people of one structure we wait to hear of, those never heard of first."""
    return (
        Etape.objects.filter(
            q_visibles("personne", pour=pour, au=au), genre=GenreEtape.ATTENDRE_PARTENAIRE, fermee_le__isnull=True,
            situation__referent_structure=structure,
        )
        .select_related("personne", "situation")
        .order_by("attendu", "echeance", "pk")
    )  # fmt: skip


def informations_ailleurs(*, pour: Agent, au: date) -> QuerySet[InformationPartenaire]:
    """Words of a partner about people on the path whose référent body is another one: somebody must look."""
    return (
        InformationPartenaire.objects.filter(
            q_visibles("personne", pour=pour, au=au), appliquee=False, personne__situation__soumis=True
        )
        .select_related("personne", "structure", "personne__situation__referent_structure")
        .order_by("-au", "pk")
    )  # fmt: skip
