"""Takes again the screenshots of the README and of ``docs/`` on a running demonstration (``make demo``).

Usage: ``.venv/bin/python outils/captures.py [--adresse http://127.0.0.1:8000] [--sortie docs/images] [NOM…]``. The same
pages, accounts and widths each time; dates and people are those of the day the demonstration was built.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RACINE: Final = Path(__file__).resolve().parent.parent
OPTIONS: Final = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                  "--disable-component-update")  # fmt: skip
Geste = Callable[["Page"], None]


@dataclass(frozen=True, slots=True)
class Capture:
    """One picture: signed in as ``compte`` (nobody when empty), at ``chemin``, after ``geste``."""

    nom: str
    compte: str
    chemin: str = "/"
    largeur: int = 1280
    hauteur: int = 960
    geste: Geste | None = None


def premiere_personne(page: Page) -> None:
    """Open the first person of the list on screen."""
    page.locator("table a[href*='/personnes/']").first.click()


def premier_fichier(page: Page) -> None:
    """Open the report of the last monthly file of the CAF."""
    page.locator("a", has_text="Fichier mensuel de la CAF").first.click()


def premiere_ligne(page: Page) -> None:
    """Open the first row of the list on screen, by the button of its last cell or by its name."""
    ligne = page.locator("table tbody tr").first
    boutons = ligne.locator("td a.btn")
    (boutons if boutons.count() else ligne.locator("a")).first.click()


def contrat_signe_ici(page: Page) -> None:
    """Open the first contract of the list that was signed here, with its proof; else the last one looked at."""
    site = page.url.split("/contrats/")[0]
    for adresse in [lien.get_attribute("href") for lien in page.locator("table tbody td a.btn").all()]:
        page.goto(f"{site}{adresse}")
        if not page.get_by_text("Aucune version n'a été gardée").count():
            return


def seance_chargee(page: Page) -> None:
    """Open the session that examines the most files."""
    nombres = page.locator("td[data-libelle=Dossiers]").all_inner_texts()
    rang = max(range(len(nombres)), key=lambda r: int(nombres[r]))
    page.locator("table tbody tr").nth(rang).locator("a").first.click()


def couple_au_deuxieme_rang(page: Page) -> None:
    """Ask the simulator about a household of two, for a breach that comes again."""
    page.locator("[name=foyer]").fill("2")
    page.locator("[name=rang]").select_option("2")
    page.locator("main button[type=submit]", has_text="Voir ce qui est permis").click()


def son_espace(page: Page) -> None:
    """From the contracts to sign: her number, the code that a demonstration shows, then her page of hours."""
    adresse = page.url.split("/contrats/")[0]
    fiche = page.locator("table tbody th a[href*='/personnes/']").first.get_attribute("href")
    page.goto(f"{adresse}{fiche}espace/")
    numero = page.locator("dl.definitions dd strong").first.inner_text()
    page.goto(f"{adresse}/espace/")
    page.locator("input[name=numero]").fill(numero)
    page.locator("button[value=message]").click()
    page.locator("input[name=code]").fill(page.locator(".avis strong").first.inner_text())
    page.get_by_role("button", name="Ouvrir mon espace").click()
    page.wait_for_url("**/espace/accueil/")
    page.goto(f"{adresse}/espace/heures/")


CAPTURES: Final = (
    Capture("connexion", ""),
    Capture("ma_journee", "plateforme"),
    Capture("ma_journee_referente", "referente"),
    Capture("personnes", "referente", "/personnes/"),
    Capture("personne", "referente", "/personnes/?moi=on&etape=prochain_contact", geste=premiere_personne),
    Capture("rapport_fichier", "donnees", "/fichiers/", hauteur=1150, geste=premier_fichier),
    Capture("rapprochements", "donnees", "/rapprochements/"),
    Capture("pilotage", "pilotage", "/pilotage/", hauteur=1150),
    Capture("indicateur", "pilotage", "/pilotage/taux_contrat/", hauteur=1150),
    Capture("structures", "pilotage", "/pilotage/structures/"),
    Capture("experience", "pilotage", "/pilotage/evaluations/trois-communes-2024/"),
    Capture("tableaux_officiels", "pilotage", "/pilotage/tableaux/"),
    Capture("administration", "admin", "/administration/"),
    Capture("ma_file", "referente", "/ma-file/", hauteur=1150),
    Capture("contrat", "referente", "/contrats/?etat=en_vigueur&tri=-quand", hauteur=1150,
            geste=contrat_signe_ici),
    Capture("procedure", "devoirs", "/devoirs/?onglet=procedures", hauteur=1300, geste=premiere_ligne),
    Capture("simulateur_devoirs", "devoirs", "/devoirs/simulateur/", hauteur=1300, geste=couple_au_deuxieme_rang),
    Capture("seance_ep", "devoirs", "/equipe-pluridisciplinaire/", hauteur=1150, geste=seance_chargee),
    Capture("espace_heures", "referente", "/contrats/?etat=a_signer", largeur=360, hauteur=780, geste=son_espace),
    Capture("ma_journee_mobile", "referente", largeur=360, hauteur=780),
    Capture("personne_mobile", "referente", "/personnes/?moi=on&etape=prochain_contact", largeur=360, hauteur=780,
            geste=premiere_personne),
)  # fmt: skip


def prendre(navigateur: Browser, capture: Capture, *, adresse: str, sortie: Path) -> list[str]:
    """Take one picture. Returns what the page complained of."""
    contexte = navigateur.new_context(viewport={"width": capture.largeur, "height": capture.hauteur}, locale="fr-FR")
    page = contexte.new_page()
    plaintes: list[str] = []
    page.on("console", lambda m: plaintes.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda erreur: plaintes.append(str(erreur)))
    if capture.compte:
        page.goto(f"{adresse}/comptes/login/?next={capture.chemin}")
        page.locator(f"form:has(input[value^='{capture.compte}@']) button").click()
        page.wait_for_load_state("networkidle")
    page.goto(adresse + capture.chemin)  # again when signed in: without the message that says so
    page.wait_for_load_state("networkidle")
    if capture.geste is not None:
        capture.geste(page)
        page.wait_for_load_state("networkidle")
    page.screenshot(path=sortie / f"{capture.nom}.png", animations="disabled")
    contexte.close()
    return plaintes


def principal() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--adresse", default="http://127.0.0.1:8000")
    parser.add_argument("--sortie", type=Path, default=RACINE / "docs" / "images")
    parser.add_argument("noms", nargs="*", help="only these")
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    chromium = subprocess.run(
        [RACINE / "outils" / "chromium"], capture_output=True, text=True, check=True
    ).stdout.strip()
    options.sortie.mkdir(parents=True, exist_ok=True)
    toutes: list[str] = []
    with sync_playwright() as playwright:
        navigateur = playwright.chromium.launch(executable_path=chromium, args=list(OPTIONS))
        for capture in CAPTURES:
            if not options.noms or capture.nom in options.noms:
                plaintes = prendre(navigateur, capture, adresse=options.adresse.rstrip("/"), sortie=options.sortie)
                toutes += [f"{capture.nom}: {plainte}" for plainte in plaintes]
        navigateur.close()
    print("\n".join(toutes))
    return 1 if toutes else 0


if __name__ == "__main__":
    raise SystemExit(principal())
