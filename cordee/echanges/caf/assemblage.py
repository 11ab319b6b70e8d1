"""From the XML of one household to :class:`FoyerLu`.

One pass over the elements (:func:`_lire_bloc`) gives the complete nested text (``detail``) and, beside it, the typed
values of each object, by tables derived once from the annotations of ``foyer`` and from ``schema``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Any, Final, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

from lxml import etree

from cordee.echanges.caf import schema
from cordee.echanges.caf.codes import LISTES
from cordee.echanges.caf.foyer import AUTRE, CONJOINT, DEMANDEUR, ENFANT, Detail, FoyerLu, PersonneLu
from cordee.echanges.caf.resultats import Avertissement
from cordee.echanges.caf.valeurs import (
    Avis,
    Lecture,
    lire_date,
    lire_entier,
    lire_indicateur,
    lire_montant,
    lire_naissance,
)
from cordee.metier.personnes.enums import Sexe
from cordee.metier.personnes.regles import lire_matricule, nir_de_matricule, nir_possible, voiler_matricule
from cordee.socle.nir import cle_juste, nir13

Champ: TypeAlias = tuple[str, str, Lecture | None]

_LECTURES: Final[dict[type, Lecture | None]] = {
    str: None,
    int: lire_entier,
    bool: lire_indicateur,
    date: lire_date,
    Decimal: lire_montant,
}
_HORS_LISTE: Final[frozenset[str]] = frozenset()
PREMIERE_ANNEE: Final = 1900
NUMDEMRSA_MAX: Final = 11
_ADULTES: Final = frozenset({DEMANDEUR, CONJOINT})


class FoyerIllisible(Exception):
    """This household cannot be read. ``str(e)`` is the sentence of the report: it names nobody."""

    def __init__(self, code: str, motif: str) -> None:
        super().__init__(motif)
        self.code = code


class Plan(NamedTuple):
    """How to fill one dataclass from a scope."""

    classe: Callable[..., Any]
    feuilles: tuple[tuple[str, tuple[Champ, ...]], ...]
    listes: tuple[tuple[str, str, Plan], ...]
    blocs: tuple[tuple[str, str, Plan], ...]


def planifier(classe: type) -> Plan:
    """Derive the plan of a dataclass of ``foyer`` from its annotations (see that module)."""
    feuilles: dict[str, list[Champ]] = {}
    listes: list[tuple[str, str, Plan]] = []
    blocs: list[tuple[str, str, Plan]] = []
    types = get_type_hints(classe, include_extras=True)
    for champ in fields(classe):
        annotation = types[champ.name]
        if not hasattr(annotation, "__metadata__"):
            continue
        chemin: str = annotation.__metadata__[0]
        bloc, _, balise = chemin.rpartition("/")
        genre = annotation.__origin__
        if get_origin(genre) is tuple:
            listes.append((champ.name, balise, planifier(get_args(genre)[0])))
            continue
        if get_origin(genre) in {Union, UnionType}:
            genre = get_args(genre)[0]
        if genre in _LECTURES:
            feuilles.setdefault(bloc, []).append((champ.name, balise, _LECTURES[genre]))
        else:
            blocs.append((champ.name, balise, planifier(genre)))
    par_bloc = tuple((bloc, tuple(champs)) for bloc, champs in feuilles.items())
    return Plan(classe, par_bloc, tuple(listes), tuple(blocs))


PLAN_FOYER: Final = planifier(FoyerLu)
PLAN_PERSONNE: Final = planifier(PersonneLu)


class Balise(NamedTuple):
    """What to do with an element: a leaf (``codes`` is not ``None``), a block of the same object, or another object."""

    codes: frozenset[str] | None
    champ: str | None = None
    lecture: Lecture | None = None
    portee: Portee | None = None


@dataclass(slots=True)
class Portee:
    """The elements that make one object, wherever they stand under its block (``repetee``: a block that repeats).

    ``listes``: fields to turn into tuples.
    """

    classe: Callable[..., Any]
    repetee: bool
    balises: dict[str, Balise] = field(default_factory=dict)
    listes: tuple[str, ...] = ()


def _portee(racine: str, plan: Plan | None, classe: Callable[..., Any] = dict) -> Portee:
    """Derive from the schema and a plan what each element under ``racine`` becomes (nothing typed without a plan)."""
    portee = Portee(plan.classe if plan and classe is dict else classe, racine in schema.REPETES)
    feuilles: dict[tuple[str, str], tuple[str, Lecture | None]] = {}
    objets: dict[str, tuple[str, Plan]] = {}
    if plan:
        feuilles = {(bloc or racine, b): (nom, lecture) for bloc, champs in plan.feuilles for nom, b, lecture in champs}
        objets = {b: (nom, sous) for nom, b, sous in (*plan.listes, *plan.blocs)}
        portee.listes = tuple(nom for nom, _, _ in plan.listes)
    _garnir(portee, racine, feuilles, objets)
    return portee


def _garnir(
    portee: Portee,
    bloc: str,
    feuilles: Mapping[tuple[str, str], tuple[str, Lecture | None]],
    objets: Mapping[str, tuple[str, Plan]],
) -> None:
    for balise, _, repetee in schema.BLOCS[bloc]:
        if balise not in schema.BLOCS:
            nom, lecture = feuilles.get((bloc, balise), (None, None))
            portee.balises[balise] = Balise(LISTES.get(balise, _HORS_LISTE), nom, lecture)
        elif balise in objets:
            nom, plan = objets[balise]
            portee.balises[balise] = Balise(None, nom, None, _portee(balise, plan))
        elif repetee:
            portee.balises[balise] = Balise(None, None, None, _portee(balise, None))
        else:
            portee.balises[balise] = Balise(None)
            _garnir(portee, balise, feuilles, objets)


def _portee_foyer() -> Portee:
    foyer = _portee(schema.FOYER, PLAN_FOYER)
    foyer.balises["Personne"] = Balise(None, "personnes", None, PORTEE_PERSONNE)
    return foyer


def _portee_personne() -> Portee:
    """Persons stay dictionaries (see :func:`_personne`), and a date of birth stays text."""
    personne = _portee("Personne", PLAN_PERSONNE, lambda **valeurs: valeurs)
    personne.balises["DTNAI"] = personne.balises["DTNAI"]._replace(lecture=None)
    return personne


PORTEE_PERSONNE: Final = _portee_personne()
PORTEE_FOYER: Final = _portee_foyer()
"""What each element of a household becomes."""


def numero_demande(element: etree._Element) -> str:
    """NUMDEMRSA of a household, ``""`` when absent, without reading the rest."""
    return (element.findtext("IdentificationRSA/DemandeRSA/NUMDEMRSA") or "").strip()


def assembler(
    element: etree._Element, *, ligne: int, rang: int, empreinte: bytes, brute: bytes, limite: date, vus: set[str]
) -> FoyerLu:
    """The household of an ``InfosFoyerRSA`` element.

    Args:
        limite: creation day of the file; nobody is born after it.
        vus: NUMDEMRSA already met in this file; the one read is added.

    Raises:
        FoyerIllisible: no NUMDEMRSA (or one too long), nobody, no adult, no name, or a date of birth that cannot be.
    """
    avis: Avis = []
    champs: dict[str, Any] = {}
    detail = _lire_bloc(element, PORTEE_FOYER, champs, avis)
    _figer(PORTEE_FOYER, champs)
    numero = champs.get("numdemrsa")
    if not numero:
        raise FoyerIllisible("numdemrsa_absent", "Le numéro de demande RSA (NUMDEMRSA) manque.")
    if len(numero) > NUMDEMRSA_MAX:
        raise FoyerIllisible(
            "numdemrsa_trop_long",
            f"Le numéro de demande RSA (NUMDEMRSA) dépasse {NUMDEMRSA_MAX} caractères.",
        )
    if numero in vus:
        avis.append(Avertissement("numdemrsa_en_double", "Ce numéro de demande figure déjà plus haut dans le fichier."))
    vus.add(numero)
    details = detail.pop("Personne", ())
    valeurs = champs.pop("personnes", ())
    nir = _sans_nir(champs, detail)
    personnes = tuple([_personne(v, d, avis, limite) for v, d in zip(valeurs, details, strict=True)])
    if nir:
        personnes = _avec_indice(personnes, nir)
    _verifier_roles(personnes, avis)
    if "etat" not in champs:
        avis.append(Avertissement("etat_absent", "L'état du dossier (ETATDOSRSA) manque."))
    return FoyerLu(
        **champs,
        ligne=ligne,
        rang=rang,
        matricule=lire_matricule(champs.get("matricule_brut", "")),
        personnes=personnes,
        anomalies=tuple(bloc.get("LIBANO", "") for bloc in detail.get("Anomalie", ())),
        avertissements=tuple(avis),
        empreinte=empreinte,
        empreinte_brute=brute,
        detail=detail,
    )


def _lire_bloc(  # noqa: C901, PLR0912 - the hot loop of every import: one function
    element: etree._Element, portee: Portee, valeurs: dict[str, Any], avis: Avis
) -> Detail:
    """Read an element's children in one pass: the text as it stands (returned), and typed ``valeurs`` by field name."""
    bloc: Detail = {}
    balises: Mapping[Any, Balise] = portee.balises
    for enfant in element:
        balise = enfant.tag
        connue = balises.get(balise)
        if connue is None:
            _garder_a_part(bloc, enfant, avis)
            continue
        codes, nom, lecture, sous = connue
        if codes is not None:
            texte = enfant.text
            texte = texte.strip() if texte else ""
            if balise in bloc or (not texte and len(enfant)):
                _garder_a_part(bloc, enfant, avis)
                continue
            bloc[balise] = texte
            if texte:
                if nom is not None:
                    valeurs[nom] = texte if lecture is None else lecture(texte, balise, avis)
                if codes and texte not in codes:
                    avis.append(Avertissement("code_inconnu", f"{balise} : code inconnu « {texte[:20]} »."))
        elif sous is not None and sous.repetee:
            lues: dict[str, Any] = {}
            _ajouter(bloc, balise, _lire_bloc(enfant, sous, lues, avis))
            if nom is not None:
                _ajouter(valeurs, nom, _objet(sous, lues))
        elif balise in bloc:
            _garder_a_part(bloc, enfant, avis)
        elif sous is None:
            bloc[balise] = _lire_bloc(enfant, portee, valeurs, avis)
        else:
            lues = {}
            bloc[balise] = _lire_bloc(enfant, sous, lues, avis)
            if nom is not None:
                valeurs[nom] = _objet(sous, lues)
    return bloc


