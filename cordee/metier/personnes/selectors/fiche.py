"""What is true of a person now: household, right, address, representative, what blocks her letters.

These reads span the rows merged into her. They check no perimeter: the person comes from ``personne_visible``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from cordee.metier.organismes.models import Agent, en_cours
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.personnes.enums import GenreIdentifiant, Presence, RoleFoyer, StatutArbitrage
from cordee.metier.personnes.models import (
    Adresse,
    Appartenance,
    Arbitrage,
    DroitFoyer,
    DroitPersonne,
    Foyer,
    Identifiant,
    Personne,
    Representant,
)
from cordee.metier.personnes.selectors.perimetre import ids_du_groupe, personnes_visibles
from cordee.socle.memoire import retenir

_ROLES_PRINCIPAUX = (RoleFoyer.DEM, RoleFoyer.CJT)
DECEDEE = "Les envois sont bloqués : cette personne est décédée."
A_ARBITRER = "Les envois sont bloqués : l'identité de cette personne est à arbitrer."


@dataclass(frozen=True, slots=True)
class DroitCourant:
    """The last known state of the right. ``foyer_droit`` (the household's) or ``personne_droit`` may be unknown."""

    foyer: Foyer
    role: RoleFoyer
    foyer_droit: DroitFoyer | None
    personne_droit: DroitPersonne | None

    @property
    def soumise(self) -> bool | None:
        """The droits et devoirs flag of the last file; ``None``: not transmitted, which is not "no" (E30)."""
        return self.personne_droit.sdd if self.personne_droit else None


@dataclass(frozen=True, slots=True)
class MembreDuFoyer:
    """Someone of the same household. ``personne`` is ``None`` when her file is closed to the agent and sensitive;
    ``visible``: her page may be opened.
    """

    role: RoleFoyer
    personne: Personne | None
    visible: bool
    a_charge: bool | None


def appartenance_courante(personne: Personne) -> Appartenance | None:
    """Her place in the household that counts today: as demandeur or conjoint first, in a household still
    transmitted, the latest one (R37: after a separation the new dossier prevails).
    """
    qui = personne.canonique_id or personne.pk
    return retenir(("appartenance", qui), lambda: _appartenance_courante(personne))


def _appartenance_courante(personne: Personne) -> Appartenance | None:
    ouvertes = list(
        Appartenance.objects.filter(personne__in=ids_du_groupe(personne), fin__isnull=True).select_related(
            "foyer", "foyer__organisme"
        )
    )
    return choisir_appartenance(ouvertes)


def choisir_appartenance(ouvertes: Iterable[Appartenance]) -> Appartenance | None:
    """Among the open places of one person (``foyer`` loaded), the one that counts."""
    return max(
        ouvertes,
        key=lambda a: (
            a.role in _ROLES_PRINCIPAUX,
            a.foyer.presence == Presence.TRANSMIS,
            a.foyer.reference_le or date.min,
            a.debut,
            a.pk,
        ),
        default=None,
    )


def foyer_courant(personne: Personne) -> Foyer | None:
    """Her household today; ``None`` before any file."""
    appartenance = appartenance_courante(personne)
    return appartenance.foyer if appartenance else None


def droit_courant(personne: Personne) -> DroitCourant | None:
    """The right in force for her and her household, in three queries; ``None`` before any file."""
    appartenance = appartenance_courante(personne)
    if appartenance is None:
        return None
    foyer = appartenance.foyer
    groupe = ids_du_groupe(personne)
    return DroitCourant(
        foyer=foyer,
        role=RoleFoyer(appartenance.role),
        foyer_droit=DroitFoyer.objects.filter(foyer=foyer, fin__isnull=True).order_by("-debut").first(),
        personne_droit=DroitPersonne.objects.filter(foyer=foyer, personne__in=groupe, fin__isnull=True)
        .order_by("-debut")
        .first(),
    )


def adresse_courante(personne: Personne, au: date) -> Adresse | None:
    """Where she lives on a day: the latest of what she or an agent gave and of what her household's file says.

    A newer file prevails over an older entry, and the reverse: neither is ever overwritten (R66).
    """
    qui = personne.canonique_id or personne.pk
    return retenir(("adresse", qui, au), lambda: _adresse_courante(personne, au))


def _adresse_courante(personne: Personne, au: date) -> Adresse | None:
    appartenance = appartenance_courante(personne)
    foyer = Q(foyer=appartenance.foyer_id) if appartenance else Q(pk__in=())
    return (
        Adresse.objects.filter(en_cours(au), Q(personne__in=ids_du_groupe(personne)) | foyer)
        .select_related("domiciliataire", "commune", "commune__ept")
        .order_by("-debut", F("personne").asc(nulls_last=True), "rang", "-pk")
        .first()
    )


def envois_bloques(personne: Personne) -> str:
    """Why nothing may be sent to her now; ``""`` when nothing prevents it.

    An identity to arbitrate blocks both rows: a letter to the wrong person voids a procedure.
    """
    if personne.deces_le:
        return DECEDEE
    groupe = ids_du_groupe(personne)
    ouverts = Arbitrage.objects.filter(statut=StatutArbitrage.OUVERT)
    return A_ARBITRER if ouverts.filter(Q(personne__in=groupe) | Q(candidate__in=groupe)).exists() else ""


def representants_courants(personne: Personne, au: date) -> QuerySet[Representant]:
    """Her guardian, curator or holder of parental authority on a day (E28)."""
    return Representant.objects.filter(en_cours(au), personne__in=ids_du_groupe(personne)).order_by("debut", "pk")


def numeros(personne: Personne) -> dict[GenreIdentifiant, list[str]]:
    """The numbers under which bodies know her, latest first. The NIR is never among them."""
    lignes = Identifiant.objects.filter(personne__in=ids_du_groupe(personne)).exclude(genre=GenreIdentifiant.NIR)
    trouves: dict[GenreIdentifiant, list[str]] = {}
    for genre, valeur in lignes.order_by(F("fin").desc(nulls_first=True), "-debut", "-pk").values_list(
        "genre", "valeur"
    ):
        valeurs = trouves.setdefault(GenreIdentifiant(genre), [])
        if valeur not in valeurs:
            valeurs.append(valeur)
    return trouves


def membres_du_foyer(
    *, personne: Personne, pour: Agent, au: date, droits: Habilitation | None = None
) -> list[MembreDuFoyer]:
    """The other members of her household, adults first. A closed sensitive file gives its role only."""
    foyer = foyer_courant(personne)
    if foyer is None:
        return []
    groupe = set(ids_du_groupe(personne))
    lignes = Appartenance.objects.filter(foyer=foyer, fin__isnull=True).select_related(
        "personne", "personne__canonique"
    )
    autres = [ligne for ligne in lignes if ligne.personne_id not in groupe]
    ids = {ligne.personne.canonique_id or ligne.personne_id for ligne in autres}
    if not autres:
        return []
    vues = personnes_visibles(pour=pour, au=au, droits=droits).filter(pk__in=ids)
    visibles = set(vues.values_list("pk", flat=True))
    membres = []
    for ligne in sorted(autres, key=lambda a: (list(RoleFoyer).index(RoleFoyer(a.role)), a.pk)):
        membre = ligne.personne.canonique or ligne.personne
        visible = membre.pk in visibles
        cachee = (membre.dossier_sensible or ligne.personne.dossier_sensible) and not visible
        membres.append(MembreDuFoyer(RoleFoyer(ligne.role), None if cachee else membre, visible, ligne.a_charge))
    return membres
