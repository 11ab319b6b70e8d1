"""Attack the reader of the payers' files with bytes that coverage guides (atheris): ``make fuzz ARGS="--secondes 60"``.

The property is that of ``tests/echanges/caf/proprietes.py``. A finding is kept in ``.cordee/fuzz`` and becomes an
example of ``tests/echanges/caf/test_fuzz_lecture.py``.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import atheris
import django

SEMIS = 6
"""Files of the first corpus, written by our own writer."""
MEMOIRE_MO = 1500


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--secondes", type=int, default=60)
    options.add_argument("--dossier", type=Path, default=Path(".cordee/fuzz"))
    choix = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cordee.configuration.settings")
    with atheris.instrument_imports(include=["cordee.echanges.caf", "tests.echanges.caf.proprietes"]):
        django.setup()  # applications import the reader: it must be instrumented from its first import
        from tests.echanges.caf.proprietes import verifier
    corpus = choix.dossier / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    semer(corpus)
    dictionnaire = choix.dossier / "mots.dict"
    dictionnaire.write_text("".join(f'"{mot}"\n' for mot in mots()), encoding="ascii")

    def essayer(octets: bytes) -> None:
        verifier(octets)

    atheris.Setup(
        [
            sys.argv[0], str(corpus), f"-max_total_time={choix.secondes}", f"-dict={dictionnaire}", "-max_len=60000",
            f"-rss_limit_mb={MEMOIRE_MO}", "-timeout=20", f"-artifact_prefix={choix.dossier}/",
        ],
        essayer,
    )  # fmt: skip
    atheris.Fuzz()


def semer(corpus: Path) -> None:
    """Small files of our writer, and one that another hand wrote."""
    from cordee.demo.fichiers import generer_mensuel
    from tests.echanges.caf.test_fuzz_lecture import ENTIER

    for graine in range(SEMIS):
        generer_mensuel("2026-01", foyers=3, graine=graine, sortie=corpus / f"semis{graine}.xml")
    (corpus / "main.xml").write_bytes(ENTIER.encode("latin-1"))


def mots() -> list[str]:
    """What files are made of, as libFuzzer's dictionaries write it."""
    from cordee.echanges.caf import schema

    balises = {*schema.BLOCS, *(enfant.balise for enfants in schema.BLOCS.values() for enfant in enfants)}
    autres = ["<!--", "-->", "<![CDATA[", "]]>", "<?x ", "?>", "&amp;", "&x;", "<!DOCTYPE ", " />"]
    return [f"<{balise}>" for balise in sorted(balises)] + [f"</{balise}>" for balise in sorted(balises)] + autres


if __name__ == "__main__":
    main()
