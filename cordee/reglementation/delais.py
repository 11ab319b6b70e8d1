"""Deadlines as dated data: ``delai("orientation", au=…)`` and ``echeance("orientation", depuis=…)``.

The version of a rule is the one in force on the day its clock starts. Values stand in ``delais.yaml``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from cordee.reglementation.calendrier import (
    ajouter_jours_ouvres,
    ajouter_mois,
    echeance_interne,
    expiration_pour_la_personne,
)
from cordee.reglementation.chargement import Fiche, ReglesInvalides, exiger, lire_yaml, verifier_periodes
from cordee.reglementation.chargement import versions_completes as versions_de
from cordee.reglementation.enums import Confiance, Nature, Titulaire, Unite
from cordee.reglementation.redaction import a_compter_de, date_en_toutes_lettres, duree_en_mots
from cordee.socle.erreurs import ErreurMetier

FICHIER = "delais.yaml"
OBLIGATOIRES = ("id", "libelle", "depart", "nature", "reference", "confiance", "unite", "depuis")
PERMIS = (
    "aussi", "jusqu_a", "valeur", "duree", "jours_en_plus", "titulaire", "perimetre", "si_manque", "convenue", "avant",
)  # fmt: skip
Jour = date  # the name ``date`` is a field of Echeance


class DelaiInconnu(ErreurMetier):
    """No deadline of that name, or none in force on that day."""


class DateConvenueInvalide(ErreurMetier):
    """The agreed date is missing, not allowed by the rule, or outside its limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delai:
    """One version of a deadline, in force from ``depuis`` to ``jusqu_a`` excluded (``None``: still in force).

    ``valeur`` is a number of ``unite``, a date for ``date_fixe``, ``"MM-JJ"`` for ``date_annuelle``, ``None`` for a
    date agreed with the person. ``avant`` counts backwards from the start event; ``convenue`` allows an agreed date,
    ``valeur`` being then its limit.
    """

    id: str
    libelle: str
    depart: str
    nature: Nature
    reference: str
    confiance: Confiance
    unite: Unite
    depuis: date
    jusqu_a: date | None = None
    valeur: int | str | date | None = None
    duree: str = ""
    jours_en_plus: int = 0
    titulaire: Titulaire = Titulaire.SERVICE
    perimetre: str = ""
    si_manque: str = ""
    convenue: bool = False
    avant: bool = False

    def en_vigueur(self, au: date) -> bool:
        """Whether this version applies on that day."""
        return self.depuis <= au and (self.jusqu_a is None or au < self.jusqu_a)


@dataclass(frozen=True, slots=True, kw_only=True)
class Echeance:
    """A dated deadline.

    ``terme`` is the last day as the text counts it: what a letter says, and the day after which a right or a power
    passes on. ``date`` is when it must be done: the working day at or before ``terme`` where the service must act,
    at or after it where the person must. ``expiration`` is always the reading that favours the person.
    """

    date: Jour
    terme: Jour
    expiration: Jour
    regle: str
    libelle: str
    nature: Nature
    reference: str
    confiance: Confiance
    explication: str


def delai(id: str, *, au: date) -> Delai:
    """The version of a deadline in force on a day; ``id`` may be the rule's name or one of its other names.

    >>> regle = delai("orienter", au=date(2026, 2, 1))
    >>> regle.id, regle.valeur, regle.unite.value, regle.nature.libelle, regle.reference
    ('orientation', 42, 'jours', 'délai légal', 'CASF D262-65-2')
    >>> delai("orienter", au=date(2024, 12, 31)).valeur, delai("orienter", au=date(2024, 12, 31)).unite.value
    (2, 'mois')

    Raises:
        DelaiInconnu: unknown name, or no version on that day.
    """
    versions = _registre().get(id)
    if versions is None:
        raise DelaiInconnu(f"Aucune règle de délai ne porte le nom « {id} ». Signalez-le à l'administrateur.")
    for version in versions:
        if version.en_vigueur(au):
            return version
    jour = date_en_toutes_lettres(au)
    raise DelaiInconnu(f"La règle « {versions[-1].libelle} » ne s'applique pas au {jour}. Vérifiez la date saisie.")


