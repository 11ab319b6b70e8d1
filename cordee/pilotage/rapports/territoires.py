"""Territories side by side, as they are: no rank, no correction for who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from cordee.pilotage.dessins import graphiques
from cordee.pilotage.entetes import definition, definitions
from cordee.pilotage.enums import Niveau
from cordee.pilotage.rapports import blocs, mots
from cordee.pilotage.rapports.blocs import Bloc
from cordee.pilotage.rapports.lecture import Releve
from cordee.pilotage.selectors import Valeur
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.territoires.models import Commune

COMPARES: Final = ("personnes_sdd", "en_attente_orientation", "delai_orientation", "taux_contrat",
                   "stock_sans_contrat_engagement")  # fmt: skip
COURTS: Final = {
    "personnes_sdd": "Soumises", "en_attente_orientation": "En attente d'orientation",
    "delai_orientation": "Délai d'orientation (jours)", "taux_contrat": "Sous contrat",
    "stock_sans_contrat_engagement": "Anciennes sans contrat",
}  # fmt: skip
RATE: Final = "taux_contrat"
PAS_UN_CLASSEMENT: Final = (
    "Ces chiffres ne classent pas les territoires : les personnes qui y vivent n'ont ni la même ancienneté, ni les "
    "mêmes difficultés, et aucun écart n'est corrigé ici de ces différences."
)


def blocs_des_territoires(releve: Releve, au: date) -> list[Bloc]:
    """A map, a table by EPT, a table by commune."""
    codes = [c for c in COMPARES if c in definitions()]
    lus = [_carte(releve, au)] if RATE in definitions() else []
    for niveau in (Niveau.EPT, Niveau.COMMUNE):
        lus.append(_tableau(releve, au, niveau, codes))
    garnis = [b for b in lus if b]
    return [*garnis, blocs.paragraphe(PAS_UN_CLASSEMENT, petit=True)] if garnis else []


def courbe(serie: Sequence[Valeur]) -> list[Bloc]:
    """The months of an indicator, with the sentence that says what is seen; nothing under two known months."""
    connus = [v for v in serie if v.valeur is not None]
    if len(connus) < 2:
        return []
    premier, dernier = connus[0], connus[-1]
    phrase = (
        f"{dernier.libelle} : de {mots.texte(premier)} au {date_en_toutes_lettres(premier.au)} à {mots.texte(dernier)} "
        f"au {date_en_toutes_lettres(dernier.au)}."
    )
    manquants = len(serie) - len(connus)
    if manquants:
        phrase += f" {manquants} mois sans chiffre à montrer."
    if not graphiques.depuis_zero([v.valeur for v in connus if v.valeur is not None]):
        phrase += " L'axe ne commence pas à zéro."
    points = [graphiques.Point(v.au, v.valeur, mots.court(v)) for v in serie]
    return [blocs.dessin(graphiques.courbe(points, description=phrase), phrase, hauteur=260)]


def _carte(releve: Releve, au: date) -> Bloc:
    places = {c.pk: c.point for c in Commune.objects.filter(departement=releve.departement)}
    lues = releve.carte(RATE, au, Niveau.COMMUNE)
    lieux = [
        graphiques.Lieu(
            v.nom_territoire, point[0], point[1], None if v.secret is not None else v.denominateur or 0,
            f"{v.nom_territoire} : {mots.texte(v)}", v.valeur,
        )
        for v in lues
        if (point := places.get(v.territoire)) is not None
    ]  # fmt: skip
    connus = sorted((v for v in lues if v.valeur is not None), key=lambda v: v.valeur or 0)
    if not lieux or not connus:
        return {}
    phrase = (
        f"{definition(RATE).libelle}, par commune : de {mots.texte(connus[0])} à {mots.texte(connus[-1])}. Un cercle "
        "plus foncé est un taux plus haut, un cercle plus grand porte sur plus de personnes."
    )
    return blocs.dessin(graphiques.carte(lieux, description=phrase, taux=True), phrase, largeur=560, hauteur=460)


def _tableau(releve: Releve, au: date, niveau: Niveau, codes: Sequence[str]) -> Bloc:
    noms = releve.noms[niveau]
    valeurs = {c: {v.territoire: v for v in releve.carte(c, au, niveau)} for c in codes}
    presents = [t for t in noms if any(t in valeurs[c] for c in codes)]
    if not presents:
        return {}
    lignes = [[noms[t], *(mots.court(valeurs[c].get(t)) for c in codes)] for t in presents]
    donnees = [[noms[t], *(v.valeur if (v := valeurs[c].get(t)) else None for c in codes)] for t in presents]
    titre = "Par établissement public territorial" if niveau is Niveau.EPT else "Par commune"
    colonnes = [niveau.libelle if niveau is Niveau.COMMUNE else "EPT", *(COURTS[c] for c in codes)]
    note = f"Au {date_en_toutes_lettres(au)}. « {mots.NON_AFFICHE} » : trop peu de personnes."
    return blocs.tableau(titre, colonnes, lignes, donnees=donnees, note=note)
