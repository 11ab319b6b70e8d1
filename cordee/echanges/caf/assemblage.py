"""From the XML of one household to :class:`FoyerLu`.

One pass over the elements (:func:`_lire_bloc`) gives the complete nested text (``detail``) and, beside it, the blocks
by name; typed objects are then filled by plans derived once from the annotations of ``foyer``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
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
    normaliser_matricule,
)
from cordee.socle.nir import cle_juste, nir13

Portee: TypeAlias = dict[str, Any]
"""Blocks of one scope by name: a block is its text by element, a repeated block the list of its own scopes; ``""`` is
the scope's own block."""
Champ: TypeAlias = tuple[str, str, Lecture | None]

_LECTURES: Final[dict[type, Lecture | None]] = {
    str: None,
    int: lire_entier,
    bool: lire_indicateur,
    date: lire_date,
    Decimal: lire_montant,
}
_HORS_LISTE: Final[frozenset[str]] = frozenset()
_GENRES: Final[dict[str, bool | frozenset[str]]] = {
    enfant.balise: LISTES.get(enfant.balise, _HORS_LISTE) for enfants in schema.BLOCS.values() for enfant in enfants
} | {bloc: bloc in schema.REPETES for bloc in schema.BLOCS}
"""Element → its known codes (a leaf, no code: empty), or whether a block is repeated."""
_PREMIERE_ANNEE: Final = 1900


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


def numero_demande(element: etree._Element) -> tuple[str, str, str]:
    """FONORG, NUMORG and NUMDEMRSA of a household, ``""`` where absent, without reading the rest."""
    trouves = {str(e.tag): (e.text or "").strip() for e in element[0].iter()} if len(element) else {}
    return trouves.get("FONORG", ""), trouves.get("NUMORG", ""), trouves.get("NUMDEMRSA", "")


def assembler(
    element: etree._Element, *, ligne: int, rang: int, empreinte: bytes, limite: date, vus: set[str]
) -> FoyerLu:
    """The household of an ``InfosFoyerRSA`` element.

    Args:
        limite: creation day of the file; nobody is born after it.
        vus: NUMDEMRSA already met in this file; the one read is added.

    Raises:
        FoyerIllisible: no NUMDEMRSA, nobody, no adult, no name, or a date of birth that cannot be.
    """
    avis: Avis = []
    portee: Portee = {}
    detail = _lire_bloc(element, portee, avis)
    champs = _champs(PLAN_FOYER, portee, avis)
    numero = champs.get("numdemrsa")
    if not numero:
        raise FoyerIllisible("numdemrsa_absent", "Le numéro de demande RSA (NUMDEMRSA) manque.")
    if numero in vus:
        avis.append(Avertissement("numdemrsa_en_double", "Ce numéro de demande figure déjà plus haut dans le fichier."))
    vus.add(numero)
    personnes = tuple(_personne(sous, avis, limite) for sous in portee.get("Personne", ()))
    _verifier_roles(personnes, avis)
    if not champs.get("etat"):
        avis.append(Avertissement("etat_absent", "L'état du dossier (ETATDOSRSA) manque."))
    detail.pop("Personne", None)
    return FoyerLu(
        **champs,
        ligne=ligne,
        rang=rang,
        matricule=normaliser_matricule(champs.get("matricule_brut", "")),
        personnes=personnes,
        anomalies=tuple(sous[""].get("LIBANO", "") for sous in portee.get("Anomalie", ())),
        avertissements=tuple(avis),
        empreinte=empreinte,
        detail=detail,
    )


def _lire_bloc(element: etree._Element, portee: Portee, avis: Avis) -> Detail:
    """Read an element's children: text by element name, blocks nested, repeated blocks in lists."""
    bloc: Detail = {}
    for enfant in element:
        balise = enfant.tag
        genre = _GENRES.get(balise)  # type: ignore[arg-type]
        if genre.__class__ is frozenset:
            texte = enfant.text
            texte = texte.strip() if texte else ""
            if balise in bloc or (not texte and len(enfant)):
                _garder_a_part(bloc, enfant, avis)
                continue
            bloc[balise] = texte
            if genre and texte not in genre and texte:
                avis.append(Avertissement("code_inconnu", f"{balise} : code inconnu « {texte[:20]} »."))
        elif genre is True:
            sous: Portee = {}
            sous[""] = lu = _lire_bloc(enfant, sous, avis)
            if balise in bloc:
                bloc[balise].append(lu)
                portee[balise].append(sous)
            else:
                bloc[balise] = [lu]
                portee[balise] = [sous]
        elif genre is False and balise not in bloc:
            bloc[balise] = portee[balise] = _lire_bloc(enfant, portee, avis)
        else:
            _garder_a_part(bloc, enfant, avis)
    return bloc


