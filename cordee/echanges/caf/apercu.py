"""What a file announces before anything is believed: one pass over its bytes, no parser, nothing written (R30, R32)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from cordee.echanges.caf.decoupe import totaux
from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.flux_xml import ouvrir

_FOYER: Final = b"<InfosFoyerRSA"
_FIN_FOYER: Final = b"</InfosFoyerRSA>"
_ETAT: Final = re.compile(rb"<ETATDOSRSA>\s*(\w)\s*</", re.ASCII)
_PARTENAIRE: Final = re.compile(rb"<IDEPARTE>\s*(\w{1,3})\s*</", re.ASCII)
_ORGANISME: Final = re.compile(rb"<NUMORG>\s*(\w{1,3})\s*</", re.ASCII)
_DEMANDE: Final = re.compile(rb"<NUMDEMRSA>\s*(\w{1,11})\s*</", re.ASCII)
_MORCEAU: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Apercu:
    """Households met and announced, share of the states of the right, for which département, from which bodies.

    ``nouveaux``: requests unknown here; ``absents``: requests known with an open right and not in the file. Estimates,
    before the people are matched; ``None`` when nothing was there to compare with.
    """

    foyers: int
    annonces: int | None
    etats: Mapping[str, int] = field(default_factory=dict)
    partenaires: Mapping[str, int] = field(default_factory=dict)
    organismes: Mapping[str, int] = field(default_factory=dict)
    nouveaux: int | None = None
    absents: int | None = None

    def vers_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def de_json(cls, d: Mapping[str, Any]) -> Apercu:
        return cls(**{cle: d[cle] for cle in cls.__slots__ if cle in d})

    def departement_etranger(self, departement: str) -> str:
        """The département most households are meant for, when it is not this one (IDEPARTE: three characters).

        >>> Apercu(foyers=2, annonces=2, partenaires={"052": 2}).departement_etranger("94")
        '052'
        >>> Apercu(foyers=2, annonces=2, partenaires={"094": 2}).departement_etranger("94")
        ''
        """
        if not departement or not self.partenaires:
            return ""
        majoritaire = max(self.partenaires, key=lambda code: self.partenaires[code])
        return "" if majoritaire == departement.zfill(3) else majoritaire


def apercevoir(chemin: Path, *, connus: Mapping[str, bool] | None = None) -> Apercu:
    """Count what a file holds. About a second for 300 MB, in bounded memory.

    Args:
        connus: the requests (NUMDEMRSA) known of its body → whether their right is open.

    Raises:
        FichierRefuse: the file cannot be read to its end.
    """
    foyers = 0
    motifs = (_ETAT, _PARTENAIRE, _ORGANISME, *((_DEMANDE,) if connus else ()))
    comptes: dict[re.Pattern[bytes], Counter[str]] = {motif: Counter() for motif in motifs}
    with ouvrir(chemin) as flux:
        tampon = b""
        while morceau := flux.read(_MORCEAU):
            tampon += morceau
            coupe = tampon.rfind(_FIN_FOYER)
            if coupe < 0:
                continue
            flux.jalonner()
            partie, tampon = tampon[: coupe + len(_FIN_FOYER)], tampon[coupe + len(_FIN_FOYER) :]
            foyers += _compter(partie, comptes)
        foyers += _compter(tampon, comptes)
        if not flux.acheve:
            raise FichierRefuse(
                "Le fichier est incomplet : il s'arrête au milieu des données. Redemandez-le à l'organisme, puis "
                "déposez-le de nouveau."
            )
        annonces = totaux(flux.fin).get("NBTOTDOSRSATRANSM")
    demandes = comptes.get(_DEMANDE, Counter()).keys()
    return Apercu(
        foyers=foyers,
        annonces=int(annonces) if annonces else None,
        etats=dict(comptes[_ETAT]),
        partenaires=dict(comptes[_PARTENAIRE]),
        organismes=dict(comptes[_ORGANISME]),
        nouveaux=len(demandes - connus.keys()) if connus else None,
        absents=sum(ouvert and demande not in demandes for demande, ouvert in connus.items()) if connus else None,
    )


def _compter(partie: bytes, comptes: dict[re.Pattern[bytes], Counter[str]]) -> int:
    for motif, compte in comptes.items():
        compte.update(trouve.decode("ascii") for trouve in motif.findall(partie))
    return partie.count(_FOYER)
