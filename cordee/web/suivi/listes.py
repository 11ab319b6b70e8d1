"""Lists of the follow-up: accompagnement global, papers that end, complaints, what was promised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Etendue, Permission
from cordee.metier.organismes.selectors import structures_ouvertes
from cordee.metier.suivi.enums import GenreReclamation, IssueGlobale, NaturePiece
from cordee.metier.suivi.models import AccompagnementGlobal, ObjectifGlobal, PieceVue, Reclamation
from cordee.metier.suivi.regles.documents import DATEES
from cordee.metier.suivi.selectors.accompagnements import BilanGlobal, bilan_global, globaux, reclamations
from cordee.metier.suivi.selectors.documents import pieces_qui_expirent
from cordee.metier.suivi.selectors.notes import promesses
from cordee.metier.suivi.services import fixer_objectif_global
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne, champs_de_tri, lire_tri
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export
from cordee.web.socle.export import en_csv, en_xlsx
from cordee.web.socle.identites import nom_complet

P = Permission
PAR_PAGE = 50
COLONNES = [
    Colonne("nom", "Personne", champs=("personne__nom", "personne__prenom")),
    Colonne("referent", "Référent", champs=("referent__nom", "structure__nom")),
    Colonne("coreferent", "Co-référent", champs=("coreferent_structure__nom", "coreferent_nom")),
    Colonne("debut", "Entrée"),
    Colonne("fin", "Sortie et issue"),
]
ENTETES = ("Nom", "Prénom", "Sans RSA à l'entrée", "Structure", "Référent", "Organisme du co-référent", "Co-référent",
           "Entrée", "Sortie", "Issue")  # fmt: skip


def onglets(request: HttpRequest) -> list[dict[str, Any]]:
    """The lists of the follow-up this agent may open."""
    droits = habilitation_de(request)
    liste = [
        ("global", "Accompagnement global", reverse("globaux"), "binome"),
        ("pieces", "Pièces à renouveler", reverse("pieces"), "document"),
        ("reclamations", "Réclamations", reverse("reclamations"), "commentaire"),
        ("promesses", "Mes promesses", reverse("promesses"), "cocher"),
    ]
    if droits.structures_de(Etendue.DEPARTEMENT, P.ENCADRER):
        liste.append(("sensibles", "Dossiers sensibles", reverse("sensibles"), "securite"))
    return [{"cle": c, "libelle": nom, "url": url, "icone": icone} for c, nom, url, icone in liste]


# Accompagnement global ----------------------------------------------------------------------------------------------
class FiltresGlobaux(forms.Form):
    """Everything the list can be narrowed by. Unknown values are ignored."""

    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "En cours"), ("sorties", "Sorties"), ("toutes", "Toutes")]
    )
    rsa = forms.ChoiceField(
        label="RSA", required=False, choices=[("", "Indifférent"), ("sans", "Sans RSA"), ("avec", "Avec RSA")]
    )
    structure = forms.ChoiceField(label="Structure", required=False)
    issue = forms.ChoiceField(label="Issue", required=False, choices=[("", "Toutes"), *IssueGlobale.choices()])
    annee = forms.ChoiceField(label="Entrées de l'année", required=False)
    moi = forms.BooleanField(label="Dont je suis référent", required=False)

    def __init__(self, *args: Any, au: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        structures = [(str(s.pk), s.nom) for s in structures_ouvertes(au=au)]
        self.fields["structure"].choices = [("", "Toutes"), *structures]  # type: ignore[attr-defined]
        annees = [(str(a), str(a)) for a in range(au.year, au.year - 4, -1)]
        self.fields["annee"].choices = [("", "Toutes"), *annees]  # type: ignore[attr-defined]

    @property
    def lus(self) -> dict[str, Any]:
        self.is_valid()
        return {cle: valeur for cle, valeur in self.cleaned_data.items() if valeur}


def _filtrer(lignes: QuerySet[AccompagnementGlobal], f: dict[str, Any], moi: int) -> QuerySet[AccompagnementGlobal]:
    if f.get("etat") == "sorties":
        lignes = lignes.filter(fin__isnull=False)
    elif f.get("etat") != "toutes" and not f.get("issue"):
        lignes = lignes.filter(fin=None)
    if f.get("rsa"):
        lignes = lignes.filter(sans_rsa=f["rsa"] == "sans")
    if f.get("structure"):
        lignes = lignes.filter(structure_id=int(f["structure"]))
    if f.get("issue"):
        lignes = lignes.filter(issue=f["issue"])
    if f.get("annee"):
        lignes = lignes.filter(debut__year=int(f["annee"]))
    return lignes.filter(referent_id=moi) if f.get("moi") else lignes


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def liste_globale(request: HttpRequest) -> HttpResponse:
    """Who is in accompagnement global, with the figures of the year against the objective."""
    agent, au, droits = agent_courant(request), horloge.aujourdhui(), habilitation_de(request)
    departement = bool(droits.structures_de(Etendue.DEPARTEMENT))
    filtres = FiltresGlobaux(request.GET, au=au)
    tri = lire_tri(request.GET, COLONNES, "-debut")
    visibles = globaux(pour=agent, au=au, droits=droits)
    choisis = _filtrer(visibles, filtres.lus, agent.pk).order_by(*champs_de_tri(tri, COLONNES))
    page = Paginator(choisis, PAR_PAGE).get_page(request.GET.get("page"))
    bilan = bilan_global(visibles, au=au)
    contexte = {
        "onglets": onglets(request),
        "au": au,
        "filtres": filtres,
        "colonnes": COLONNES,
        "tri": tri,
        "page": page,
        "lignes": [{"g": g, "nom": nom_complet(g.personne)} for g in page],
        "bilan": bilan,
        "departement": departement,
        "notes": _notes(bilan, departement=departement),
        "parametres": request.GET.urlencode(),
        "peut_exporter": droits.peut(P.EXPORTER),
        "peut_fixer": bool(droits.structures_de(Etendue.DEPARTEMENT, P.ENCADRER)),
    }
    return render(request, "suivi/globaux.html", contexte)


def _notes(bilan: BilanGlobal, *, departement: bool) -> dict[str, str]:
    """What stands under each figure: the objective is that of the whole département."""
    o = bilan.objectif if departement else None
    return {
        "entrees_libelle": f"entrées en {bilan.annee}",
        "en_cours": f"objectif : {o.en_cours}" if o else "",
        "sans_rsa": f"objectif : {o.sans_rsa}" if o else "",
        "entrees": f"objectif : {o.entrees}, dont {bilan.entrees_attendues} à ce jour" if o else "",
        "part": f"objectif : {o.part_emploi:g} %".replace(".", ",") if o else f"{bilan.sorties} sorties",
    }


@acces(P.EXPORTER, finalite=Finalite.SUIVI)
def export_global(request: HttpRequest) -> HttpResponse:
    """The same people, as a file; each read written in the log."""
    agent, au, droits = agent_courant(request), horloge.aujourdhui(), habilitation_de(request)
    lignes = _filtrer(globaux(pour=agent, au=au, droits=droits), FiltresGlobaux(request.GET, au=au).lus, agent.pk)
    choisis = list(lignes.order_by("-debut", "pk"))
    journaliser_export(
        request, {g.personne_id for g in choisis}, finalite=Finalite.SUIVI, page="export accompagnement global"
    )
    fabrique = en_xlsx if request.GET.get("format") == "xlsx" else en_csv
    return fabrique(f"accompagnement-global-{au:%Y-%m-%d}", ENTETES, _cellules(choisis))


def _cellules(lignes: Iterable[AccompagnementGlobal]) -> Iterator[tuple[Any, ...]]:
    for g in lignes:
        yield (
            g.personne.nom, g.personne.prenom, "oui" if g.sans_rsa else "non", g.structure.nom,
            str(g.referent) if g.referent else "", g.coreferent_structure.nom, g.coreferent_nom, g.debut, g.fin,
            g.get_issue_display() if g.issue else "",
        )  # fmt: skip


class FormulaireObjectif(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = ObjectifGlobal
        fields = ("entrees", "en_cours", "sans_rsa", "part_emploi")


@acces(P.ENCADRER)
def objectif_global(request: HttpRequest, annee: int) -> HttpResponse:
    """What is aimed at for a year (REQ-93): whoever heads the platform says it."""
    droits, au = habilitation_de(request), horloge.aujourdhui()
    if not droits.structures_de(Etendue.DEPARTEMENT, P.ENCADRER):
        raise PermissionDenied
    if abs(annee - au.year) > 3:
        raise Http404
    connu = ObjectifGlobal.objects.filter(annee=annee).first()
    form = FormulaireObjectif(request.POST or None, instance=connu, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        try:
            fixer_objectif_global(
                annee=annee, **form.cleaned_data, par=agent_courant(request), le=horloge.maintenant()
            )  # fmt: skip
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, f"L'objectif de {annee} est enregistré.")
            return htmx.rediriger(request, reverse("globaux"))
    contexte = {
        "form": form, "annee": annee, "gabarit": htmx.gabarit(request), "retour": reverse("globaux"),
        "fil": [("Accompagnement global", reverse("globaux")), (f"Objectif {annee}", "")],
    }  # fmt: skip
    return render(request, "suivi/objectif.html", contexte, status=422 if request.method == "POST" else 200)


# Other lists --------------------------------------------------------------------------------------------------------
class FiltresPieces(forms.Form):
    nature = forms.ChoiceField(
        label="Nature",
        required=False,
        choices=[("", "Toutes"), *((n.value, n.libelle) for n in NaturePiece if n in DATEES)],
    )
    mois = forms.ChoiceField(
        label="D'ici", required=False, choices=[("", "3 mois"), ("1", "1 mois"), ("6", "6 mois"), ("12", "12 mois")]
    )
    moi = forms.BooleanField(label="Dont je suis référent", required=False)


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def pieces(request: HttpRequest) -> HttpResponse:
    """Papers that end soon or have ended, the first to end first (R77)."""
    agent, au, droits = agent_courant(request), horloge.aujourdhui(), habilitation_de(request)
    filtres = FiltresPieces(request.GET)
    filtres.is_valid()
    f = filtres.cleaned_data
    lignes: QuerySet[PieceVue] = pieces_qui_expirent(pour=agent, au=au, mois=int(f.get("mois") or 3), droits=droits)
    if f.get("nature"):
        lignes = lignes.filter(nature=f["nature"])
    if f.get("moi"):
        lignes = lignes.filter(personne__situation__referent_agent=agent)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "onglets": onglets(request), "au": au, "filtres": filtres, "page": page,
        "lignes": [{"p": p, "nom": nom_complet(p.personne), "perimee": bool(p.expire_le and p.expire_le < au)}
                   for p in page],
        "colonnes": [Colonne("nom", "Personne", triable=False), Colonne("nature", "Pièce", triable=False),
                     Colonne("expire", "Valable jusqu'au", triable=False),
                     Colonne("referent", "Référent", triable=False),
                     Colonne("actes", "Actions", triable=False, cachee=True)],
    }  # fmt: skip
    return render(request, "suivi/pieces.html", contexte)


class FiltresReclamations(forms.Form):
    etat = forms.ChoiceField(
        label="État", required=False, choices=[("", "Sans réponse"), ("repondues", "Répondues"), ("toutes", "Toutes")]
    )
    genre = forms.ChoiceField(label="Nature", required=False, choices=[("", "Toutes"), *GenreReclamation.choices()])


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def liste_reclamations(request: HttpRequest) -> HttpResponse:
    """Complaints and requests for mediation, the most urgent first (R82)."""
    agent, au, droits = agent_courant(request), horloge.aujourdhui(), habilitation_de(request)
    filtres = FiltresReclamations(request.GET)
    filtres.is_valid()
    f = filtres.cleaned_data
    lignes: QuerySet[Reclamation] = reclamations(pour=agent, au=au, droits=droits)
    if f.get("etat") != "toutes":
        lignes = lignes.filter(repondue_le__isnull=f.get("etat") != "repondues")
    if f.get("genre"):
        lignes = lignes.filter(genre=f["genre"])
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "onglets": onglets(request), "au": au, "filtres": filtres, "page": page,
        "lignes": [{"r": r, "nom": nom_complet(r.personne)} for r in page],
        "peut_repondre": droits.peut(P.ENCADRER),
        "colonnes": [Colonne("nom", "Personne", triable=False), Colonne("objet", "À propos de", triable=False),
                     Colonne("recue", "Reçue", triable=False), Colonne("reponse", "Réponse", triable=False),
                     Colonne("actes", "Actions", triable=False, cachee=True)],
    }  # fmt: skip
    return render(request, "suivi/reclamations.html", contexte)


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def mes_promesses(request: HttpRequest) -> HttpResponse:
    """« Ce que j'ai promis » in interviews (R15)."""
    agent, au, droits = agent_courant(request), horloge.aujourdhui(), habilitation_de(request)
    page = Paginator(promesses(pour=agent, au=au, droits=droits), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "onglets": onglets(request), "au": au, "page": page,
        "lignes": [{"d": d, "nom": nom_complet(d.entretien.personne)} for d in page],
        "colonnes": [Colonne("quoi", "Ce que j'ai promis", triable=False), Colonne("nom", "À qui", triable=False),
                     Colonne("avant", "Avant le", triable=False),
                     Colonne("actes", "Actions", triable=False, cachee=True)],
    }  # fmt: skip
    return render(request, "suivi/promesses.html", contexte)
