"""The menu: an entry shows only to those who may open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation

P = Permission


@dataclass(frozen=True, slots=True)
class Entree:
    """One entry: the name of its page, and the permissions, or units, one of which opens it (none: everybody)."""

    nom: str
    libelle: str
    icone: str
    permissions: frozenset[Permission] = frozenset()
    prefixe: str = ""
    unites: frozenset[Unite] = frozenset()


ENTREES = (
    Entree("accueil", "Ma journée", "accueil"),
    Entree("arrivees", "Arrivées", "entree", frozenset({P.CONVOQUER}), "/arrivees/"),
    Entree("absences", "Absences", "appel", frozenset(), "/arrivees/absences/", frozenset({Unite.LIAISON})),
    Entree("agenda", "Agenda", "agenda", frozenset({P.CONVOQUER}), "/agenda/"),
    Entree("personnes", "Personnes", "personnes", frozenset({P.VOIR_PERSONNES}), "/personnes/"),
    Entree("campagnes", "Campagnes", "campagne", frozenset({P.ENCADRER}), "/campagnes/", frozenset({Unite.PLATEFORME})),
    Entree("courriers", "Courriers", "courrier", frozenset({P.CONVOQUER, P.NOTIFIER}), "/courriers/"),
    Entree("ma_file", "Ma file active", "liste", frozenset(), "/ma-file/", frozenset({Unite.REFERENT})),
    Entree("equipe", "Mon équipe", "equipe", frozenset({P.ENCADRER}), "/equipe/"),
    Entree("contrats", "Contrats", "contrat", frozenset({P.CONTRACTUALISER}), "/contrats/"),
    Entree("orientations", "Orientations", "orientation", frozenset({P.PILOTER, P.ENCADRER}), "/orientations/"),
    Entree("affectations", "Affectation", "referent", frozenset({P.NOMMER_REFERENT}), "/affectations/"),
    Entree("pilotage", "Pilotage", "indicateur", frozenset({P.PILOTER, P.ENCADRER}), "/pilotage/"),
    Entree("imports", "Fichiers reçus", "importation", frozenset({P.IMPORTER}), "/fichiers/"),
    Entree("devoirs", "Droits et devoirs", "droits", frozenset({P.INSTRUIRE, P.DECIDER}), "/devoirs/"),
    Entree("rapprochements", "Rapprochements", "echange", frozenset({P.SUIVRE, P.INSTRUIRE}), "/rapprochements/"),
    Entree("partenaires_attendus", "Partenaires", "externe", frozenset({P.IMPORTER}), "/partenaires/",
           frozenset({Unite.LIAISON})),
    Entree("arbitrages", "Identités à arbitrer", "fusion", frozenset({P.ARBITRER}), "/identites/"),
    Entree("ep", "Équipe pluridisciplinaire", "equipe", frozenset({P.TENIR_EP, P.SIEGER}),
           "/equipe-pluridisciplinaire/"),
    Entree("modeles", "Modèles de lettres", "courrier", frozenset({P.ADMINISTRER}), "/courriers/modeles/"),
    Entree("administration", "Administration", "reglages", frozenset({P.ADMINISTRER}), "/administration/"),
    Entree("estimations", "Estimations", "euro", frozenset({P.VOIR_DROITS}), "/estimations/"),
    Entree("regles", "Règles et délais", "regle", prefixe="/regles/"),
)  # fmt: skip


EN_VUE = 8
"""Entries that stand side by side on a screen 1280 px wide; when there are more, the last ones wait under « Plus »."""


def menu(request: HttpRequest, droits: Habilitation) -> dict[str, Any]:
    """The entries of this agent, the current one marked: those ``en_vue``, and those of ``plus``."""
    entrees = _ouvertes(request, droits)
    if len(entrees) <= EN_VUE:
        return {"en_vue": entrees, "plus": []}
    plus = entrees[EN_VUE - 1 :]
    return {"en_vue": entrees[: EN_VUE - 1], "plus": plus, "ailleurs": next((e for e in plus if e["actif"]), None)}


def _ouvertes(request: HttpRequest, droits: Habilitation) -> list[dict[str, Any]]:
    entrees = []
    for entree in ENTREES:
        ouverte = droits.permissions & entree.permissions or droits.unites & entree.unites
        if (entree.permissions or entree.unites) and not ouverte:
            continue
        url = reverse(entree.nom)
        actif = request.path.startswith(entree.prefixe) if entree.prefixe else request.path == url
        if entree.nom == "accueil" and droits.peut(P.PILOTER) and not droits.peut(P.VOIR_PERSONNES):
            continue  # her first page is « Pilotage »
        if entree.nom == "accueil" and droits.permissions == {P.SIEGER}:
            continue  # her sessions are all she has here
        if entree.nom == "ma_file" and droits.peut(P.ENCADRER):
            continue  # a head starts from her team
        libelle = entree.libelle
        if entree.nom == "accueil" and not droits.peut(P.VOIR_PERSONNES):
            libelle = "Accueil"
        entrees.append({"libelle": libelle, "url": url, "actif": actif, "icone": entree.icone})
    return entrees