@lru_cache(maxsize=32768)  # a history asks for the same few days of five years again and again
def en_vigueur_depuis(id: str) -> date:
    """The first day on which a rule existed: before it, what it sets could not happen.

    >>> en_vigueur_depuis("suivre_orientation_ft").isoformat()
    '2025-01-01'
    """
    return min(version.depuis for version in _registre()[id])


def echeance(id: str, *, depuis: date, convenue: date | None = None) -> Echeance:
    """The deadline that a start event sets off.

    Args:
        id: name of the rule.
        depuis: day of the start event (for rules that count backwards, the day they lead up to).
        convenue: the date agreed with the person, where the rule allows one.

    >>> e = echeance("orienter", depuis=date(2026, 1, 12))
    >>> e.terme, e.nature.value
    (datetime.date(2026, 2, 23), 'legale')
    >>> e.explication[:57]
    'six semaines à compter de la réception par le Département'
    >>> e = echeance("contrat_engagement", depuis=date(2026, 1, 31))
    >>> e.terme, e.date, e.expiration  # 28 February 2026 is a Saturday
    (datetime.date(2026, 2, 28), datetime.date(2026, 2, 27), datetime.date(2026, 3, 2))

    Raises:
        DelaiInconnu: unknown name, or no version in force at ``depuis``.
        DateConvenueInvalide: agreed date missing, not allowed, or outside the limits.
    """
    regle = delai(id, au=depuis)
    terme = _terme(regle, depuis=depuis, convenue=convenue)
    pour_le_service = regle.titulaire is Titulaire.SERVICE
    return Echeance(
        date=echeance_interne(terme) if pour_le_service else expiration_pour_la_personne(terme),
        terme=terme,
        expiration=expiration_pour_la_personne(terme),
        regle=regle.id,
        libelle=regle.libelle,
        nature=regle.nature,
        reference=regle.reference,
        confiance=regle.confiance,
        explication=expliquer(regle, convenue=convenue is not None),
    )


def expliquer(regle: Delai, *, convenue: bool = False, avec_reference: bool = True) -> str:
    """The rule in plain French, with its reference unless it is shown beside.

    >>> expliquer(delai("point_action_fin", au=date(2026, 1, 1)))
    "quinze jours avant la fin prévue de l'action (Règle de service)"
    >>> expliquer(delai("aller_vers", au=date(2026, 1, 1)))
    'quinze jours à compter du dernier essai sans réponse (Règle de service)'
    """
    if convenue or regle.unite is Unite.DATE_CONVENUE:
        quand = "à la date convenue avec la personne"
    elif isinstance(regle.valeur, date):
        quand = f"au plus tard le {date_en_toutes_lettres(regle.valeur)}"
    elif isinstance(regle.valeur, str):
        mois, jour = map(int, regle.valeur.split("-"))
        quand = f"chaque année, au plus tard le {date_en_toutes_lettres(date(2000, mois, jour), annee=False)}"
    else:
        duree = regle.duree or duree_en_mots(regle.valeur or 0, regle.unite)
        quand = f"{duree} avant {regle.depart}" if regle.avant else f"{duree} {a_compter_de(regle.depart)}"
    return f"{quand} ({regle.reference})" if avec_reference else quand


def delais_en_vigueur(au: date) -> list[Delai]:
    """Every deadline in force on a day, in the order of the file."""
    return [version for version in _toutes_versions() if version.en_vigueur(au)]


def noms_connus() -> frozenset[str]:
    """Every name that ``delai`` understands, other names included."""
    return frozenset(_registre())


