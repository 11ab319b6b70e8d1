"""The interview of the accompaniment: prepared, saved while it is held, finished as a contact (R16, R36)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import membres_du_foyer
from cordee.metier.rendezvous.enums import ModaliteRendezVous
from cordee.metier.suivi.enums import QuiFait, ThemeNote
from cordee.metier.suivi.models import EntretienSuivi
from cordee.metier.suivi.selectors.notes import entretiens_de, sujets_proposes
from cordee.metier.suivi.services import (
    ContenuEntretien,
    abandonner_entretien,
    finir_entretien,
    garder_entretien,
    ouvrir_entretien_du_conjoint,
    tenir_decision,
)
from cordee.metier.suivi.services.entretiens import Decision, Sujet, brouillon_de
from cordee.metier.suivi.services.notes import LONGUEUR_MAX
from cordee.socle import horloge
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.saisies import SaisieDate, SaisieDateHeure, SaisieNeutre
from cordee.web.socle.acces import acces
from cordee.web.suivi.commun import Ecran

P = Permission
SUJETS, DECISIONS = 7, 5


class FormulaireEntretien(forms.Form):
    """The screen of an interview."""

    debut = forms.DateTimeField(label="Le", widget=SaisieDateHeure)
    modalite = forms.ChoiceField(label="Comment", choices=ModaliteRendezVous.choices())
    theme = forms.ChoiceField(label="Thème principal", choices=ThemeNote.choices())
    texte = forms.CharField(
        label="Ce qui a été dit", required=False, max_length=LONGUEUR_MAX, widget=SaisieNeutre(7),
        help_text="Lu par les personnes qui l'accompagnent. La personne peut demander à le lire (RGPD, art. 15).",
    )  # fmt: skip
    detail = forms.CharField(
        label="Partie sensible", required=False, max_length=LONGUEUR_MAX, widget=SaisieNeutre(3),
        help_text="Lue par l'organisme référent et par vous seulement.",
    )  # fmt: skip
    prochain_le = forms.DateField(label="Prochain contact convenu", required=False, widget=SaisieDate)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seance = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(SUJETS):
            self.fields[f"sujet_{n}"] = forms.CharField(label=f"Sujet {n + 1}", required=False, max_length=200)
            self.fields[f"aborde_{n}"] = forms.BooleanField(label="Abordé", required=False)
        for n in range(DECISIONS):
            self.fields[f"quoi_{n}"] = forms.CharField(label=f"Décision {n + 1}", required=False, max_length=200)
            self.fields[f"qui_{n}"] = forms.ChoiceField(label="Qui", required=False, choices=QuiFait.choices())
            self.fields[f"avant_{n}"] = forms.DateField(label="Avant le", required=False, widget=SaisieDate)

    @property
    def sujets(self) -> list[tuple[forms.BoundField, ...]]:
        return [(self[f"sujet_{n}"], self[f"aborde_{n}"]) for n in range(SUJETS)]

    @property
    def decisions(self) -> list[tuple[forms.BoundField, ...]]:
        return [(self[f"quoi_{n}"], self[f"qui_{n}"], self[f"avant_{n}"]) for n in range(DECISIONS)]

    @property
    def sujets_montres(self) -> list[tuple[forms.BoundField, ...]]:
        return self.sujets[: _a_montrer(self.sujets, 2)]

    @property
    def sujets_caches(self) -> list[tuple[forms.BoundField, ...]]:
        return self.sujets[_a_montrer(self.sujets, 2) :]

    @property
    def decisions_montrees(self) -> list[tuple[forms.BoundField, ...]]:
        return self.decisions[: _a_montrer(self.decisions, 1)]

    @property
    def decisions_cachees(self) -> list[tuple[forms.BoundField, ...]]:
        return self.decisions[_a_montrer(self.decisions, 1) :]

    def contenu(self, *, maintenant: datetime) -> ContenuEntretien:
        """What could be read of the screen."""
        d = self.cleaned_data
        decisions = [
            Decision(d[f"quoi_{n}"], QuiFait(d.get(f"qui_{n}") or QuiFait.PERSONNE), d.get(f"avant_{n}"))
            for n in range(DECISIONS)
            if d.get(f"quoi_{n}")
        ]
        return ContenuEntretien(
            debut=d.get("debut") or maintenant, theme=ThemeNote(d.get("theme") or ThemeNote.PARCOURS),
            modalite=ModaliteRendezVous(d.get("modalite") or ModaliteRendezVous.PHYSIQUE),
            ordre_du_jour=[Sujet(d[f"sujet_{n}"], bool(d.get(f"aborde_{n}"))) for n in range(SUJETS)
                           if d.get(f"sujet_{n}")],
            texte=d.get("texte") or "", detail=d.get("detail") or "", decisions=decisions,
            prochain_le=d.get("prochain_le"),
        )  # fmt: skip


def _a_montrer(lignes: list[tuple[forms.BoundField, ...]], vides: int) -> int:
    """What is filled, and some empty lines after it."""
    remplies = [n for n, (premier, *_) in enumerate(lignes, start=1) if premier.value()]
    return max(remplies, default=0) + vides


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
def entretien(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare or hold an interview; its draft comes back wherever it was left."""
    ecran = Ecran(request, pk, P.SUIVRE, page="entretien")
    brouillon = brouillon_de(ecran.personne, ecran.agent)
    form = FormulaireEntretien(request.POST or None, initial=_initial(ecran, brouillon), use_required_attribute=False)
    action = request.POST.get("action", "")
    if request.method == "POST" and (form.is_valid() or action != "finir"):
        try:
            phrase, suite = _agir(ecran, form, action)
        except DonneesPerimees as erreur:
            form.add_error(None, f"{erreur} Rechargez la page pour lire la dernière version.")
        except ErreurMetier as erreur:
            form.add_error(None, str(erreur))
        else:
            messages.success(request, phrase)
            return htmx.rediriger(request, suite)
    page = ecran.page(
        "Entretien d'accompagnement", form=form, entretien=brouillon, ligne=brouillon, le=ecran.maintenant,
        proposes=[] if brouillon else sujets_proposes(ecran.personne, au=ecran.au),
        precedents=list(entretiens_de(ecran.personne)[:3]), conjoints=_conjoints(ecran), detail=ecran.detail,
        brouillon=f"entretien-suivi-{ecran.personne.pk}",
    )  # fmt: skip
    return render(request, "suivi/entretien.html", page, status=422 if request.method == "POST" else 200)


