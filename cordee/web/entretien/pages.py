"""The interviews of a person, one version after the other; the drafts of an agent."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.enums import Impact, NatureConstat, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import DetailDiagnostic, Diagnostic, VersionDiagnostic
from cordee.metier.orientation.regles.contenu import Contenu
from cordee.metier.orientation.regles.vocabulaire import vocabulaire
from cordee.metier.orientation.selectors.diagnostic import (
    contenu_de,
    details_fermes,
    details_lisibles,
    diagnostics_de,
    mes_brouillons,
)
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.socle import horloge
from cordee.web.entretien.lecture import detail_ouvert, journaliser_detail
from cordee.web.parcours import table
from cordee.web.parcours.views import contexte_de
from cordee.web.socle.acces import acces, agent_courant, exiger, habilitation_de
from cordee.web.socle.identites import nom_court

P = Permission
LISENT = (P.DIAGNOSTIQUER, P.ORIENTER, P.CONTRACTUALISER, P.VOIR_DIAGNOSTIC_DETAIL)
PAR_PAGE = 30


@dataclass(frozen=True, slots=True)
class DetailAffiche:
    """What one author wrote, in words."""

    detail: DetailDiagnostic
    situations: tuple[str, ...]
    objectifs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntretienAffiche:
    """One interview: what it said, what it changed from the one it replaces, what may be read of its detail."""

    diagnostic: Diagnostic
    contenu: Contenu
    resume: str
    themes: tuple[tuple[ThemeDiagnostic, Impact], ...]
    reponses: tuple[tuple[str, str], ...]
    changements: tuple[tuple[str, str, str], ...]
    details: tuple[DetailAffiche, ...]
    ferme: bool
    versions: tuple[tuple[VersionDiagnostic, list[tuple[str, str, str]]], ...]


@acces(*LISENT, finalite=Finalite.DIAGNOSTIC)
def entretiens(request: HttpRequest, pk: int) -> HttpResponse:
    """Every interview of a person, corrections and drafts included: nothing is overwritten."""
    peut = habilitation_de(request).peut
    contexte = contexte_de(request, pk, table.ACTES["diagnostic" if peut(P.DIAGNOSTIQUER) else "orienter"])
    ouvert = detail_ouvert(contexte)
    lignes = list(
        diagnostics_de(contexte.ids).prefetch_related("projets", "experiences", "versions", "versions__par")[:50]
    )
    details = details_lisibles(lignes, pour=contexte.agent, ouvert=ouvert)
    fermes = details_fermes(lignes, pour=contexte.agent, ouvert=ouvert)
    if any(d.par_id != contexte.agent.pk for ds in details.values() for d in ds):
        journaliser_detail(contexte)
    par_pk = {ligne.pk: ligne for ligne in lignes}
    affiches = [
        _affiche(ligne, par_pk.get(ligne.remplace_id or 0), details.get(ligne.pk, []), ferme=ligne.pk in fermes)
        for ligne in lignes
    ]
    qui = nom_court(contexte.personne.prenom, contexte.personne.nom)
    remplaces = {ligne.remplace_id for ligne in lignes if not ligne.brouillon}
    courant = next((ligne.pk for ligne in lignes if not ligne.brouillon and ligne.pk not in remplaces), None)
    page = {
        "personne": contexte.personne, "qui": qui, "entretiens": affiches, "courant": courant,
        "peut_corriger": contexte.dossier.peut(P.DIAGNOSTIQUER),
        "fil": [("Personnes", reverse("personnes")), (qui, reverse("personne", args=[pk])), ("Entretiens", "")],
    }  # fmt: skip
    return render(request, "entretien/versions.html", page)


@acces(P.DIAGNOSTIQUER, P.ORIENTER)
def en_cours(request: HttpRequest) -> HttpResponse:
    """My interviews begun and not finished, the last one first."""
    exiger(request, P.DIAGNOSTIQUER, P.ORIENTER)
    agent, droits = agent_courant(request), habilitation_de(request)
    visibles = personnes_visibles(pour=agent, au=horloge.aujourdhui(), droits=droits)
    brouillons = mes_brouillons(pour=agent).filter(personne__in=visibles)
    cle = "orienter" if droits.peut(P.ORIENTER) else "diagnostic"
    page = Paginator(brouillons, PAR_PAGE).get_page(request.GET.get("page"))
    lignes = [
        (d, nom_court(d.personne.prenom, d.personne.nom), reverse(f"acte_{cle}", args=[d.personne_id])) for d in page
    ]
    return render(request, "entretien/en_cours.html", {"page": page, "lignes": lignes})


def _affiche(
    ligne: Diagnostic, remplacee: Diagnostic | None, details: list[DetailDiagnostic], *, ferme: bool
) -> EntretienAffiche:
    contenu = contenu_de(ligne).complet()
    avant = contenu_de(remplacee).complet() if remplacee is not None else None
    poids = [Impact.FORT, Impact.FAIBLE, Impact.AUCUN]
    themes = [(ThemeDiagnostic(t), Impact(i)) for t, i in contenu.themes.items() if Impact(i) in poids]
    vide = Contenu(situation_pro=contenu.situation_pro, niveau=contenu.niveau, themes=contenu.themes).complet()
    dits = [SituationPro(ligne.situation_pro).libelle] if ligne.situation_pro else []
    dits += [NiveauFormation(ligne.niveau).libelle] if ligne.niveau else []
    return EntretienAffiche(
        diagnostic=ligne, contenu=contenu, resume=". ".join(dits),
        themes=tuple(sorted(themes, key=lambda t: poids.index(t[1]))),
        reponses=tuple((libelle, valeur) for libelle, valeur, _ in contenu.differences(vide) if valeur),
        changements=tuple(avant.differences(contenu)) if avant is not None else (),
        details=tuple(_en_mots(d) for d in details), ferme=ferme, versions=tuple(
            (v, Contenu.depuis_json(v.contenu).complet().differences(contenu)) for v in ligne.versions.all()
        ),
    )  # fmt: skip


def _en_mots(detail: DetailDiagnostic) -> DetailAffiche:
    vocab = vocabulaire()

    def libelles(codes: list[str], nature: NatureConstat) -> tuple[str, ...]:
        connus = vocab.situations if nature is NatureConstat.SITUATION else vocab.objectifs
        return tuple(connus[c].libelle if c in connus else c for c in codes)

    return DetailAffiche(
        detail, libelles(detail.situations, NatureConstat.SITUATION), libelles(detail.objectifs, NatureConstat.OBJECTIF)
    )
