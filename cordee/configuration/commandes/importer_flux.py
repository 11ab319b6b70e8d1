"""``cordee importer_flux FICHIER``: load a file received, whatever its kind (recognised by its content)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import FAIT, REFUSE, date_iso, imprimer_json, preparer_django

if TYPE_CHECKING:
    from datetime import datetime

    from cordee.echanges.caf.rapport import Rapport
    from cordee.echanges.fichiers.models import FichierRecu
    from cordee.echanges.fichiers.rapport import RapportLignes
    from cordee.metier.organismes.models import Agent

# Sent twice, nothing changes: the second answer says what this run did, which is nothing.
RIEN_DE_NEUF: dict[str, Any] = {
    "foyers_inchanges": 0, "foyers_nouveaux": 0, "personnes_creees": 0, "nouveaux_entrants": 0, "retours": 0,
    "sortants": 0, "sortants_par_motif": {}, "mouvements": [], "non_transmis": 0, "changements_etat": 0,
    "changements_adresse": 0, "arbitrages": 0, "evenements": {},
    "phrases": ["Ce fichier avait déjà été chargé : rien n'a changé."],
}  # fmt: skip
RIEN_DE_NEUF_LIGNES: dict[str, Any] = {
    "pris": 0, "compteurs": {}, "phrases": ["Ce fichier avait déjà été chargé : rien n'a changé."],
}  # fmt: skip
AIDE = "Charge un fichier reçu : bénéficiaires (CAF, MSA), contacts, opérateur de l'emploi. Le contenu dit lequel."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "fichiers", type=Path, metavar="FICHIER", nargs="+",
        help="le fichier, compressé (gzip) ou non ; plusieurs quand un mois est envoyé en plusieurs parties",
    )  # fmt: skip
    parser.add_argument(
        "--recu-le", type=date_iso, metavar="AAAA-MM-JJ", help="jour de réception (par défaut : création du fichier)"
    )
    parser.add_argument(
        "--date-du-fichier", type=date_iso, metavar="AAAA-MM-JJ",
        help="jour dont parle un fichier qui ne le dit pas, comme celui des contacts (par défaut : réception)",
    )  # fmt: skip
    parser.add_argument("--confirmer", action="store_true", help="charge malgré une forte baisse du nombre de foyers")
    parser.add_argument(
        "--departement-attendu", metavar="CODE",
        help="charge un fichier de bénéficiaires marqué pour un autre département (IDEPARTE), par exemple 099",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="réponse en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.echanges.guichet.services import charger, recevoir
    from cordee.metier.organismes.selectors import agent_systeme
    from cordee.socle.horloge import maintenant

    par, le = agent_systeme(), maintenant()
    fichiers = [
        recevoir(
            chemin=chemin, nom=chemin.name, recu_le=options.recu_le, par=par, le=le, deposer=False,
            date_du_fichier=options.date_du_fichier,
        )
        for chemin in options.fichiers
    ]  # fmt: skip
    fin = FAIT
    for rang, (fichier, chemin) in enumerate(zip(fichiers, options.fichiers, strict=True), start=1):
        dernier = rang == len(fichiers)
        _annoncer(fichier, options.departement_attendu, partie=not dernier, par=par, le=le)
        rapport = charger(fichier=fichier, par=par, le=le, confirmer=options.confirmer and dernier, chemin=chemin)
        _repondre(rapport, json=options.json)
        if rapport.statut == "a_confirmer":
            print(f"{rapport.message} Option : --confirmer.", file=sys.stderr)
            fin = REFUSE
    return fin


def _annoncer(fichier: FichierRecu, departement: str | None, *, partie: bool, par: Agent, le: datetime) -> None:
    """What the command says of a beneficiaries file before it is loaded."""
    from cordee.echanges.caf.depot import accepter_departement, annoncer_partie
    from cordee.echanges.caf.selectors import BENEFICIAIRES

    if fichier.type not in BENEFICIAIRES or fichier.statut == "charge":
        return
    if departement:
        accepter_departement(fichier=fichier, departement=departement, par=par, le=le)
        fichier.refresh_from_db()
    if partie and fichier.statut != "refuse":
        annoncer_partie(fichier=fichier, par=par, le=le)


def _repondre(rapport: Rapport | RapportLignes, *, json: bool) -> None:
    from cordee.echanges.caf.rapport import Rapport

    if json:
        rien = RIEN_DE_NEUF if isinstance(rapport, Rapport) else RIEN_DE_NEUF_LIGNES
        imprimer_json({**rapport.vers_json(), **(rien if rapport.deja_recu else {})})
    elif isinstance(rapport, Rapport):
        _raconter(rapport)
    else:
        _raconter_lignes(rapport)


def _raconter(rapport: Rapport) -> None:
    if rapport.deja_recu:
        print("Ce fichier avait déjà été chargé : rien n'a changé. Voici le rapport d'alors.")
    print(f"{rapport.type} · {rapport.organisme} · référence {rapport.reference} · {rapport.portee}")
    print(
        f"Foyers lus : {rapport.foyers_lus} (inchangés {rapport.foyers_inchanges}, nouveaux {rapport.foyers_nouveaux}, "
        f"mis de côté {len(rapport.rejets)}, changements d'état {rapport.changements_etat})."
    )
    print(f"Personnes : {_mouvements(rapport)}.")
    for mouvement in rapport.mouvements:
        print(f"  {mouvement.nombre:>6}  {mouvement.libelle} ({mouvement.sens})")
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
