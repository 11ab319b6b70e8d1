"""Preparing the report of a year: figures, notes by chapter, agreements, milestones, publication, correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.roles import Permission
from cordee.metier.suivi.regles.lexique import suggestions
from cordee.pilotage.enums_rapports import Accord, Chapitre, GenreNote
from cordee.pilotage.instantanes.selectors import instantanes
from cordee.pilotage.models import Bilan, Instantane, NoteBilan
from cordee.pilotage.rapports import services
from cordee.pilotage.rapports.selectors import accords_manquants
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.administration.saisie import soumettre
from cordee.web.composants.formulaires import FormulaireRange
from cordee.web.composants.saisies import SaisieDate
from cordee.web.pilotage.rapports.commun import bilan_de, fil, interne, peut_preparer
from cordee.web.socle.acces import acces, agent_courant, peut

P = Permission
SANS_NOTE = {Chapitre.CONTRADICTIONS, Chapitre.METHODE}


class ChoixEtat(forms.ModelChoiceField):
    """Published states, with their day."""

    def label_from_instance(self, obj: Instantane) -> str:  # type: ignore[override]
        return f"{obj.libelle} : chiffres au {obj.au:%d/%m/%Y}, connus le {horloge.jour(obj.connu_le):%d/%m/%Y}"


class FormulaireOuverture(forms.Form):
    """Which year, resting on which published state."""

    annee = forms.IntegerField(label="Année", min_value=services.PREMIERE_ANNEE)
    instantane = ChoixEtat(
        label="État publié des chiffres", required=False, queryset=Instantane.objects.none(),
        empty_label="En prendre un maintenant, au dernier jour de l'année",
        help_text="Le bilan ne bougera plus quand un fichier arrivera en retard.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instantane"].queryset = instantanes()  # type: ignore[attr-defined]


class FormulaireNote(FormulaireRange):
    """A qualitative note."""

    cote_a_cote = (("chapitre", "genre"), ("source", "recueillie_le"))

    chapitre = forms.ChoiceField(
        label="Chapitre", choices=[(c.value, c.libelle) for c in Chapitre if c not in SANS_NOTE]
    )
    genre = forms.ChoiceField(label="Nature", choices=GenreNote.choices())
    texte = forms.CharField(
        label="Note", max_length=1200, widget=forms.Textarea({"rows": 6}),
        help_text="Ce qui a été dit ou fait, sans nommer personne : ni une personne accompagnée, ni un professionnel.",
    )  # fmt: skip
    source = forms.CharField(
        label="Où et auprès de qui",
        max_length=160,
        help_text="Par exemple : groupe de Créteil, 9 personnes.",
    )
    recueillie_le = forms.DateField(label="Recueillie le", widget=SaisieDate)


class FormulaireJalons(FormulaireRange):
    """The two milestones of the year."""

    cote_a_cote = (("objectifs_valides_le", "objectifs_par"), ("resultats_presentes_le", "resultats_a"))

    objectifs_valides_le = forms.DateField(label="Objectifs de l'année validés le", required=False, widget=SaisieDate)
    objectifs_par = forms.CharField(label="Par quelle instance", required=False, max_length=120)
    resultats_presentes_le = forms.DateField(label="Résultats présentés le", required=False, widget=SaisieDate)
    resultats_a = forms.CharField(label="À quelle instance", required=False, max_length=120)


class FormulaireCorrection(forms.Form):
    """Why a new version, and on which figures."""

    raison = forms.CharField(
        label="Ce que la nouvelle version corrige", max_length=300, widget=forms.Textarea({"rows": 3}),
        help_text="Imprimé sur la couverture de la nouvelle version.",
    )  # fmt: skip
    nouvel_etat = forms.BooleanField(
        label="Reprendre les chiffres d'aujourd'hui (un fichier arrivé en retard, une méthode corrigée)", required=False
    )


@acces(P.ANALYSER)
def ouvrir(request: HttpRequest) -> HttpResponse:
    """Start the report of a year."""
    formulaire = FormulaireOuverture(request.POST or None, initial={"annee": horloge.aujourdhui().year - 1})
    ouverts: list[Bilan] = []

    def agir(lus: Mapping[str, Any]) -> None:
        ouverts.append(
            services.ouvrir(
                annee=lus["annee"], instantane=lus["instantane"], par=agent_courant(request), le=horloge.maintenant()
            )
        )

    reponse = soumettre(
        request, formulaire, agir, titre="Préparer un bilan", retour=reverse("pilotage_rapports"),
        message="Le bilan est ouvert. Ses chiffres se calculent : comptez une minute.", envoyer="Ouvrir ce bilan",
        gabarit="pilotage/rapports/formulaire.html", fil=fil(("Bilans", reverse("pilotage_rapports")), ("Nouveau", "")),
        explication="Les chiffres viennent d'un état publié, qui ne bouge plus. Vous ajoutez les paroles de l'année ; "
        "deux personnes donnent leur accord ; puis le bilan est publié et scellé.",
    )  # fmt: skip
    return (
        redirect("bilan_preparer", pk=ouverts[0].pk) if ouverts and not request.headers.get("HX-Request") else reponse
    )


@acces(P.PILOTER)
def preparer(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the report stands: figures, notes by chapter, who must still agree, what publishing will do."""
    bilan = _brouillon(request, pk)
    notes: dict[str, list[dict[str, Any]]] = {}
    for n in bilan.notes.filter(retiree_le=None).select_related("par"):
        notes.setdefault(n.chapitre, []).append({"note": n, "genre": GenreNote(n.genre), "mots": suggestions(n.texte)})
    donnes = {a.genre: a for a in bilan.accords.filter(tombe_le=None).select_related("par")}
    agent = agent_courant(request)
    chapitres = [
        {"chapitre": c, "notes": notes.get(c.value, []), "url": f"{reverse('bilan_noter', args=[pk])}?chapitre={c}"}
        for c in Chapitre if c not in SANS_NOTE
    ]  # fmt: skip
    contexte: dict[str, Any] = {
        "bilan": bilan, "peut_preparer": peut_preparer(request), "chapitres": chapitres,
        "sans_note": [c for c in chapitres if not c["notes"]],
        "accords": [
            {"accord": a, "donne": donnes.get(a.value),
             "peut": peut(request, services.PERMISSION[a]) and agent.pk not in {d.par_id for d in donnes.values()}}
            for a in Accord
        ],
        "pret": not accords_manquants(bilan) and bilan.chiffres is not None,
        "fil": fil(("Bilans", reverse("pilotage_rapports")), (str(bilan), reverse("bilan", args=[pk])),
                   ("Préparation", "")),
    }  # fmt: skip
    return render(request, "pilotage/rapports/preparer.html", contexte)