def _terme(regle: Delai, *, depuis: date, convenue: date | None) -> date:
    """Last day of the clock, before any reading of closed days."""
    limite = _limite(regle, depuis)
    if convenue is None:
        if limite is None:
            raise DateConvenueInvalide(f"« {regle.libelle} » : indiquez la date convenue avec la personne.")
        return limite
    if not regle.convenue:
        raise DateConvenueInvalide(f"« {regle.libelle} » : cette date est fixée par la règle, elle ne se choisit pas.")
    if convenue < depuis:
        jour = date_en_toutes_lettres(depuis)
        raise DateConvenueInvalide(f"« {regle.libelle} » : choisissez une date à partir du {jour}.")
    if limite is not None and convenue > limite:
        jour = date_en_toutes_lettres(limite)
        raise DateConvenueInvalide(f"« {regle.libelle} » : choisissez une date au plus tard le {jour}.")
    return convenue


def _limite(regle: Delai, depuis: date) -> date | None:
    valeur = regle.valeur
    if valeur is None or isinstance(valeur, date):
        return valeur
    if isinstance(valeur, str):
        mois, jour = map(int, valeur.split("-"))
        cette_annee = date(depuis.year, mois, jour)
        return cette_annee if depuis <= cette_annee else cette_annee.replace(year=depuis.year + 1)
    n = -valeur if regle.avant else valeur
    if regle.unite is Unite.MOIS:
        fin = ajouter_mois(depuis, n)
    elif regle.unite is Unite.JOURS_OUVRES:
        fin = ajouter_jours_ouvres(depuis, n)
    else:
        fin = depuis + timedelta(days=n)
    return fin + timedelta(days=regle.jours_en_plus)


# --------------------------------------------------------------------------- loading
def charger(fiches: Iterable[Fiche]) -> dict[str, tuple[Delai, ...]]:
    """Checked deadlines by name and by other name, oldest version first.

    Raises:
        ReglesInvalides: missing or unknown key, unknown nature, overlapping periods, name used twice.
    """
    registre: dict[str, tuple[Delai, ...]] = {}
    for fiche in fiches:
        versions = tuple(sorted((_construire(version) for version in versions_de(fiche)), key=lambda v: v.depuis))
        verifier_periodes(versions[0].id, [(v.depuis, v.jusqu_a) for v in versions])
        for nom in (versions[0].id, *fiche.get("aussi", ())):
            if nom in registre:
                raise ReglesInvalides(f"{nom} : nom déjà pris par « {registre[nom][0].libelle} ».")
            registre[nom] = versions
    return registre


def _construire(version: Fiche) -> Delai:
    exiger(version, obligatoires=OBLIGATOIRES, permis=PERMIS)
    champs = {cle: valeur for cle, valeur in version.items() if cle != "aussi"}
    try:
        champs["nature"] = Nature(version["nature"])
        champs["confiance"] = Confiance(version["confiance"])
        champs["unite"] = Unite(version["unite"])
        champs["titulaire"] = Titulaire(version.get("titulaire", Titulaire.SERVICE))
    except ValueError as erreur:
        raise ReglesInvalides(f"{version['id']} : {erreur}") from erreur
    regle = Delai(**champs)
    if not isinstance(regle.valeur, _TYPES_ATTENDUS[regle.unite]) or (regle.valeur is None and not regle.convenue):
        raise ReglesInvalides(f"{regle.id} : la valeur {regle.valeur!r} ne va pas avec l'unité « {regle.unite} ».")
    return regle


_TYPES_ATTENDUS: dict[Unite, type] = {
    Unite.JOURS: int,
    Unite.MOIS: int,
    Unite.JOURS_OUVRES: int,
    Unite.DATE_FIXE: date,
    Unite.DATE_ANNUELLE: str,
    Unite.DATE_CONVENUE: type(None),
}


@cache
def _registre() -> dict[str, tuple[Delai, ...]]:
    return charger(lire_yaml(FICHIER))


@cache
def _toutes_versions() -> tuple[Delai, ...]:
    par_id: defaultdict[str, tuple[Delai, ...]] = defaultdict(tuple)
    for versions in _registre().values():
        par_id[versions[0].id] = versions
    return tuple(version for versions in par_id.values() for version in versions)
