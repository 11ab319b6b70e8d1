"""Contacts and attempts; what the person herself did (*manifestations*)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db.models import Q, QuerySet

from cordee.metier.parcours.enums import GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.rendezvous.models import DemandeRappel
from cordee.metier.suivi.models import ContactSuivi
from cordee.socle.horloge import PARIS

E = GenreEvenement
# Events that only her coming, her answer or her asking can have made.
_D_ELLE: Final = (
    E.PRESENCE, E.DIAGNOSTIC, E.CONTRAT_SIGNE, E.CONTRAT_ACTUALISE, E.CONTRAT_REFUSE, E.CHANGEMENT_DEMANDE,
    E.ACCOMPAGNEMENT_VOLONTAIRE, E.POINT_SITUATION, E.RECLAMATION_RECUE, E.OBSERVATION_RECUE, E.RECOURS_DEPOSE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Manifestation:
    """She gave news: when, how, and the event that tells it (``None``: a call back asked for on her personal link)."""

    le: datetime
    libelle: str
    evenement: int | None


def contacts_de(personne: Personne) -> QuerySet[ContactSuivi]:
    """Contacts and attempts, latest first. Corrected ones are left out."""
    lignes = ContactSuivi.objects.filter(personne__in=ids_du_groupe(personne), annule_le__isnull=True)
    return lignes.select_related("par").order_by("-le", "-pk")


def manifestations(personne: Personne, depuis: date | datetime) -> list[Manifestation]:
    """Every sign of life she gave since a day (or an instant), oldest first: any contact by her qualifies what follows
    (« sans manifestation de sa part »). A message we left is an attempt, not a contact (R13). Two queries.
    """
    return manifestations_de({personne.pk: ids_du_groupe(personne)}, depuis)[personne.pk]


def manifestations_de(groupes: dict[int, Iterable[int]], depuis: date | datetime) -> dict[int, list[Manifestation]]:
    """:func:`manifestations` of several persons.

    Args:
        groupes: id of each person → the ids of her rows (``ids_du_groupe``), hers included.
    """
    debut = depuis if isinstance(depuis, datetime) else datetime.combine(depuis, time.min, tzinfo=PARIS)
    de_qui = {ligne: qui for qui, lignes in groupes.items() for ligne in lignes}
    trouvees: dict[int, list[Manifestation]] = {qui: [] for qui in groupes}
    faits = Evenement.objects.filter(
        Q(genre__in=[str(g) for g in _D_ELLE])
        | Q(genre__in=[str(E.CONTACT), str(E.ALLER_VERS)], donnees__resultat="jointe")
        | Q(genre=str(E.REORIENTATION_DEMANDEE), donnees__demandeur="personne"),
        personne__in=list(de_qui), survenu_le__gte=debut,
    ).exclude(pk__in=_annules(list(de_qui)))  # fmt: skip
    for fait in faits.only("pk", "personne", "genre", "survenu_le"):
        nom = GenreEvenement(fait.genre)
        libelle = "Jointe" if nom in (E.CONTACT, E.ALLER_VERS) else nom.libelle
        trouvees[de_qui[fait.personne_id]].append(Manifestation(fait.survenu_le, libelle, fait.pk))
    for rappel in DemandeRappel.objects.filter(personne__in=list(de_qui), demandee_le__gte=debut):
        trouvees[de_qui[rappel.personne_id]].append(Manifestation(rappel.demandee_le, "Demande à être rappelée", None))
    return {qui: sorted(lues, key=lambda m: (m.le, m.evenement or 0)) for qui, lues in trouvees.items()}


def _annules(personnes: list[int]) -> list[int]:
    corrections = Evenement.objects.filter(personne__in=personnes, genre=str(E.ANNULATION))
    return [pk for pk in corrections.values_list("donnees__evenement", flat=True) if pk]
