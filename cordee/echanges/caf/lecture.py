"""Reading a VRSB0801 beneficiaries file, household by household, in bounded memory.

:func:`entete` says what the file is; :func:`lire` yields its households in the order of the file, then a
:class:`Total`. One household that cannot be read is a :class:`Rejet` and does not stop the others. A fault of the file
itself (truncated, not XML, another kind) is :class:`FichierRefuse`; since it may show at the very end, the caller keeps
what it received aside (staging) until :class:`Total` came.

Nothing is decided here: absence, order of files and differences belong to the merge (law_and_practice E01, E02).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from lxml import etree

from cordee.echanges.caf import schema
from cordee.echanges.caf.assemblage import FoyerIllisible, assembler, numero_demande
from cordee.echanges.caf.foyer import AdresseLu, FoyerLu, PersonneLu
from cordee.echanges.caf.resultats import Avertissement, Entete, FoyerInchange, Rejet, Total
from cordee.echanges.caf.secours import decouper, totaux
from cordee.echanges.caf.source import FichierRefuse, Flux, ouvrir
from cordee.echanges.caf.valeurs import lire_date, lire_entier, lire_heure
from cordee.socle.horloge import PARIS

__all__ = [
    "AdresseLu",
    "Avertissement",
    "Entete",
    "FichierRefuse",
    "FoyerInchange",
    "FoyerLu",
    "PersonneLu",
    "Rejet",
    "Total",
    "entete",
    "lire",
    "lire_bloc",
]

_OPTIONS: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "load_dtd": False,
    "no_network": True,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
    "remove_blank_text": True,
}
"""``huge_tree`` stays off: libxml2 then bounds depth (256) and the length of a text by itself."""
_TYPES: Final = {"M": "mensuel", "I": "quotidien", "R": "reprise"}
_AUTRES_BLOCS: Final = {
    "InfosFinancieresFoyerRSA": "un flux financier",
    "InfosCreanceFoyerRSA": "un flux de créances",
    "InfoDemandeRSA": "un flux d'instruction de demandes",
}
_ESPACES: Final = tuple(b" " * n + b"<" for n in (16, 8, 4, 2))
_TAILLE_EMPREINTE: Final = 16
_NUMERO: Final = re.compile(rb"<NUMDEMRSA>\s*([0-9A-Za-z]{1,11})\s*</NUMDEMRSA>", re.ASCII)
_C1: Final = {
    octet: lettre for octet in range(0x80, 0xA0) if (lettre := bytes([octet]).decode("cp1252", "ignore")) != ""
}


def entete(chemin: Path) -> Entete:
    """Read the first block only.

    Raises:
        FichierRefuse: not XML, another kind of file, a header that cannot be read.
    """
    with ouvrir(chemin) as flux, _fautes_en_francais(flux):
        bloc: dict[str, str] | None = None
        for evenement, element in etree.iterparse(flux, events=("start", "end"), **_OPTIONS):
            parent = element.getparent()
            if parent is None or parent.getparent() is not None:
                continue
            if evenement == "start" and element.tag != schema.IDENTIFICATION:
                _verifier_genre(str(element.tag), bloc)
                return _lire_entete(bloc or {})
            if evenement == "end":
                bloc = {str(enfant.tag): (enfant.text or "").strip() for enfant in element}
    raise FichierRefuse("Le fichier ne contient que son en-tête : aucun foyer, aucun total. Il est incomplet.")


def lire(
    chemin: Path, *, connus: Mapping[str, bytes] | None = None
) -> Iterator[FoyerLu | FoyerInchange | Rejet | Total]:
    """Yield the households in file order, then one :class:`Total`.

    Args:
        chemin: the file, compressed (gzip) or not.
        connus: NUMDEMRSA → print already stored for this payer. A household with the same print is yielded as
            :class:`FoyerInchange`, three times faster than reading it.

    Raises:
        FichierRefuse: at the first step for another kind of file; at any later step, the last one included, for a
            truncated one.
    """
    suivi = _Suivi(limite=entete(chemin).cree_le.date(), connus=connus or {})
    with ouvrir(chemin) as flux:
        try:
            yield from _foyers(flux, suivi)
        except etree.XMLSyntaxError as faute:
            _refuser_si_incomplet(flux, faute)
        except _FoyerImbrique:
            pass
        else:
            yield suivi.total()
            return
    with ouvrir(chemin) as flux:
        yield from _foyers_un_a_un(flux, suivi)
        yield suivi.total()


class _FoyerImbrique(Exception):
    """A household inside another: the end of the outer one is missing."""


@dataclass(slots=True)
class _Suivi:
    """What is kept from one household to the next."""

    limite: date
    connus: Mapping[str, bytes]
    rang: int = 0
    rejetes: int = 0
    vus: set[str] = field(default_factory=set)
    totaux: dict[str, str] = field(default_factory=dict)

    def total(self) -> Total:
        return Total(
            annonces=lire_entier(self.totaux.get("NBTOTDOSRSATRANSM", ""), "NBTOTDOSRSATRANSM", []),
            annonces_en_anomalie=lire_entier(self.totaux.get("NBTOTDOSRSATRANSMANO", ""), "NBTOTDOSRSATRANSMANO", []),
            lus=self.rang,
            rejetes=self.rejetes,
        )


def _foyers(flux: Flux, suivi: _Suivi) -> Iterator[FoyerLu | FoyerInchange | Rejet]:
    for _, element in etree.iterparse(flux, events=("end",), tag=(schema.FOYER, schema.TRANSMISSION), **_OPTIONS):
        flux.jalonner()
        parent = element.getparent()
        if parent is None or parent.tag != schema.RACINE:
            raise _FoyerImbrique
        if element.tag == schema.TRANSMISSION:
            suivi.totaux = {str(enfant.tag): (enfant.text or "").strip() for enfant in element}
        else:
            suivi.rang += 1
            yield _foyer(element, element.sourceline or 0, suivi)  # type: ignore[arg-type]
        _oublier(element)


def _foyers_un_a_un(flux: Flux, suivi: _Suivi) -> Iterator[FoyerLu | FoyerInchange | Rejet]:
    """The households after those already given, each parsed on its own: a malformed one is a reject."""
    declaration = f'<?xml version="1.0" encoding="{flux.encodage}"?>'.encode()
    parseur = etree.XMLParser(**_OPTIONS)
    for bloc in islice(decouper(flux), suivi.rang, None):
        suivi.rang += 1
        try:
            element = etree.fromstring(declaration + bloc.brut, parseur)
        except etree.XMLSyntaxError as faute:
            suivi.rejetes += 1
            ligne = bloc.ligne + (faute.lineno or 1) - 1
            motif = f"Le XML de ce foyer est incorrect (ligne {ligne})."
            numero = _NUMERO.search(bloc.brut)
            yield Rejet(
                ligne=bloc.ligne,
                rang=suivi.rang,
                numdemrsa=numero[1].decode() if numero else "",
                code="xml_incorrect",
                motif=motif,
                brut=bloc.brut,
                encodage=flux.encodage,
            )
        else:
            yield _foyer(element, bloc.ligne, suivi)
    if not flux.acheve:
        raise FichierRefuse(
            "Le fichier est incomplet : sa fin manque. Redemandez-le à l'organisme, puis réimportez-le."
        )
    suivi.totaux = totaux(flux.fin)


def lire_bloc(brut: bytes, *, limite: date, ligne: int = 0, rang: int = 1) -> FoyerLu | Rejet:
    """Read one household on its own, as in a file created on ``limite``. ``brut``: its block, in UTF-8.

    Raises:
        etree.XMLSyntaxError: the block is not XML.
    """
    element = etree.fromstring(brut, etree.XMLParser(**_OPTIONS, encoding="utf-8"))
    lu = _foyer(element, ligne, _Suivi(limite=limite, connus={}, rang=rang))
    if isinstance(lu, FoyerInchange):
        raise TypeError("nothing is known, so nothing is unchanged")
    return lu


def _foyer(element: etree._Element, ligne: int, suivi: _Suivi) -> FoyerLu | FoyerInchange | Rejet:
    brut = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
    if not brut.isascii():
        _corriger_c1(element)
    empreinte = _empreinte(brut)
    rang = suivi.rang
    if suivi.connus:
        fonction, organisme, numero = numero_demande(element)
        if suivi.connus.get(numero) == empreinte and numero not in suivi.vus:
            suivi.vus.add(numero)
            return FoyerInchange(
                ligne=ligne,
                rang=rang,
                fonction_organisme=fonction,
                numero_organisme=organisme,
                numdemrsa=numero,
                empreinte=empreinte,
            )
    try:
        return assembler(element, ligne=ligne, rang=rang, empreinte=empreinte, limite=suivi.limite, vus=suivi.vus)
    except FoyerIllisible as faute:
        suivi.rejetes += 1
        numero = numero_demande(element)[2]
        return Rejet(ligne=ligne, rang=rang, numdemrsa=numero, code=faute.code, motif=str(faute), brut=brut)


def _corriger_c1(element: etree._Element) -> None:
    """A file that says ISO-8859-1 is often Windows-1252: its quotes and œ come out as control characters."""
    for feuille in element.iter():
        texte = feuille.text
        if texte and not texte.isascii():
            feuille.text = texte.translate(_C1)


def _empreinte(brut: bytes) -> bytes:
    """Print of a household: its canonical XML (C14N) without the blanks that pad values."""
    if b"  <" in brut:
        for espaces in _ESPACES:
            brut = brut.replace(espaces, b"<")
    return hashlib.blake2b(brut.replace(b" <", b"<"), digest_size=_TAILLE_EMPREINTE).digest()


def _oublier(element: etree._Element) -> None:
    """Free what was read: the element's content and everything before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _verifier_genre(balise: str, bloc: dict[str, str] | None) -> None:
    if balise in _AUTRES_BLOCS:
        raise FichierRefuse(f"Ce fichier est {_AUTRES_BLOCS[balise]} : ce n'est pas un flux de bénéficiaires.")
    if bloc is None:
        raise FichierRefuse(f"Le fichier commence par « {balise} » : son en-tête (IdentificationFlux) manque.")
    if "VERSIONFLUX" in bloc:
        raise FichierRefuse(
            "Ce fichier suit la structure rénovée VRSD0301, pas encore prise en charge : seule VRSB0801 l'est."
        )
    if balise not in {schema.FOYER, schema.TRANSMISSION}:
        raise FichierRefuse(f"Le fichier contient des blocs « {balise} » : ce n'est pas un flux de bénéficiaires.")


