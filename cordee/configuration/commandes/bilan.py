"""``cordee bilan``: the report of a year, or its page for the assembly, as a file."""

from __future__ import annotations

import argparse
import hashlib
import time
from datetime import date
from pathlib import Path
from typing import Any

from cordee.configuration.console import FAIT, imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

AIDE = "Écrit le bilan d'une année : PDF accessible, page à imprimer, classeur ou CSV."
FORMATS = (".pdf", ".html", ".xlsx", ".csv")


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--annee", type=int, required=True, metavar="N", help="année du bilan")
    parser.add_argument(
        "--sortie", type=Path, required=True, metavar="FICHIER", help="fichier à écrire : .pdf, .html, .xlsx ou .csv"
    )
    parser.add_argument("--assemblee", action="store_true", help="seulement la page pour l'assemblée (PDF d'une page)")
    parser.add_argument("--territoire", default="", metavar="CODE", help="pour la page : commune ou EPT (département)")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    sortie: Path = options.sortie
    if sortie.suffix.lower() not in FORMATS:
        raise ErreurMetier("Donnez un fichier en .pdf, .html, .xlsx ou .csv.")
    if options.assemblee and sortie.suffix.lower() != ".pdf":
        raise ErreurMetier("La page pour l'assemblée est un PDF : donnez un fichier en .pdf.")
    if not sortie.parent.is_dir():
        raise ErreurMetier(f"Le dossier {sortie.parent} n'existe pas : créez-le d'abord.")
    preparer_django()
    debut = time.monotonic()
    octets, details = (_page if options.assemblee else _bilan)(options)
    sortie.write_bytes(octets)
    empreinte = hashlib.sha256(octets).hexdigest()
    resultat = {"annee": options.annee, "fichier": str(sortie), "octets": len(octets), "sha256": empreinte,
                "secondes": round(time.monotonic() - debut, 1), **details}  # fmt: skip
    if options.json:
        imprimer_json(resultat)
    else:
        etat = details.get("territoire") or ("publié et scellé" if details["sceau"] else "projet, non publié")
        print(f"{sortie} : {len(octets) / 1024:.0f} Ko, en {resultat['secondes']} s ({etat}).")
    return FAIT


def _bilan(options: argparse.Namespace) -> tuple[bytes, dict[str, Any]]:
    from cordee.pilotage.rapports import classeur, html, pdf
    from cordee.pilotage.rapports.composition import de_l_annee
    from cordee.socle.horloge import maintenant

    le = maintenant()
    _rafraichir(options.annee)
    document, donnees, sceau = de_l_annee(options.annee, le=le)
    fin = options.sortie.suffix.lower()
    details: dict[str, Any] = {"sceau": sceau, "chapitres": [c["cle"] for c in document["chapitres"]]}
    if fin == ".html":
        return html.page_seule(document).encode(), details
    if fin == ".xlsx":
        return classeur.xlsx(document, donnees), details
    if fin == ".csv":
        return classeur.csv(donnees), details
    octets = pdf.document_pdf(document, le=le)
    return octets, {**details, "pages": pdf.nombre_de_pages(octets)}


def _page(options: argparse.Namespace) -> tuple[bytes, dict[str, Any]]:
    from cordee.metier.courriers.expediteurs import expediteur
    from cordee.pilotage.lac.manifeste import lire_manifeste
    from cordee.pilotage.rapports import pdf, une_page
    from cordee.socle.horloge import jour, maintenant

    le = maintenant()
    _rafraichir(options.annee)
    manifeste = lire_manifeste()
    if manifeste is None:
        raise ErreurMetier("Aucun chiffre n'a encore été calculé : lancez « cordee indicateurs ».")
    contenu = une_page.contenu(
        manifeste, territoire=options.territoire, au=min(date(options.annee, 12, 31), manifeste.au),
        departement=expediteur().get("nom", ""), fait_le=jour(le),
    )  # fmt: skip
    octets = pdf.une_page(contenu, le=le)
    return octets, {"territoire": contenu["territoire"], "pages": pdf.nombre_de_pages(octets)}


def _rafraichir(annee: int) -> None:
    """Facts up to the second, and the figures of the last day of the year."""
    from cordee.pilotage.services import rafraichir
    from cordee.socle.horloge import jour, maintenant

    le = maintenant()
    fin = date(annee, 12, 31)
    rafraichir(le=le, mois_passes=0, dont=fin if fin <= jour(le) else None)
