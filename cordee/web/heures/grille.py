"""The week of many people on one page, typed with the keyboard: by an operator, a team, or a référent."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.contrats.enums import FamilleActivite, PieceVue, SourceHeures
from cordee.metier.contrats.regles.heures import UNE_SEMAINE, heures_en_mots, lundi, questions
from cordee.metier.contrats.selectors.heures import LigneGrille, grille
from cordee.metier.contrats.services.heures import BilanSaisie, LigneSaisie, constater_heures
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import q_visibles
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.heures.formulaires import ecrire_heures, lire_heures, semaine_demandee
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P, F = Permission, FamilleActivite
PAR_PAGE = 40
EXPORT_AU_PLUS = 2000
COURTES = {
    F.MISE_EN_SITUATION: "En situation", F.FORMATION: "Formation", F.RECHERCHE: "Recherche",
    F.ACCOMPAGNEMENT: "Accomp.", F.ACCES_DROITS: "Droits", F.ACTIVITE: "Emploi, activité",
}  # fmt: skip


@acces(P.CONTRACTUALISER, finalite=Finalite.CONTRAT)
def saisie(request: HttpRequest) -> HttpResponse:
    """People with a contract, one line each, the families of the law in columns."""
    agent, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    au = horloge.jour(maintenant)
    semaine = semaine_demandee(request.GET.get("semaine", ""), au)
    structure = _structure(request, droits)
    piece = request.GET.get("document", "")
    source = SourceHeures.VERIFIEE if piece in set(PieceVue) else SourceHeures.PRESENTE
    suivies = _suivies(request, agent, maintenant, droits, structure)
    if request.GET.get("format") == "csv":
        return _exporter(request, suivies, semaine, source)
    page = Paginator(suivies, PAR_PAGE).get_page(request.GET.get("page"))
    lues = grille([s.pk for s in page], semaine=semaine, source=source, structure=structure.pk if structure else None)
    erreurs: dict[str, str] = {}
    if request.method == "POST" and structure is not None:
        lignes, erreurs = _lire(request, lues)
        if not erreurs:
            try:
                bilan = constater_heures(
                    lignes=lignes, semaine=semaine, structure=structure,
                    piece_vue=PieceVue(piece) if source is SourceHeures.VERIFIEE else None, par=agent, le=maintenant,
                )  # fmt: skip
            except ErreurMetier as refus:
                messages.error(request, str(refus))
            else:
                messages.success(request, _phrase(bilan))
            return redirect(request.get_full_path())
    noms = {s.pk: nom_court(s.personne.prenom, s.personne.nom) for s in page}
    contexte: dict[str, Any] = {
        "au": au, "semaine": semaine, "page": page, "structure": structure, "structures": _choix(droits),
        "familles": [(f, COURTES[f]) for f in F], "pieces": list(PieceVue), "document": piece,
        "lignes": [_ligne(request, noms[pk], g, erreurs) for pk, g in lues.items()], "erreurs": len(erreurs),
        "precedente": semaine - UNE_SEMAINE, "suivante": semaine + UNE_SEMAINE if semaine < lundi(au) else None,
        "q": request.GET.get("q", ""), "parametres": request.GET.urlencode(),
        "moi": request.GET.get("moi", ""),
        "fil": [
            ("Mon équipe", reverse("equipe")) if droits.peut(P.ENCADRER) else ("Ma file active", reverse("ma_file")),
            ("Heures de la semaine", ""),
        ],
    }  # fmt: skip
    return render(request, "heures/grille.html", contexte, status=422 if erreurs else 200)


# Parts --------------------------------------------------------------------------------------------------------------
def _structure(request: HttpRequest, droits: Habilitation) -> Structure | None:
    demandee = request.GET.get("structure", "")
    pks = sorted(droits.structures)
    pk = int(demandee) if demandee.isdecimal() and int(demandee) in pks else next(iter(pks), None)
    return Structure.objects.filter(pk=pk).first() if pk else None


def _choix(droits: Habilitation) -> list[Structure]:
    miennes = Structure.objects.filter(pk__in=droits.structures).order_by("nom")
    return list(miennes) if len(droits.structures) > 1 else []


def _suivies(
    request: HttpRequest, agent: Agent, maintenant: datetime, droits: Habilitation, structure: Structure | None
) -> QuerySet[Situation]:
    """People under contract with this body: those of the agent, or all of them for a head; a name narrows them."""
    visibles = q_visibles("personne", pour=agent, au=horloge.jour(maintenant), droits=droits)
    suivies: QuerySet[Situation] = Situation.objects.filter(
        visibles, soumis=True, contrat_le__isnull=False, referent_structure=structure
    )
    if not droits.peut(P.ENCADRER) or request.GET.get("moi"):
        siennes = Q(referent_agent=agent)
        for c in droits.couvertures:
            siennes |= Q(referent_agent=c.absent, referent_structure=c.structure)
        suivies = suivies.filter(siennes)
    if nom := request.GET.get("q", "").strip():
        suivies = suivies.filter(Q(personne__nom__icontains=nom) | Q(personne__prenom__icontains=nom))
    return suivies.select_related("personne").order_by("personne__nom", "personne__prenom", "pk")


def _exporter(request: HttpRequest, suivies: QuerySet[Situation], semaine: date, source: SourceHeures) -> HttpResponse:
    """The week of everybody of the list: what was planned, what counts by family, who says it."""
    gens = list(suivies[:EXPORT_AU_PLUS])
    journaliser_export(request, [s.pk for s in gens], finalite=Finalite.CONTRAT, page="heures")
    lues = grille([s.pk for s in gens], semaine=semaine, source=source, structure=None)
    entetes = ("Personne", "Semaine du", "Heures prévues", *(f.libelle for f in F), "Total retenu")
    lignes = []
    for s in gens:
        la_semaine = lues[s.pk].semaine
        retenues = la_semaine.retenues
        heures = [retenues[f].heures if f in retenues else "" for f in F]
        total = la_semaine.total
        qui = f"{s.personne.prenom} {s.personne.nom}"
        lignes.append([qui, f"{semaine:%d/%m/%Y}", lues[s.pk].prevues, *heures, "" if total is None else total])
    return en_csv(f"heures-{semaine:%Y-%m-%d}", entetes, lignes)


def _lire(request: HttpRequest, lues: dict[int, LigneGrille]) -> tuple[list[LigneSaisie], dict[str, str]]:
    """What was typed. A box left as it was is not sent; an emptied box takes the hours back."""
    lignes, erreurs = [], {}
    for pk in lues:
        heures: dict[FamilleActivite, Decimal] = {}
        vues: dict[FamilleActivite, Decimal] = {}
        for f in F:
            cle = f"h-{pk}-{f}"
            if cle not in request.POST:
                continue
            try:
                saisies, vue = lire_heures(request.POST[cle]), lire_heures(request.POST.get(f"v-{pk}-{f}", ""))
            except ValidationError as erreur:
                erreurs[cle] = " ".join(erreur.messages)
                continue
            if saisies != vue:
                heures[f], vues[f] = saisies or Decimal(0), vue or Decimal(0)
        if heures:
            lignes.append(LigneSaisie(personne=pk, heures=heures, vues=vues))
    return lignes, erreurs


def _phrase(bilan: BilanSaisie) -> str:
    n = len(bilan.personnes)
    phrase = f"Heures notées pour {n} personne{'s' if n > 1 else ''}." if n else "Rien à enregistrer."
    if bilan.perimees:
        m = len(bilan.perimees)
        phrase += (
            f" {m} ligne{'s' if m > 1 else ''} non enregistrée{'s' if m > 1 else ''} : quelqu'un venait d'y écrire. "
            "La page montre ce qui est noté."
        )
    return phrase


def _ligne(request: HttpRequest, qui: str, g: LigneGrille, erreurs: dict[str, str]) -> dict[str, Any]:
    autres = [
        f"{f.libelle} : {d.par} dit {heures_en_mots(d.heures)}"
        for f, dites in g.semaine.dites.items() for d in dites if d.source is SourceHeures.DECLAREE and d.heures
    ]  # fmt: skip
    cases = []
    for f in F:
        cle = f"h-{g.personne}-{f}"
        connue = ecrire_heures(g.saisies.get(f))
        cases.append({"cle": cle, "vue": f"v-{g.personne}-{f}", "famille": f, "connue": connue,
                      "valeur": request.POST.get(cle, connue), "erreur": erreurs.get(cle, ""),
                      "prevue": ecrire_heures(g.plan.get(f))})  # fmt: skip
    total = g.semaine.total
    return {
        "pk": g.personne, "qui": qui, "cases": cases, "prevues": ecrire_heures(g.prevues),
        "total": ecrire_heures(total), "autres": autres, "questions": questions(g.semaine),
    }  # fmt: skip