@acces(P.ANALYSER)
def noter(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note in a chapter."""
    bilan = _brouillon(request, pk)
    premier = request.GET.get("chapitre", "")
    formulaire = FormulaireNote(
        request.POST or None, initial={"chapitre": premier, "recueillie_le": horloge.aujourdhui()}
    )

    def agir(lus: Mapping[str, Any]) -> NoteBilan:
        parole = services.Parole(
            chapitre=Chapitre(lus["chapitre"]), genre=GenreNote(lus["genre"]), texte=lus["texte"],
            source=lus["source"], recueillie_le=lus["recueillie_le"],
        )  # fmt: skip
        return services.noter(bilan=bilan, parole=parole, par=agent_courant(request), le=horloge.maintenant())

    return soumettre(
        request, formulaire, agir, titre="Ajouter une note", retour=reverse("bilan_preparer", args=[pk]),
        message="La note est dans le bilan.", envoyer="Ajouter cette note",
        gabarit="pilotage/rapports/formulaire.html", fil=_fil(bilan, "Note"),
        explication="Une note est imprimée avec sa date, sa source et votre nom. Elle ne permet de reconnaître "
        "personne : un nom, un numéro, une adresse la font refuser. Les accords déjà donnés devront l'être de nouveau.",
    )  # fmt: skip


@acces(P.ANALYSER)
@require_POST
def retirer_note(request: HttpRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(NoteBilan.objects.select_related("bilan"), pk=pk)
    return _faire(
        request, note.bilan, "La note est retirée du bilan.",
        lambda: services.retirer_note(note=note, par=agent_courant(request), le=horloge.maintenant()),
    )  # fmt: skip


@acces(P.ANALYSER)
def jalons(request: HttpRequest, pk: int) -> HttpResponse:
    """When the objectives were validated, when the results were presented (REQ-88)."""
    bilan = bilan_de(request, pk)
    noms = tuple(FormulaireJalons.base_fields)
    formulaire = FormulaireJalons(request.POST or None, initial={nom: getattr(bilan, nom) for nom in noms})
    return soumettre(
        request, formulaire,
        lambda lus: services.poser_jalons(bilan=bilan, jalons=services.Jalons(**{nom: lus[nom] for nom in noms})),
        titre="Les deux rendez-vous de l'année", retour=_retour(bilan), message="Les dates sont enregistrées.",
        gabarit="pilotage/rapports/formulaire.html", fil=_fil(bilan, "Jalons"),
        explication="Les objectifs se valident au début de l'année, les résultats se présentent à la fin. Ces dates "
        "peuvent être notées après la publication : elles n'entrent pas dans ce qui est scellé.",
    )  # fmt: skip


@acces(P.ANALYSER)
@require_POST
def chiffres(request: HttpRequest, pk: int) -> HttpResponse:
    bilan = _brouillon(request, pk)
    return _faire(
        request, bilan, "Le calcul est demandé : comptez une minute.",
        lambda: services.demander_chiffres(bilan=bilan, le=horloge.maintenant()),
    )  # fmt: skip


@acces(P.PILOTER)
@require_POST
def accorder(request: HttpRequest, pk: int) -> HttpResponse:
    bilan = _brouillon(request, pk)
    accord = next((a for a in Accord if a.value == request.POST.get("accord")), None)
    if accord is None:
        raise Http404
    return _faire(
        request, bilan, "Votre accord est enregistré.",
        lambda: services.accorder(bilan=bilan, accord=accord, par=agent_courant(request), le=horloge.maintenant()),
    )  # fmt: skip


@acces(P.ANALYSER)
@require_POST
def publier(request: HttpRequest, pk: int) -> HttpResponse:
    bilan = _brouillon(request, pk)
    return _faire(
        request, bilan, "Le bilan est publié et scellé. Ses fichiers se préparent.",
        lambda: services.publier(bilan=bilan, par=agent_courant(request), le=horloge.maintenant()),
    )  # fmt: skip


@acces(P.ANALYSER)
def corriger(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a published report."""
    bilan = bilan_de(request, pk)
    return soumettre(
        request, FormulaireCorrection(request.POST or None),
        lambda lus: services.corriger(
            bilan=bilan, raison=lus["raison"], nouvel_etat=lus["nouvel_etat"], par=agent_courant(request),
            le=horloge.maintenant(),
        ),
        titre=f"Corriger : {bilan}", retour=reverse("pilotage_rapports"), envoyer="Ouvrir une nouvelle version",
        message="La nouvelle version est ouverte. Celle qui est publiée reste lisible, telle quelle.",
        gabarit="pilotage/rapports/formulaire.html", fil=_fil(bilan, "Correction"),
        explication="Ce qui est publié ne change pas. Une nouvelle version reprend les notes, dit ce qu'elle corrige, "
        "et demande de nouveau les deux accords.",
    )  # fmt: skip


@acces(P.PILOTER)
def progression(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether the figures are there: the page is then loaded again."""
    bilan = _brouillon(request, pk)
    if bilan.demande_le is None:
        reponse = HttpResponse(status=204)
        reponse.headers["HX-Refresh"] = "true"
        return reponse
    return render(request, "pilotage/rapports/_calcul.html", {"bilan": bilan})


# Parts --------------------------------------------------------------------------------------------------------------
def _brouillon(request: HttpRequest, pk: int) -> Bilan:
    """A report that is being prepared, for who reads what is not published."""
    if not interne(request):
        raise Http404
    return bilan_de(request, pk)


def _faire(request: HttpRequest, bilan: Bilan, succes: str, acte: Any) -> HttpResponse:
    """Do an act; what the domain refuses is said on the page it came from."""
    try:
        acte()
    except ErreurMetier as refus:
        messages.warning(request, str(refus))
    else:
        messages.success(request, succes)
    bilan.refresh_from_db()
    return redirect(_retour(bilan))


def _retour(bilan: Bilan) -> str:
    return reverse("bilan" if bilan.publie else "bilan_preparer", args=[bilan.pk])


def _fil(bilan: Bilan, page: str) -> list[tuple[str, str]]:
    return fil(("Bilans", reverse("pilotage_rapports")), (str(bilan), _retour(bilan)), (page, ""))
