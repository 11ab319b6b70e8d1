"""Acts on the rows of persons. None writes an event: the acts that do stand in ``parcours.services.identite``."""

from cordee.metier.personnes.services.acces import (
    AccesRefuse,
    journaliser_lecture,
    mettre_fin_rattachement,
    purger_lectures,
    rattacher,
)
from cordee.metier.personnes.services.coordonnees import (
    AdresseSaisie,
    CoordonneeInvalide,
    ajouter_adresse,
    ajouter_contact,
    ajouter_identifiant,
    clore_contact,
    marquer_npai,
)
from cordee.metier.personnes.services.identite import (
    CHAMPS_MODIFIABLES,
    IdentiteRefusee,
    PaireDouteuse,
    creer_personne,
    enregistrer_representant,
    lever_sensible,
    lier_agent,
    marquer_contact_discret,
    marquer_sensible,
    modifier_identite,
    ouvrir_arbitrages,
)
from cordee.metier.personnes.services.propositions import (
    PropositionDejaTraitee,
    ecarter_contact_propose,
    purger_propositions,
    retenir_contact_propose,
)

__all__ = [
    "CHAMPS_MODIFIABLES",
    "AccesRefuse",
    "AdresseSaisie",
    "CoordonneeInvalide",
    "IdentiteRefusee",
    "PaireDouteuse",
    "PropositionDejaTraitee",
    "ajouter_adresse",
    "ajouter_contact",
    "ajouter_identifiant",
    "clore_contact",
    "creer_personne",
    "ecarter_contact_propose",
    "enregistrer_representant",
    "journaliser_lecture",
    "lever_sensible",
    "lier_agent",
    "marquer_contact_discret",
    "marquer_npai",
    "marquer_sensible",
    "mettre_fin_rattachement",
    "modifier_identite",
    "ouvrir_arbitrages",
    "purger_lectures",
    "purger_propositions",
    "rattacher",
    "retenir_contact_propose",
]  # fmt: skip