def _garder_a_part(bloc: Detail, element: etree._Element, avis: Avis) -> None:
    """An element the schema does not know here, or repeats where it should not: kept under ``hors_schema``."""
    balise = str(element.tag)
    avis.append(Avertissement("hors_schema", f"{balise[:40]} : élément inattendu à cet endroit, conservé tel quel."))
    contenu = _generique(element)
    if balise != "NIR":
        bloc.setdefault("hors_schema", []).append({balise: contenu})


def _generique(element: etree._Element) -> Any:
    if not len(element):
        return (element.text or "").strip()
    return [{str(enfant.tag): _generique(enfant)} for enfant in element if enfant.tag != "NIR"]


def _champs(plan: Plan, portee: Portee, avis: Avis) -> dict[str, Any]:
    """Typed values present in a scope, by field name."""
    valeurs: dict[str, Any] = {}
    for nom_bloc, champs in plan.feuilles:
        bloc = portee.get(nom_bloc)
        if bloc:
            for nom, balise, lecture in champs:
                brut = bloc.get(balise)
                if brut:
                    valeurs[nom] = brut if lecture is None else lecture(brut, balise, avis)
    for nom, balise, sous_plan in plan.listes:
        sous = portee.get(balise)
        if sous:
            valeurs[nom] = tuple([sous_plan.classe(**_champs(sous_plan, s, avis)) for s in sous])
    for nom, balise, sous_plan in plan.blocs:
        bloc = portee.get(balise)
        if bloc:
            valeurs[nom] = sous_plan.classe(**_champs(sous_plan, {"": bloc}, avis))
    return valeurs


def _personne(portee: Portee, avis: Avis, limite: date) -> PersonneLu:
    identification: dict[str, str] = portee.get("Identification", {})
    brut = identification.pop("DTNAI", "")
    precision = identification.get("TYPEDTNAI", "")
    naissance = lire_naissance(brut, precision, avis) if brut else None
    if naissance is None or naissance.year < _PREMIERE_ANNEE or naissance > limite:
        raise FoyerIllisible("naissance_impossible", "Une date de naissance (DTNAI) manque ou est impossible.")
    if not identification.get("NOM") and not identification.get("NOMNAI"):
        raise FoyerIllisible("nom_absent", "Une personne n'a ni nom d'usage ni nom de naissance.")
    champs = _champs(PLAN_PERSONNE, portee, avis)
    champs["naissance"] = naissance
    identification["DTNAI"] = brut
    _prestations(champs, portee, avis)
    nir = champs.get("nir_brut")
    if nir:
        champs["nir"] = _nir(nir, avis)
        del identification["NIR"]
    for rattachement in portee.get("Rattachement", ()):
        rattachement[""].pop("NIR", None)
    if champs.get("role") in {DEMANDEUR, CONJOINT} and champs.get("soumis") is None:
        avis.append(Avertissement("soumission_inconnue", "L'indicateur de droits et devoirs d'un adulte manque."))
    return PersonneLu(**champs, detail=portee[""])


def _prestations(champs: dict[str, Any], portee: Portee, avis: Avis) -> None:
    """Role and charge from the RSA block; the family benefits (PFA) ones apart."""
    for sous in portee.get("Prestations", ()):
        bloc = sous[""]
        role, brut = bloc.get("ROLEPERS", ""), bloc.get("TOPCHAPERS", "")
        charge = lire_indicateur(brut, "TOPCHAPERS", avis) if brut else None
        if bloc.get("NATPREST") == "RSA":
            champs["role"], champs["a_charge"] = role, charge
        else:
            champs["role_pfa"], champs["a_charge_pfa"] = role, charge


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
