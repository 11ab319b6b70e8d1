"""A household set aside, as people read it: labelled fields, the wrong ones told; and what is corrected written back.

Only what matters to take the household: people, right, address. The rest of the block is left as it stands. Pure: no
database.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from lxml import etree

from cordee.echanges.caf import schema
from cordee.echanges.caf.assemblage import NUMDEMRSA_MAX, PREMIERE_ANNEE
from cordee.echanges.caf.codes import LIBELLES, libelle
from cordee.echanges.caf.valeurs import lire_date, lire_naissance
from cordee.echanges.fichiers.fiches import BlocIllisible, Champ, CorrectionInvalide, Fiche, Groupe, verifier_saisie
from cordee.echanges.fichiers.flux_xml import SURETE

_OPTIONS: Final[dict[str, Any]] = {**SURETE, "encoding": "utf-8"}
_DECLARATION: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_DATE_FR: Final = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
_INTERDITS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class Modele(NamedTuple):
    """One field: where it stands under its group, how it is called."""

    chemin: str
    libelle: str
    genre: str = "texte"  # texte, date, code, nir


_DOSSIER: Final = (
    Modele("IdentificationRSA/DemandeRSA/NUMDEMRSA", "Numéro de demande RSA"),
    Modele("IdentificationRSA/Organisme/MATRICULE", "Numéro d'allocataire"),
    Modele("IdentificationRSA/Partenaire/IDEPARTE", "Département destinataire"),
    Modele("IdentificationRSA/DemandeRSA/DTDEMRSA", "Date de la demande", "date"),
    Modele("PrestationRSA/SituationDossierRSA/EtatDossierRSA/ETATDOSRSA", "État du droit", "code"),
)
_PERSONNE: Final = (
    Modele("Identification/NOM", "Nom d'usage"),
    Modele("Identification/NOMNAI", "Nom de naissance"),
    Modele("Identification/PRENOM", "Prénom"),
    Modele("Identification/DTNAI", "Date de naissance", "date"),
    Modele("Prestations/ROLEPERS", "Rôle dans le foyer (RSA)", "code"),
    Modele("MontantCalculDroitRSAPersonne/TOPPERSDRODEVORSA", "Soumise aux droits et devoirs", "code"),
    Modele("Identification/NIR", "Numéro de sécurité sociale (NIR)", "nir"),
)
_ROLE: Final = next(modele for modele in _PERSONNE if modele.chemin.endswith("/ROLEPERS"))
_ADRESSE: Final = (
    Modele("AdresseDetailleeFrance/NUMVOIE", "Numéro"),
    Modele("AdresseDetailleeFrance/LIBTYPEVOIE", "Type de voie"),
    Modele("AdresseDetailleeFrance/NOMVOIE", "Voie"),
    Modele("AdresseDetailleeFrance/COMPLADR", "Complément"),
    Modele("AdresseDetailleeFrance/CODEPOS", "Code postal"),
    Modele("AdresseDetailleeFrance/NOMCOM", "Commune"),
    Modele("AdresseDetailleeFrance/NUMCOM", "Code de la commune (INSEE)"),
)
_RSA: Final = {"1": "Oui", "0": "Non"}


def en_xml(texte: str) -> etree._Element:
    """The element of a household.

    Raises:
        BlocIllisible: no XML, or not one household.
    """
    nettoye = _DECLARATION.sub("", texte).strip()
    if "<!DOCTYPE" in nettoye.upper() or "<!ENTITY" in nettoye.upper():
        raise BlocIllisible("Le texte contient une déclaration (DOCTYPE, ENTITY), jamais présente dans un foyer.")
    try:
        racine = etree.fromstring(nettoye.encode("utf-8", "replace"), etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError as faute:
        raise BlocIllisible(_dire(faute)) from None
    if racine.tag != schema.FOYER:
        raise BlocIllisible(f"Le texte doit être un seul foyer : <{schema.FOYER}> … </{schema.FOYER}>.")
    return racine


def reparer(texte: str) -> str | None:
    """What the parser makes of a broken block, whole and well-formed; ``None`` when nothing can be made of it.

    A proposal to be read by a human, never played by itself: what stands around the fault may be lost.
    """
    propre = re.sub(r"&(?!#?\w{1,8};)", "&amp;", _INTERDITS.sub("", _DECLARATION.sub("", texte))).strip()
    propre = re.sub(r"<(?![A-Za-z_/])", "&lt;", propre)
    if "<!" in propre:
        return None
    try:
        racine = etree.fromstring(propre.encode("utf-8", "replace"), etree.XMLParser(**_OPTIONS, recover=True))
    except etree.XMLSyntaxError:
        return None
    if racine is None or racine.tag != schema.FOYER:
        return None
    repare = etree.tostring(racine, encoding="unicode", with_tail=False)
    try:
        en_xml(repare)
    except BlocIllisible:  # a name the parser let pass while recovering (``<Ide:``)
        return None
    return repare


def composer(texte: str, *, limite: date) -> Fiche:
    """The fields of a household and what is wrong in them.

    Args:
        limite: day the file was made; nobody is born after it.

    Raises:
        BlocIllisible: see :func:`en_xml`.
    """
    foyer = en_xml(texte)
    dossier = _groupe("d", "Dossier", foyer, _DOSSIER, limite)
    personnes = [_groupe(f"p{n}", _qui(n, bloc), bloc, _PERSONNE, limite) for n, bloc in enumerate(_personnes(foyer))]
    adresses = [
        _groupe(f"a{n}", "Adresse" if not n else f"Adresse précédente ({n})", bloc, _ADRESSE, limite)
        for n, bloc in enumerate(_adresses(foyer)[:1])
    ]
    groupes = (dossier, *personnes, *adresses)
    return Fiche(groupes=groupes, generales=tuple(_generales(foyer)))


def presenter(texte: str) -> str:
    """The block indented, one element a line; as it stands when it is no XML."""
    try:
        foyer = en_xml(texte)
    except BlocIllisible:
        return texte
    for element in foyer.iter():
        if len(element) and not (element.text or "").strip():
            element.text = None
        if not (element.tail or "").strip():
            element.tail = None
    etree.indent(foyer)
    return etree.tostring(foyer, encoding="unicode", with_tail=False)


def corriger(texte: str, saisies: Mapping[str, str], *, limite: date) -> str:
    """The block with what was typed written in its place; what did not change is left as it stands.

    Raises:
        BlocIllisible: the block itself cannot be read.
        CorrectionInvalide: a date that is none, a NIR that is none.
    """
    foyer = en_xml(texte)
    blocs = {"d": foyer}
    blocs |= {f"p{n}": bloc for n, bloc in enumerate(_personnes(foyer))}
    blocs |= {f"a{n}": bloc for n, bloc in enumerate(_adresses(foyer))}
    modeles = {"d": _DOSSIER, "p": _PERSONNE, "a": _ADRESSE}
    for cle, brut in saisies.items():
        saisi = brut.strip()
        groupe, _, balise = cle.partition("-")
        if groupe not in blocs:
            continue
        modele = next((m for m in modeles[groupe[0]] if m.chemin.endswith(f"/{balise}")), None)
        if modele is None:
            continue
        verifier_saisie(_champ(f"{groupe}-", blocs[groupe], modele, limite), saisi)
        if (modele.genre == "nir" and not saisi) or saisi == _montrer(blocs[groupe], modele):
            continue
        _poser(blocs[groupe], modele, _lire_saisie(cle, modele, saisi))
    return etree.tostring(foyer, encoding="unicode", with_tail=False)


def _lire_saisie(cle: str, modele: Modele, saisi: str) -> str:
    if modele.genre == "date" and saisi:
        forme = _DATE_FR.fullmatch(saisi)
        iso = f"{forme[3]}-{int(forme[2]):02d}-{int(forme[1]):02d}" if forme else saisi
        if lire_date(iso.replace("-00", "-01"), "", []) is None:
            raise CorrectionInvalide(
                cle, "Cette date n'existe pas : écrivez-la jour/mois/année, par exemple 21/06/1988."
            )
        return iso
    return saisi


def _qui(n: int, personne: etree._Element) -> str:
    role = _lire(personne, _ROLE)
    dit = f" ({LIBELLES['ROLEPERS'][role].lower()})" if role in LIBELLES["ROLEPERS"] else ""
    return f"Personne {n + 1}{dit}"


def _groupe(cle: str, titre: str, bloc: etree._Element, modeles: tuple[Modele, ...], limite: date) -> Groupe:
    champs = tuple(_champ(f"{cle}-", bloc, modele, limite) for modele in modeles)
    return Groupe(cle=cle, titre=titre, champs=champs)


def _champ(prefixe: str, bloc: etree._Element, modele: Modele, limite: date) -> Champ:
    balise = modele.chemin.rpartition("/")[2]
    valeur = _montrer(bloc, modele)
    return Champ(
        cle=prefixe + balise, balise=balise, libelle=modele.libelle, genre=modele.genre, valeur=valeur,
        faute=_faute(bloc, balise, _lire(bloc, modele), limite), choix=_choix(balise, valeur),
        renseigne=modele.genre == "nir" and bool(_lire(bloc, modele)),
    )  # fmt: skip


def _faute(bloc: etree._Element, balise: str, brut: str, limite: date) -> str:
    """What the reader refuses, field by field: the same rules as ``assemblage``."""
    match balise:
        case "NUMDEMRSA" if not brut:
            return "Le numéro de demande RSA (NUMDEMRSA) manque."
        case "NUMDEMRSA" if len(brut) > NUMDEMRSA_MAX:
            return f"Le numéro de demande RSA (NUMDEMRSA) dépasse {NUMDEMRSA_MAX} caractères."
        case "NOM" if not brut and not (bloc.findtext("Identification/NOMNAI") or "").strip():
            return "Il faut un nom d'usage (NOM) ou un nom de naissance (NOMNAI)."
        case "DTNAI":
            precision = (bloc.findtext("Identification/TYPEDTNAI") or "").strip()
            lue = lire_naissance(brut, precision, []) if brut else None
            if lue is None:
                return "La date de naissance (DTNAI) manque ou n'existe pas."
            if lue.year < PREMIERE_ANNEE or lue > limite:
                return "La date de naissance (DTNAI) est impossible : avant 1900, ou après la création du fichier."
    return ""


def _generales(foyer: etree._Element) -> list[str]:
    personnes = _personnes(foyer)
    if not personnes:
        return ["Le foyer ne contient personne (élément Personne)."]
    if not {"DEM", "CJT"} & {_lire(personne, _ROLE) for personne in personnes}:
        return ["Aucune personne n'est demandeur ni conjoint du RSA (ROLEPERS)."]
    return []


def _personnes(foyer: etree._Element) -> list[etree._Element]:
    return foyer.findall("Personne")


def _adresses(foyer: etree._Element) -> list[etree._Element]:
    """The latest first, as numbered by the payer."""
    return sorted(
        foyer.findall("DonneesAdministratives/Adresse"),
        key=lambda a: (a.findtext("TroncCommunAdresse/RGADR") or "99").strip().zfill(3),
    )


def _montrer(bloc: etree._Element, modele: Modele) -> str:
    brut = _lire(bloc, modele)
    if modele.genre == "nir":
        return ""
    if modele.genre == "date" and (lue := lire_date(brut, "", [])):
        return f"{lue:%d/%m/%Y}"
    return brut


def _lire(bloc: etree._Element, modele: Modele) -> str:
    element = _trouver(bloc, modele.chemin)
    return "" if element is None else (element.text or "").strip()


def _trouver(bloc: etree._Element, chemin: str) -> etree._Element | None:
    nom, _, balise = chemin.partition("/")
    if nom == "Prestations":
        rsa = _prestation_rsa(bloc)
        return None if rsa is None else rsa.find(balise)
    return bloc.find(chemin)


def _prestation_rsa(personne: etree._Element) -> etree._Element | None:
    blocs = personne.findall("Prestations")
    return next((bloc for bloc in blocs if (bloc.findtext("NATPREST") or "").strip() == "RSA"), None)


def _poser(bloc: etree._Element, modele: Modele, valeur: str) -> None:
    """Write a value, making on the way the elements that are missing, each at the place the schema gives it."""
    element = _trouver(bloc, modele.chemin)
    if element is None:
        *parents, balise = modele.chemin.split("/")
        for nom in parents:
            suivant = _prestation_rsa(bloc) if nom == "Prestations" else bloc.find(nom)
            if suivant is None:
                suivant = _inserer(bloc, nom)
                if nom == "Prestations":
                    _inserer(suivant, "NATPREST").text = "RSA"
            bloc = suivant
        element = _inserer(bloc, balise)
    element.text = valeur


def _inserer(parent: etree._Element, balise: str) -> etree._Element:
    ordre = [enfant.balise for enfant in schema.BLOCS[str(parent.tag)]]
    nouveau = etree.Element(balise)
    apres = set(ordre[: ordre.index(balise) + 1])
    position = max((n + 1 for n, enfant in enumerate(parent) if enfant.tag in apres), default=0)
    parent.insert(position, nouveau)
    return nouveau


def _choix(balise: str, valeur: str) -> tuple[tuple[str, str], ...]:
    """The codes of a field, the one sent included even if unknown."""
    codes = _RSA if balise.startswith("TOP") else LIBELLES.get(balise, {})
    if not codes:
        return ()
    inconnu = () if not valeur or valeur in codes else ((valeur, libelle(balise, valeur)),)
    return (("", "non renseigné"), *codes.items(), *inconnu)


def _dire(faute: etree.XMLSyntaxError) -> str:
    """The parser's fault in French: the line, the element. Nothing of the content."""
    ligne = faute.lineno or 1
    message = str(faute.msg or "")
    if ouverte := re.search(r"mismatch: (\w+) line (\d+) and (\w+)", message):
        debut = f", ouverte ligne {ouverte[2]}," if ouverte[2] != "0" else ""
        return f"Ligne {ligne} du texte : la balise <{ouverte[1]}>{debut} est fermée par </{ouverte[3]}>."
    if coupee := re.search(r"Premature end of data in tag (\w+) line (\d+)", message):
        return f"Le texte s'arrête avant la fin de la balise <{coupee[1]}>, ouverte ligne {coupee[2]}."
    if "xmlParseEntityRef" in message or "EntityRef" in message or "Entity" in message:
        return f"Ligne {ligne} du texte : un «\u00a0&\u00a0» seul doit s'écrire «\u00a0&amp;\u00a0»."
    if "invalid element name" in message:
        return f"Ligne {ligne} du texte : un «\u00a0<\u00a0» seul doit s'écrire «\u00a0&lt;\u00a0»."
    if "Char" in message or "encoding" in message.lower():
        return f"Ligne {ligne} du texte : un caractère interdit s'y trouve."
    return f"Ligne {ligne} du texte : l'écriture XML est incorrecte (balise mal ouverte ou mal fermée)."
