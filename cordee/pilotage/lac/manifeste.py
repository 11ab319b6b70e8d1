"""The one file that says what the lake is made of. It is replaced in one step: a reader sees all of it, old or new."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from cordee.socle.verrous import ecrire_entier

MANIFESTE: Final = "manifeste.json"
_JOURS: Final = ("premiere_photo", "derniere_photo", "a_reprendre")


@dataclass(frozen=True, slots=True)
class Partie:
    """Rows of a table whose keys follow one another: one Parquet file, sealed by its sha-256 (``empreinte``).

    ``contenu``: what its rows are, in any order: the same rows copied again change nothing.
    """

    fichier: str
    empreinte: str
    lignes: int
    contenu: str = ""


@dataclass(frozen=True, slots=True)
class Manifeste:
    """One state of the lake.

    ``version``: changes with every refresh that changed something. ``au``: the day its figures are of.
    ``filigrane``: what the refresh saw of the database (``journal.Filigrane``). ``premiere_photo``: the first day
    the rights are known of; ``None``: no file was ever loaded. ``derniere_photo``: the last end of month they are of.
    ``a_reprendre``: the first day whose kept figures nobody has yet been told to do again (a refresh may be cut short).
    ``dossier``: where its files stand under the lake (a published state has its own folder).
    """

    version: str
    base: str
    schema: str
    au: date
    rafraichi_le: datetime
    filigrane: tuple[str, str, int]
    premiere_photo: date | None
    derniere_photo: date | None
    a_reprendre: date | None = None
    parties: Mapping[str, Mapping[str, Partie]] = field(default_factory=dict)
    dossier: str = ""

    def racine(self) -> Path:
        """The folder of its files."""
        return dossier_du_lac() / self.dossier

    def tous_les_fichiers(self) -> list[str]:
        return [p.fichier for parties in self.parties.values() for p in parties.values()]

    def lignes(self, table: str) -> int:
        return sum(p.lignes for p in self.parties.get(table, {}).values())

    def fichiers(self, table: str) -> list[str]:
        """The Parquet files of a table, in order of their rows."""
        parties = self.parties.get(table, {})
        return [parties[cle].fichier for cle in sorted(parties, key=int)]

    def vers_json(self) -> str:
        d = asdict(self)
        d["au"], d["rafraichi_le"] = self.au.isoformat(), self.rafraichi_le.isoformat()
        for photo in _JOURS:
            d[photo] = d[photo].isoformat() if d[photo] else None
        return json.dumps(d)

    @classmethod
    def de_json(cls, texte: str) -> Manifeste:
        d = json.loads(texte)
        d["au"], d["rafraichi_le"] = date.fromisoformat(d["au"]), datetime.fromisoformat(d["rafraichi_le"])
        for photo in _JOURS:
            d[photo] = date.fromisoformat(d[photo]) if d[photo] else None
        d["filigrane"] = tuple(d["filigrane"])
        d["parties"] = {t: {c: Partie(**p) for c, p in parties.items()} for t, parties in d["parties"].items()}
        return cls(**d)


def dossier_du_lac() -> Path:
    """Where the lake of this database stands. A folder for each database: copies of an installation stay apart."""
    return Path(settings.CORDEE_HOME) / "lac" / str(connection.settings_dict["NAME"])


def lire_manifeste(dossier: Path | None = None) -> Manifeste | None:
    """The present state of the lake; ``None``: never made, or by another version of its shape."""
    fichier = (dossier or dossier_du_lac()) / MANIFESTE
    try:
        return Manifeste.de_json(fichier.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def ecrire_manifeste(dossier: Path, manifeste: Manifeste) -> None:
    ecrire_entier(dossier / MANIFESTE, manifeste.vers_json())
