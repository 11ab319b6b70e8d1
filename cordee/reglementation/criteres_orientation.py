"""The criteria of orientation as dated data (C. trav. L5411-5-1 III): which version applies, what it weighs.

``criteres_nationaux(au)`` gives the version in force on the day of an interview; ``preciser`` applies what a joint
arrêté of the prefect and of the president of the conseil départemental adds to it, and refuses what it may not touch.
Values stand in ``criteres_orientation.yaml``. No question reads sex, nationality, name, address or income.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Final

from cordee.reglementation.chargement import (
    Fiche,
    ReglesInvalides,
    exiger,
    lire_yaml,
    verifier_periodes,
    versions_completes,
)
from cordee.reglementation.enums import Confiance
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.erreurs import ErreurMetier

FICHIER = "criteres_orientation.yaml"
# The codes a rule may name. A test holds them equal to the lists of the orientation room.
SITUATIONS: Final = ("en_activite", "deux_ans", "plus_deux_ans", "jamais")
NIVEAUX: Final = ("superieur", "bac", "qualifiant", "sans")
VOIES: Final = ("emploi", "socio_pro", "social")
THEMES: Final = ("sante", "logement", "mobilite", "famille", "finances", "numerique", "demarches", "langue",
                 "confiance")  # fmt: skip
CONDITIONS: Final = ("difficultes_bloquantes", "difficultes_a_traiter", "atout", "toujours")
QUESTIONS: Final = ("activite", "projection", "difficultes")
AGES: Final = (16, 67)
# What a joint arrêté may write, in the order of its form.
PRECISIONS: Final = ("forts_bloquants", "faibles_toleres", "themes_bloquants", "delegataire")
G = GenreOrganismeReferent


class CriteresAbsents(ErreurMetier):
    """No criteria on that day: before 2025-01-01 there is no proposal."""


class PrecisionInterdite(ErreurMetier):
    """A local rule that the law does not allow; the sentence says which and what is allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, in its order: what it asks, the part it plays, its text."""

    id: str
    libelle: str
    role: str
    reference: str
    confiance: Confiance


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneParcours:
    """The path of those whom ``si`` describes, when no line above did."""

    si: str
    voie: str
    reference: str
    confiance: Confiance


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneOrganisme:
    """A kind of body, for which paths and whom. ``None``: whatever the answer. ``age_moins_de``: in years, excluded."""

    organisme: GenreOrganismeReferent
    voies: frozenset[str]
    reference: str
    confiance: Confiance
    age_min: int | None = None
    age_moins_de: int | None = None
    handicap: bool | None = None
    rsa: bool | None = None

    def convient(self, *, voie: str, age: int | None, handicap: bool, rsa: bool) -> bool:
        """Whether this body suits a person of that age. An unknown age never meets a bound of age."""
        if voie not in self.voies or self.handicap not in (None, handicap) or self.rsa not in (None, rsa):
            return False
        if age is None:
            return self.age_min is None and self.age_moins_de is None
        return (self.age_min is None or age >= self.age_min) and (self.age_moins_de is None or age < self.age_moins_de)

    @property
    def sans_condition_d_age(self) -> bool:
        return self.age_min is None and self.age_moins_de is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limites:
    """What a joint arrêté may change (L5411-5-1 III al. 2), bounds included."""

    reference: str
    forts_bloquants: tuple[int, int]
    faibles_toleres: tuple[int, int]
    themes_bloquants: tuple[str, ...]
    delegataire: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteres:
    """One version of the criteria, in force from ``depuis`` to ``jusqu_a`` excluded, refined or not by an arrêté."""

    version: str
    libelle: str
    reference: str
    confiance: Confiance
    depuis: date
    jusqu_a: date | None
    questions: tuple[Question, ...]
    situations_actives: frozenset[str]
    niveaux_qualifiants: frozenset[str]
    themes_bloquants: frozenset[str]
    forts_bloquants: int
    faibles_toleres: int
    jamais_bloquee: frozenset[str]
    parcours: tuple[LigneParcours, ...]
    organismes: tuple[LigneOrganisme, ...]
    continuite: tuple[LigneOrganisme, ...]
    limites: Limites
    arrete: str = ""

    def en_vigueur(self, au: date) -> bool:
        """Whether this version applies on that day."""
        return self.depuis <= au and (self.jusqu_a is None or au < self.jusqu_a)


def criteres_nationaux(au: date) -> Criteres:
    """The national version in force on a day: the day of the interview.

    >>> c = criteres_nationaux(date(2026, 11, 22))
    >>> c.version, c.forts_bloquants, sorted(c.themes_bloquants)
    ('criteres-nationaux-2024-11/1', 3, ['famille', 'logement', 'sante'])

    Raises:
        CriteresAbsents: no version on that day.

    """
    for version in versions_nationales():
        if version.en_vigueur(au):
            return version
    raise CriteresAbsents(
        f"Aucun critère d'orientation n'est en vigueur au {date_en_toutes_lettres(au)} : décidez sans proposition."
    )


@cache
def versions_nationales() -> tuple[Criteres, ...]:
    """Every version of the file, oldest first."""
    return charger(lire_yaml(FICHIER))


def charger(fiches: Iterable[Fiche]) -> tuple[Criteres, ...]:
    """Checked versions, oldest first.

    Raises:
        ReglesInvalides: missing or unknown key, unknown theme, situation, level, path or body, impossible interval,
            version name used twice, overlapping periods, a person for whom no line answers. The sentence says which.

    """
    lues = list(fiches)
    if len(lues) != 1:
        raise ReglesInvalides(f"{FICHIER} : un seul jeu de critères est attendu, {len(lues)} sont écrits.")
    versions = tuple(sorted(map(_version, versions_completes(lues[0])), key=lambda v: v.depuis))
    noms = [v.version for v in versions]
    if len(set(noms)) < len(noms):
        raise ReglesInvalides("Deux versions des critères portent le même nom.")
    verifier_periodes("criteres_nationaux", [(v.depuis, v.jusqu_a) for v in versions])
    return versions


# What a joint arrêté adds ---------------------------------------------------------------------------------------------
def preciser(criteres: Criteres, precisions: Mapping[str, Any], *, arrete: str) -> Criteres:
    """The criteria refined by a joint arrêté, under its own version name.

    Args:
        precisions: any of ``forts_bloquants`` (int), ``faibles_toleres`` (int), ``themes_bloquants`` (themes *added*),
            ``delegataire`` (paths for which the délégataires are proposed in place of the Département).
        arrete: its reference, kept with each proposal.

    >>> base = criteres_nationaux(date(2026, 11, 22))
    >>> local = preciser(base, {"themes_bloquants": ["mobilite"]}, arrete="2026-118")
    >>> local.version, sorted(local.themes_bloquants - base.themes_bloquants)
    ('criteres-nationaux-2024-11/1+arrete-2026-118', ['mobilite'])
    >>> preciser(base, {"forts_bloquants": 1}, arrete="2026-118")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    cordee.reglementation.criteres_orientation.PrecisionInterdite: Le nombre de difficultés fortes ...

    Raises:
        PrecisionInterdite: what the law does not let a local rule touch, or nothing refined.

    """
    limites = criteres.limites
    if inconnues := [cle for cle in precisions if cle not in PRECISIONS]:
        raise PrecisionInterdite(
            f"Un arrêté local ne peut pas toucher à « {inconnues[0]} » : il précise les critères nationaux, il n'en "
            "ajoute pas et n'en retire pas (C. trav. L5411-5-1 III)."
        )
    forts = _entier(precisions, "forts_bloquants", criteres.forts_bloquants, limites.forts_bloquants,
                    "Le nombre de difficultés fortes qui empêchent de chercher un emploi")  # fmt: skip
    faibles = _entier(precisions, "faibles_toleres", criteres.faibles_toleres, limites.faibles_toleres,
                      "Le nombre de difficultés légères admises dans le parcours emploi")  # fmt: skip
    ajoutes = _codes(precisions, "themes_bloquants", limites.themes_bloquants, "thème")
    confiees = _codes(precisions, "delegataire", limites.delegataire, "parcours")
    refine = replace(
        criteres, version=f"{criteres.version}+arrete-{arrete}", arrete=arrete, forts_bloquants=forts,
        faibles_toleres=faibles, themes_bloquants=criteres.themes_bloquants | ajoutes,
        organismes=_confier(criteres.organismes, confiees),
    )  # fmt: skip
    if (forts, faibles) == (criteres.forts_bloquants, criteres.faibles_toleres) and not ajoutes and not confiees:
        raise PrecisionInterdite("Cet arrêté ne précise rien : changez au moins un point des critères nationaux.")
    return refine


def _entier(precisions: Mapping[str, Any], cle: str, national: int, bornes: tuple[int, int], quoi: str) -> int:
    valeur = precisions.get(cle, national)
    if isinstance(valeur, bool) or not isinstance(valeur, int) or not bornes[0] <= valeur <= bornes[1]:
        raise PrecisionInterdite(f"{quoi} se choisit entre {bornes[0]} et {bornes[1]} ({national} au plan national).")
    return valeur


def _codes(precisions: Mapping[str, Any], cle: str, permis: tuple[str, ...], quoi: str) -> frozenset[str]:
    valeur = precisions.get(cle) or ()
    if not isinstance(valeur, list | tuple | frozenset | set) or (refuses := sorted(set(map(str, valeur)) - {*permis})):
        noms = ", ".join(f"« {code} »" for code in (refuses if isinstance(valeur, list | tuple) else [valeur]))
        raise PrecisionInterdite(
            f"{quoi.capitalize()} {noms} : un arrêté local ne peut choisir que {', '.join(permis)} "
            "(C. trav. L5411-5-1 III)."
        )
    return frozenset(map(str, valeur))


def _confier(lignes: tuple[LigneOrganisme, ...], voies: frozenset[str]) -> tuple[LigneOrganisme, ...]:
    """The same table where these paths go to the délégataires in place of the Département (IV 2° and 3°)."""
    ecrites: list[LigneOrganisme] = []
    for ligne in lignes:
        if ligne.organisme is not G.CONSEIL_DEPARTEMENTAL or not ligne.voies & voies:
            ecrites.append(ligne)
            continue
        ecrites.append(replace(ligne, organisme=G.DELEGATAIRE, voies=ligne.voies & voies))
        if reste := ligne.voies - voies:
            ecrites.append(replace(ligne, voies=reste))
    return tuple(ecrites)


# Reading --------------------------------------------------------------------------------------------------------------
_VERSION = ("id", "libelle", "reference", "version", "depuis", "confiance", "questions", "parcours", "organismes",
            "continuite", "precisions_locales")  # fmt: skip
_QUESTION = ("id", "libelle", "role", "reference", "confiance")
_PROPRES: Mapping[str, tuple[str, ...]] = {
    "activite": ("situations",),
    "projection": ("niveaux",),
    "difficultes": ("themes_bloquants", "forts_bloquants", "jamais_bloquee"),
}


def _version(fiche: Fiche) -> Criteres:
    exiger(fiche, obligatoires=_VERSION, permis=("jusqu_a",))
    nom = str(fiche["version"])
    for cle in ("depuis", "jusqu_a"):
        if fiche.get(cle) is not None and type(fiche[cle]) is not date:
            raise ReglesInvalides(f"{nom} : « {cle} » n'est pas une date (AAAA-MM-JJ).")
    questions = {str(q.get("id")): q for q in fiche["questions"]}
    if sorted(questions) != sorted(QUESTIONS) or len(fiche["questions"]) != len(QUESTIONS):
        raise ReglesInvalides(f"{nom} : les questions attendues sont {', '.join(QUESTIONS)}, une fois chacune.")
    for cle, question in questions.items():
        permis = ("faibles_toleres",) if cle == "difficultes" else ()
        exiger(question, obligatoires=(*_QUESTION, *_PROPRES[cle]), permis=permis)
    difficultes = questions["difficultes"]
    forts, faibles = difficultes["forts_bloquants"], difficultes.get("faibles_toleres")
    if not _borne(forts, 1, len(THEMES)) or not _borne(faibles, 0, len(THEMES)):
        raise ReglesInvalides(f"{nom} : seuils de difficultés impossibles (fortes {forts}, légères {faibles}).")
    criteres = Criteres(
        version=nom, libelle=fiche["libelle"], reference=fiche["reference"], depuis=fiche["depuis"],
        jusqu_a=fiche.get("jusqu_a"), confiance=_confiance(nom, fiche),
        questions=tuple(
            Question(**{cle: q[cle] for cle in _QUESTION[:-1]}, confiance=_confiance(nom, q))
            for q in fiche["questions"]
        ),
        situations_actives=_parmi(nom, "situation", questions["activite"]["situations"], SITUATIONS),
        niveaux_qualifiants=_parmi(nom, "niveau", questions["projection"]["niveaux"], NIVEAUX),
        themes_bloquants=_parmi(nom, "thème", difficultes["themes_bloquants"], THEMES),
        jamais_bloquee=_parmi(nom, "situation", difficultes["jamais_bloquee"], SITUATIONS),
        forts_bloquants=forts, faibles_toleres=faibles, parcours=_parcours(nom, fiche["parcours"]),
        organismes=tuple(_organisme(nom, ligne) for ligne in fiche["organismes"]),
        continuite=tuple(_organisme(nom, ligne) for ligne in fiche["continuite"]),
        limites=_limites(nom, fiche["precisions_locales"]),
    )  # fmt: skip
    _verifier_table(nom, criteres.organismes)
    return criteres


def _parcours(nom: str, lignes: Any) -> tuple[LigneParcours, ...]:
    for ligne in lignes:
        exiger({"id": nom, **ligne}, obligatoires=("id", "si", "voie", "reference", "confiance"), permis=())
    conditions = [str(ligne["si"]) for ligne in lignes]
    _parmi(nom, "condition", conditions, CONDITIONS)
    _parmi(nom, "parcours", [ligne["voie"] for ligne in lignes], VOIES)
    if len(set(conditions)) < len(conditions):
        raise ReglesInvalides(f"{nom} : une condition de parcours est écrite deux fois.")
    if conditions.count("toujours") != 1 or conditions[-1] != "toujours":
        raise ReglesInvalides(f"{nom} : la dernière ligne des parcours doit valoir « toujours », et elle seule.")
    rangs = {condition: rang for rang, condition in enumerate(conditions)}
    if rangs.get("difficultes_bloquantes", -1) > rangs.get("difficultes_a_traiter", len(rangs)):
        raise ReglesInvalides(f"{nom} : « difficultes_bloquantes » ne serait jamais atteinte : placez-la plus haut.")
    return tuple(
        LigneParcours(si=str(li["si"]), voie=str(li["voie"]), reference=li["reference"], confiance=_confiance(nom, li))
        for li in lignes
    )


def _organisme(nom: str, ligne: Fiche) -> LigneOrganisme:
    fiche = {"id": nom, **ligne}
    exiger(
        fiche, obligatoires=("id", "organisme", "voies", "reference", "confiance"),
        permis=("age_min", "age_moins_de", "handicap", "rsa"),
    )  # fmt: skip
    _parmi(nom, "organisme", [fiche["organisme"]], tuple(str(g) for g in G))
    plancher, plafond = fiche.get("age_min"), fiche.get("age_moins_de")
    if any(age is not None and not _borne(age, *AGES) for age in (plancher, plafond)):
        raise ReglesInvalides(f"{nom} : les âges s'écrivent entre {AGES[0]} et {AGES[1]} ans.")
    if plancher is not None and plafond is not None and plancher >= plafond:
        raise ReglesInvalides(
            f"{nom} : l'intervalle d'âge de « {fiche['organisme']} » est impossible "
            f"(à partir de {plancher} ans et moins de {plafond} ans)."
        )
    for cle in ("handicap", "rsa"):
        if fiche.get(cle) is not None and not isinstance(fiche[cle], bool):
            raise ReglesInvalides(f"{nom} : « {cle} » vaut oui ou non (true, false).")
    return LigneOrganisme(
        organisme=G(fiche["organisme"]), voies=_parmi(nom, "parcours", fiche["voies"], VOIES),
        reference=fiche["reference"], confiance=_confiance(nom, fiche), age_min=plancher, age_moins_de=plafond,
        handicap=fiche.get("handicap"), rsa=fiche.get("rsa"),
    )  # fmt: skip


def _limites(nom: str, fiche: Fiche) -> Limites:
    exiger({"id": nom, **fiche}, obligatoires=("id", "reference", *PRECISIONS), permis=())
    bornes: dict[str, tuple[int, int]] = {}
    for cle, (bas, haut) in (("forts_bloquants", (1, len(THEMES))), ("faibles_toleres", (0, len(THEMES)))):
        valeur = fiche[cle]
        if not isinstance(valeur, list) or len(valeur) != 2 or not all(_borne(v, bas, haut) for v in valeur):
            raise ReglesInvalides(f"{nom} : « {cle} » s'écrit [minimum, maximum], entre {bas} et {haut}.")
        if valeur[0] > valeur[1]:
            raise ReglesInvalides(f"{nom} : l'intervalle de « {cle} » est impossible ({valeur[0]} à {valeur[1]}).")
        bornes[cle] = (valeur[0], valeur[1])
    _parmi(nom, "thème", fiche["themes_bloquants"], THEMES)
    _parmi(nom, "parcours", fiche["delegataire"], VOIES)
    return Limites(
        reference=fiche["reference"], **bornes, themes_bloquants=tuple(fiche["themes_bloquants"]),
        delegataire=tuple(fiche["delegataire"]),
    )  # fmt: skip


def _verifier_table(nom: str, lignes: tuple[LigneOrganisme, ...]) -> None:
    """Every path has an answer for everybody, whatever the age, even unknown: exactly one body, the first that fits."""
    ages = {None, *AGES, *(a + d for li in lignes for a in (li.age_min, li.age_moins_de) if a for d in (-1, 0))}
    for voie in VOIES:
        for age in ages:
            for handicap in (True, False):
                for rsa in (True, False):
                    if not any(li.convient(voie=voie, age=age, handicap=handicap, rsa=rsa) for li in lignes):
                        raise ReglesInvalides(
                            f"{nom} : aucun organisme pour le parcours « {voie} » "
                            f"({'âge inconnu' if age is None else f'{age} ans'}{'' if rsa else ', hors RSA'})."
                        )


def _parmi(nom: str, quoi: str, codes: Any, permis: tuple[str, ...]) -> frozenset[str]:
    if not isinstance(codes, list):
        raise ReglesInvalides(f"{nom} : une liste de codes est attendue ({quoi}).")
    for code in codes:
        if code not in permis:
            raise ReglesInvalides(f"{nom} : {quoi} inconnu « {code} ». Connus : {', '.join(permis)}.")
    return frozenset(codes)


def _borne(valeur: Any, bas: int, haut: int) -> bool:
    return isinstance(valeur, int) and not isinstance(valeur, bool) and bas <= valeur <= haut


def _confiance(nom: str, fiche: Fiche) -> Confiance:
    try:
        return Confiance(fiche["confiance"])
    except ValueError as erreur:
        raise ReglesInvalides(f"{nom} : {erreur}") from erreur
