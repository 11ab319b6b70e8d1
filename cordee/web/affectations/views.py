"""The allocation read: who waits, the draft, what it brings, the table of weights."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.affectation.bareme import bareme as bareme_courant
from cordee.metier.orientation.affectation.comparaison import phrase_gain, phrases_comparaison
from cordee.metier.orientation.affectation.enums import Critere, Mode, MotifSansSolution, ResultatLigne
from cordee.metier.orientation.models import LigneAffectation, PropositionAffectation
from cordee.metier.orientation.selectors.affectations import (
    charges_de,
    en_attente,
    filtrer,
    lignes_visibles,
    propositions,
    structures_a_affecter,
)
from cordee.metier.orientation.services.affectation.validation import DELAI_D_ANNULATION
from cordee.metier.parcours.enums import Voie
from cordee.socle import horloge
from cordee.web.affectations.commun import cadre, en_mots, portee, titre, trouver
from cordee.web.affectations.formulaires import FiltresLignes
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, journaliser_export
from cordee.web.socle.export import en_csv

PAR_PAGE = 50
COLONNES = [
    Colonne("qui", "Personne", triable=False),
    Colonne("propose", "Référent proposé", triable=False),
    Colonne("pourquoi", "À savoir", triable=False),
    Colonne("actes", "Actions", triable=False, cachee=True),
]
_ORDRE = {str(voie): rang for rang, voie in enumerate(Voie)}


@acces(Permission.NOMMER_REFERENT)
def accueil(request: HttpRequest) -> HttpResponse:
    """Who waits, the draft to take up again, the allocations made."""
    lieu = portee(request)
    attente = en_attente(**lieu)
    toutes = propositions(**lieu).defer("charges")
    structures = list(structures_a_affecter(**lieu))
    brouillons = list(toutes.filter(statut="brouillon"))
    page = Paginator(toutes.exclude(statut="brouillon"), 20).get_page(request.GET.get("page"))
    ouverts = {b.structure_id for b in brouillons}
    contexte = {
        "attente": [{**ligne, "voie": Voie(ligne["voie"]) if ligne["voie"] else None} for ligne in attente],
        "total": sum(ligne["n"] for ligne in attente),
        "depuis": min((ligne["depuis"] for ligne in attente if ligne["depuis"]), default=None),
        "brouillons": [(titre(b), b) for b in brouillons],
        "structures": [s for s in structures if s.pk not in ouverts],
        "peut_preparer": None not in ouverts if not structures else any(s.pk not in ouverts for s in structures),
        "modes": list(Mode),
        "page": page,
        "au": lieu["au"],
    }
    return render(request, "affectations/accueil.html", contexte)


@acces(Permission.NOMMER_REFERENT)
def proposition(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft: people by path on the left, structures and référents on the right."""
    lieu, trouvee = portee(request), trouver(request, pk)
    visibles = lignes_visibles(trouvee, **lieu)
    filtres = FiltresLignes(request.GET, structures=_structures(trouvee))
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    lignes = filtrer(
        visibles, voie=lus.get("voie", ""), structure=lus.get("structure") or None, voir=lus.get("voir", ""),
        texte=lus.get("q", ""),
    ).order_by("voie", "structure__nom", "agent__nom", "personne_id")  # fmt: skip
    if request.GET.get("export") == "csv":
        return _exporter(request, trouvee, lignes)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        **cadre(trouvee, "personnes"),
        "titre": titre(trouvee),
        "filtres": filtres,
        "colonnes": COLONNES,
        "page": page,
        "groupes": _par_voie(page),
        **_comptes(trouvee, visibles),
        "charges": charges_de(trouvee, bareme=bareme_courant()) if trouvee.statut == "brouillon" else [],
        "phrases": _phrases(trouvee)[:3],
        "annulable": _annulable(trouvee),
        "au": lieu["au"],
        **_totaux(trouvee),
    }  # fmt: skip
    return render(request, "affectations/proposition.html", contexte)