def _ajouter(listes: dict[str, Any], nom: str, element: Any) -> None:
    if nom in listes:
        listes[nom].append(element)
    else:
        listes[nom] = [element]


def _objet(portee: Portee, valeurs: dict[str, Any]) -> Any:
    _figer(portee, valeurs)
    return portee.classe(**valeurs)


def _figer(portee: Portee, valeurs: dict[str, Any]) -> None:
    for nom in portee.listes:
        if nom in valeurs:
            valeurs[nom] = tuple(valeurs[nom])


def _garder_a_part(bloc: Detail, element: etree._Element, avis: Avis) -> None:
    """An element the schema does not know here, or repeats where it should not: kept under ``hors_schema``."""
    balise = str(element.tag)
    avis.append(Avertissement("hors_schema", f"{balise[:40]} : élément inattendu à cet endroit, conservé tel quel."))
    contenu = _generique(element)
    if balise != "NIR":
        bloc.setdefault("hors_schema", []).append({balise: contenu})


def _generique(element: etree._Element) -> Any:
    if not len(element):
        return voiler_matricule((element.text or "").strip())
    return [{str(enfant.tag): _generique(enfant)} for enfant in element if enfant.tag != "NIR"]


def _sans_nir(champs: dict[str, Any], detail: Detail) -> str:
    """At the MSA the household's number is often a NIR: its pseudonym takes its place (V1). Returns that NIR."""
    nir = nir_de_matricule(champs.get("matricule_brut", ""))
    if nir:
        bloc = detail["IdentificationRSA"]["Organisme"]
        champs["matricule_brut"] = bloc["MATRICULE"] = voiler_matricule(bloc["MATRICULE"])
    cedant = champs.get("cedant")
    if cedant is not None and nir_de_matricule(cedant.matricule):
        voile = voiler_matricule(cedant.matricule)
        champs["cedant"] = replace(cedant, matricule=voile)
        detail["IdentificationRSA"]["OrganismeCedant"]["MATRICULEORGCEDMUT"] = voile
    return nir


