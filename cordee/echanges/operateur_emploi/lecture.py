"""Reading a « fichier-PE-CG », dossier by dossier, in bounded memory. Nothing of it is written here.

``entete`` (PECG, département, dates), ``dossier`` repeated, ``fin`` (number of dossiers). The block that identifies the
person is not public: where each fact stands is given by simple paths, saved by the data desk (``champs.fautes`` checks
them). Same safety as the payers' flows: no document type, no entity, no network, bounded depth, size and compression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from lxml import etree

from cordee.echanges.fichiers.depot import FichierRefuse
from cordee.echanges.fichiers.flux_xml import C1, OPTIONS, fautes_en_francais, oublier, ouvrir
from cordee.echanges.partenaires.champs import Champ
from cordee.echanges.partenaires.chargement import LIGNES_MAX, Lue
from cordee.echanges.partenaires.valeurs import Total, comprendre, lire_date, texte

RACINE: Final = "fichier-PE-CG"
CHEMINS: Final[Mapping[str, str]] = {
    Champ.NIR: "identification/nir",
    Champ.OPERATEUR: "identification/identifiant",
    Champ.NUMDEMRSA: "identification/numero-demande-rsa",
    Champ.ROLE: "identification/role",
    Champ.NOM: "identification/nom",
    Champ.NOM_NAISSANCE: "identification/nom-naissance",
    Champ.PRENOM: "identification/prenom",
    Champ.NAISSANCE: "identification/date-naissance",
    Champ.CONTRAT: "ppae/date-signature",
    Champ.CONTACT: "ppae/date-dernier-ent",
    Champ.REFERENT: "ppae/referent",
    Champ.STRUCTURE: "ppae/structure",
}
"""Paths used until the data desk saves its own. Those of ``ppae`` are published; the others are a proposal."""
_BLOCS: Final = tuple(f"{{*}}{nom}" for nom in ("entete", "dossier", "fin"))


@dataclass(frozen=True, slots=True)
class Entete:
    """What the file says of itself. ``departement`` as written (« 094 »)."""

    departement: str
    reference: date
    fabrique_le: date
    periodicite: str = ""
    version: str = ""


def entete(chemin: Path) -> Entete:
    """Read the first block only.

    Raises:
        FichierRefuse: not XML, another kind of file, a header that cannot be read.
    """
    with ouvrir(chemin, racine=RACINE) as flux, fautes_en_francais(flux, emetteur="l'opérateur"):
        for _, bloc in etree.iterparse(flux, events=("end",), tag=_BLOCS, **OPTIONS):
            if _nom(bloc) != "entete":
                break
            return _lire_entete(bloc)
    raise FichierRefuse("Le fichier ne commence pas par son en-tête (« entete ») : redemandez-le à l'opérateur.")


def lire(chemin: Path, *, chemins: Mapping[str, str], limite: date) -> Iterator[Lue]:
    """The dossiers in the order of the file, then a ``Total``.

    Args:
        chemins: field (``champs.Champ``) → path, relative to the dossier.
        limite: day of reception.

    Raises:
        FichierRefuse: at the first step for another kind of file, at any later one for a truncated or broken file.
    """
    entete(chemin)
    cherches = [(Champ(cle), *_decouper(chemin_xml)) for cle, chemin_xml in chemins.items() if chemin_xml]
    lus, annonces, fini = 0, None, False
    with ouvrir(chemin, racine=RACINE) as flux, fautes_en_francais(flux, emetteur="l'opérateur"):
        for _, bloc in etree.iterparse(flux, events=("end",), tag=_BLOCS, **OPTIONS):
            flux.jalonner()
            parent = bloc.getparent()
            if parent is None or parent.getparent() is not None:
                if _nom(bloc) == "dossier":
                    raise FichierRefuse(
                        f"Un dossier en contient un autre (ligne {bloc.sourceline}) : fichier abîmé, redemandez-le."
                    )
                continue
            nom = _nom(bloc)
            if nom == "fin":
                fini, annonces = True, _nombre(bloc)
            elif nom == "dossier":
                lus += 1
                if lus > LIGNES_MAX:
                    raise FichierRefuse(f"Le fichier dépasse {LIGNES_MAX} dossiers : vérifiez sa provenance.")
                valeurs = {champ: _valeur(bloc, ou, attribut) for champ, ou, attribut in cherches}
                yield comprendre(valeurs, rang=lus, ligne=int(bloc.sourceline or 0), limite=limite)
            oublier(bloc)
    if not fini:
        raise FichierRefuse(
            f"Le fichier est incomplet : son bloc de fin (« fin ») manque après {lus} dossiers. Redemandez-le à "
            "l'opérateur, puis redéposez-le."
        )
    yield Total(lus=lus, annonces=annonces)


# Parts --------------------------------------------------------------------------------------------------------------
def _lire_entete(bloc: etree._Element) -> Entete:
    dits = {_nom(enfant): texte(enfant.text) for enfant in bloc}
    if dits.get("fichier", "") != "PECG":
        raise FichierRefuse(
            f"L'en-tête annonce un fichier « {dits.get('fichier', '')[:20]} » : « PECG » était attendu."
        )
    dates = {}
    for nom in ("date-reference", "date-fabrication"):
        try:
            lue = lire_date(dits.get(nom, "")).jour
        except ValueError:
            lue = None
        if lue is None:
            raise FichierRefuse(f"L'en-tête ne donne pas de date lisible (« {nom} ») : redemandez le fichier.")
        dates[nom] = lue
    return Entete(
        departement=dits.get("departement", ""), reference=dates["date-reference"],
        fabrique_le=dates["date-fabrication"], periodicite=dits.get("periodicite", ""),
        version=dits.get("version", ""),
    )  # fmt: skip


def _decouper(chemin: str) -> tuple[str, str]:
    """A simple path as lxml wants it, and the attribute it ends with.

    >>> _decouper("identification/nir"), _decouper("personne/@ide"), _decouper("@ide")
    (('{*}identification/{*}nir', ''), ('{*}personne', 'ide'), ('', 'ide'))
    """
    balises, _, attribut = chemin.partition("@")
    return "/".join(f"{{*}}{balise}" for balise in balises.strip("/").split("/") if balise), attribut


def _valeur(dossier: etree._Element, ou: str, attribut: str) -> str:
    trouve = dossier.find(ou) if ou else dossier
    if trouve is None:
        return ""
    brut = str(trouve.get(attribut) or "") if attribut else str(trouve.text or "")
    return brut if brut.isascii() else brut.translate(C1)


def _nom(element: etree._Element) -> str:
    return etree.QName(element).localname


def _nombre(fin: etree._Element) -> int | None:
    ecrit = texte(fin.findtext("{*}nb-dossiers"))
    return int(ecrit) if ecrit.isascii() and ecrit.isdigit() and len(ecrit) <= 9 else None
