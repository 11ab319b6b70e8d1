"""Is this file ours? Its département and its body, household by household, before anything is merged (R32).

Most households meant for another département, or coming from another body: the file is refused whole. Some of them:
they are set aside, with the reason. An installation without communes does not know its département and checks nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import connection

from cordee.echanges.caf.decoupe import Decoupe
from cordee.echanges.caf.foyer import FoyerLu
from cordee.echanges.caf.lecture import FichierRefuse, lire
from cordee.echanges.caf.resultats import Rejet
from cordee.echanges.fichiers.flux_xml import ouvrir

AUTRE_DEPARTEMENT: Final = "autre_departement"
AUTRE_ORGANISME: Final = "autre_organisme"
ETRANGERS: Final = frozenset({AUTRE_DEPARTEMENT, AUTRE_ORGANISME})
"""Codes of the households that are not ours: they were not in *our* file, and do not count as seen."""

_TABLES: Final = ("caf_foyer", "caf_personne", "caf_adresse")
_LUS: Final = """
SELECT rang, ligne, numdemrsa, organisme,
       upper(lpad(btrim(coalesce(detail #>> '{IdentificationRSA,Partenaire,IDEPARTE}', '')), 3, '0'))
FROM caf_foyer
WHERE organisme <> %(organisme)s
   OR %(departement)s <> '' AND btrim(coalesce(detail #>> '{IdentificationRSA,Partenaire,IDEPARTE}', '')) <> ''
      AND upper(lpad(btrim(detail #>> '{IdentificationRSA,Partenaire,IDEPARTE}'), 3, '0')) <> %(departement)s
ORDER BY rang
"""
_ANOMALIES: Final = "SELECT count(*) FILTER (WHERE detail ? 'Anomalie'), count(*) FROM caf_foyer"


class AutreDepartement(FichierRefuse):
    """The file is meant for another département: it is taken only if somebody says that it is ours all the same."""


@dataclass(frozen=True, slots=True)
class _Etranger:
    rang: int
    ligne: int
    numdemrsa: str
    organisme: str
    departement: str


def code_du_departement(code: str) -> str:
    """A département as IDEPARTE writes it.

    >>> code_du_departement("94"), code_du_departement(""), code_du_departement("099 ")
    ('094', '', '099')
    """
    return code.strip().upper().zfill(3) if code.strip() else ""


def controler(*, chemin: Path, organisme: str, departement: str, inchanges: int) -> list[Rejet]:
    """Take out of the staging tables the households that are not ours.

    Args:
        organisme: code of the body of the file.
        departement: the one expected (three characters); ``""``: not checked.
        inchanges: households known as they are, which were ours already.

    Raises:
        AutreDepartement: most households are meant for another département.
        FichierRefuse: most come from another body; or the file holds no household, or only anomalies.
    """
    with connection.cursor() as curseur:
        curseur.execute(_ANOMALIES)
        anomalies, lus = curseur.fetchone()
        if lus and lus == anomalies and not inchanges:
            raise FichierRefuse(
                f"Ce fichier ne contient que des dossiers en anomalie ({lus}) : ceux que l'organisme n'a pas pu "
                "transmettre. Rien n'en est chargé : attendez le fichier des bénéficiaires, puis signalez à "
                "l'organisme les dossiers qui y manquent."
            )
        curseur.execute(_LUS, {"organisme": organisme, "departement": departement})
        etrangers = [_Etranger(*ligne) for ligne in curseur.fetchall()]
        if not etrangers:
            return []
        _refuser_si_la_plupart(etrangers, lus + inchanges, organisme=organisme, departement=departement)
        rejets = _rejets(chemin, {e.rang: e for e in etrangers}, organisme=organisme, departement=departement)
        for table in _TABLES:
            curseur.execute(f"DELETE FROM {table} WHERE rang = ANY (%s)", [[e.rang for e in etrangers]])
    return rejets


def _refuser_si_la_plupart(etrangers: list[_Etranger], lus: int, *, organisme: str, departement: str) -> None:
    d_ailleurs = [e.departement for e in etrangers if departement and e.departement not in (departement, "000")]
    if 2 * len(d_ailleurs) > lus:
        autre = max(set(d_ailleurs), key=d_ailleurs.count)
        raise AutreDepartement(
            f"Ce fichier est destiné au département {_nu(autre)} (IDEPARTE {autre}) alors que cette installation est "
            f"celle du département {_nu(departement)} : il n'est pas chargé. Vérifiez son origine."
        )
    d_autres = [e.organisme for e in etrangers if e.organisme != organisme]
    if 2 * len(d_autres) > lus:
        raise FichierRefuse(
            f"La plupart des foyers de ce fichier viennent de {max(set(d_autres), key=d_autres.count)} et non de "
            f"{organisme} : il est refusé. Demandez à l'organisme un fichier par caisse."
        )


def _rejets(chemin: Path, etrangers: dict[int, _Etranger], *, organisme: str, departement: str) -> list[Rejet]:
    rejets = []
    with ouvrir(chemin) as flux:
        blocs = {
            rang: bloc.brut for rang, bloc in enumerate(islice(Decoupe(flux), max(etrangers)), 1) if rang in etrangers
        }
        encodage = flux.encodage
    if not all(e.numdemrsa.encode() in blocs.get(rang, b"") for rang, e in etrangers.items()):
        blocs, encodage = _relus(chemin, etrangers), "utf-8"  # not a plain file: what the parser understood
    for rang, e in sorted(etrangers.items()):
        if e.organisme != organisme:
            code, motif = (
                AUTRE_ORGANISME,
                (f"Ce foyer vient de {e.organisme} (FONORG, NUMORG) alors que son fichier vient de {organisme}."),
            )
        else:
            code, motif = (
                AUTRE_DEPARTEMENT,
                (f"Ce foyer est destiné au département {_nu(e.departement)} (IDEPARTE), pas au {_nu(departement)}."),
            )
        rejets.append(
            Rejet(
                ligne=e.ligne, rang=rang, numdemrsa=e.numdemrsa, code=code, motif=motif, brut=blocs.get(rang, b""),
                encodage=encodage,
            )
        )  # fmt: skip
    return rejets


def _relus(chemin: Path, etrangers: dict[int, _Etranger]) -> dict[int, bytes]:
    return {
        lu.rang: json.dumps({**lu.detail, "Personne": [p.detail for p in lu.personnes]}, ensure_ascii=False).encode()
        for lu in lire(chemin)
        if isinstance(lu, FoyerLu) and lu.rang in etrangers
    }


def _nu(departement: str) -> str:
    """A département as people write it.

    >>> _nu("094"), _nu("974"), _nu("02A")
    ('94', '974', '2A')
    """
    return departement.removeprefix("0")