def _lire_entete(bloc: dict[str, str]) -> Entete:
    genre, nature = bloc.get("TYPEFLUX", ""), bloc.get("NATFLUX", "")
    if genre not in _TYPES:
        raise FichierRefuse(f"Type de flux « {genre} » inconnu (TYPEFLUX) : M, I ou R est attendu.")
    if nature == "I":
        raise FichierRefuse(
            "Ce fichier est un flux d'instruction (NATFLUX = I) : ce n'est pas un flux de bénéficiaires."
        )
    jour, reference = (lire_date(bloc.get(balise, ""), balise, []) for balise in ("DTCREAFLUX", "DTREF"))
    if jour is None or reference is None:
        raise FichierRefuse("L'en-tête ne donne pas de date lisible de création (DTCREAFLUX) ou de référence (DTREF).")
    heure = lire_heure(bloc.get("HEUCREAFLUX", "")) or datetime.min.time()
    return Entete(
        appli=bloc.get("APPLIEME", ""),
        version_appli=bloc.get("NUMVERSIONAPPLIEME", ""),
        type_flux=genre,
        nature=nature,
        cree_le=datetime.combine(jour, heure, tzinfo=PARIS),
        reference=reference,
    )


def _refuser_si_incomplet(flux: Flux, faute: etree.XMLSyntaxError) -> None:
    if flux.read(1) == b"" and not flux.acheve:
        raise FichierRefuse(
            f"Le fichier est incomplet : il s'arrête à la ligne {faute.lineno or 0}, au milieu des données. "
            "Redemandez-le à l'organisme, puis réimportez-le."
        ) from None


@contextmanager
def _fautes_en_francais(flux: Flux) -> Iterator[None]:
    """Turn the parser's fault into a sentence that says where."""
    try:
        yield
    except etree.XMLSyntaxError as faute:
        _refuser_si_incomplet(flux, faute)
        raise FichierRefuse(
            f"Le fichier n'est pas du XML correct : la lecture bute à la ligne {faute.lineno or 0}. "
            "Redemandez-le à l'organisme, puis réimportez-le."
        ) from None
