"""Reads of persons, always within the agent's perimeter."""

from cordee.metier.personnes.selectors.contacts import (
    ContactUtilisable,
    choisir_contact,
    contact_utilisable,
    contacts_courants,
    contacts_proposes,
)
from cordee.metier.personnes.selectors.fiche import (
    DroitCourant,
    MembreDuFoyer,
    adresse_courante,
    appartenance_courante,
    droit_courant,
    envois_bloques,
    foyer_courant,
    membres_du_foyer,
    numeros,
    representants_courants,
)
from cordee.metier.personnes.selectors.groupes import ids_des_groupes, ids_du_groupe, ids_reunis_a
from cordee.metier.personnes.selectors.joignables import Coordonnees, coordonnees_de
from cordee.metier.personnes.selectors.lieux import Lieu, situer
from cordee.metier.personnes.selectors.perimetre import (
    PersonneIntrouvable,
    permissions_sur,
    personne_visible,
    personnes_visibles,
    q_visibles,
)
from cordee.metier.personnes.selectors.rapprochement import (
    apparier,
    correspondances,
    doublons_possibles,
    empreinte_nir,
    valeur_numdemrsa,
)
from cordee.metier.personnes.selectors.recherche import rechercher

__all__ = [
    "ContactUtilisable",
    "Coordonnees",
    "DroitCourant",
    "Lieu",
    "MembreDuFoyer",
    "PersonneIntrouvable",
    "adresse_courante",
    "apparier",
    "appartenance_courante",
    "choisir_contact",
    "contact_utilisable",
    "contacts_courants",
    "contacts_proposes",
    "coordonnees_de",
    "correspondances",
    "doublons_possibles",
    "droit_courant",
    "empreinte_nir",
    "envois_bloques",
    "foyer_courant",
    "ids_des_groupes",
    "ids_du_groupe",
    "ids_reunis_a",
    "membres_du_foyer",
    "numeros",
    "permissions_sur",
    "personne_visible",
    "personnes_visibles",
    "q_visibles",
    "rechercher",
    "representants_courants",
    "situer",
    "valeur_numdemrsa",
]  # fmt: skip