def _agir(ecran: Ecran, form: FormulaireEntretien, action: str) -> tuple[str, str]:
    if action == "finir":
        finir_entretien(personne=ecran.personne, **_saisie(form, ecran), **ecran.commun)
        return "L'entretien est enregistré : il compte comme un contact.", ecran.adresse("notes")
    if action.startswith("couple-"):
        return _passer_au_conjoint(ecran, form, action.removeprefix("couple-"))
    garder_entretien(personne=ecran.personne, **_saisie(form, ecran), **ecran.commun)
    return "Le brouillon est gardé.", reverse("entretien_suivi", args=[ecran.personne.pk])


@transaction.atomic
def _passer_au_conjoint(ecran: Ecran, form: FormulaireEntretien, pk: str) -> tuple[str, str]:
    adultes = {str(p.pk): p for p in _conjoints(ecran)}
    if pk not in adultes:
        raise ErreurMetier("Cette personne ne fait pas partie du foyer, ou son dossier ne vous est pas ouvert.")
    ligne = garder_entretien(personne=ecran.personne, **_saisie(form, ecran), **ecran.commun)
    ouvrir_entretien_du_conjoint(entretien=ligne, conjoint=adultes[pk], **ecran.commun)
    prenom = adultes[pk].prenom.title()
    return f"Le brouillon est gardé. Voici l'entretien de {prenom}.", reverse("entretien_suivi", args=[int(pk)])


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
@require_POST
def brouillon(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is typed, every few seconds: a cut connection loses nothing (R16)."""
    ecran = Ecran(request, pk, P.SUIVRE, page="entretien")
    form = FormulaireEntretien(request.POST, use_required_attribute=False)
    form.is_valid()  # a draft may be incomplete: what can be read is kept, what cannot stays on the screen
    page: dict[str, Any] = {"form": form, "le": ecran.maintenant, "personne": ecran.personne}
    try:
        page["ligne"] = garder_entretien(personne=ecran.personne, **_saisie(form, ecran), **ecran.commun)
    except DonneesPerimees as erreur:
        sien = brouillon_de(ecran.personne, ecran.agent)
        page |= {
            "conflit": str(erreur), "differences": [],
            "anciens": {nom: request.POST.get(nom, "") for nom in ("diagnostic", "version", "seance")},
            "neufs": {"diagnostic": "", "version": sien.version if sien else 0, "seance": str(uuid4())},
        }  # fmt: skip
        return render(request, "suivi/_etat.html", page, status=409)
    except ErreurMetier as erreur:
        return render(request, "suivi/_etat.html", page | {"refus": str(erreur), "ligne": None}, status=422)
    page["illisibles"] = [str(form.fields[n].label) for n in form.errors if n in form.fields and form.data.get(n)]
    return render(request, "suivi/_etat.html", page)


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
@require_POST
def effacer(request: HttpRequest, pk: int) -> HttpResponse:
    """Set one's own draft aside."""
    ecran = Ecran(request, pk, P.SUIVRE, page="entretien")
    sien = brouillon_de(ecran.personne, ecran.agent)
    if sien is not None:
        abandonner_entretien(entretien=sien, **ecran.commun)
        messages.success(request, "Le brouillon est effacé.")
    return redirect(ecran.adresse())


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
@require_POST
def decision(request: HttpRequest, pk: int, decision_pk: int) -> HttpResponse:
    """What was decided is done, or not after all."""
    ecran = Ecran(request, pk, P.SUIVRE, page="entretien")
    ids = {d.pk: d for e in entretiens_de(ecran.personne) for d in e.actions.all()}
    ligne = ids.get(decision_pk)
    if ligne is None:
        return redirect(ecran.adresse("notes"))
    tenir_decision(decision=ligne, faite=request.POST.get("faite") != "non", **ecran.commun)
    messages.success(request, "C'est noté.")
    return htmx.rediriger(request, ecran.adresse("notes"))


def _saisie(form: FormulaireEntretien, ecran: Ecran) -> dict[str, Any]:
    d = form.cleaned_data
    seance: UUID | None = d.get("seance")
    return {"contenu": form.contenu(maintenant=ecran.maintenant), "version": d.get("version") or 0, "seance": seance}


def _initial(ecran: Ecran, sien: EntretienSuivi | None) -> dict[str, Any]:
    """A draft as it was left; else a page prepared with what is known."""
    depart: dict[str, Any] = {"seance": uuid4(), "version": sien.version if sien else 0}
    if sien is None:
        depart |= {
            "debut": ecran.maintenant.astimezone(horloge.PARIS), "modalite": str(ModaliteRendezVous.PHYSIQUE),
            "theme": str(ThemeNote.PARCOURS), "prochain_le": ecran.au + timedelta(days=30),
        }  # fmt: skip
        sujets = [{"sujet": s} for s in sujets_proposes(ecran.personne, au=ecran.au)]
        return depart | {f"sujet_{n}": s["sujet"] for n, s in enumerate(sujets[:SUJETS])}
    depart |= {
        nom: getattr(sien, nom) for nom in ("modalite", "theme", "texte", "detail", "prochain_le")
    } | {"debut": sien.debut.astimezone(horloge.PARIS)}  # fmt: skip
    for n, sujet in enumerate(sien.ordre_du_jour[:SUJETS]):
        depart |= {f"sujet_{n}": sujet["sujet"], f"aborde_{n}": sujet["aborde"]}
    for n, choix in enumerate(sien.decisions[:DECISIONS]):
        depart |= {f"quoi_{n}": choix["quoi"], f"qui_{n}": choix["qui"], f"avant_{n}": choix["avant_le"]}
    return depart


def _conjoints(ecran: Ecran) -> list[Personne]:
    """The other adult of the household, unless they are to be met apart (R38)."""
    if ecran.personne.contact_discret:
        return []
    membres = membres_du_foyer(personne=ecran.personne, pour=ecran.agent, au=ecran.au, droits=ecran.droits)
    return [
        m.personne
        for m in membres
        if m.role in (RoleFoyer.DEM, RoleFoyer.CJT) and m.personne and m.visible and not m.personne.contact_discret
    ]
