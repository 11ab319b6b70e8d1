"""The proposal of orientation: three paths from four questions, with its reasons and what would change it.

Order of the questions of the national criteria (CNE, arrêté du 21 novembre 2024): activity now or in the last two
years; qualification and projection into work; weight of the difficulties. It is a recommendation: a professional
follows it or decides otherwise with a coded reason (CRPA R311-3-1-2). It never reads income, origin or address.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from cordee.metier.orientation.enums import Impact, MotifOrientation, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

VERSION = "criteres-nationaux-2024-11/1"
AGE_MISSION_LOCALE = 26  # « moins de 26 ans »
# CASF L262-29 2°: housing and health are named as what may stand in the way for a time; care of a relative likewise.
THEMES_BLOQUANTS = frozenset({ThemeDiagnostic.SANTE, ThemeDiagnostic.LOGEMENT, ThemeDiagnostic.FAMILLE})
FORTS_BLOQUANTS = 3  # as many strong difficulties of any theme weigh as one that blocks
FAIBLES_TOLERES = 1  # a single light difficulty does not take the person out of the direct path
G = GenreOrganismeReferent


@dataclass(frozen=True, slots=True, kw_only=True)
class Reponses:
    """What the interview gave. ``projection`` ``None``: not discussed; ``organisme_actuel``: who is référent now."""

    situation_pro: SituationPro
    niveau: NiveauFormation
    projection: bool | None = None
    themes: Mapping[ThemeDiagnostic, Impact] = field(default_factory=lambda: MappingProxyType({}))
    age: int | None = None
    travailleur_handicape: bool = False
    organisme_actuel: GenreOrganismeReferent | None = None

    @property
    def activite_recente(self) -> bool:
        return self.situation_pro in (SituationPro.EN_ACTIVITE, SituationPro.DEUX_ANS)

    @property
    def qualifiee(self) -> bool:
        return self.niveau is not NiveauFormation.SANS

    def vers_json(self) -> dict[str, Any]:
        """The data used, as the person may ask for them (CRPA R311-3-1-2)."""
        return {
            "situation_pro": str(self.situation_pro),
            "niveau": str(self.niveau),
            "projection": self.projection,
            "themes": {str(t): str(impact) for t, impact in self.themes.items()},
            "age": self.age,
            "travailleur_handicape": self.travailleur_handicape,
            "organisme_actuel": str(self.organisme_actuel) if self.organisme_actuel else None,
        }

    def pesant(self, impact: Impact) -> list[ThemeDiagnostic]:
        """Themes that weigh this much, in the order of the questionnaire."""
        return [t for t in ThemeDiagnostic if self.themes.get(t) is impact]


@dataclass(frozen=True, slots=True)
class Proposition:
    """Path, body, coded reasons, the same in sentences, what would change the path, and the answers used."""

    voie: Voie
    categorie: GenreOrganismeReferent
    motifs: tuple[MotifOrientation, ...]
    raisons: tuple[str, ...]
    ce_qui_changerait: tuple[str, ...]
    reponses: Mapping[str, Any]
    version: str = VERSION

    def vers_json(self) -> dict[str, Any]:
        """As kept with the decision."""
        return {
            "voie": str(self.voie),
            "categorie": str(self.categorie),
            "motifs": [str(m) for m in self.motifs],
            "raisons": list(self.raisons),
            "ce_qui_changerait": list(self.ce_qui_changerait),
            "reponses": dict(self.reponses),
            "version": self.version,
        }


def proposer(reponses: Reponses) -> Proposition:
    """The proposal for these answers.

    >>> p = proposer(Reponses(situation_pro=SituationPro.DEUX_ANS, niveau=NiveauFormation.BAC))
    >>> p.voie.libelle, p.categorie.libelle
    ('Parcours emploi', "Opérateur de l'emploi")
    >>> p.raisons[0]
    'La personne a travaillé dans les deux dernières années.'
    >>> sans_logement = {ThemeDiagnostic.LOGEMENT: Impact.FORT}
    >>> p = proposer(Reponses(situation_pro=SituationPro.JAMAIS, niveau=NiveauFormation.SANS, themes=sans_logement))
    >>> p.voie.libelle, p.ce_qui_changerait[0]
    ("Parcours d'insertion sociale", 'Si la difficulté « Logement » était levée : parcours socio-professionnel.')
    """
    voie, motifs, raisons = _voie(reponses)
    categorie, motif, raison = _organisme(reponses, voie)
    if motif is not None:
        motifs.append(motif)
    raisons.append(raison)
    return Proposition(
        voie=voie, categorie=categorie, motifs=tuple(dict.fromkeys(motifs)), raisons=tuple(raisons),
        ce_qui_changerait=_variantes(reponses, voie), reponses=reponses.vers_json(),
    )  # fmt: skip


def _voie(r: Reponses) -> tuple[Voie, list[MotifOrientation], list[str]]:
    motifs: list[MotifOrientation] = []
    raisons = [_phrase_activite(r)]
    if r.activite_recente:
        motifs.append(MotifOrientation.ACTIVITE_RECENTE)
    projetee = r.projection is True and r.qualifiee
    if projetee:
        motifs += [MotifOrientation.PROJECTION, MotifOrientation.QUALIFICATION]
    raisons.append(_phrase_projet(r))
    forts, faibles = r.pesant(Impact.FORT), r.pesant(Impact.FAIBLE)
    bloquants = _bloquants(r, forts)
    if bloquants:
        raisons.append(f"Des difficultés empêchent pour l'instant de chercher un emploi : {_liste(bloquants)}.")
        return Voie.SOCIAL, [MotifOrientation.FREINS_BLOQUANTS], raisons
    if forts or len(faibles) > FAIBLES_TOLERES:
        raisons.append(f"Des difficultés sont à traiter en même temps que l'emploi : {_liste(forts + faibles)}.")
        return Voie.SOCIO_PRO, [*motifs, MotifOrientation.FREINS_A_TRAITER], raisons
    raisons.append(_phrase_sans_frein(r, faibles))
    if r.activite_recente or projetee:
        return Voie.EMPLOI, motifs, raisons
    raisons.append("Le retour à l'emploi se prépare : expérience, qualification ou projet sont à construire.")
    return Voie.SOCIO_PRO, [*motifs, MotifOrientation.FREINS_A_TRAITER], raisons


def _bloquants(r: Reponses, forts: list[ThemeDiagnostic]) -> list[ThemeDiagnostic]:
    """Difficulties that stand in the way for a time. Somebody at work now is not told that she cannot work."""
    if r.situation_pro is SituationPro.EN_ACTIVITE:
        return []
    if len(forts) >= FORTS_BLOQUANTS:
        return forts
    return [t for t in forts if t in THEMES_BLOQUANTS]


def _organisme(r: Reponses, voie: Voie) -> tuple[GenreOrganismeReferent, MotifOrientation | None, str]:
    """The body of the path (L5411-5-1 IV). Continuity first: nobody changes hands without a reason (R51)."""
    if r.organisme_actuel is not None and _convient(r.organisme_actuel, r, voie):
        phrase = f"L'accompagnement en cours continue : {r.organisme_actuel.libelle}."
        return r.organisme_actuel, MotifOrientation.CONTINUITE, phrase
    if r.travailleur_handicape and voie is not Voie.SOCIAL:
        return G.PLACEMENT_HANDICAP, MotifOrientation.HANDICAP, "La personne a la qualité de travailleur handicapé."
    if _jeune(r) and voie is not Voie.SOCIAL:
        return G.MISSION_LOCALE, MotifOrientation.AGE, "La personne a moins de 26 ans."
    if voie is Voie.EMPLOI:
        return G.OPERATEUR_EMPLOI, None, "L'opérateur de l'emploi accompagne le parcours emploi."
    return G.CONSEIL_DEPARTEMENTAL, None, "Les services du Département et leurs délégataires accompagnent ce parcours."


def _convient(organisme: GenreOrganismeReferent, r: Reponses, voie: Voie) -> bool:
    if organisme is G.MISSION_LOCALE:
        return _jeune(r)
    if organisme is G.PLACEMENT_HANDICAP:
        return r.travailleur_handicape
    if organisme is G.OPERATEUR_EMPLOI:
        return voie is Voie.EMPLOI
    return voie is not Voie.EMPLOI


def _jeune(r: Reponses) -> bool:
    return r.age is not None and r.age < AGE_MISSION_LOCALE


def _variantes(r: Reponses, voie: Voie) -> tuple[str, ...]:
    """The answers that, changed alone, would lead to another path: tried one by one with the same rule."""
    essais: list[tuple[str, Reponses]] = []
    for theme in r.pesant(Impact.FORT) + r.pesant(Impact.FAIBLE):
        leve = replace(r, themes={**r.themes, theme: Impact.AUCUN})
        essais.append((f"Si la difficulté « {theme.libelle} » était levée", leve))
    if r.projection is not True:
        essais.append(("Si la personne se projetait dans un emploi à court terme", replace(r, projection=True)))
    if not r.activite_recente:
        repris = replace(r, situation_pro=SituationPro.DEUX_ANS)
        essais.append(("Si la personne avait travaillé dans les deux dernières années", repris))
    autres = [(debut, _voie(variante)[0]) for debut, variante in essais]
    autres += _themes_a_aborder(r)
    return tuple(f"{debut} : {_en_minuscule(autre.libelle)}." for debut, autre in autres if autre is not voie)


def _themes_a_aborder(r: Reponses) -> list[tuple[str, Voie]]:
    """Themes not discussed, by the path that a strong difficulty there would lead to."""
    par_voie: dict[Voie, list[ThemeDiagnostic]] = {}
    for theme in ThemeDiagnostic:
        if r.themes.get(theme, Impact.NON_ABORDE) is Impact.NON_ABORDE:
            voie = _voie(replace(r, themes={**r.themes, theme: Impact.FORT}))[0]
            par_voie.setdefault(voie, []).append(theme)
    return [
        (f"Si une difficulté importante apparaissait dans un thème non abordé ({_liste(themes)})", voie)
        for voie, themes in par_voie.items()
    ]


def _phrase_activite(r: Reponses) -> str:
    return {
        SituationPro.EN_ACTIVITE: "La personne travaille en ce moment.",
        SituationPro.DEUX_ANS: "La personne a travaillé dans les deux dernières années.",
        SituationPro.PLUS_DEUX_ANS: "La personne n'a pas travaillé depuis plus de deux ans.",
        SituationPro.JAMAIS: "La personne n'a encore jamais travaillé.",
    }[r.situation_pro]


def _phrase_projet(r: Reponses) -> str:
    diplome = "avec un diplôme ou un titre" if r.qualifiee else "sans diplôme qualifiant"
    if r.projection is None:
        return f"Le projet à court terme n'a pas été abordé ({diplome})."
    return f"Elle {'se projette' if r.projection else 'ne se projette pas'} dans un emploi à court terme, {diplome}."


def _phrase_sans_frein(r: Reponses, faibles: list[ThemeDiagnostic]) -> str:
    if faibles:
        return f"Une seule difficulté, légère : {_liste(faibles)}."
    if any(r.themes.get(t, Impact.NON_ABORDE) is Impact.NON_ABORDE for t in ThemeDiagnostic):
        return "Aucune difficulté n'est signalée parmi les thèmes abordés."
    return "Aucune difficulté ne pèse sur la recherche d'emploi."


def _liste(themes: list[ThemeDiagnostic]) -> str:
    return ", ".join(_en_minuscule(t.libelle) for t in themes)


def _en_minuscule(libelle: str) -> str:
    return libelle[0].lower() + libelle[1:]
