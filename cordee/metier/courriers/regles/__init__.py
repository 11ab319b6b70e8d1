"""Rules of the letters: kinds, delivery, addresses, dates, texts, messages. Pure functions."""

from cordee.metier.courriers.regles.adresses import LARGEUR_LIGNE, LIGNES_MAXIMUM, AdresseIllisible, bloc_adresse
from cordee.metier.courriers.regles.dates import INSECABLE, JOURS, date_fr, date_heure_fr, heure_fr
from cordee.metier.courriers.regles.durees import durees_enoncees, ecarts_de_delais
from cordee.metier.courriers.regles.genres import (
    KIND_COURRIER,
    MOYENS_A_DATE_CERTAINE,
    MOYENS_POSTAUX,
    MOYENS_RECOMMANDES,
    RegleCourrier,
    delais_du_courrier,
    moyens_admis,
)
from cordee.metier.courriers.regles.references import cle_de_tri, numero_de, reference_de, references_de
from cordee.metier.courriers.regles.remise import (
    SUITES,
    EtatDate,
    PointDeDepart,
    date_certaine,
    peut_suivre,
    point_de_depart,
    suites_de,
)

__all__ = [
    "INSECABLE",
    "JOURS",
    "KIND_COURRIER",
    "LARGEUR_LIGNE",
    "LIGNES_MAXIMUM",
    "MOYENS_A_DATE_CERTAINE",
    "MOYENS_POSTAUX",
    "MOYENS_RECOMMANDES",
    "SUITES",
    "AdresseIllisible",
    "EtatDate",
    "PointDeDepart",
    "RegleCourrier",
    "bloc_adresse",
    "cle_de_tri",
    "date_certaine",
    "date_fr",
    "date_heure_fr",
    "delais_du_courrier",
    "durees_enoncees",
    "ecarts_de_delais",
    "heure_fr",
    "moyens_admis",
    "numero_de",
    "peut_suivre",
    "point_de_depart",
    "reference_de",
    "references_de",
    "suites_de",
]
