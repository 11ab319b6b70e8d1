"""The life of an accompaniment: contacts, interruptions, situations, voluntary accompaniment, what partners say."""

from cordee.metier.suivi.services.accompagnement import (
    clore_accompagnement_volontaire,
    constater_situation,
    corriger,
    interrompre,
    noter_aller_vers,
    noter_contact,
    ouvrir_accompagnement_volontaire,
    reprendre,
)
from cordee.metier.suivi.services.appui import SuiviRefuse
from cordee.metier.suivi.services.partenaires import (
    BilanInformations,
    noter_information_partenaire,
    noter_informations,
)

__all__ = [
    "BilanInformations", "SuiviRefuse", "clore_accompagnement_volontaire", "constater_situation", "corriger",
    "interrompre", "noter_aller_vers", "noter_contact", "noter_information_partenaire", "noter_informations",
    "ouvrir_accompagnement_volontaire", "reprendre",
]  # fmt: skip
