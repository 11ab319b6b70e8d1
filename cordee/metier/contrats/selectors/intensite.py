"""What an intensive support is by its dated definition, and what was done of it (REQ-99)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from cordee.metier.contrats.selectors.contrat import contrat_en_vigueur
from cordee.metier.parcours.enums import Intensite
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.suivi.enums import ResultatContact
from cordee.metier.suivi.models import ContactSuivi
from cordee.reglementation.parametres import entier
from cordee.socle.horloge import jour


@dataclass(frozen=True, slots=True)
class IntensiteMesuree:
    """What an intensive support is by its dated definition, and what was done of it (REQ-99).

    ``ecart``: the longest time between two conversations over ``periode`` days, in days, today included. ``heures``:
    hours a week of the plan in force, ``None`` without a contract.
    """

    declaree: bool
    ecart: int
    ecart_max: int
    heures: Decimal | None
    heures_min: int
    contacts: int
    periode: int

    @property
    def constatee(self) -> bool:
        """Both parts of the definition are met."""
        return self.ecart <= self.ecart_max and self.heures is not None and self.heures >= self.heures_min


def intensite_de(personne: Personne, *, au: date) -> IntensiteMesuree:
    """Measured on the last six times the interval of the definition in force; attempts do not count (R13)."""
    ecart_max = entier("intensif_contact_jours", au=au)
    periode = 6 * ecart_max
    contrat = contrat_en_vigueur(personne, au=au)
    depuis = au - timedelta(days=periode)
    if contrat is not None and contrat.debut is not None:
        depuis = max(depuis, contrat.debut)
    contacts = ContactSuivi.objects.filter(
        personne__in=ids_du_groupe(personne), annule_le__isnull=True, resultat=ResultatContact.JOINTE
    )
    jours = sorted({jour(quand) for quand in contacts.values_list("le", flat=True) if depuis <= jour(quand) <= au})
    bornes = [depuis, *jours, au]
    ecart = max((b - a).days for a, b in pairwise(bornes))
    return IntensiteMesuree(
        declaree=contrat is not None and contrat.intensite == Intensite.INTENSIVE, ecart=ecart, ecart_max=ecart_max,
        heures=contrat.heures if contrat else None, heures_min=entier("intensif_heures_plan", au=au),
        contacts=len(jours), periode=(au - depuis).days,
    )  # fmt: skip