def _avec_indice(personnes: tuple[PersonneLu, ...], nir: str) -> tuple[PersonneLu, ...]:
    """The NIR of the household's number, given to the one adult without any whose birth and sex it tells."""
    sexes = {"1": Sexe.HOMME, "2": Sexe.FEMME}
    possibles = [
        p for p in personnes
        if p.role in _ADULTES and not p.nir_brut
        and nir_possible(nir, naissance=p.naissance, sexe=sexes.get(p.sexe, Sexe.INCONNU))
    ]  # fmt: skip
    if len(possibles) != 1 or any(p.nir == nir for p in personnes):
        return personnes
    return tuple(replace(p, nir=nir) if p is possibles[0] else p for p in personnes)


def _personne(valeurs: dict[str, Any], detail: Detail, avis: Avis, limite: date) -> PersonneLu:
    brut = valeurs.pop("naissance", "")
    naissance = lire_naissance(brut, valeurs.get("precision_naissance", ""), avis) if brut else None
    if naissance is None or naissance.year < PREMIERE_ANNEE or naissance > limite:
        raise FoyerIllisible("naissance_impossible", "Une date de naissance (DTNAI) manque ou est impossible.")
    if "nom" not in valeurs and "nom_naissance" not in valeurs:
        raise FoyerIllisible("nom_absent", "Une personne n'a ni nom d'usage ni nom de naissance.")
    _prestations(valeurs, detail, avis)
    nir = valeurs.get("nir_brut")
    if nir:
        valeurs["nir"] = _nir(nir, avis)
        del detail["Identification"]["NIR"]
    for rattachement in detail.get("Rattachement", ()):
        rattachement.pop("NIR", None)
    if valeurs.get("role") in _ADULTES and valeurs.get("soumis") is None:
        avis.append(Avertissement("soumission_inconnue", "L'indicateur de droits et devoirs d'un adulte manque."))
    return PersonneLu(**valeurs, naissance=naissance, detail=detail)


