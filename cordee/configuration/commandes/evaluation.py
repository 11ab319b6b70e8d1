"""``cordee evaluation``: what an experiment shows, naive gap and adjusted estimate side by side."""

from __future__ import annotations

import argparse
from typing import Any

from cordee.configuration.console import FAIT, imprimer_json, preparer_django

AIDE = "Donne les résultats d'une expérimentation enregistrée : écart brut, estimation, intervalle, conclusion."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "code", nargs="?", default="", metavar="CODE", help="code de l'expérimentation (sinon : la liste)"
    )
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.pilotage.evaluation.selectors import experiences
    from cordee.socle.horloge import aujourdhui

    toutes = experiences(pour=None, au=aujourdhui())
    if not options.code:
        lignes = [{"code": e.code, "titre": e.titre, "etat": e.etat, "sceau": e.sceau} for e in toutes]
        if options.json:
            imprimer_json(lignes)
        else:
            print(
                "\n".join(f"{x['code']:<32} {x['etat']:<12} {x['titre']}" for x in lignes) or "Aucune expérimentation."
            )
        return FAIT
    resultat = _evaluer(options.code)
    if options.json:
        imprimer_json(resultat)
    else:
        _dire(resultat)
    return FAIT


def _evaluer(code: str) -> dict[str, Any]:
    """Computed now, on the facts of now; nothing is written but the first look, in the register."""
    from cordee.metier.organismes.selectors import agent_systeme
    from cordee.pilotage.etudes.services import calculer
    from cordee.pilotage.evaluation.selectors import experiences
    from cordee.pilotage.evaluation.services.registre import ExperienceRefusee, demander_resultats
    from cordee.pilotage.lac.ecriture import rafraichir_le_lac
    from cordee.socle.horloge import aujourdhui, maintenant

    experience = experiences(pour=None, au=aujourdhui()).filter(code=code).first()
    if experience is None:
        raise ExperienceRefusee(f"Aucune expérimentation ne porte le code « {code} » : tapez « cordee evaluation ».")
    etude = demander_resultats(experience=experience, par=agent_systeme(), le=maintenant())
    rafraichir_le_lac(le=maintenant())
    calculer(etude, le=maintenant())
    if etude.erreur or etude.resultat is None:
        raise ExperienceRefusee(etude.erreur or "Le calcul n'a pas abouti.")
    tete = {"code": experience.code, "titre": experience.titre, "hypothese": experience.hypothese,
            "etat": experience.etat, "sceau": experience.sceau}  # fmt: skip
    return tete | etude.resultat


def _dire(r: dict[str, Any]) -> None:
    print(f"{r['titre']} ({r['etat']})\n{r['conclusion']['phrase']}\n{r['conclusion']['interdit']}")
    for reserve in r["conclusion"]["reserves"]:
        print(f"  {reserve}")
    if r["naif"]:
        print(f"Écart brut (un écart, pas un effet) : {r['naif']['valeur']:+.1f} points".replace(".", ","))
    if r["intervalle"]:
        bas, haut = r["intervalle"]
        print(f"Estimation : de {bas:+.1f} à {haut:+.1f} points ({r['estimation']:+.1f})".replace(".", ","))
