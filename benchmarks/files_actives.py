"""« Ma file active » and the boards of teams over the whole demonstration: the biggest files, the biggest teams, all.

What is measured is what a référent and a head open every morning: every signal counted, every list behind a figure.
Budget: 100 ms at p95, and a number of queries that does not grow with the people.
"""

from __future__ import annotations

import argparse

from django.db.models import Count
from django.urls import reverse

from benchmarks.mesure import Mesure
from benchmarks.pages import BUDGET_P95, Page, Releve, relever
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Affectation, Agent, en_cours
from cordee.metier.orientation.selectors.signaux import Signal
from cordee.metier.parcours.models import Situation
from cordee.socle.horloge import aujourdhui

SUR_LE_DEPARTEMENT = True
FILES, EQUIPES = 6, 4


def mesurer(_: argparse.Namespace) -> list[Mesure]:
    files, equipes = relever(pages_des_files()), relever(pages_des_equipes())
    return [
        *(_mesure(r) for r in [*files, *equipes]),
        _ensemble("« Ma file active », toutes les files ouvertes", files),
        _ensemble("tableaux d'équipe, tous ceux ouverts", equipes),
    ]


def pages_des_files() -> list[Page]:
    """The biggest files of the département, whole, then by signal for the biggest of all."""
    suivis = Situation.objects.filter(soumis=True, referent_agent__actif=True).order_by().values("referent_agent")
    gros = suivis.annotate(n=Count("pk")).order_by("-n", "referent_agent")
    agents = Agent.objects.in_bulk([ligne["referent_agent"] for ligne in gros[:FILES]])
    adresse = reverse("ma_file")
    pages = [Page(agent.courriel, adresse) for agent in agents.values()]
    plus_gros = pages[0].compte
    pages += [Page(plus_gros, f"{adresse}?signal={s}") for s in Signal]
    return [*pages, Page(plus_gros, f"{adresse}?tri=nom"), Page(plus_gros, reverse("heures_grille"))]


def pages_des_equipes() -> list[Page]:
    """The biggest teams as their heads see them; everything, for whoever manages the département."""
    suivies = Situation.objects.filter(soumis=True, referent_structure__isnull=False).order_by()
    grosses = suivies.values("referent_structure").annotate(n=Count("pk")).order_by("-n", "referent_structure")
    chefs = dict(
        Affectation.objects.filter(en_cours(aujourdhui()), role=RoleAgent.CHEF_STRUCTURE, agent__actif=True)
        .order_by("-pk")
        .values_list("structure_id", "agent__courriel")
    )
    menees = [ligne["referent_structure"] for ligne in grosses if ligne["referent_structure"] in chefs]
    adresse = reverse("equipe")
    pages = [Page(chefs[pk], f"{adresse}?structure={pk}") for pk in menees[:EQUIPES]]
    for compte in ("encadrante", "responsable"):
        pages += [Page(compte, adresse), Page(compte, reverse("engagements"))]
    return [*pages, Page("encadrante", f"{adresse}?tri=-heures")]


def _mesure(r: Releve) -> Mesure:
    qui = r.page.compte.partition("@")[0]
    detail = (
        f"{r.requetes} requêtes, médiane {r.median:.0f} ms, meilleur {r.meilleur:.0f}, "
        f"processeur {r.cpu:.0f} + {r.cpu_base:.0f} ms dans la base"
    )
    return Mesure(f"{qui} {r.page.url} (p95)", r.p95, BUDGET_P95, "ms", detail)


def _ensemble(quoi: str, releves: list[Releve]) -> Mesure:
    """The dearest page in processor time: what the worst served agent pays, whatever else the machine does."""
    pire = max(releves, key=lambda r: r.processeur)
    tenues = sum(r.p95 <= BUDGET_P95 for r in releves)
    requetes = {r.requetes for r in releves}
    detail = f"{tenues} pages sur {len(releves)} à 100 ms ou moins (p95), de {min(requetes)} à {max(requetes)} requêtes"
    return Mesure(f"{quoi} : la plus chère en processeur", pire.processeur, BUDGET_P95, "ms", detail)
