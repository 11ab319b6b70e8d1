"""What must hold of any bytes given as a file: no fault but a refusal, and no household lost without a word."""

from __future__ import annotations

import gzip
import io
import re
import tempfile
from collections import Counter
from pathlib import Path
from typing import Final, NamedTuple
from unittest import mock

from lxml import etree

from cordee.echanges.caf.express import Express
from cordee.echanges.caf.lecture import FichierRefuse
from cordee.echanges.caf.lignes import Carte
from cordee.echanges.caf.lots import Lot, lire_par_lots
from cordee.metier.organismes.selectors import CarteSecteurs

CARTE: Final = Carte(CarteSecteurs({}), frozenset({"94028"}))
_DEBUT: Final = re.compile(rb"<InfosFoyerRSA[\s>/]")
_OPTIONS: Final = {"resolve_entities": False, "load_dtd": False, "no_network": True, "huge_tree": False}


class Bilan(NamedTuple):
    """What a reading gave: rows of each table, households set aside (rank and code), odd things."""

    lus: int
    foyers: int
    personnes: int
    adresses: int
    inchanges: int
    rejets: tuple[tuple[int, str], ...]
    avertissements: Counter[str]


def verifier(octets: bytes) -> Bilan | None:
    """Read the bytes as a file, both ways; ``None`` when they are refused whole.

    Raises:
        AssertionError: a household is neither read, nor set aside, nor unchanged; or the two ways differ.
    """
    with tempfile.NamedTemporaryFile(suffix=".xml") as fichier:
        Path(fichier.name).write_bytes(octets)
        chemin = Path(fichier.name)
        bilan = _lire(chemin)
        with mock.patch.object(Express, "lire", return_value=None):
            assert _lire(chemin) == bilan, "the two ways of reading differ"
    if bilan is not None:
        assert bilan.lus == bilan.foyers + bilan.inchanges + len(bilan.rejets), bilan
        attendus, exact = compter(octets)
        assert bilan.lus == attendus if exact else bilan.lus >= attendus, (bilan, attendus)
    return bilan


def _lire(chemin: Path) -> Bilan | None:
    try:
        lots: list[Lot] = list(lire_par_lots(chemin, organisme="CAF941", carte=CARTE, taille=3))
    except FichierRefuse:
        return None
    total = lots[-1].total
    assert total is not None
    rejets = tuple((rejet.rang, rejet.code) for lot in lots for rejet in lot.rejets)
    assert total.rejetes == len(rejets), total
    return Bilan(
        lus=total.lus,
        foyers=_lignes(texte for lot in lots for texte in lot.foyers),
        personnes=_lignes(texte for lot in lots for texte in lot.personnes),
        adresses=_lignes(texte for lot in lots for texte in lot.adresses),
        inchanges=sum(len(lot.inchanges) for lot in lots),
        rejets=rejets,
        avertissements=sum((lot.avertissements for lot in lots), Counter()),
    )


def _lignes(textes: object) -> int:
    return "".join(textes).count("\n")  # type: ignore[call-overload, no-any-return]


def compter(octets: bytes) -> tuple[int, bool]:
    """Households of a file, counted without our reader; and whether that count is the truth.

    The whole tree when the file is well formed; otherwise what looks like a beginning of household.
    """
    if octets[:2] == b"\x1f\x8b":
        octets = gzip.GzipFile(fileobj=io.BytesIO(octets)).read()
    try:
        racine = etree.fromstring(octets, etree.XMLParser(**_OPTIONS))
    except etree.XMLSyntaxError:
        return len(_DEBUT.findall(octets)), False
    return sum(1 for _ in racine.iter("InfosFoyerRSA")), True
