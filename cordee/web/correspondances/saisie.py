"""Making or changing a mapping: the columns of a file on one side, the facts on the other, the first lines below."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cordee.echanges.fichiers.depot import FichierRefuse, lieu_de
from cordee.echanges.fichiers.models import FichierRecu, TypeFichier
from cordee.echanges.partenaires.champs import GenreCorrespondance, OrdreDates
from cordee.echanges.partenaires.models import Correspondance
from cordee.echanges.partenaires.selectors import correspondance_de_l_operateur
from cordee.echanges.partenaires.services import CorrespondanceInvalide, associer, enregistrer
from cordee.echanges.tableurs.lecture import Feuille, Plan, reconnaitre
from cordee.metier.organismes.roles import Permission
from cordee.socle import horloge
from cordee.web.composants.tableaux import Colonne
from cordee.web.correspondances import exemples
from cordee.web.correspondances.formulaires import ChoixLecture, FormulaireBase, FormulaireChemins, FormulaireTableau
from cordee.web.socle.acces import acces, agent_courant

T = TypeFichier
COLONNES = [
    Colonne("ligne", "Ligne", triable=False, nombre=True),
    Colonne("qui", "Personne", triable=False),
    Colonne("contrat", "Contrat signé le", triable=False),
    Colonne("contact", "Dernier contact", triable=False),
    Colonne("referent", "Référent", triable=False),
    Colonne("verdict", "Ce qui se passerait", triable=False),
]


@acces(Permission.IMPORTER)
def nouvelle(request: HttpRequest) -> HttpResponse:
    """A new mapping, from the columns of a file that waits (``?fichier=<pk>``)."""
    fichier = exemples.fichier_lisible(request.GET.get("fichier", ""), T.PARTENAIRE)
    if fichier is None:
        return redirect("correspondances")
    return _tableau(request, fichier, None)


@acces(Permission.IMPORTER)
def modifier(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a mapping. The files already read keep the former one."""
    existante = get_object_or_404(Correspondance, pk=pk)
    if not existante.active:
        return redirect("correspondance", pk)
    if existante.genre == GenreCorrespondance.OPERATEUR:
        return redirect("correspondance_operateur")
    return _tableau(request, exemples.fichier_lisible(request.GET.get("fichier", ""), T.PARTENAIRE), existante)


@acces(Permission.IMPORTER)
def operateur(request: HttpRequest) -> HttpResponse:
    """The paths of the operator's file: those saved, or the ones used until then."""
    existante = correspondance_de_l_operateur()
    attente = FichierRecu.objects.filter(type=T.OPERATEUR_EMPLOI, statut="recu").order_by("-depose_le").first()
    fichier = exemples.fichier_lisible(
        request.GET.get("fichier") or str(attente.pk if attente else ""), T.OPERATEUR_EMPLOI
    )
    formulaire = FormulaireChemins(request.POST or None, existante=existante)
    if request.method == "POST" and formulaire.is_valid() and request.POST.get("action") == "enregistrer":
        reponse = _enregistrer(request, formulaire, existante, fichier)
        if reponse is not None:
            return reponse
    chemins = {c: v for c, v in _dites(formulaire).items() if v}
    vus = exemples.de_l_operateur(fichier, chemins) if fichier and not formulaire.errors else None
    return _montrer(request, formulaire, existante, fichier, vus, titre="Chemins du fichier de l'opérateur")


def _tableau(request: HttpRequest, fichier: FichierRecu | None, existante: Correspondance | None) -> HttpResponse:
    try:
        feuilles = reconnaitre(lieu_de(fichier)) if fichier else []
    except FichierRefuse as refus:
        messages.error(request, str(refus))
        feuilles, fichier = [], None
    donnees = request.POST if request.method == "POST" else request.GET
    feuille, ligne = _choisir(feuilles, donnees.get("feuille", ""), donnees.get("ligne_entete", ""), existante)
    entetes = feuille.entetes(ligne) if feuille else (existante.entetes if existante else [])
    formulaire = FormulaireTableau(
        request.POST or None, entetes=entetes, existante=existante, feuille=feuille.nom if feuille else "",
        ligne_entete=ligne,
    )  # fmt: skip
    if request.method == "POST" and formulaire.is_valid() and request.POST.get("action") == "enregistrer":
        reponse = _enregistrer(request, formulaire, existante, fichier, entetes=entetes)
        if reponse is not None:
            return reponse
    vus = _exemples_du_tableau(formulaire, fichier, feuille, ligne) if fichier else None
    choix = None
    if fichier and feuille:
        initial = {"feuille": feuille.nom, "ligne_entete": ligne, "fichier": fichier.pk}
        choix = ChoixLecture(initial=initial, feuilles=[f.nom for f in feuilles])
    titre = f"Modifier « {existante.nom} »" if existante else "Dire ce que contient ce tableau"
    return _montrer(request, formulaire, existante, fichier, vus, titre=titre, choix=choix)


