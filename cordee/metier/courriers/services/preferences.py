"""What a person asks for, for every sending to come."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.courriers.models import PreferenceContact
from cordee.metier.organismes.models import Agent
from cordee.metier.personnes.models import Personne
from cordee.socle.contraintes import enregistrer


@transaction.atomic
def noter_preferences(
    *, personne: Personne, par: Agent, le: datetime, grands_caracteres: bool = False, pictogrammes: bool = False,
    langue: str = "", sans_appel: bool = False, appel_prefere: bool = False, sans_courrier_domicile: bool = False,
) -> PreferenceContact:  # fmt: skip
    """Keep what she asks for, in place of what she asked before. No reason is asked (R46, R48, R49, V12).

    Raises:
        ContrainteViolee: "call me" and "do not call me" at once.
    """
    preference = PreferenceContact.objects.select_for_update().filter(personne=personne).first()
    preference = preference or PreferenceContact(personne=personne)
    preference.grands_caracteres, preference.pictogrammes = grands_caracteres, pictogrammes
    preference.langue, preference.sans_appel, preference.appel_prefere = langue, sans_appel, appel_prefere
    preference.sans_courrier_domicile, preference.note_le, preference.note_par = sans_courrier_domicile, le, par
    enregistrer(preference)
    return preference
