"""The typeface of the letters, made once from the web package.

The reader of Typst takes no woff2, and the package splits Atkinson Hyperlegible Next in two alphabets which corrupt
text when loaded apart: each weight is converted, fixed and merged into one TrueType file.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path

from cordee.socle import emplacement

FAMILLE = "Atkinson Hyperlegible Next"
GRAISSES = (400, 600, 700)
PAQUET = Path("node_modules/@fontsource-variable/atkinson-hyperlegible-next")
_ALPHABETS = ("latin", "latin-ext")


def _fichiers(source: Path) -> list[Path]:
    """The two alphabets of the upright variable font."""
    return [source / "files" / f"atkinson-hyperlegible-next-{a}-wght-normal.woff2" for a in _ALPHABETS]


def _empreinte(source: Path) -> str:
    """Changes with the package: a new version is converted beside the old one."""
    somme = hashlib.sha256(repr(GRAISSES).encode())
    for fichier in _fichiers(source):
        somme.update(fichier.read_bytes())
    return somme.hexdigest()[:12]


def preparer_polices(source: Path, cible: Path) -> Path:
    """Convert and merge the typeface; do nothing when it is already there.

    Args:
        source: folder of the npm package (holds ``files/*.woff2``).
        cible: folder of the converted typefaces, made if needed.

    Returns:
        The folder to give to Typst, inside ``cible``, named after its source. It appears whole or not at all, and
        several processes may try at once.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    resultat = cible / f"atkinson-{_empreinte(source)}"
    if resultat.is_dir():
        return resultat
    cible.mkdir(parents=True, exist_ok=True)
    provisoire = Path(tempfile.mkdtemp(dir=cible, prefix=".en-cours-"))
    try:
        for graisse in GRAISSES:
            _fondre(_fichiers(source), graisse, provisoire)
        provisoire.chmod(0o755)
        provisoire.rename(resultat)
    except OSError:
        if not resultat.is_dir():  # another process may have been first: its folder is as good as ours
            raise
    finally:
        shutil.rmtree(provisoire, ignore_errors=True)
    return resultat


def _fondre(alphabets: list[Path], graisse: int, dossier: Path) -> None:
    """Write ``<graisse>.ttf``: every alphabet fixed at this weight, then merged."""
    # Imported here: 0.3 s, paid once by an installation and not by each start of the site.
    from fontTools.merge import Merger  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    fixes = []
    for rang, alphabet in enumerate(alphabets):
        police = instantiateVariableFont(TTFont(alphabet), {"wght": graisse})
        police.flavor = None
        fixes.append(dossier / f"{graisse}-{rang}.part")
        police.save(fixes[-1])
    fondue = Merger().merge([str(f) for f in fixes])
    fondue.save(dossier / f"{graisse}.ttf")
    for fixe in fixes:
        fixe.unlink()


def dossier_polices() -> Path | None:
    """The folder of the prepared typeface, made on first use; None when the web package is not installed.

    Without it letters use the typeface embedded in Typst: less legible, complete, and nothing to install.
    """
    source = emplacement.racine() / PAQUET
    if not all(f.is_file() for f in _fichiers(source)):
        return None
    return preparer_polices(source, emplacement.dossier_cordee() / "polices")
