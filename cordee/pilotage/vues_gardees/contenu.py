"""What an e-mail carries: aggregates as this recipient may read them, and a link. Never a list, never a name (V8)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape
from typing import Final

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import habilitation
from cordee.pilotage.dessins.nombres import ecart, ecrire
from cordee.pilotage.entetes import definitions
from cordee.pilotage.enums import Agregat
from cordee.pilotage.models import VueGardee
from cordee.pilotage.questions import PAR_JOUR, SIGNES, STOCK, principaux
from cordee.pilotage.selectors import DateHorsHistoire, LectureRefusee, Valeur, fraicheur, indicateurs
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.redaction import date_en_toutes_lettres

_MOIS: Final = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")
TABLEAU, INDICATEUR, ECHEANCE = "pilotage", "pilotage_indicateur", "pilotage_echeance"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One figure in words."""

    libelle: str
    valeur: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Contenu:
    """The figures of a view for one recipient, in words. ``lignes`` empty: the page does not sum up in figures."""

    titre: str
    quand: str
    lignes: tuple[Ligne, ...] = field(default_factory=tuple)


def codes_de(vue: VueGardee) -> list[str]:
    """The indicators a view shows in large; none for a page of another kind."""
    if vue.page == TABLEAU:
        return principaux()
    if vue.page == ECHEANCE:
        return [c for c in (STOCK, PAR_JOUR, SIGNES) if c in definitions()]
    return [vue.objet] if vue.page == INDICATEUR and vue.objet in definitions() else []


def composer(vue: VueGardee, *, pour: Agent) -> Contenu:
    """Read the figures of a view as its recipient may, small numbers already hidden for her role (V9).

    Raises:
        LectureRefusee: no longer hers to read. ChiffresAbsents, DateHorsHistoire, TerritoireInconnu.
    """
    codes = codes_de(vue)
    frais = fraicheur()
    au = _jour(vue.parametres, frais.au)
    if not codes:
        return Contenu(vue.nom, f"au {date_en_toutes_lettres(frais.au)}")
    territoire = territoire_lu(vue, pour=pour, au=frais.au)
    lues = indicateurs(pour=pour, au=au, territoire=territoire, codes=codes)
    avant = _avant(au, frais.premiere_photo, pour=pour, territoire=territoire, codes=codes)
    lieu = lues[0].nom_territoire if lues else ""
    lignes = tuple(_ligne(v, avant.get(v.code)) for v in lues)
    return Contenu(vue.nom, f"{lieu}, au {date_en_toutes_lettres(au)}" if lieu else "", lignes)


def territoire_lu(vue: VueGardee, *, pour: Agent, au: date) -> str:
    """The territory of a view as its page would show it to her: a head reads her structure, an elected member none.

    Raises:
        LectureRefusee: she steers nothing and heads no structure.
    """
    demande = str(vue.parametres.get("territoire", ""))
    droits = habilitation(pour, au=au)
    if droits.peut(Permission.PILOTER):
        structure = demande and Structure.objects.filter(code=demande).exists()
        return "" if structure and droits.roles <= {RoleAgent.ELU} else demande
    encadrees = [s for r, s in droits.postes if r is RoleAgent.CHEF_STRUCTURE]
    codes = list(Structure.objects.filter(pk__in=encadrees).order_by("nom").values_list("code", flat=True))
    if not codes:
        raise LectureRefusee("Les chiffres s'adressent aux personnes qui pilotent ou encadrent.")
    return demande if demande in codes else codes[0]


def en_texte(contenu: Contenu, *, bonjour: str, url: str, raison: str, arret: str) -> str:
    """The message in plain text."""
    lignes = [f"- {x.libelle} : {x.valeur}" + (f" ({x.detail})" if x.detail else "") for x in contenu.lignes]
    corps = lignes or ["Cette page ne se résume pas en quelques chiffres : ouvrez-la pour la lire."]
    return "\n".join(
        [
            f"Bonjour {bonjour},", "", contenu.titre, contenu.quand, "", *corps, "",
            "Ce message ne porte que des chiffres d'ensemble. Un nombre trop petit n'y est pas donné.",
            f"La page, après connexion : {url}", "", raison, f"Ne plus le recevoir : {arret}", "",
        ]
    )  # fmt: skip


def en_html(contenu: Contenu, *, bonjour: str, url: str, raison: str, arret: str) -> str:
    """The same, as a simple page."""
    rangs = "".join(
        f'<tr><th scope="row" align="left">{escape(x.libelle)}</th><td align="right"><strong>{escape(x.valeur)}'
        f"</strong></td><td>{escape(x.detail)}</td></tr>"
        for x in contenu.lignes
    )
    corps = f'<table cellpadding="6">{rangs}</table>' if rangs else (
        "<p>Cette page ne se résume pas en quelques chiffres : ouvrez-la pour la lire.</p>"
    )  # fmt: skip
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Vos chiffres</title></head><body>'
        f"<p>Bonjour {escape(bonjour)},</p><h1>{escape(contenu.titre)}</h1><p>{escape(contenu.quand)}</p>{corps}"
        f"<p>Ce message ne porte que des chiffres d'ensemble. Un nombre trop petit n'y est pas donné.</p>"
        f'<p><a href="{escape(url)}">Ouvrir la page</a> (après connexion)</p>'
        f'<p>{escape(raison)} <a href="{escape(arret)}">Ne plus le recevoir</a></p></body></html>'
    )


def _ligne(v: Valeur, avant: Valeur | None) -> Ligne:
    if v.secret is not None:
        return Ligne(v.libelle, "non affiché", v.secret.libelle)
    if v.valeur is None:
        return Ligne(v.libelle, "pas de mesure")
    details = []
    if avant is not None and avant.valeur is not None:
        details.append(f"{ecart(v.valeur, avant.valeur, v.unite)} en un an")
    if v.definition.agregat is Agregat.TAUX and v.denominateur:
        details.append(f"sur {ecrire(v.denominateur, 'personnes')}")
    if v.inconnu:
        details.append(f"{v.inconnu} {'inconnu' if v.inconnu < 2 else 'inconnus'}, à part")
    return Ligne(v.libelle, ecrire(v.valeur, v.unite), ", ".join(details))


def _jour(parametres: Mapping[str, str], au: date) -> date:
    """The day of a view: the end of its month, today's figures without one."""
    lu = _MOIS.match(parametres.get("mois", ""))
    if not lu:
        return au
    return min(_fin_de_mois(date(int(lu[1]), int(lu[2]), 1)), au)


def _avant(
    au: date, premiere: date | None, *, pour: Agent, territoire: str, codes: list[str]
) -> dict[str, Valeur]:  # fmt: skip
    passe = _fin_de_mois(ajouter_mois(au.replace(day=1), -12))
    if premiere is None or passe < premiere:
        return {}
    try:
        return {v.code: v for v in indicateurs(pour=pour, au=passe, territoire=territoire, codes=codes)}
    except DateHorsHistoire:
        return {}


def _fin_de_mois(premier: date) -> date:
    return ajouter_mois(premier, 1) - timedelta(days=1)
