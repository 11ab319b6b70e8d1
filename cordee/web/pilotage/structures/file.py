"""A caseload on a day (TDB2): the head's structure, a référent's own people. Each figure opens the working list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Affectation, Agent, Structure, en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.selectors.equipe import ACCOMPAGNENT
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.pilotage.comparaisons.file_active import (
    AVANCEES,
    PROBLEMES,
    ColonneFile,
    LigneFile,
    Portee,
    compter,
    personnes_de_la_case,
)
from cordee.socle import horloge
from cordee.web.composants.tableaux import lire_tri
from cordee.web.equipe.perimetre import dirigees, structure_encadree
from cordee.web.personnes import liste as gens
from cordee.web.pilotage.structures.demande import sections
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export, peut
from cordee.web.socle.export import en_csv, en_xlsx

P = Permission
COLONNES: Final = [c for c in gens.COLONNES if c.cle != "contact"]
PARTIES: Final = (("Ce qui est fait", "succes", AVANCEES), ("Ce qui manque", "alerte", PROBLEMES))
ENTETES: Final = ("Ligne", "Règle", *(c.libelle for c in ColonneFile))


@dataclass(frozen=True, slots=True)
class Choix:
    """What the address asks for. ``agent`` None: the whole structure. ``titre``: whose caseload."""

    portee: Portee
    titre: str
    structure: Structure | None

    def adresse(self, nom: str, **autres: str) -> str:
        """Another page about the same caseload and day."""
        ecrits = {"structure": str(self.structure.pk) if self.structure else "", **autres}
        if self.portee.au != horloge.aujourdhui():
            ecrits["au"] = self.portee.au.isoformat()
        requete = urlencode({cle: v for cle, v in ecrits.items() if v})
        return f"{reverse(nom)}?{requete}" if requete else reverse(nom)


@acces(P.SUIVRE, P.ENCADRER)
def board(request: HttpRequest) -> HttpResponse:
    """The whole board of a caseload on a day."""
    choix = _choix(request)
    droits = habilitation_de(request)
    contexte: dict[str, Any] = {
        "choix": choix, "au": choix.portee.au if choix else _jour(request), "aujourdhui": horloge.aujourdhui(),
        "structures": _structures(request, choix), "sections": _sections(request), "colonnes": list(ColonneFile),
        "url_equipe": reverse("equipe") if droits.peut(P.ENCADRER) else "", "url_ma_file": reverse("ma_file"),
        "peut_ma_file": droits.peut(P.SUIVRE), "peut_lister": peut(request, P.VOIR_PERSONNES),
    }  # fmt: skip
    if choix is None:
        return render(request, "pilotage/structures/file.html", contexte)
    comptes = compter(choix.portee)
    if request.GET.get("format") in ("csv", "xlsx"):
        fabrique = en_xlsx if request.GET["format"] == "xlsx" else en_csv
        lignes = [[x.libelle, x.description, *(comptes[x][c] for c in ColonneFile)] for x in LigneFile]
        return fabrique(f"file-active-{choix.portee.au:%Y-%m-%d}", ENTETES, lignes)
    contexte |= {
        "parties": [
            {"titre": titre, "icone": icone,
             "lignes": [_ligne(choix, x, comptes, lister=contexte["peut_lister"]) for x in lignes]}
            for titre, icone, lignes in PARTIES
        ],
        "vide": not comptes[LigneFile.EN_TOUT][ColonneFile.TOUTES],
        "url_csv": choix.adresse("pilotage_structures_file", format="csv"),
        "url_xlsx": choix.adresse("pilotage_structures_file", format="xlsx"),
    }  # fmt: skip
    return render(request, "pilotage/structures/file.html", contexte)


@acces(P.VOIR_PERSONNES, finalite=Finalite.SUIVI)
def personnes(request: HttpRequest) -> HttpResponse:
    """One page of the people of a cell, in her perimeter; each read is written in the log."""
    choix, ligne, colonne = _case(request)
    comptees, visibles = _derriere(request, choix, ligne, colonne, P.VOIR_PERSONNES)
    tri = lire_tri(request.GET, COLONNES, "risque")
    pages = Paginator(gens.ordonner(visibles, tri).values_list("pk", flat=True), gens.PAR_PAGE)
    page = pages.get_page(request.GET.get("page"))
    ids = list(page)
    journaliser_export(request, ids, finalite=Finalite.SUIVI, page=f"file/{ligne}")
    filtre = {"ligne": str(ligne), "colonne": str(colonne)}
    contexte: dict[str, Any] = {
        "choix": choix, "ligne": ligne, "colonne": colonne, "page": page, "au": horloge.aujourdhui(),
        "hors": comptees - pages.count, "lignes": gens.lignes(ids, horloge.aujourdhui()), "colonnes": COLONNES,
        "tri": tri,
        "peut_exporter": peut(request, P.EXPORTER),
        "url_csv": choix.adresse("pilotage_structures_file_export", **filtre, tri=str(tri), format="csv"),
        "url_xlsx": choix.adresse("pilotage_structures_file_export", **filtre, tri=str(tri), format="xlsx"),
        "url_file": choix.adresse("pilotage_structures_file"),
        "fil": [("Files actives", choix.adresse("pilotage_structures_file")), (ligne.libelle, "")],
    }  # fmt: skip
    return render(request, "pilotage/structures/file_personnes.html", contexte)


@acces(P.EXPORTER, finalite=Finalite.SUIVI)
def exporter(request: HttpRequest) -> HttpResponse:
    """The same people as a file, each read written in the log."""
    choix, ligne, colonne = _case(request)
    _, visibles = _derriere(request, choix, ligne, colonne, P.EXPORTER)
    ids = visibles.values_list("pk", flat=True)
    journaliser_export(request, ids, finalite=Finalite.SUIVI, page=f"export/file/{ligne}")
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    lignes = gens.lignes_export(gens.ordonner(visibles, lire_tri(request.GET, COLONNES, "risque")))
    return fabrique(f"file-{ligne}-{choix.portee.au:%Y-%m-%d}", gens.ENTETES_EXPORT, lignes)


# Parts --------------------------------------------------------------------------------------------------------------
def _choix(request: HttpRequest) -> Choix | None:
    """The caseload of the address: the structure she heads, else her own people. ``None``: one must be chosen."""
    droits, agent, au = habilitation_de(request), agent_courant(request), _jour(request)
    demandee = request.GET.get("structure", "")
    if droits.peut(P.ENCADRER):
        if demandee:
            s = structure_encadree(demandee, droits)
        else:
            s = Structure.objects.filter(pk__in=dirigees(droits)).order_by("nom", "pk").first()  # type: ignore[assignment]
        return Choix(Portee([s.pk], None, au), s.nom, s) if s else None
    return Choix(Portee(sorted(_ou_elle_suit(agent, au)), agent.pk, au), "Mes personnes", None)


def _case(request: HttpRequest) -> tuple[Choix, LigneFile, ColonneFile]:
    ligne, colonne = request.GET.get("ligne", ""), request.GET.get("colonne", "")
    if not peut(request, P.SUIVRE, P.ENCADRER):
        raise Http404
    choix = _choix(request)
    if choix is None or ligne not in set(LigneFile) or colonne not in set(ColonneFile):
        raise Http404
    return choix, LigneFile(ligne), ColonneFile(colonne)


def _derriere(
    request: HttpRequest, choix: Choix, ligne: LigneFile, colonne: ColonneFile, permission: Permission
) -> tuple[int, QuerySet[Personne]]:
    """How many people the cell counts, those of them she may see (or export)."""
    ids = personnes_de_la_case(choix.portee, ligne, colonne)
    visibles = personnes_visibles(
        pour=agent_courant(request), au=horloge.aujourdhui(), permission=permission, droits=habilitation_de(request)
    )
    return len(ids), visibles.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids]))


def _ligne(
    choix: Choix, ligne: LigneFile, comptes: dict[LigneFile, dict[ColonneFile, int]], *, lister: bool
) -> dict[str, Any]:
    cases = []
    for colonne in ColonneFile:
        n, tous = comptes[ligne][colonne], comptes[LigneFile.EN_TOUT][colonne]
        url = choix.adresse("pilotage_structures_file_personnes", ligne=str(ligne), colonne=str(colonne))
        cases.append({
            "colonne": colonne, "n": n, "url": url if n and lister else "",
            "part": round(100 * n / tous) if tous and ligne is not LigneFile.EN_TOUT else None,
        })  # fmt: skip
    return {"ligne": ligne, "cases": cases}


def _jour(request: HttpRequest) -> date:
    """The day of the address, never to come; today by default."""
    aujourdhui = horloge.aujourdhui()
    try:
        return min(date.fromisoformat(request.GET.get("au", "")), aujourdhui)
    except ValueError:
        return aujourdhui


def _structures(request: HttpRequest, choix: Choix | None) -> list[tuple[str, str, bool]]:
    """The structures she may open, as a list of choices: id, name, whether it is the present one."""
    droits = habilitation_de(request)
    if not droits.peut(P.ENCADRER):
        return []
    lignes = Structure.objects.order_by("nom")
    if droits.departement(P.ENCADRER):
        lignes = lignes.filter(en_cours(horloge.aujourdhui())).exclude(categorie="")
    else:
        lignes = lignes.filter(pk__in=dirigees(droits))
    ici = choix.structure.pk if choix and choix.structure else None
    return [(str(pk), nom, pk == ici) for pk, nom in lignes.values_list("pk", "nom")]


def _ou_elle_suit(agent: Agent, au: date) -> set[int]:
    postes = Affectation.objects.filter(en_cours(au), agent=agent, role__in=ACCOMPAGNENT)
    return set(postes.values_list("structure_id", flat=True))


def _sections(request: HttpRequest) -> list[dict[str, Any]]:
    return sections(request, "pilotage_structures_file") if peut(request, P.PILOTER, P.ENCADRER) else []
