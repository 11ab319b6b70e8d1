"""``cordee installer``: an empty département ready for real data. Can be run again."""

from __future__ import annotations

import argparse
import os
import secrets
from datetime import datetime
from typing import Any

from cordee.configuration.console import imprimer_json, preparer_django

AIDE = "Prépare un département vide : base, communes, premier administrateur. Peut être relancée."


def definir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--departement", default="94", help="code du département (94)")
    parser.add_argument("--administrateur", metavar="COURRIEL", help="courriel du premier administrateur")
    parser.add_argument("--json", action="store_true", help="résultat en JSON")


def executer(options: argparse.Namespace) -> int:
    preparer_django()
    from cordee.socle.horloge import maintenant

    bilan = installer(departement=options.departement, administrateur=options.administrateur, le=maintenant())
    if options.json:
        imprimer_json(bilan)
        return 0
    print(f"Le département {options.departement} est prêt : {bilan['communes']} communes.")
    if bilan["premier_acces"]:
        print(f"Premier administrateur : {bilan['administrateur']}.")
        print(f"Son mot de passe provisoire est dans {bilan['premier_acces']}.")
    return 0


def installer(*, departement: str, le: datetime, administrateur: str | None = None) -> dict[str, Any]:
    """Migrations, communes, a few métiers, the system's agent, the two central structures, the first administrator."""
    from django.core.management import call_command

    from cordee.metier.organismes.services import installer_agent_systeme
    from cordee.metier.orientation.services.rome import charger_rome_de_depart
    from cordee.territoires.models import Commune
    from cordee.territoires.services import charger_departement

    call_command("migrate", interactive=False, verbosity=0)
    charger_departement(code=departement)
    charger_rome_de_depart(le=le)
    systeme = installer_agent_systeme(le=le)
    courriel, acces = _premier_administrateur(systeme, departement, administrateur, le)
    return {
        "departement": departement,
        "communes": Commune.objects.filter(departement=departement).count(),
        "administrateur": courriel,
        "premier_acces": acces,
    }


def _premier_administrateur(systeme: Any, departement: str, courriel: str | None, le: datetime) -> tuple[str, str]:
    from cordee.metier.organismes import services
    from cordee.metier.organismes.enums import RoleAgent, TypeStructure
    from cordee.metier.organismes.models import Affectation, Structure
    from cordee.socle.horloge import jour

    existant = Affectation.objects.filter(role=RoleAgent.ADMINISTRATEUR, fin__isnull=True, agent__actif=True).first()
    if existant is not None:
        return existant.agent.courriel, ""
    direction = Structure.objects.filter(code="DIR").first() or services.creer_structure(
        code="DIR", nom="Direction de l'insertion", type=TypeStructure.DEPARTEMENT, debut=jour(le), par=systeme, le=le
    )
    courriel = courriel or f"administrateur@departement-{departement}.invalid"
    mot_de_passe = secrets.token_urlsafe(18)
    agent = services.creer_agent(courriel=courriel, nom="Administrateur", mot_de_passe=mot_de_passe, par=systeme, le=le)
    services.affecter(
        agent=agent, structure=direction, role=RoleAgent.ADMINISTRATEUR, debut=jour(le), par=systeme, le=le
    )
    return agent.courriel, _ecrire_acces(agent.courriel, mot_de_passe)


def _ecrire_acces(courriel: str, mot_de_passe: str) -> str:
    """The password is written where only the owner of the installation reads it, never on a screen or in a log."""
    from django.conf import settings

    chemin = settings.CORDEE_HOME / "premier-acces.txt"
    descripteur = os.open(chemin, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descripteur, "w", encoding="utf-8") as fichier:
        fichier.write(f"{courriel}\n{mot_de_passe}\nChangez ce mot de passe, puis supprimez ce fichier.\n")
    return str(chemin)
