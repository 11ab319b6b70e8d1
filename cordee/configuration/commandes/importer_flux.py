"""``cordee importer_flux FICHIER``: load a file received, whatever its kind (recognised by its content)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import FAIT, REFUSE, date_iso, imprimer_json, preparer_django

if TYPE_CHECKING:
    from cordee.echanges.caf.rapport import Rapport
    from cordee.echanges.fichiers.rapport import RapportLignes

# Sent twice, nothing changes: the second answer says what this run did, which is nothing.
RIEN_DE_NEUF: dict[str, Any] = {
    "foyers_inchanges": 0, "foyers_nouveaux": 0, "personnes_creees": 0, "nouveaux_entrants": 0, "retours": 0,
    "sortants": 0, "sortants_par_motif": {}, "non_transmis": 0, "changements_etat": 0, "changements_adresse": 0,
    "arbitrages": 0, "evenements": {}, "phrases": ["Ce fichier avait déjà été chargé : rien n'a changé."],
}  # fmt: skip
RIEN_DE_NEUF_LIGNES: dict[str, Any] = {
    "pris": 0, "compteurs": {}, "phrases": ["Ce fichier avait déjà été chargé : rien n'a changé."],
}  # fmt: skip
AIDE = "Charge un fichier reçu : bénéficiaires (CAF, MSA), contacts, opérateur de l'emploi. Le contenu dit lequel."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("fichier", type=Path, metavar="FICHIER", help="le fichier, compressé (gzip) ou non")
    parser.add_argument(
        "--recu-le", type=date_iso, metavar="AAAA-MM-JJ", help="jour de réception (par défaut : création du fichier)"
    )
    parser.add_argument(
        "--date-du-fichier", type=date_iso, metavar="AAAA-MM-JJ",
        help="jour dont parle un fichier qui ne le dit pas, comme celui des contacts (par défaut : réception)",
    )  # fmt: skip
    parser.add_argument("--confirmer", action="store_true", help="charge malgré une forte baisse du nombre de foyers")
    parser.add_argument("--json", action="store_true", help="réponse en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.echanges.caf.rapport import Rapport
    from cordee.echanges.guichet.services import charger, recevoir
    from cordee.metier.organismes.selectors import agent_systeme
    from cordee.socle.horloge import maintenant

    par, le = agent_systeme(), maintenant()
    fichier = recevoir(
        chemin=options.fichier, nom=options.fichier.name, recu_le=options.recu_le, par=par, le=le, deposer=False,
        date_du_fichier=options.date_du_fichier,
    )  # fmt: skip
    rapport = charger(fichier=fichier, par=par, le=le, confirmer=options.confirmer, chemin=options.fichier)
    if options.json:
        rien = RIEN_DE_NEUF if isinstance(rapport, Rapport) else RIEN_DE_NEUF_LIGNES
        imprimer_json({**rapport.vers_json(), **(rien if rapport.deja_recu else {})})
    elif isinstance(rapport, Rapport):
        _raconter(rapport)
    else:
        _raconter_lignes(rapport)
    if rapport.statut == "a_confirmer":
        print(f"{rapport.message} Option : --confirmer.", file=sys.stderr)
        return REFUSE
    return FAIT


def _raconter(rapport: Rapport) -> None:
    if rapport.deja_recu:
        print("Ce fichier avait déjà été chargé : rien n'a changé. Voici le rapport d'alors.")
    print(f"{rapport.type} · {rapport.organisme} · référence {rapport.reference} · {rapport.portee}")
    print(
        f"Foyers lus : {rapport.foyers_lus} (inchangés {rapport.foyers_inchanges}, nouveaux {rapport.foyers_nouveaux}, "
        f"mis de côté {len(rapport.rejets)}, changements d'état {rapport.changements_etat})."
    )
    print(f"Personnes : {_mouvements(rapport)}.")
    for phrase in rapport.phrases:
        print(f"- {phrase}")
    for rejet in rapport.rejets:
        print(f"  ligne {rejet.ligne} ({rejet.numdemrsa or 'sans numéro'}) : {rejet.motif}")


def _raconter_lignes(rapport: RapportLignes) -> None:
    if rapport.deja_recu:
        print("Ce fichier avait déjà été chargé : rien n'a changé. Voici le rapport d'alors.")
    print(f"{rapport.type} · {rapport.emetteur or 'émetteur non précisé'} · référence {rapport.reference}")
    print(
        f"Lignes lues : {rapport.lus} (prises {rapport.pris}, inchangées {rapport.inchanges}, "
        f"personnes inconnues ici {rapport.introuvables}, mises de côté {len(rapport.rejets)})."
    )
    for phrase in rapport.phrases:
        print(f"- {phrase}")
    for rejet in rapport.rejets:
        print(f"  ligne {rejet.ligne} ({rejet.repere or 'sans repère'}) : {rejet.motif}")


def _mouvements(rapport: Rapport) -> str:
    nombres = ((rapport.nouveaux_entrants, "entrée"), (rapport.retours, "retour"), (rapport.sortants, "sortie"))
    return ", ".join(f"{nombre} {nom}{'s' if nombre > 1 else ''}" for nombre, nom in nombres)
