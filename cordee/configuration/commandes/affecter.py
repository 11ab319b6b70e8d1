"""``cordee affecter``: the allocation of everybody oriented who waits for a référent, proven and explained."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from cordee.configuration.console import FAIT, imprimer_json, preparer_django
from cordee.socle.erreurs import ErreurMetier

AIDE = "Propose un référent à toute personne orientée qui en attend un, au mieux des places."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.description = (
        f"{AIDE} Le coût est minimal, et prouvé. Sans « --simulation », la proposition est enregistrée : une "
        "responsable la relit, la change et la valide sur la page « Affectation ». Rien n'est nommé ici."
    )
    parser.epilog = (
        "JSON : {personnes, affectees, cout, borne, cout_premier_arrive, sans_solution: [{raison, nombre}], points, "
        "couples, changements_de_structure, comparaison, bareme, mode}. « cout » égale « borne » : c'est la preuve."
    )
    parser.add_argument("--simulation", action="store_true", help="calcule sans rien enregistrer")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")
    parser.add_argument("--structure", metavar="CODE", help="les personnes et les référents d'une structure seulement")
    parser.add_argument(
        "--mode", choices=("lot", "fil"), default="lot",
        help="lot : toutes les places d'aujourd'hui ; fil : en gardant des places pour les arrivées attendues",
    )  # fmt: skip
    parser.add_argument(
        "--bareme", type=Path, metavar="FICHIER", help="un autre barème (YAML), pour simuler : contrôlé avant le calcul"
    )
    parser.add_argument("--par", metavar="COURRIEL", help="au nom de qui (par défaut : le système)")


def executer(options: argparse.Namespace) -> int:
    from cordee.metier.orientation.affectation.bareme import bareme, lire_bareme

    table = bareme() if options.bareme is None else lire_bareme(_lire(options.bareme))
    if options.bareme is not None and not options.simulation:
        raise ErreurMetier("Un autre barème ne sert qu'à simuler : ajoutez « --simulation ».")
    preparer_django()
    from cordee.metier.orientation.affectation.enums import Mode
    from cordee.metier.orientation.models import PropositionAffectation
    from cordee.metier.orientation.services.affectation import proposer, recalculer
    from cordee.metier.orientation.services.affectation.calcul import calculer
    from cordee.socle.horloge import jour, maintenant

    le, structure = maintenant(), _structure(options.structure)
    if options.simulation:
        calcul = calculer(au=jour(le), bareme=table, mode=Mode(options.mode), structure=structure)
        resultat = {
            **calcul.totaux, "cout": calcul.resultat.cout, "borne": calcul.resultat.borne,
            "cout_premier_arrive": calcul.usuel.cout, "proposition": None,
        }  # fmt: skip
    else:
        par = _agent(options.par)
        brouillon = PropositionAffectation.objects.filter(statut="brouillon", structure=structure).first()
        if brouillon is not None:  # a draft somebody may have changed: only what nobody locked is calculated again
            proposition = recalculer(proposition=brouillon, par=par, le=le)
        else:
            proposition = proposer(structure=structure, mode=Mode(options.mode), par=par, le=le)
        resultat = {
            **proposition.bilan, "cout": proposition.cout, "borne": proposition.borne,
            "cout_premier_arrive": proposition.cout_premier_arrive, "proposition": proposition.pk,
        }  # fmt: skip
    _dire({**resultat, "bareme": table.version, "mode": options.mode}, json=options.json)
    return FAIT


def _lire(chemin: Path) -> str:
    try:
        return chemin.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as e:
        raise ErreurMetier(f"Le barème « {chemin} » ne se lit pas : vérifiez le chemin.") from e


def _structure(code: str | None) -> Any:
    from cordee.metier.organismes.models import Structure

    if code is None:
        return None
    trouvee = Structure.objects.filter(code=code).first()
    if trouvee is None:
        raise ErreurMetier(f"Aucune structure ne porte le code « {code} ».")
    return trouvee


def _agent(courriel: str | None) -> Any:
    from cordee.metier.organismes.models import Agent
    from cordee.metier.organismes.selectors import agent_systeme

    if courriel is None:
        return agent_systeme()
    agent = Agent.objects.filter(courriel__iexact=courriel, actif=True).first()
    if agent is None:
        raise ErreurMetier(f"Aucun agent actif n'a le courriel « {courriel} ».")
    return agent


def _dire(resultat: dict[str, Any], *, json: bool) -> None:
    from cordee.metier.orientation.affectation.comparaison import phrases_comparaison
    from cordee.metier.orientation.affectation.enums import MotifSansSolution

    if json:
        imprimer_json(resultat)
        return
    print(f"{resultat['personnes']} personnes attendent un référent, {resultat['affectees']} en ont un proposé.")
    preuve = "optimum prouvé" if resultat["cout"] == resultat["borne"] else f"borne {resultat['borne']}"
    print(f"Coût {resultat['cout']} ({preuve}) ; premier arrivé, premier servi : {resultat['cout_premier_arrive']}.")
    comparaison = resultat["comparaison"]
    for phrase in phrases_comparaison(comparaison["mieux"], comparaison["moins_bien"], comparaison["en_plus"]):
        print(f"  {phrase}")
    for ligne in resultat["sans_solution"]:
        print(f"Sans solution : {ligne['nombre']} · {MotifSansSolution(ligne['raison']).libelle.lower()}.")
    if resultat["proposition"]:
        print(f"Proposition n° {resultat['proposition']} à relire sur la page « Affectation ».")