def _prestations(valeurs: dict[str, Any], detail: Detail, avis: Avis) -> None:
    """Role and charge from the RSA block; the family benefits (PFA) ones apart."""
    for bloc in detail.get("Prestations", ()):
        role, brut = bloc.get("ROLEPERS", ""), bloc.get("TOPCHAPERS", "")
        charge = lire_indicateur(brut, "TOPCHAPERS", avis) if brut else None
        if bloc.get("NATPREST") == "RSA":
            valeurs["role"], valeurs["a_charge"] = role, charge
        else:
            valeurs["role_pfa"], valeurs["a_charge_pfa"] = role, charge


def _nir(brut: str, avis: Avis) -> str:
    lu = nir13(brut)
    if lu is None:
        avis.append(
            Avertissement("nir_illisible", "Un NIR n'a pas la forme attendue : il ne servira pas à rapprocher.")
        )
        return ""
    if cle_juste(brut) is False:
        avis.append(Avertissement("nir_cle_fausse", "La clé d'un NIR est fausse."))
    return lu


def _verifier_roles(personnes: tuple[PersonneLu, ...], avis: Avis) -> None:
    """At least one adult. Files without a demandeur exist (a spouse alone, two spouses): tolerated and said."""
    roles = [personne.role for personne in personnes]
    if not roles:
        raise FoyerIllisible("sans_personne", "Le foyer ne contient personne.")
    if DEMANDEUR not in roles:
        if CONJOINT not in roles:
            raise FoyerIllisible("sans_adulte", "Aucune personne du foyer n'est demandeur ni conjoint du RSA.")
        avis.append(Avertissement("sans_demandeur", "Aucune personne du foyer n'a le rôle de demandeur (DEM)."))
    if roles.count(DEMANDEUR) > 1 or roles.count(CONJOINT) > 1:
        avis.append(
            Avertissement("role_en_double", "Deux personnes du foyer ont le même rôle de demandeur ou conjoint.")
        )
    if any(role not in {DEMANDEUR, CONJOINT, ENFANT, AUTRE} for role in roles):
        avis.append(Avertissement("role_absent", "Le rôle RSA d'une personne du foyer manque ou est inconnu."))