@acces(Permission.NOMMER_REFERENT)
def comparer(request: HttpRequest, pk: int) -> HttpResponse:
    """What the allocation is worth against first come first served; what one more place would bring; who has nobody."""
    trouvee = trouver(request, pk)
    bilan = trouvee.bilan
    comparaison = bilan.get("comparaison", {})
    mieux, moins = comparaison.get("mieux", {}), comparaison.get("moins_bien", {})
    gains = bilan.get("gains", [])
    noms = {s.pk: s.nom for s in Structure.objects.filter(pk__in={g["structure"] for g in gains})}
    agents = {a.pk: str(a) for a in Agent.objects.filter(pk__in={g["agent"] for g in gains if g["agent"]})}
    contexte = {
        **cadre(trouvee, "comparer"),
        "titre": titre(trouvee),
        "phrases": _phrases(trouvee),
        "criteres": [
            (c, mieux.get(str(c), 0), moins.get(str(c), 0)) for c in Critere if str(c) in mieux or str(c) in moins
        ],
        "gains": [(noms.get(g["structure"], ""), agents.get(g["agent"] or 0, ""), phrase_gain(g)) for g in gains],
        "sans_solution": [
            (MotifSansSolution(ligne["raison"]), ligne["nombre"]) for ligne in bilan.get("sans_solution", [])
        ],
        **_totaux(trouvee),
    }
    return render(request, "affectations/comparer.html", contexte)


@acces(Permission.NOMMER_REFERENT)
def bareme(request: HttpRequest) -> HttpResponse:
    """The published table of weights."""
    table = bareme_courant()
    contexte = {"table": table, "lignes": table.lignes, "couples": table.couples}
    return render(request, "affectations/bareme.html", contexte)


# Parts --------------------------------------------------------------------------------------------------------------
def _totaux(trouvee: PropositionAffectation) -> dict[str, Any]:
    bilan = trouvee.bilan
    return {
        "personnes": bilan.get("personnes", 0),
        "affectees": bilan.get("affectees", 0),
        "sans": bilan.get("personnes", 0) - bilan.get("affectees", 0),
        "points": bilan.get("points", 0),
        "prouvee": trouvee.cout == trouvee.borne,
        "couples": bilan.get("couples", 0),
        "mode": Mode(trouvee.mode),
    }


def _comptes(trouvee: PropositionAffectation, visibles: QuerySet[LigneAffectation]) -> dict[str, int]:
    """How many lines she would validate, with how many new decisions; how many are not hers to see."""
    retenue = Q(agent__isnull=False) & ~Q(resultat=ResultatLigne.ECARTEE)
    comptes = visibles.aggregate(
        vues=Count("pk"), a_valider=Count("pk", filter=retenue),
        decisions=Count("pk", filter=retenue & ~Q(structure=F("structure_decidee"))),
    )  # fmt: skip
    vues = comptes.pop("vues")
    return {**comptes, "reservees": trouvee.lignes.count() - vues}


def _phrases(trouvee: PropositionAffectation) -> list[str]:
    comparaison = trouvee.bilan.get("comparaison", {})
    return phrases_comparaison(
        comparaison.get("mieux", {}), comparaison.get("moins_bien", {}), comparaison.get("en_plus", 0)
    )


def _par_voie(page: Any) -> list[tuple[Voie, list[dict[str, Any]]]]:
    return [
        (Voie(voie), [en_mots(ligne) for ligne in lignes])
        for voie, lignes in groupby(page, key=lambda ligne: ligne.voie)
    ]  # fmt: skip


def _structures(trouvee: PropositionAffectation) -> list[tuple[str, str]]:
    presentes = trouvee.lignes.filter(structure__isnull=False).order_by("structure__nom")
    return [(str(pk), nom) for pk, nom in presentes.values_list("structure_id", "structure__nom").distinct()]


def _annulable(trouvee: PropositionAffectation) -> timedelta | None:
    """How long it may still be undone."""
    if trouvee.validee_le is None:
        return None
    reste = DELAI_D_ANNULATION - (horloge.maintenant() - trouvee.validee_le)
    return reste if reste > timedelta() else None


def _exporter(
    request: HttpRequest, trouvee: PropositionAffectation, lignes: QuerySet[LigneAffectation]
) -> HttpResponse:
    """The list of the filters, for her own papers: each file that leaves is logged."""
    retenues = [en_mots(ligne) for ligne in lignes]
    ids = [r["ligne"].personne_id for r in retenues]
    journaliser_export(request, ids, finalite=Finalite.ORIENTATION, page="affectation")
    return en_csv(
        f"affectation-{trouvee.au:%Y-%m-%d}",
        ["Personne", "Parcours", "Attend depuis", "Structure", "Référent", "Points", "À savoir", "Suite"],
        (
            (
                r["nom"], Voie(r["ligne"].voie).libelle, r["ligne"].depuis, r["ligne"].structure or "",
                r["ligne"].agent or "", r["ligne"].cout, r["motif"].libelle if r["motif"] else r["reserves"],
                r["ligne"].refus or r["resultat"].libelle,
            )
            for r in retenues
        ),
    )  # fmt: skip