def _choisir(
    feuilles: list[Feuille], nom: str, ligne: str, existante: Correspondance | None
) -> tuple[Feuille | None, int]:
    """The sheet and the row of titles: asked for, else those of the mapping, else the likeliest."""
    voulue = nom or (existante.feuille if existante else "")
    feuille = next((f for f in feuilles if f.nom == voulue), None) or max(
        feuilles, key=lambda f: len(f.premieres), default=None
    )
    if ligne.isascii() and ligne.isdigit() and 1 <= int(ligne) <= 30:
        return feuille, int(ligne)
    if existante is not None:
        return feuille, existante.ligne_entete
    return feuille, feuille.entete_probable if feuille else 1


def _dites(formulaire: FormulaireBase) -> dict[str, str]:
    """What is typed, or what is proposed before anything is."""
    if formulaire.is_bound:
        return formulaire.colonnes
    return {cle.removeprefix("champ_"): v for cle, v in formulaire.initial.items() if cle.startswith("champ_")}


def _exemples_du_tableau(
    formulaire: FormulaireTableau, fichier: FichierRecu, feuille: Feuille | None, ligne: int
) -> exemples.Exemples | None:
    colonnes = {cle: nom for cle, nom in _dites(formulaire).items() if nom}
    if not colonnes:
        return None
    lus = dict(formulaire.cleaned_data if formulaire.is_bound else formulaire.initial)
    organisme = lus.get("organisme")
    plan = Plan(
        colonnes=colonnes, feuille=feuille.nom if feuille else "", ligne_entete=ligne,
        ordre=OrdreDates(lus.get("ordre_dates") or OrdreDates.JMA),
    )  # fmt: skip
    return exemples.du_tableau(fichier, plan, organisme=getattr(organisme, "code", ""))


def _enregistrer(
    request: HttpRequest, formulaire: FormulaireBase, existante: Correspondance | None, fichier: FichierRecu | None,
    *, entetes: list[str] | None = None,
) -> HttpResponse | None:  # fmt: skip
    """Save, tie the file to it, go on with the file. ``None``: something is refused, said in the form."""
    lus = formulaire.cleaned_data
    options: dict[str, Any] = {}
    if isinstance(formulaire, FormulaireTableau):
        options = {"ordre_dates": OrdreDates(lus["ordre_dates"]), "feuille": lus["feuille"], "entetes": entetes or [],
                   "ligne_entete": lus["ligne_entete"], "organisme": lus["organisme"]}  # fmt: skip
    try:
        choisie = enregistrer(
            nom=lus["nom"], genre=formulaire.genre, emetteur=lus["emetteur"], colonnes=formulaire.colonnes,
            remplace=existante, par=agent_courant(request), le=horloge.maintenant(), **options,
        )  # fmt: skip
        if fichier is not None:
            associer(fichier=fichier, correspondance=choisie)
    except CorrespondanceInvalide as invalide:
        formulaire.refuser(invalide.fautes)
        return None
    messages.success(request, f"La correspondance « {choisie.nom} » est enregistrée (version {choisie.version}).")
    return redirect("import", fichier.pk) if fichier else redirect("correspondance", choisie.pk)


def _montrer(
    request: HttpRequest, formulaire: FormulaireBase, existante: Correspondance | None, fichier: FichierRecu | None,
    vus: exemples.Exemples | None, *, titre: str, choix: ChoixLecture | None = None,
) -> HttpResponse:  # fmt: skip
    contexte = {
        "form": formulaire, "existante": existante, "fichier": fichier, "exemples": vus, "titre": titre,
        "choix": choix, "colonnes": COLONNES, "operateur": isinstance(formulaire, FormulaireChemins),
        "annuler": reverse("import", args=[fichier.pk]) if fichier else reverse("correspondances"),
    }  # fmt: skip
    return render(request, "correspondances/saisie.html", contexte, status=422 if formulaire.errors else 200)
