"""Reading a VRSB0801 beneficiaries file, household by household, in bounded memory.

:func:`entete` says what the file is; :func:`lire` yields its households in the order of the file, then a
:class:`Total`. One household that cannot be read is a :class:`Rejet` and does not stop the others. A fault of the file
itself (truncated, not XML, another kind) is :class:`FichierRefuse`; since it may show at the very end, the caller keeps
what it received aside (staging) until :class:`Total` came.

Nothing is decided here: absence, order of files and differences belong to the merge (law_and_practice E01, E02).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

from lxml import etree

from cordee.echanges.caf import schema
from cordee.echanges.caf.assemblage import FoyerIllisible, assembler, numero_demande
from cordee.echanges.caf.decoupe import (
    Bloc,
    Decoupe,
    PasOrdinaire,
    peut_cacher,
    totaux,
    verifier_avant,
    verifier_dedans,
    verifier_reste,
)
from cordee.echanges.caf.empreintes import canonique, empreinte, empreinte_brute
from cordee.echanges.caf.foyer import AdresseLu, FoyerLu, PersonneLu
from cordee.echanges.caf.resultats import Avertissement, Entete, FoyerInchange, Rejet, Total
from cordee.echanges.caf.valeurs import lire_date, lire_entier, lire_heure
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.flux_xml import (
    C1,
    OPTIONS,
    Flux,
    fautes_en_francais,
    oublier,
    ouvrir,
    refuser_si_incomplet,
)
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

_TYPES: Final = {"M": "mensuel", "I": "quotidien", "R": "reprise"}
_AUTRES_BLOCS: Final = {
    "InfosFinancieresFoyerRSA": "un flux financier",
    "InfosCreanceFoyerRSA": "un flux de créances",
    "InfoDemandeRSA": "un flux d'instruction de demandes",
}
_INDECOUPABLE: Final = (
    "Le fichier n'est pas du XML correct, et des commentaires s'y mêlent aux foyers (ligne {}) : ils ne peuvent pas "
    "être comptés. Redemandez-le à l'organisme, puis réimportez-le."
)
_NUMERO: Final = re.compile(rb"<NUMDEMRSA>\s*([0-9A-Za-z]{1,11})\s*</NUMDEMRSA>", re.ASCII)


def entete(chemin: Path) -> Entete:
    """Read the first block only.

    Raises:
        FichierRefuse: not XML, another kind of file, a header that cannot be read.
    """
    with ouvrir(chemin) as flux, fautes_en_francais(flux):
        bloc: dict[str, str] | None = None
        for evenement, element in etree.iterparse(flux, events=("start", "end"), **OPTIONS):
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
    chemin: Path, *, connus: Mapping[str, bytes] | None = None, bruts: Mapping[bytes, str] | None = None
) -> Iterator[FoyerLu | FoyerInchange | Rejet | Total]:
    """Yield the households in file order, then one :class:`Total`.

    Args:
        chemin: the file, compressed (gzip) or not.
        connus: NUMDEMRSA → print already stored for this payer. A household with the same print is yielded as
            :class:`FoyerInchange`.
        bruts: print of the bytes → NUMDEMRSA, likewise: a household of the same bytes is not even parsed.

    Raises:
        FichierRefuse: at the first step for another kind of file; at any later step, the last one included, for a
            truncated one.
    """
    suivi = Suivi(limite=entete(chemin).cree_le.date(), connus=connus or {}, bruts=bruts or {})
    for morceau in parcourir(chemin, suivi):
        yield suivi.lire(morceau) if isinstance(morceau, Bloc | Noeud) else morceau
    yield suivi.total()


def lire_bloc(brut: bytes, *, limite: date, ligne: int = 0, rang: int = 1) -> FoyerLu | Rejet:
    """Read one household on its own, as in a file created on ``limite``. ``brut``: its block, in UTF-8.

    Raises:
        etree.XMLSyntaxError: the block is not XML.
    """
    element = etree.fromstring(brut, etree.XMLParser(**OPTIONS, encoding="utf-8"))
    lu = Suivi(limite=limite, connus={}, bruts={}, rang=rang).foyer(element, ligne, b"")
    if isinstance(lu, FoyerInchange):
        raise TypeError("nothing is known, so nothing is unchanged")
    return lu


class Noeud(NamedTuple):
    """A household that the parser has read, and the line it starts at."""

    ligne: int
    element: etree._Element


@dataclass(slots=True)
class Suivi:
    """What is kept from one household to the next. ``rang``: how many were met, ``vus``: their NUMDEMRSA."""

    limite: date
    connus: Mapping[str, bytes]
    bruts: Mapping[bytes, str]
    encodage: str = "utf-8"
    rang: int = 0
    rejetes: int = 0
    vus: set[str] = field(default_factory=set)
    totaux: dict[str, str] = field(default_factory=dict)
    parseur: etree.XMLParser = field(default_factory=lambda: etree.XMLParser(**OPTIONS))

    def lire(self, morceau: Bloc | Noeud) -> FoyerLu | Rejet | FoyerInchange:
        """One household, parsed if it is not yet."""
        element, brut = None, b""
        if isinstance(morceau, Bloc):
            element, brut = self._analyser(morceau), empreinte_brute(morceau.brut, self.encodage)
        else:
            element = morceau.element
        if isinstance(element, Rejet):
            return element
        return self.foyer(element, morceau.ligne, brut)

    def inchange(self, bloc: Bloc) -> FoyerInchange | None:
        """The household, if its bytes are those stored."""
        if not self.bruts:
            return None
        brute = empreinte_brute(bloc.brut, self.encodage)
        numero = self.bruts.get(brute)
        if numero is None or numero in self.vus:
            return None
        self.vus.add(numero)
        return FoyerInchange(ligne=bloc.ligne, rang=self.rang, numdemrsa=numero, empreinte_brute=brute)

    def total(self) -> Total:
        return Total(
            annonces=lire_entier(self.totaux.get("NBTOTDOSRSATRANSM", ""), "NBTOTDOSRSATRANSM", []),
            annonces_en_anomalie=lire_entier(self.totaux.get("NBTOTDOSRSATRANSMANO", ""), "NBTOTDOSRSATRANSMANO", []),
            lus=self.rang,
            rejetes=self.rejetes,
        )

    def _analyser(self, bloc: Bloc) -> etree._Element | Rejet:
        declaration = f'<?xml version="1.0" encoding="{self.encodage}"?>'.encode()
        try:
            return etree.fromstring(declaration + bloc.brut, self.parseur)
        except etree.XMLSyntaxError as faute:
            self.rejetes += 1
            ligne = bloc.ligne + (faute.lineno or 1) - 1
            numero = _NUMERO.search(bloc.brut)
            return Rejet(
                ligne=bloc.ligne,
                rang=self.rang,
                numdemrsa=numero[1].decode() if numero else "",
                code="xml_incorrect",
                motif=f"Le XML de ce foyer est incorrect (ligne {ligne}).",
                brut=bloc.brut,
                encodage=self.encodage,
            )

    def foyer(self, element: etree._Element, ligne: int, brute: bytes) -> FoyerLu | FoyerInchange | Rejet:
        """One household, from its element; ``brute``: print of its bytes."""
        _corriger_c1(element)
        print_ = empreinte(canonique(element))
        rang = self.rang
        if self.connus:
            numero = numero_demande(element)
            if self.connus.get(numero) == print_ and numero not in self.vus:
                self.vus.add(numero)
                return FoyerInchange(ligne=ligne, rang=rang, numdemrsa=numero, empreinte_brute=brute)
        try:
            return assembler(
                element, ligne=ligne, rang=rang, empreinte=print_, brute=brute, limite=self.limite, vus=self.vus
            )
        except FoyerIllisible as faute:
            self.rejetes += 1
            brut = etree.tostring(element, method="c14n", exclusive=True, with_tail=False)
            return Rejet(
                ligne=ligne,
                rang=rang,
                numdemrsa=numero_demande(element),
                code=faute.code,
                motif=str(faute),
                brut=brut,
            )


def parcourir(chemin: Path, suivi: Suivi) -> Iterator[Bloc | Noeud | FoyerInchange]:
    """The households one by one, still to be read by ``suivi.lire``, or known to be unchanged.

    Raises:
        FichierRefuse: the file is truncated, or too big, or not XML where only the parser can tell its households.
    """
    with ouvrir(chemin) as flux:
        suivi.encodage = flux.encodage
        try:
            yield from _ordinaires(flux, suivi)
        except PasOrdinaire:
            pass
        else:
            return
    with ouvrir(chemin) as flux:
        try:
            yield from _par_l_analyseur(flux, suivi)
        except etree.XMLSyntaxError as faute:
            refuser_si_incomplet(flux, faute.lineno or 0)
        except _FoyerImbrique:
            pass
        else:
            return
    with ouvrir(chemin) as flux:
        yield from _un_a_un(flux, suivi)


def _ordinaires(flux: Flux, suivi: Suivi) -> Iterator[Bloc | FoyerInchange]:
    """The households of a plain file."""
    decoupe = Decoupe(flux)
    for bloc in decoupe:
        verifier_avant(bloc.avant, premier=suivi.rang == 0)
        suivi.rang += 1
        connu = suivi.inchange(bloc)
        if connu is None:
            try:
                verifier_dedans(bloc.brut)
            except PasOrdinaire:
                suivi.rang -= 1
                raise
        yield connu or bloc
    if not flux.acheve:
        refuser_si_incomplet(flux, decoupe.ligne + decoupe.reste.count(b"\n"))
    suivi.totaux = verifier_reste(decoupe.reste)


class _FoyerImbrique(Exception):
    """A household inside another: the end of the outer one is missing."""


def _par_l_analyseur(flux: Flux, suivi: Suivi) -> Iterator[Noeud]:
    """The households after those already given, as the parser sees them."""
    donnes, rang = suivi.rang, 0
    for _, element in etree.iterparse(flux, events=("end",), tag=(schema.FOYER, schema.TRANSMISSION), **OPTIONS):
        flux.jalonner()
        parent = element.getparent()
        if parent is None or parent.tag != schema.RACINE:
            raise _FoyerImbrique
        if element.tag == schema.TRANSMISSION:
            suivi.totaux = {str(enfant.tag): (enfant.text or "").strip() for enfant in element}
        else:
            rang += 1
            if rang > donnes:
                suivi.rang = rang
                yield Noeud(element.sourceline or 0, element)  # type: ignore[arg-type]
        oublier(element)


def _un_a_un(flux: Flux, suivi: Suivi) -> Iterator[Bloc]:
    """The households after those already given, of a file that is not well formed: each is parsed on its own."""
    donnes, decoupe = suivi.rang, Decoupe(flux)
    for rang, bloc in enumerate(decoupe, start=1):
        if peut_cacher(bloc.brut, bloc.avant):
            raise FichierRefuse(_INDECOUPABLE.format(bloc.ligne))
        if rang > donnes:
            suivi.rang = rang
            yield bloc
    if peut_cacher(decoupe.reste):
        raise FichierRefuse(_INDECOUPABLE.format(decoupe.ligne))
    if not flux.acheve:
        raise FichierRefuse(
            "Le fichier est incomplet : sa fin manque. Redemandez-le à l'organisme, puis réimportez-le."
        )
    suivi.totaux = totaux(flux.fin)


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


def _corriger_c1(element: etree._Element) -> None:
    for feuille in element.iter():
        texte = feuille.text
        if texte and not texte.isascii():
            feuille.text = texte.translate(C1)
