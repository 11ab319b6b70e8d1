"""What each datum weighed in a proposal, for the person who asks (CRPA R311-3-1-2: data, sources, weights). Pure.

A datum « weighed » when another answer to it, alone, would have given another path or another kind of body: each other
possible answer is tried with the same rule. Two data may thus weigh only together: the reasons say how they combine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cordee.metier.orientation.enums import Impact, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.regles.proposition import destination
from cordee.metier.orientation.regles.reponses import Reponses
from cordee.reglementation.criteres_orientation import Criteres, Question
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

_DE_L_ENTRETIEN = "votre entretien"
_DU_DOSSIER = "votre dossier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poids:
    """One datum as the rule read it: what was answered, where it comes from, its part, whether it weighed alone."""

    nom: str
    valeur: str
    source: str
    question: str
    role: str
    pese: bool
    reference: str


def poids(reponses: Reponses, criteres: Criteres) -> tuple[Poids, ...]:
    """Every datum the rule read, in the order of the questions, then what chooses the body.

    >>> from datetime import date
    >>> from cordee.reglementation.criteres_orientation import criteres_nationaux
    >>> criteres = criteres_nationaux(date(2026, 11, 22))
    >>> r = Reponses(
    ...     situation_pro=SituationPro.JAMAIS,
    ...     niveau=NiveauFormation.SANS,
    ...     themes={ThemeDiagnostic.LOGEMENT: Impact.FORT},
    ... )
    >>> [p.nom for p in poids(r, criteres) if p.pese]
    ['Votre situation professionnelle', 'Difficultés : logement', 'Qui vous accompagnait déjà']
    """
    lus: list[Poids] = []
    for question in criteres.questions:
        lus += {"activite": _activite, "projection": _projection, "difficultes": _difficultes}[question.id](
            reponses, criteres, question
        )
    return (*lus, *_organisme(reponses, criteres))


def _activite(r: Reponses, criteres: Criteres, q: Question) -> list[Poids]:
    autres = [replace(r, situation_pro=s) for s in SituationPro if s is not r.situation_pro]
    return [_poids(r, criteres, q, dit=("Votre situation professionnelle", r.situation_pro.libelle), autres=autres)]


def _projection(r: Reponses, criteres: Criteres, q: Question) -> list[Poids]:
    niveaux = [replace(r, niveau=n) for n in NiveauFormation if n is not r.niveau]
    projets = [replace(r, projection=p) for p in (True, False, None) if p is not r.projection]
    dit = {True: "Oui", False: "Non", None: "Non abordé"}[r.projection]
    return [
        _poids(r, criteres, q, dit=("Un projet d'emploi à court terme", dit), autres=projets),
        _poids(r, criteres, q, dit=("Votre formation", r.niveau.libelle), autres=niveaux),
    ]


def _difficultes(r: Reponses, criteres: Criteres, q: Question) -> list[Poids]:
    lus = []
    for theme in ThemeDiagnostic:
        actuel = r.themes.get(theme, Impact.NON_ABORDE)
        autres = [replace(r, themes={**r.themes, theme: i}) for i in Impact if i is not actuel]
        nom = f"Difficultés : {theme.libelle[0].lower()}{theme.libelle[1:]}"
        lus.append(_poids(r, criteres, q, dit=(nom, actuel.libelle), autres=autres))
    return lus


def _organisme(r: Reponses, criteres: Criteres) -> list[Poids]:
    """What chooses the body once the path is known."""
    ages = sorted({a for li in criteres.organismes for a in (li.age_min, li.age_moins_de) if a is not None})
    age = Question(
        id="organisme", libelle="Quel organisme convient ?", role=_role_organisme(criteres),
        reference="C. trav. L5411-5-1 IV ; règle de service", confiance=criteres.confiance,
    )  # fmt: skip
    autres_ages = [replace(r, age=a) for seuil in ages for a in (seuil - 1, seuil) if a != r.age]
    organismes = [
        replace(r, organisme_actuel=g) for g in (None, *GenreOrganismeReferent) if g is not r.organisme_actuel
    ]
    return [
        _poids(
            r, criteres, age, dit=("Votre âge", "Non connu" if r.age is None else str(r.age)), autres=autres_ages,
            source=_DU_DOSSIER,
        ),
        _poids(
            r, criteres, age,
            dit=("Reconnaissance de travailleur handicapé", "Oui" if r.travailleur_handicape else "Non"),
            autres=[replace(r, travailleur_handicape=not r.travailleur_handicape)],
        ),
        _poids(
            r, criteres, age,
            dit=("Qui vous accompagnait déjà", r.organisme_actuel.libelle if r.organisme_actuel else "Personne"),
            autres=organismes, source=_DU_DOSSIER,
        ),
    ]  # fmt: skip


def _role_organisme(criteres: Criteres) -> str:
    debut = "L'organisme qui vous accompagne déjà continue s'il convient au parcours. Sinon, le parcours décide"
    plafonds = [li.age_moins_de for li in criteres.organismes if li.age_moins_de]
    jeunes = f" ; la mission locale accompagne jusqu'au {plafonds[0]}e anniversaire" if plafonds else ""
    return f"{debut}{jeunes} ; un organisme spécialisé accompagne les travailleurs handicapés."


def _poids(
    r: Reponses, criteres: Criteres, q: Question, *, dit: tuple[str, str], autres: Iterable[Reponses],
    source: str = _DE_L_ENTRETIEN,
) -> Poids:  # fmt: skip
    """``dit``: the name of the datum, the answer in words. ``autres``: the answers with another value of it alone."""
    nom, valeur = dit
    actuelle = destination(r, criteres)
    return Poids(
        nom=nom, valeur=valeur, source=source, question=q.libelle, role=q.role, reference=q.reference,
        pese=any(destination(autre, criteres) != actuelle for autre in autres),
    )  # fmt: skip
