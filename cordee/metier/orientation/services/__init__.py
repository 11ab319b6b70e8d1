"""From the interview to the named référent. Each act is one event of the path and keeps accesses in step."""

from cordee.metier.orientation.services.accueil import accepter_dossier, refuser_dossier
from cordee.metier.orientation.services.constats import recevoir_constats
from cordee.metier.orientation.services.decision import (
    OrientationRefusee,
    accuser_reception,
    decider,
    enregistrer_orientation_operateur,
)
from cordee.metier.orientation.services.diagnostic import (
    DiagnosticRefuse,
    abandonner_brouillon,
    enregistrer_diagnostic,
    enregistrer_entretien,
)
from cordee.metier.orientation.services.notification import (
    NotificationRefusee,
    constater_remise,
    envoyer_notification,
    remettre_en_main_propre,
)
from cordee.metier.orientation.services.referents import (
    ReferentRefuse,
    nommer_coreferent,
    nommer_referent,
    presenter_referent,
)
from cordee.metier.orientation.services.reorientation import demander_reorientation, refuser_reorientation

__all__ = [
    "DiagnosticRefuse", "NotificationRefusee", "OrientationRefusee", "ReferentRefuse", "abandonner_brouillon",
    "accepter_dossier", "accuser_reception", "constater_remise", "decider", "demander_reorientation",
    "enregistrer_diagnostic", "enregistrer_entretien", "enregistrer_orientation_operateur", "envoyer_notification",
    "nommer_coreferent", "nommer_referent", "presenter_referent", "recevoir_constats", "refuser_dossier",
    "refuser_reorientation", "remettre_en_main_propre",
]  # fmt: skip
