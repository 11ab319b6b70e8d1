"""The jobs looked for, the jobs held and the skills: fields on numbered lines, found again in the repertoire."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django import forms

from cordee.metier.orientation.enums import ContratVise
from cordee.metier.orientation.regles.contenu import (
    COMPETENCES_MAX,
    EXPERIENCES_MAX,
    PROJETS_MAX,
    Competence,
    Contenu,
    Experience,
    Projet,
)
from cordee.metier.orientation.selectors.rome import (
    Appellation,
    appellations_de,
    competences_des_metiers,
    libelles_des_competences,
)
from cordee.reglementation.parametres import ParametreInconnu, decimale

if TYPE_CHECKING:
    from cordee.web.parcours.formulaires.base import ContexteActe

PROJETS = tuple(f"projet{n}" for n in range(1, PROJETS_MAX + 1))
EMPLOIS = tuple(f"emploi{n}" for n in range(1, EXPERIENCES_MAX + 1))
LIGNES = (*PROJETS, *EMPLOIS)
"""The lines where a job may be searched: a word of the form, never anything else."""


def _entier(libelle: str, maximum: int, minimum: int = 0) -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle, required=False, min_value=minimum, max_value=maximum,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


def smic_horaire(au: date) -> Decimal | None:
    """The hourly gross minimum wage of a day, if it is known."""
    try:
        return decimale("smic_horaire_brut", au=au)
    except ParametreInconnu:
        return None


class Metiers(forms.Form):
    """Mixed into the interview: its fields, first values and what they give."""

    contexte: ContexteActe

    def preparer_metiers(self) -> None:
        """The fields of every line."""
        for ligne in LIGNES:
            libelle = "Métier recherché" if ligne.startswith("projet") else "Métier exercé"
            self.fields[f"{ligne}_metier"] = forms.CharField(label=libelle, required=False, max_length=150)
            self.fields[f"{ligne}_appellation"] = forms.CharField(required=False, max_length=10)
        for n in range(1, PROJETS_MAX + 1):
            self.fields[f"projet{n}_rayon"] = _entier("Jusqu'à (km)", 300)
            self.fields[f"projet{n}_heures"] = _entier("Heures par semaine", 48, 1)
            self.fields[f"projet{n}_salaire"] = forms.DecimalField(
                label="Salaire horaire brut minimum (€)", required=False, min_value=Decimal("1"), max_digits=6,
                decimal_places=2, localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            )  # fmt: skip
            self.fields[f"projet{n}_contrats"] = forms.MultipleChoiceField(
                label="Contrats acceptés", choices=ContratVise.choices(), required=False
            )
        for n in range(1, EXPERIENCES_MAX + 1):
            self.fields[f"emploi{n}_fin"] = _entier("Jusqu'en (année)", 2100, 1950)
            self.fields[f"emploi{n}_mois"] = _entier("Durée (mois)", 600, 1)

    def valeurs_des_metiers(self, contenu: Contenu) -> dict[str, Any]:
        """First values of every line."""
        valeurs: dict[str, Any] = {"competences": [c.code for c in contenu.competences]}
        if not contenu.projets and contenu.metier_vise:
            valeurs["projet1_metier"] = contenu.metier_vise
        for n, p in enumerate(contenu.projets, start=1):
            valeurs |= {
                f"projet{n}_metier": p.libelle, f"projet{n}_appellation": p.appellation, f"projet{n}_rayon": p.rayon_km,
                f"projet{n}_heures": p.heures, f"projet{n}_contrats": list(p.contrats),
                f"projet{n}_salaire": p.salaire_horaire,
            }  # fmt: skip
        for n, e in enumerate(contenu.experiences, start=1):
            valeurs |= {
                f"emploi{n}_metier": e.libelle, f"emploi{n}_appellation": e.appellation, f"emploi{n}_fin": e.annee_fin,
                f"emploi{n}_mois": e.duree_mois,
            }  # fmt: skip
        return valeurs

    @cached_property
    def choisies(self) -> dict[str, Appellation]:
        """The names found in the repertoire that are on the screen, by code. One query."""
        return appellations_de([self._texte(f"{ligne}_appellation") for ligne in LIGNES])

    def _texte(self, champ: str) -> str:
        brut = self.data.get(champ, "") if self.is_bound else self.initial.get(champ, "")
        return str(brut or "").strip()

    @property
    def codes_des_competences(self) -> list[str]:
        codes = self.data.getlist("competences") if self.is_bound else self.initial.get("competences", [])  # type: ignore[attr-defined]
        return list(dict.fromkeys(codes))[:COMPETENCES_MAX]

    def metiers_recherches(self) -> list[str]:
        """ROME codes of the jobs looked for and held, the wanted ones first: their skills are proposed."""
        lignes = [self._texte(f"{ligne}_appellation") for ligne in LIGNES]
        return list(dict.fromkeys(self.choisies[code].rome for code in lignes if code in self.choisies))

    def competences_proposees(self) -> list[tuple[str, str]]:
        """Those chosen first, then those at the heart of the jobs. Three queries at most."""
        codes = self.codes_des_competences
        connues = libelles_des_competences(codes) if codes else {}
        dites = {c.code: c.libelle for c in self._anciennes()}
        choisies = [(c, connues.get(c) or dites.get(c, "")) for c in codes if c in connues or c in dites]
        metiers = self.metiers_recherches()
        autres = competences_des_metiers(metiers) if metiers else []
        return choisies + [paire for paire in autres if paire[0] not in connues]

    def _anciennes(self) -> tuple[Competence, ...]:
        depart = getattr(self, "depart", None)
        return depart.contenu.competences if depart is not None else ()

    def metiers_lus(self) -> dict[str, Any]:
        """Projects, experiences and skills as typed. A line without a job is left out."""
        d = self.cleaned_data
        projets, experiences = [], []
        for ligne in LIGNES:
            trouvee = self.choisies.get(d.get(f"{ligne}_appellation", ""))
            libelle = trouvee.libelle if trouvee else d.get(f"{ligne}_metier", "").strip()
            if not libelle:
                continue
            codes = {"appellation": trouvee.code, "rome": trouvee.rome} if trouvee else {}
            nom = {"libelle": libelle, **codes}
            if ligne.startswith("projet"):
                projets.append(Projet(
                    **nom, rayon_km=d.get(f"{ligne}_rayon"), heures=d.get(f"{ligne}_heures"),
                    contrats=tuple(d.get(f"{ligne}_contrats", ())), salaire_horaire=d.get(f"{ligne}_salaire"),
                ))  # fmt: skip
            else:
                experiences.append(
                    Experience(**nom, annee_fin=d.get(f"{ligne}_fin"), duree_mois=d.get(f"{ligne}_mois"))
                )
        connues = dict(self.competences_proposees())
        competences = tuple(
            Competence(code=c, libelle=connues[c]) for c in self.codes_des_competences if connues.get(c)
        )
        return {"projets": tuple(projets), "experiences": tuple(experiences), "competences": competences}

    def sous_le_smic(self) -> list[str]:
        """The jobs whose wanted wage stands below the legal minimum: a warning, never a refusal."""
        plancher = smic_horaire(self.contexte.au)
        projets = getattr(self, "contenu", None) and self.contenu.projets  # type: ignore[attr-defined]
        if plancher is None or not projets:
            return []
        return [p.libelle for p in projets if p.salaire_horaire is not None and p.salaire_horaire < plancher]
