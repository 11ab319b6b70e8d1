"""``cordee campagne``: prepare, simulate, send and follow a campaign of convocations."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from cordee.configuration.console import FAIT, imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

if TYPE_CHECKING:
    from cordee.metier.organismes.models import Agent
    from cordee.metier.rendezvous.models import Campagne

AIDE = "Convoque en une fois les personnes d'une file d'attente : prépare, simule, envoie, suit."
GESTES = ("preparer", "simuler", "envoyer", "etat")
FILES = ("entrants", "seconde", "jamais", "sans_contrat")
ORDRES = ("urgence", "anciennete", "hasard")
CANAUX = ("courrier", "sms", "courriel")


def definir(parser: argparse.ArgumentParser) -> None:
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = (
        f"{AIDE}\n\n"
        "  simuler   donne le plan (places, besoin, refus) et n'enregistre rien\n"
        "  preparer  enregistre la campagne avec ses créneaux ; rien n'est envoyé\n"
        "  envoyer   envoie tout de suite une campagne prête, ou reprend celle qui s'est arrêtée\n"
        "  etat      dit où en est une campagne, ou les dernières"
    )
    parser.epilog = (
        "JSON de « simuler », « preparer », « envoyer » et « etat » d'une campagne :\n"
        "  {campagne, libelle, objet, etat, personnes, planifiees, convoquees, sans_place, retirees, annulees,\n"
        "   refus: [{raison, nombre}], canaux: [{canal, nombre}],\n"
        "   structures: [{structure, nom, besoin, libres, places, recues, manque, demi_journees}]}\n"
        "« campagne » est vide pour une simulation. « etat » sans --campagne : une liste.\n"
        "« places » : personnes du secteur qui ont un créneau ; « recues » : reçues par la structure, d'où qu'elles "
        "viennent.\n\n"
        "Exemple : cordee campagne simuler --file entrants --par agente@exemple.fr --delai 10 --json"
    )
    parser.add_argument("geste", choices=GESTES, metavar="GESTE", help=", ".join(GESTES))
    parser.add_argument("--campagne", type=int, metavar="N", help="numéro de la campagne (envoyer, etat)")
    parser.add_argument("--par", metavar="COURRIEL", help="au nom de qui, dans son périmètre (sauf pour « etat »)")
    parser.add_argument("--file", choices=FILES, default="entrants", help="la file d'attente (entrants)")
    parser.add_argument("--secteur", metavar="CODE", help="seulement les personnes de ce secteur (code de structure)")
    parser.add_argument("--commune", metavar="CODE", help="seulement les personnes de cette commune (94028)")
    parser.add_argument("--libelle", default="", help="nom de la campagne")
    parser.add_argument("--delai", type=int, default=10, metavar="N", help="jours ouvrés qui viennent (10)")
    parser.add_argument("--ordre", choices=ORDRES, default="urgence", help="qui d'abord (urgence)")
    parser.add_argument("--par-semaine", type=int, metavar="N", help="par structure et par semaine, au plus")
    parser.add_argument("--canal", choices=CANAUX, default="courrier", help="prévenir d'abord par (courrier)")
    parser.add_argument("--debordement", action="store_true", help="déborder sur les secteurs voisins")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    geste = {"preparer": _preparer, "simuler": _simuler, "envoyer": _envoyer, "etat": _etat}[options.geste]
    resultat = geste(options)
    if options.json:
        imprimer_json(resultat)
    else:
        for ligne in resultat if isinstance(resultat, list) else [resultat]:
            _dire(ligne)
    return FAIT


def _simuler(options: argparse.Namespace) -> dict[str, Any]:
    from django.db import transaction

    with transaction.atomic():
        campagne = _creer(options)
        resultat = _resultat(campagne) | {"campagne": None}
        transaction.set_rollback(True)
    return resultat


def _preparer(options: argparse.Namespace) -> dict[str, Any]:
    return _resultat(_creer(options))


def _envoyer(options: argparse.Namespace) -> dict[str, Any]:
    from cordee.metier.rendezvous.enums import EtatCampagne
    from cordee.metier.rendezvous.services.campagne_envoi import (
        Lot,
        envoyer_campagne,
        lancer_campagne,
        reprendre_campagne,
    )
    from cordee.socle.horloge import maintenant

    campagne, par = _campagne(options), _agent(options)
    if campagne.etat == EtatCampagne.EN_PAUSE:
        reprendre_campagne(campagne=campagne, par=par, le=maintenant())
    elif campagne.etat != EtatCampagne.EN_COURS:  # cut in the middle: it goes on by itself
        lancer_campagne(campagne=campagne, version=campagne.version, par=par, le=maintenant())
    faites = 0

    def dire(lot: Lot) -> None:
        nonlocal faites
        faites += lot.convoquees
        print(f"\r{faites} convoquées", end="", file=sys.stderr, flush=True)

    envoyer_campagne(campagne=campagne, maintenant=maintenant, apres_lot=dire)
    print(file=sys.stderr)
    campagne.refresh_from_db()
    return _resultat(campagne)


def _etat(options: argparse.Namespace) -> dict[str, Any] | list[dict[str, Any]]:
    from cordee.metier.rendezvous.models import Campagne

    if options.campagne is not None:
        return _resultat(_campagne(options))
    return [_resultat(c) for c in Campagne.objects.order_by("-cree_le", "-pk")[:20]]


def _creer(options: argparse.Namespace) -> Campagne:
    """The campaign of a queue, in the perimeter of the agent in whose name it is."""
    from cordee.metier.courriers.enums import Canal
    from cordee.metier.organismes.selectors import habilitation
    from cordee.metier.rendezvous.enums import OrdreCampagne
    from cordee.metier.rendezvous.services.campagne import Reglages, creer_campagne
    from cordee.pilotage.selectors import fraicheur
    from cordee.socle.horloge import jour, maintenant
    from cordee.web.campagnes.files import FILES as CONNUES
    from cordee.web.campagnes.files import choisir

    par, le = _agent(options), maintenant()
    file = next(f for f in CONNUES if f.cle == options.file)
    droits = habilitation(par, au=jour(le))
    if "stock" in file.filtres:
        fraicheur()  # says that there are no figures, rather than that nobody waits
    filtres = {**file.filtres, **_lieux(options)}
    choisies = choisir(filtres, pour=par, droits=droits, maintenant=le)
    reglages = Reglages(
        genre=file.genre, delai_ouvres=options.delai, ordre=OrdreCampagne(options.ordre),
        par_semaine=options.par_semaine, debordement=options.debordement, canal_prefere=Canal(options.canal),
    )  # fmt: skip
    return creer_campagne(
        libelle=options.libelle or f"{file.libelle}, {le:%d/%m/%Y}",
        personnes=choisies.values_list("personne_id", flat=True),
        criteres={c: str(v) for c, v in filtres.items()}, par=par, le=le, reglages=reglages,
    )  # fmt: skip


def _lieux(options: argparse.Namespace) -> dict[str, str]:
    from cordee.metier.organismes.models import Structure
    from cordee.territoires.models import Commune

    filtres = {}
    if options.secteur:
        structure = Structure.objects.filter(code=options.secteur).first()
        if structure is None:
            raise ErreurMetier(f"Aucune structure ne porte le code « {options.secteur} ».")
        filtres["secteur"] = str(structure.pk)
    if options.commune:
        if not Commune.objects.filter(pk=options.commune).exists():
            raise ErreurMetier(f"Aucune commune ne porte le code « {options.commune} ».")
        filtres["commune"] = options.commune
    return filtres


def _agent(options: argparse.Namespace) -> Agent:
    from cordee.metier.organismes.models import Agent

    if not options.par:
        raise ErreurMetier("Dites au nom de qui : « --par » suivi du courriel d'un agent.")
    agent = Agent.objects.filter(courriel__iexact=options.par, actif=True, systeme=False).first()
    if agent is None:
        raise ErreurMetier(f"Aucun agent en activité n'a le courriel « {options.par} ».")
    return agent


def _campagne(options: argparse.Namespace) -> Campagne:
    from cordee.metier.rendezvous.models import Campagne

    campagne = Campagne.objects.filter(pk=options.campagne).first() if options.campagne is not None else None
    if campagne is None:
        raise ErreurMetier("Aucune campagne ne porte ce numéro : « cordee campagne etat » donne les dernières.")
    return campagne


def _resultat(campagne: Campagne) -> dict[str, Any]:
    """Exactly the keys that other programs read."""
    from cordee.metier.rendezvous.selectors.campagne import avancement, canaux_de, offre_de, refus_de

    bilan = avancement(campagne)
    return {
        "campagne": campagne.pk, "libelle": campagne.libelle, "objet": campagne.genre, "etat": campagne.etat,
        "personnes": bilan.total, "planifiees": bilan.planifiees, "convoquees": bilan.convoquees,
        "sans_place": bilan.sans_place, "retirees": bilan.retirees, "annulees": bilan.annulees,
        "refus": [{"raison": r.value, "nombre": n} for r, n in refus_de(campagne)],
        "canaux": [{"canal": c.value, "nombre": n} for c, n in canaux_de(campagne)],
        "structures": [
            {
                "structure": o.structure.code if o.structure else "", "nom": o.structure.nom if o.structure else "",
                "besoin": o.besoin, "libres": o.libres, "places": o.places, "recues": o.recues, "manque": o.manque,
                "demi_journees": o.demi_journees,
            }
            for o in offre_de(campagne)
        ],
    }  # fmt: skip


def _dire(r: dict[str, Any]) -> None:
    numero = f"Campagne n° {r['campagne']}" if r["campagne"] else "Simulation"
    print(f"{numero} « {r['libelle']} » ({r['etat']}) : {r['personnes']} personnes, {r['planifiees']} avec un créneau, "
          f"{r['convoquees']} convoquées, {r['sans_place']} sans créneau.")  # fmt: skip
    for refus in r["refus"]:
        print(f"  {refus['nombre']:>5}  {refus['raison']}")
    for s in r["structures"]:
        if s["manque"]:
            print(f"  Il manque {s['manque']} places : ouvrir {s['demi_journees']} demi-journées, {s['nom']}.")
