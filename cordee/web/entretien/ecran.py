"""The interview as the page draws it: groups of chips, lines of jobs, what is known beside each theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from cordee.metier.orientation.enums import Impact, SourceConstat, ThemeDiagnostic
from cordee.metier.orientation.models import Constat
from cordee.metier.orientation.selectors.rome import Appellation
from cordee.web.entretien.connu import Connu, connu
from cordee.web.entretien.formulaires.entretien import BUTS, FREINS, Entretien
from cordee.web.entretien.formulaires.metiers import EMPLOIS, PROJETS, smic_horaire
from cordee.web.entretien.puces import Groupe, groupe


@dataclass(frozen=True, slots=True)
class ThemeAffiche:
    """A theme: its impact, then what can be said of it."""

    code: str
    libelle: str
    impact: Groupe
    situations: Groupe | None
    objectifs: Groupe | None
    rappels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LigneMetier:
    """A line of job: what is typed, the name chosen in the repertoire, its other fields."""

    prefixe: str
    rang: int
    metier: forms.BoundField
    choisie: Appellation | None
    champs: tuple[forms.BoundField, ...]
    contrats: Groupe | None
    remplie: bool


@dataclass(frozen=True, slots=True)
class Ecran:
    """All that the left side shows."""

    form: Entretien
    connu: Connu
    travail: tuple[Groupe, ...]
    formation: Groupe
    francais: tuple[Groupe, ...]
    quotidien: tuple[Groupe, ...]
    themes: tuple[ThemeAffiche, ...]
    projet: Groupe
    buts: tuple[ThemeAffiche, ...]
    projets: tuple[LigneMetier, ...]
    emplois: tuple[LigneMetier, ...]
    competences: Groupe
    smic: Decimal | None


def ecran(form: Entretien) -> Ecran:
    """Everything the template needs, computed once."""
    faits = connu(form.contexte)
    dessin = _Dessin(form)
    return Ecran(
        form=form, connu=faits,
        travail=tuple(dessin.simple(nom) for nom in ("situation_pro", "projection", "travailleur_handicape")),
        formation=dessin.simple("diplome", aide=_niveau_connu(form)),
        francais=tuple(dessin.simple(nom) for nom in ("francais_oral", "francais_lu", "francais_ecrit")),
        quotidien=tuple(dessin.simple(nom) for nom in ("permis", "transports", "disponibilites", "numerique")),
        themes=tuple(dessin.theme(t, faits) for t in FREINS), projet=dessin.simple("projet_pro"),
        buts=tuple(dessin.but(t) for t in BUTS),
        projets=tuple(_ligne(form, dessin, p, n) for n, p in enumerate(PROJETS, start=1)),
        emplois=tuple(_ligne(form, dessin, p, n) for n, p in enumerate(EMPLOIS, start=1)),
        competences=competences(form), smic=smic_horaire(form.contexte.au),
    )  # fmt: skip


def competences(form: Entretien) -> Groupe:
    """The skills: those told, then those of the jobs on the screen."""
    return groupe(
        "competences", "Compétences", form.competences_proposees(), form.codes_des_competences, multiple=True,
        marque=form.depart.marques.get("competences", ""),
    )  # fmt: skip


class _Dessin:
    """Groups of chips out of the fields, with what is typed or shown and where it comes from."""

    def __init__(self, form: Entretien) -> None:
        self.form = form
        self.marques = form.depart.marques
        self.sources = {c.code: _source(c) for c in form.depart.constats}

    def valeur(self, nom: str) -> Any:
        champ = self.form.fields[nom]
        if not self.form.is_bound:
            return self.form.initial.get(nom, "")
        if isinstance(champ, forms.MultipleChoiceField):
            return self.form.data.getlist(nom)  # type: ignore[attr-defined]
        return self.form.data.get(nom, "")

    def simple(self, nom: str, *, aide: str = "") -> Groupe:
        champ = self.form.fields[nom]
        multiple = isinstance(champ, forms.MultipleChoiceField)
        valeur = self.valeur(nom) or ([] if multiple else "")
        erreurs = [str(e) for e in self.form.errors.get(nom, [])] if self.form.is_bound else []
        return groupe(
            nom, str(champ.label), champ.choices, valeur if multiple else str(valeur), multiple=multiple, aide=aide,  # type: ignore[attr-defined]
            marque=self.marques.get(nom, ""), erreurs=erreurs,
        )  # fmt: skip

    def theme(self, theme: Any, faits: Connu) -> ThemeAffiche:
        code = theme.diagnostic
        impact = groupe(
            f"theme_{code}", theme.libelle, Impact.choices(), str(self.valeur(f"theme_{code}") or Impact.NON_ABORDE),
            marque=self.marques.get(f"theme_{code}", ""),
        )  # fmt: skip
        situations, objectifs = self._chips("situations", theme), self._chips("objectifs", theme)
        return ThemeAffiche(
            theme.code, theme.libelle, impact, situations, objectifs, faits.du_theme(ThemeDiagnostic(code))
        )

    def but(self, theme: Any) -> ThemeAffiche:
        vide = groupe("", theme.libelle, [], "")
        return ThemeAffiche(
            theme.code, theme.libelle, vide, self._chips("situations", theme), self._chips("objectifs", theme), ()
        )

    def _chips(self, nature: str, theme: Any) -> Groupe | None:
        nom = f"{nature}_{theme.code}"
        champ = self.form.fields.get(nom)
        if champ is None:
            return None
        titre = "Ce qui se passe" if nature == "situations" else "Ce qu'elle souhaite"
        return groupe(
            nom, titre, champ.choices, self.valeur(nom) or [], multiple=True, marques=self.sources,  # type: ignore[attr-defined]
            suite=f" : {theme.libelle}",
        )  # fmt: skip


def _ligne(form: Entretien, dessin: _Dessin, prefixe: str, rang: int) -> LigneMetier:
    projet = prefixe.startswith("projet")
    suffixes = ("rayon", "heures", "salaire") if projet else ("fin", "mois")
    code = str(dessin.valeur(f"{prefixe}_appellation") or "")
    return LigneMetier(
        prefixe=prefixe, rang=rang, metier=form[f"{prefixe}_metier"], choisie=form.choisies.get(code),
        champs=tuple(form[f"{prefixe}_{s}"] for s in suffixes),
        contrats=dessin.simple(f"{prefixe}_contrats") if projet else None,
        remplie=bool(code or dessin.valeur(f"{prefixe}_metier")),
    )  # fmt: skip


def _niveau_connu(form: Entretien) -> str:
    """The level of an interview held before diplomas were asked by their code."""
    contenu = form.depart.contenu
    if contenu.diplome or not contenu.niveau:
        return ""
    return f"Connu : {dict(form.fields['niveau'].choices)[contenu.niveau].lower()}."  # type: ignore[attr-defined]


def _source(constat: Constat) -> str:
    le: date = constat.debut
    return f"{SourceConstat(constat.source).libelle}, {le:%d/%m/%Y}"
