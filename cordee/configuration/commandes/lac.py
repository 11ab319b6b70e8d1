"""``cordee lac``: the lake of dated facts that figures are read from."""

from __future__ import annotations

import argparse
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import FAIT, REFUSE, date_iso, imprimer_json, preparer_django

if TYPE_CHECKING:
    from cordee.pilotage.models import Instantane

AIDE = "Rafraîchit, refait, vérifie, publie ou exporte le lac des faits datés."


def definir(parser: argparse.ArgumentParser) -> None:
    actes = parser.add_subparsers(dest="acte", required=True, title="actes", metavar="ACTE")
    for nom, aide in (
        ("rafraichir", "copie ce qui a changé, calcule les chiffres du jour"),
        ("reconstruire", "copie tout de nouveau, recalcule ce qui diffère"),
        ("verifier", "compte le lac et la base côte à côte, relit chaque fichier"),
        ("instantanes", "liste les états publiés, vérifie leurs fichiers"),
    ):
        _json(actes.add_parser(nom, help=aide, description=aide))
    prendre = _json(actes.add_parser("instantane", help="garde l'état du lac tel qu'il est connu aujourd'hui"))
    prendre.add_argument("libelle", metavar="LIBELLE", help="par exemple « Bilan 2025 »")
    prendre.add_argument("--au", type=date_iso, metavar="AAAA-MM-JJ", help="date des chiffres (la veille du mois)")
    sortie = _json(actes.add_parser("exporter", help="écrit le lac en Parquet, sous d'autres pseudonymes"))
    sortie.add_argument("dossier", type=Path, metavar="DOSSIER")
    sortie.add_argument("--instantane", metavar="LIBELLE", help="un état publié, au lieu de l'état d'aujourd'hui")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    actes = {
        "rafraichir": _rafraichir, "reconstruire": _rafraichir, "verifier": _verifier, "instantane": _prendre,
        "instantanes": _lister, "exporter": _exporter,
    }  # fmt: skip
    return actes[options.acte](options)


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="résultat en JSON")
    return parser


def _rafraichir(options: argparse.Namespace) -> int:
    from cordee.pilotage.services import rafraichir
    from cordee.socle.horloge import maintenant

    complet, debut = options.acte == "reconstruire", time.perf_counter()
    bilan = rafraichir(le=maintenant(), complet=complet, mois_passes=None if complet else 0)
    m, lac = bilan.lac.manifeste, bilan.lac
    if options.json:
        imprimer_json({
            "version": m.version, "au": m.au, "rafraichi_le": m.rafraichi_le, "parties": lac.parties,
            "lignes": lac.lignes, "tables": dict(lac.tables), "jours": bilan.jours, "restants": bilan.restants,
            "secondes": round(time.perf_counter() - debut, 3),
        })  # fmt: skip
        return FAIT
    print(
        f"Lac au {m.au:%d/%m/%Y}, faits lus à {m.rafraichi_le:%H:%M:%S} : {lac.lignes} lignes copiées, "
        f"{lac.parties} parties changées, {len(bilan.jours)} dates calculées, {bilan.restants} à refaire."
    )
    return FAIT


def _verifier(options: argparse.Namespace) -> int:
    from cordee.pilotage.lac.verification import verifier
    from cordee.socle.horloge import maintenant

    controle = verifier(le=maintenant())
    if options.json:
        imprimer_json({
            "juste": controle.juste, "mesures": controle.mesures, "ecarts": controle.ecarts,
            "abimes": controle.abimes, "sourdes": controle.sourdes,
        })  # fmt: skip
        return FAIT if controle.juste else REFUSE
    for ecart in controle.ecarts:
        print(ecart.en_clair())
    for fichier in controle.abimes:
        print(f"{fichier} : abîmé ou absent")
    if controle.sourdes:
        print(f"Sans suivi des changements (« cordee gerer migrate » le rétablit) : {', '.join(controle.sourdes)}")
    if not controle.juste:
        print("« cordee lac reconstruire » refait le lac depuis la base.")
        return REFUSE
    print(f"Le lac dit ce que dit la base : {controle.mesures} comptes égaux, fichiers intacts.")
    return FAIT


def _prendre(options: argparse.Namespace) -> int:
    from cordee.metier.organismes.selectors import agent_systeme
    from cordee.pilotage.instantanes.services import prendre
    from cordee.pilotage.services import rafraichir
    from cordee.socle.horloge import aujourdhui, maintenant

    au = options.au or aujourdhui().replace(day=1) - timedelta(days=1)
    rafraichir(le=maintenant(), mois_passes=0, dont=au)
    instantane = prendre(libelle=options.libelle, au=au, par=agent_systeme(), le=maintenant())
    if options.json:
        imprimer_json(_ligne(instantane))
    else:
        print(f"« {instantane.libelle} » : chiffres au {au:%d/%m/%Y}, {len(instantane.empreintes)} fichiers, "
              f"{instantane.octets / 1e6:.1f} Mo. Sceau {instantane.sceau[:12]}.")  # fmt: skip
    return FAIT


def _lister(options: argparse.Namespace) -> int:
    from cordee.pilotage.instantanes.selectors import etat_des_fichiers, instantanes

    lignes = [_ligne(i) | {"fichiers": etat_des_fichiers(i)} for i in instantanes()]
    if options.json:
        imprimer_json(lignes)
    else:
        for ligne in lignes:
            print(f"{ligne['au']:%d/%m/%Y}  {ligne['libelle']:<40} connu le {ligne['connu_le']:%d/%m/%Y}  "
                  f"{ligne['fichiers']}")  # fmt: skip
        print(f"{len(lignes)} instantanés.")
    return FAIT if all(ligne["fichiers"] != "abîmés" for ligne in lignes) else REFUSE


def _exporter(options: argparse.Namespace) -> int:
    from cordee.pilotage.instantanes.selectors import instantane_nomme, manifeste_de
    from cordee.pilotage.lac.export import exporter
    from cordee.pilotage.services import rafraichir
    from cordee.socle.horloge import maintenant

    if options.instantane:
        manifeste = manifeste_de(instantane_nomme(options.instantane))
    else:
        manifeste = rafraichir(le=maintenant(), mois_passes=0).lac.manifeste
    fait = exporter(manifeste, options.dossier)
    if options.json:
        imprimer_json({"dossier": fait.dossier, "tables": fait.tables, "lignes": fait.lignes, "octets": fait.octets})
    else:
        print(f"{fait.tables} tables, {fait.lignes} lignes, {fait.octets / 1e6:.1f} Mo dans {fait.dossier}.")
    return FAIT


def _ligne(i: Instantane) -> dict[str, Any]:
    return {
        "libelle": i.libelle, "genre": i.genre, "au": i.au, "connu_le": i.connu_le, "pris_le": i.pris_le,
        "sceau": i.sceau, "octets": i.octets, "lignes_effacees_le": i.lignes_effacees_le,
    }  # fmt: skip
