"""Writing a note, correcting one's own; the words suggested while it is typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.suivi.enums import ThemeNote
from cordee.metier.suivi.models import Note
from cordee.metier.suivi.regles.lexique import entrees, suggestions
from cordee.metier.suivi.services import corriger_note, ecrire_note
from cordee.metier.suivi.services.notes import LONGUEUR_MAX, note_de
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.saisies import SaisieNeutre
from cordee.web.socle.acces import acces
from cordee.web.suivi.commun import Ecran

P = Permission
FAMILLES = {
    "jugement": "Un jugement",
    "doute": "Un doute sur sa parole",
    "absolu": "Un mot absolu",
    "sante": "La santé",
    "protege": "Une information protégée",
}


class FormulaireNote(forms.Form):
    """A note: what is shared, and apart what is not."""

    theme = forms.ChoiceField(label="Thème", choices=ThemeNote.choices())
    texte = forms.CharField(
        label="Note", required=False, max_length=LONGUEUR_MAX, widget=SaisieNeutre(6),
        help_text="Lue par les personnes qui l'accompagnent. Des faits, des dates, ce qui aide la suite. La personne "
        "peut demander à la lire (RGPD, art. 15).",
    )  # fmt: skip
    detail = forms.CharField(
        label="Partie sensible", required=False, max_length=LONGUEUR_MAX, widget=SaisieNeutre(4),
        help_text="Lue par l'organisme référent et par vous seulement ; les autres n'en voient que le thème. La "
        "personne peut aussi demander à la lire.",
    )  # fmt: skip


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def nouvelle(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a note."""
    ecran = Ecran(request, pk, P.SUIVRE, page="note")
    return _ecrire(ecran, "Écrire une note", None)


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def corriger(request: HttpRequest, pk: int, note_pk: int) -> HttpResponse:
    """Correct one's own note: what it said before is kept."""
    ecran = Ecran(request, pk, P.SUIVRE, page="note")
    note = note_de(ecran.personne, note_pk)
    if note is None or note.par_id != ecran.agent.pk:
        raise Http404
    return _ecrire(ecran, "Corriger ma note", note)


def _ecrire(ecran: Ecran, titre: str, note: Note | None) -> HttpResponse:
    request = ecran.request
    initial = {"theme": note.theme, "texte": note.texte, "detail": note.detail} if note else {}
    form = FormulaireNote(request.POST or None, initial=initial, use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        d = form.cleaned_data
        try:
            valeurs = {"theme": ThemeNote(d["theme"]), "texte": d["texte"], "detail": d["detail"], **ecran.commun}
            if note is None:
                ecrire_note(personne=ecran.personne, **valeurs)
            else:
                corriger_note(note=note, **valeurs)
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, "La note est enregistrée." if note is None else "La note est corrigée.")
            return htmx.rediriger(request, ecran.adresse("notes"))
    page = ecran.page(titre, form=form, note=note, brouillon=f"note-{note.pk if note else ecran.personne.pk}")
    return render(request, "suivi/note.html", page, status=422 if request.method == "POST" else 200)


@acces(P.SUIVRE)
@require_POST
def suggerer(request: HttpRequest) -> HttpResponse:
    """What may be written otherwise, while it is typed. Nothing of the text is kept nor logged."""
    texte = request.POST.get(request.GET.get("champ", ""), "")[:LONGUEUR_MAX]
    return render(request, "suivi/_lexique.html", {"suggestions": suggestions(texte), "familles": FAMILLES})


@acces(P.SUIVRE)
def lexique(request: HttpRequest) -> HttpResponse:
    """The whole lexicon, and why."""
    groupes: dict[str, dict[str, Any]] = {}
    for famille, pourquoi, plutot in entrees():
        groupes.setdefault(famille, {"titre": FAMILLES[famille], "pourquoi": pourquoi, "plutot": []})
        groupes[famille]["plutot"].append(plutot)
    fil = [("Accueil", reverse("accueil")), ("Écrire une note", "")]
    return render(request, "suivi/lexique.html", {"groupes": list(groupes.values()), "fil": fil})
