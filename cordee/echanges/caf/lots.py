"""A file as rows ready for the staging tables, lot by lot: what an import reads.

``lecture.lire`` gives typed households to whoever wants to look at them; an import only wants rows. Plain households
are written straight from their values (``express``), the others through the full reading, and both give the same rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from cordee.echanges.caf.decoupe import Bloc
from cordee.echanges.caf.empreintes import empreinte_brute
from cordee.echanges.caf.express import Express, Rangees
from cordee.echanges.caf.foyer import FoyerLu
from cordee.echanges.caf.lecture import Noeud, Suivi, entete, parcourir
from cordee.echanges.caf.lignes import NUL, Carte, Ligne, Lignes, Sceau, decomposer, hexadecimal
from cordee.echanges.caf.resultats import Avertissement, FoyerInchange, Rejet, Total

_TAILLE: Final = 1000
_INCONNU: Final = "code_inconnu"
_CODE: Final = re.compile(r"[0-9A-Z]{1,6}", re.ASCII)
_ECHAPPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


@dataclass(slots=True)
class Lot:
    """Some households, read. ``rang``: how many were met since the beginning of the file.

    ``foyers``, ``personnes`` and ``adresses``: rows, as COPY takes them in text form. ``inchanges``: NUMDEMRSA and
    print of the bytes. ``total``: in the last lot only.
    """

    rang: int = 0
    foyers: list[str] = field(default_factory=list)
    personnes: list[str] = field(default_factory=list)
    adresses: list[str] = field(default_factory=list)
    inchanges: list[tuple[str, bytes]] = field(default_factory=list)
    rejets: list[Rejet] = field(default_factory=list)
    avertissements: Counter[str] = field(default_factory=Counter)
    codes_inconnus: Counter[str] = field(default_factory=Counter)
    total: Total | None = None


def lire_par_lots(
    chemin: Path,
    *,
    organisme: str,
    carte: Carte,
    connus: Mapping[str, bytes] | None = None,
    bruts: Mapping[bytes, str] | None = None,
    taille: int = _TAILLE,
) -> Iterator[Lot]:
    """Read a file (see ``lecture.lire`` for ``connus`` and ``bruts``).

    Args:
        organisme: the body of the file, for a household that names none.

    Raises:
        FichierRefuse: as ``lecture.lire``, at any step.
    """
    suivi = Suivi(limite=entete(chemin).cree_le.date(), connus=connus or {}, bruts=bruts or {})
    lecteur = _Lecteur(suivi, organisme, carte)
    lot = Lot()
    for morceau in parcourir(chemin, suivi):
        lecteur.lire(morceau, lot)
        if suivi.rang % taille == 0:
            lot.rang = suivi.rang
            yield lot
            lot = Lot()
    lot.rang, lot.total = suivi.rang, suivi.total()
    yield lot


class _Lecteur:
    def __init__(self, suivi: Suivi, organisme: str, carte: Carte) -> None:
        self._suivi, self._organisme, self._carte = suivi, organisme, carte
        self._sceau = Sceau()
        self._express: Express | None = None

    def lire(self, morceau: Bloc | Noeud | FoyerInchange, lot: Lot) -> None:
        """Add what a household gives to a lot."""
        match self._lu(morceau):
            case Rangees() as rangees:
                lot.foyers.append(rangees.foyer)
                lot.personnes.append(rangees.personnes)
                lot.adresses.append(rangees.adresses)
            case FoyerInchange() as inchange:
                lot.inchanges.append((inchange.numdemrsa, inchange.empreinte_brute))
            case FoyerLu() as foyer:
                lignes = Lignes()
                decomposer(foyer, organisme=self._organisme, carte=self._carte, sceau=self._sceau, lignes=lignes)
                lot.foyers.extend(map(en_texte, lignes.foyers))
                lot.personnes.extend(map(en_texte, lignes.personnes))
                lot.adresses.extend(map(en_texte, lignes.adresses))
                lot.avertissements.update(avis.code for avis in foyer.avertissements)
                lot.codes_inconnus.update(_code_inconnu(avis) for avis in foyer.avertissements if avis.code == _INCONNU)
            case Rejet() as rejet:
                lot.rejets.append(rejet)

    def _lu(self, morceau: Bloc | Noeud | FoyerInchange) -> Rangees | FoyerLu | FoyerInchange | Rejet:
        if isinstance(morceau, FoyerInchange):
            return morceau
        if isinstance(morceau, Bloc):
            brute = empreinte_brute(morceau.brut, self._suivi.encodage)
            lu = self._rapide().lire(morceau.brut, rang=self._suivi.rang, ligne=morceau.ligne, brute=brute)
            if lu is not None:
                return lu
        return self._suivi.lire(morceau)

    def _rapide(self) -> Express:
        if self._express is None:
            suivi = self._suivi
            self._express = Express(
                organisme=self._organisme, carte=self._carte, sceau=self._sceau, limite=suivi.limite,
                encodage=suivi.encodage, vus=suivi.vus, connus=suivi.connus,
            )  # fmt: skip
        return self._express


def _code_inconnu(avis: Avertissement) -> str:
    """« BALISE=code »; what does not look like a code is not repeated, it could name somebody (V1).

    >>> _code_inconnu(Avertissement("code_inconnu", "MOTICLORSA : code inconnu « XYZ »."))
    'MOTICLORSA=XYZ'
    >>> _code_inconnu(Avertissement("code_inconnu", "SEXE : code inconnu « TIREVENT NORA »."))
    'SEXE=…'
    """
    balise, _, valeur = avis.message.removesuffix(" ».").partition(" : code inconnu « ")
    return f"{balise}={valeur if _CODE.fullmatch(valeur) else '…'}"


def en_texte(ligne: Ligne) -> str:
    """A row as COPY takes it in text form.

    >>> en_texte((1, None, "a\\tb", True, date(2026, 1, 5), Decimal("2.50"), b"\\x01"))
    '1\\t\\\\N\\ta\\\\tb\\tt\\t2026-01-05\\t2.50\\t\\\\\\\\x01\\n'
    """
    return "\t".join([_colonne(valeur) for valeur in ligne]) + "\n"


def _colonne(valeur: Any) -> str:
    match valeur:
        case str():
            return valeur.translate(_ECHAPPES)
        case None:
            return NUL
        case bool():
            return "t" if valeur else "f"
        case bytes():
            return hexadecimal(valeur)
        case date():
            return valeur.isoformat()
        case int() | Decimal():
            return str(valeur)
    raise TypeError(type(valeur).__name__)
