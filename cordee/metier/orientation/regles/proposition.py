"""The proposal of orientation: three paths from three questions, with its reasons and what would change it.

The questions, thresholds and tables are those of the criteria given (``reglementation.criteres_orientation``: the
version in force on the day of the interview, refined by a joint arrêté if there is one). It is a recommendation: a
professional follows it or decides otherwise with a coded reason (CRPA R311-3-1-2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from cordee.metier.orientation.enums import Impact, MotifOrientation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.regles.reponses import Reponses
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.criteres_orientation import Criteres, LigneOrganisme
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

G, M = GenreOrganismeReferent, MotifOrientation
_DITS = frozenset({Impact.FORT, Impact.FAIBLE, Impact.AUCUN})  # a theme the person prefers to leave is no answer


@dataclass(frozen=True, slots=True)
class Proposition:
    """Path, body, coded reasons, the same in sentences, what would change the path, and the answers used."""

    voie: Voie
    categorie: GenreOrganismeReferent
    motifs: tuple[MotifOrientation, ...]
    raisons: tuple[str, ...]
    ce_qui_changerait: tuple[str, ...]
    reponses: Mapping[str, Any]
    version: str
    arrete: str = ""

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


@dataclass(frozen=True, slots=True)
class Variante:
    """One answer changed alone, and the path it would lead to."""

    phrase: str
    reponses: Reponses
    voie: Voie


def proposer(reponses: Reponses, criteres: Criteres) -> Proposition:
    """The proposal for these answers under these criteria.

    >>> from datetime import date
    >>> from cordee.metier.orientation.enums import NiveauFormation
    >>> from cordee.reglementation.criteres_orientation import criteres_nationaux
    >>> criteres = criteres_nationaux(date(2026, 11, 22))
    >>> p = proposer(Reponses(situation_pro=SituationPro.DEUX_ANS, niveau=NiveauFormation.BAC), criteres)
    >>> p.voie.libelle, p.categorie.libelle
    ('Parcours emploi', "Opérateur de l'emploi")
    >>> p.raisons[0]
    'La personne a travaillé dans les deux dernières années.'
    >>> sans_logement = {ThemeDiagnostic.LOGEMENT: Impact.FORT}
    >>> r = Reponses(situation_pro=SituationPro.JAMAIS, niveau=NiveauFormation.SANS, themes=sans_logement)
    >>> p = proposer(r, criteres)
    >>> p.voie.libelle, p.ce_qui_changerait[0]
    ("Parcours d'insertion sociale", 'Si la difficulté « Logement » était levée : parcours socio-professionnel.')
    """
    condition, voie = _condition_et_voie(reponses, criteres)
    motifs = _motifs(reponses, criteres, condition)
    categorie, motif, raison = _organisme(reponses, criteres, voie)
    if motif is not None:
        motifs.append(motif)
    return Proposition(
        voie=voie, categorie=categorie, motifs=tuple(dict.fromkeys(motifs)),
        raisons=(*_raisons(reponses, criteres, condition), raison),
        ce_qui_changerait=tuple(dict.fromkeys(v.phrase for v in variantes_de(reponses, criteres))),
        reponses=reponses.vers_json(), version=criteres.version, arrete=criteres.arrete,
    )  # fmt: skip


def destination(reponses: Reponses, criteres: Criteres) -> tuple[Voie, GenreOrganismeReferent]:
    """The path and the kind of body alone: what a simulation compares."""
    voie = voie_de(reponses, criteres)
    return voie, _organisme(reponses, criteres, voie)[0]


def voie_de(reponses: Reponses, criteres: Criteres) -> Voie:
    """The path these answers lead to."""
    return _condition_et_voie(reponses, criteres)[1]


def variantes_de(r: Reponses, criteres: Criteres) -> tuple[Variante, ...]:
    """The answers that, changed alone, would lead to another path: each is tried with the same rule.

    A theme not discussed is one variant each; those that lead to the same path share one sentence.
    """
    voie = voie_de(r, criteres)
    essais: list[tuple[str, Reponses]] = []
    for theme in r.pesant(Impact.FORT) + r.pesant(Impact.FAIBLE):
        essais.append((f"Si la difficulté « {theme.libelle} » était levée", _avec(r, theme, Impact.AUCUN)))
    if r.projection is not True:
        essais.append(("Si la personne se projetait dans un emploi à court terme", replace(r, projection=True)))
    if not _active(r, criteres):
        repris = replace(r, situation_pro=SituationPro.DEUX_ANS)
        essais.append(("Si la personne avait travaillé dans les deux dernières années", repris))
    trouvees = [
        Variante(f"{debut} : {_en_minuscule(autre.libelle)}.", variante, autre)
        for debut, variante in essais
        if (autre := voie_de(variante, criteres)) is not voie
    ]
    return (*trouvees, *_themes_a_aborder(r, criteres, voie))


def _themes_a_aborder(r: Reponses, criteres: Criteres, voie: Voie) -> list[Variante]:
    """Themes not discussed, by the path that a strong difficulty there would lead to."""
    par_voie: dict[Voie, list[tuple[ThemeDiagnostic, Reponses]]] = {}
    for theme in ThemeDiagnostic:
        if r.themes.get(theme, Impact.NON_ABORDE) is Impact.NON_ABORDE:
            variante = _avec(r, theme, Impact.FORT)
            if (autre := voie_de(variante, criteres)) is not voie:
                par_voie.setdefault(autre, []).append((theme, variante))
    debut = "Si une difficulté importante apparaissait dans un thème non abordé"
    return [
        Variante(f"{debut} ({_liste([t for t, _ in paires])}) : {_en_minuscule(autre.libelle)}.", variante, autre)
        for autre, paires in par_voie.items()
        for _, variante in paires
    ]


# The path -------------------------------------------------------------------------------------------------------------
def _condition_et_voie(r: Reponses, criteres: Criteres) -> tuple[str, Voie]:
    """The first line of the table that applies; the last one always does (checked when the file is read)."""
    forts, faibles = r.pesant(Impact.FORT), r.pesant(Impact.FAIBLE)
    vraies = {
        "difficultes_bloquantes": bool(_bloquants(r, criteres)),
        "difficultes_a_traiter": bool(forts) or len(faibles) > criteres.faibles_toleres,
        "atout": _active(r, criteres) or _projetee(r, criteres),
        "toujours": True,
    }
    ligne = next(ligne for ligne in criteres.parcours if vraies[ligne.si])
    return ligne.si, Voie(ligne.voie)


def _active(r: Reponses, criteres: Criteres) -> bool:
    return r.situation_pro in criteres.situations_actives


def _qualifiee(r: Reponses, criteres: Criteres) -> bool:
    return r.niveau in criteres.niveaux_qualifiants


def _projetee(r: Reponses, criteres: Criteres) -> bool:
    return r.projection is True and _qualifiee(r, criteres)


def _bloquants(r: Reponses, criteres: Criteres) -> list[ThemeDiagnostic]:
    """Difficulties that stand in the way for a time. Somebody at work now is not told that she cannot work."""
    if r.situation_pro in criteres.jamais_bloquee:
        return []
    forts = r.pesant(Impact.FORT)
    if len(forts) >= criteres.forts_bloquants:
        return forts
    return [t for t in forts if t in criteres.themes_bloquants]


def _motifs(r: Reponses, criteres: Criteres, condition: str) -> list[MotifOrientation]:
    if condition == "difficultes_bloquantes":
        return [M.FREINS_BLOQUANTS]
    motifs = [M.ACTIVITE_RECENTE] if _active(r, criteres) else []
    if _projetee(r, criteres):
        motifs += [M.PROJECTION, M.QUALIFICATION]
    return motifs if condition == "atout" else [*motifs, M.FREINS_A_TRAITER]


def _raisons(r: Reponses, criteres: Criteres, condition: str) -> list[str]:
    """One sentence per question, in the order of the criteria, then what they lead to."""
    phrases = {
        "activite": _phrase_activite(r),
        "projection": _phrase_projet(r, criteres),
        "difficultes": _phrase_difficultes(r, criteres, condition),
    }
    raisons = [phrases[question.id] for question in criteres.questions]
    if condition == "toujours":
        raisons.append("Le retour à l'emploi se prépare : expérience, qualification ou projet sont à construire.")
    return raisons


def _phrase_difficultes(r: Reponses, criteres: Criteres, condition: str) -> str:
    forts, faibles = r.pesant(Impact.FORT), r.pesant(Impact.FAIBLE)
    if condition == "difficultes_bloquantes":
        return f"Des difficultés empêchent pour l'instant de chercher un emploi : {_liste(_bloquants(r, criteres))}."
    if condition == "difficultes_a_traiter":
        return f"Des difficultés sont à traiter en même temps que l'emploi : {_liste(forts + faibles)}."
    return _phrase_sans_frein(r, forts + faibles)


# The body -------------------------------------------------------------------------------------------------------------
def _organisme(
    r: Reponses, criteres: Criteres, voie: Voie
) -> tuple[GenreOrganismeReferent, MotifOrientation | None, str]:
    """The body of the path (L5411-5-1 IV). Continuity first: nobody changes hands without a reason (R51)."""
    actuel = r.organisme_actuel
    if actuel is not None and any(li.organisme is actuel and _convient(li, r, voie) for li in criteres.continuite):
        return actuel, M.CONTINUITE, f"L'accompagnement en cours continue : {actuel.libelle}."
    ligne = next(li for li in criteres.organismes if _convient(li, r, voie))
    return ligne.organisme, _motif_organisme(ligne), _phrase_organisme(ligne, voie)


def _convient(ligne: LigneOrganisme, r: Reponses, voie: Voie) -> bool:
    return ligne.convient(voie=str(voie), age=r.age, handicap=r.travailleur_handicape, rsa=r.rsa)


def _motif_organisme(ligne: LigneOrganisme) -> MotifOrientation | None:
    if ligne.handicap:
        return M.HANDICAP
    return None if ligne.sans_condition_d_age else M.AGE


def _phrase_organisme(ligne: LigneOrganisme, voie: Voie) -> str:
    if ligne.handicap:
        return "La personne a la qualité de travailleur handicapé."
    if ligne.age_moins_de is not None:
        return f"La personne a moins de {ligne.age_moins_de} ans."
    if ligne.age_min is not None:
        return f"La personne a {ligne.age_min} ans ou plus."
    return {
        G.OPERATEUR_EMPLOI: "L'opérateur de l'emploi accompagne le parcours emploi."
        if voie is Voie.EMPLOI
        else "L'opérateur de l'emploi accompagne les personnes qui ne perçoivent pas le RSA.",
        G.DELEGATAIRE: "Un organisme délégataire du Département accompagne ce parcours (arrêté local).",
    }.get(ligne.organisme, "Les services du Département et leurs délégataires accompagnent ce parcours.")


# Sentences ------------------------------------------------------------------------------------------------------------
def _phrase_activite(r: Reponses) -> str:
    return {
        SituationPro.EN_ACTIVITE: "La personne travaille en ce moment.",
        SituationPro.DEUX_ANS: "La personne a travaillé dans les deux dernières années.",
        SituationPro.PLUS_DEUX_ANS: "La personne n'a pas travaillé depuis plus de deux ans.",
        SituationPro.JAMAIS: "La personne n'a encore jamais travaillé.",
    }[r.situation_pro]


def _phrase_projet(r: Reponses, criteres: Criteres) -> str:
    diplome = "avec un diplôme ou un titre" if _qualifiee(r, criteres) else "sans diplôme qualifiant"
    if r.projection is None:
        return f"Le projet à court terme n'a pas été abordé ({diplome})."
    return f"Elle {'se projette' if r.projection else 'ne se projette pas'} dans un emploi à court terme, {diplome}."


def _phrase_sans_frein(r: Reponses, dits: list[ThemeDiagnostic]) -> str:
    if len(dits) == 1:
        return f"Une seule difficulté, légère : {_liste(dits)}."
    if dits:
        return f"Des difficultés légères seulement : {_liste(dits)}."
    if any(r.themes.get(t) not in _DITS for t in ThemeDiagnostic):
        return "Aucune difficulté n'est signalée parmi les thèmes abordés."
    return "Aucune difficulté ne pèse sur la recherche d'emploi."


def _avec(r: Reponses, theme: ThemeDiagnostic, impact: Impact) -> Reponses:
    return replace(r, themes={**r.themes, theme: impact})


def _liste(themes: list[ThemeDiagnostic]) -> str:
    return ", ".join(_en_minuscule(t.libelle) for t in themes)


def _en_minuscule(libelle: str) -> str:
    return libelle[0].lower() + libelle[1:]
