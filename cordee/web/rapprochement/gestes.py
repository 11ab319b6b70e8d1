"""Acts of the queue that are not acts on one person's path: many people at once, and a contact to choose."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import en_cours
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import GenreEcheance, ReponseCaisse
from cordee.metier.parcours.services import (
    ResultatVerification,
    prolonger_attente,
    transmettre_decision,
    verifier_disparition,
)
from cordee.metier.personnes.enums import StatutProposition
from cordee.metier.personnes.models import Contact, ContactPropose, Personne
from cordee.metier.personnes.selectors import contacts_proposes, ids_du_groupe, personnes_visibles
from cordee.metier.personnes.services import ecarter_contact_propose, journaliser_lecture, retenir_contact_propose
from cordee.reglementation.parametres import entier
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants import htmx
from cordee.web.composants.saisies import SaisieDate
from cordee.web.parcours.formulaires.base import ChoixLong
from cordee.web.rapprochement import lectures
from cordee.web.rapprochement.lectures import Demande
from cordee.web.rapprochement.sujets import ECHEANCE, ETAPE, POUR_PLUSIEURS, Sujet
from cordee.web.rapprochement.views import Filtres, demande_de, peut_agir
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import nom_court

P, H = Permission, GenreEcheance
MAXIMUM = 500
_ECHEANCES = {Sujet.DECISION: H.DECISION_ATTENDUE_CAF, Sujet.SANCTION: H.SANCTION_A_RAPPROCHER}


class FormulaireDecision(forms.Form):
    """The same decision for several people."""

    reponse = ChoixLong(label="Décision transmise à la caisse", choices=ReponseCaisse.choices())
    decidee_le = forms.DateField(label="Décidée le", widget=SaisieDate)


@acces(P.INSTRUIRE, P.IMPORTER, finalite=Finalite.IDENTIFICATION)
@require_POST
def ensemble(request: HttpRequest) -> HttpResponse:
    """One act for the lines that were ticked, or for all those of the list."""
    au = horloge.aujourdhui()
    demande = demande_de(request, Filtres(request.GET, au=au).lus, au)
    retour = f"{reverse('rapprochements')}?{request.GET.urlencode()}"
    geste = next((g for g in _gestes(demande) if g == request.POST.get("action")), None)
    if geste is None or not peut_agir(demande.sujet, demande.droits):
        raise ErreurMetier("Choisissez un sujet, puis un acte qui sert plusieurs personnes.")
    ids = _choisies(request, demande)
    if not ids:
        messages.warning(request, "Cochez au moins une ligne.")
        return redirect(retour)
    if geste == "transmise":
        return _transmettre(request, demande, ids, retour)
    faites = _attendre(request, demande, ids)
    messages.success(request, f"{_personnes(faites)} : la prochaine vérification a sa date.")
    return redirect(retour)


def _gestes(demande: Demande) -> list[str]:
    return [g.cle for g in POUR_PLUSIEURS.get(demande.sujet, ())] if demande.sujet else []


def _choisies(request: HttpRequest, demande: Demande) -> list[int]:
    """People of the ticked lines, still open and within reach, on whom she may do it."""
    source = ETAPE if demande.sujet is Sujet.ABSENCE else ECHEANCE
    nommees = _entiers(request, "personnes")
    ids = None if nommees or request.POST.get("tout") == "1" else _entiers(request, "ids")
    permission = P.IMPORTER if demande.sujet is Sujet.ABSENCE else P.INSTRUIRE
    permises = personnes_visibles(
        pour=demande.pour, au=demande.au, permission=permission, droits=demande.droits
    ).values_list("pk", flat=True)
    gens = [pk for pk in lectures.personnes_de(demande, source, ids) if not nommees or pk in nommees]
    if len(gens) > MAXIMUM:
        messages.info(request, f"Les {MAXIMUM} premières sont prises : recommencez ensuite pour les suivantes.")
    return sorted(permises.filter(pk__in=gens[:MAXIMUM]))


def _entiers(request: HttpRequest, champ: str) -> list[int]:
    return [int(pk) for pk in request.POST.getlist(champ) if pk.isdecimal()]


def _attendre(request: HttpRequest, demande: Demande, ids: list[int]) -> int:
    commun: dict[str, Any] = {"par": agent_courant(request), "le": horloge.maintenant()}
    if demande.sujet is Sujet.ABSENCE:
        for personne in Personne.objects.filter(pk__in=ids).order_by("pk"):
            verifier_disparition(personne=personne, resultat=ResultatVerification.ATTENDRE, **commun)
        return len(ids)
    assert demande.sujet is not None  # noqa: S101 - checked by the caller
    return len(prolonger_attente(personnes=ids, echeance=_ECHEANCES[demande.sujet], **commun))


def _transmettre(request: HttpRequest, demande: Demande, ids: list[int], retour: str) -> HttpResponse:
    """Say who, ask which decision, then record it for all of them."""
    confirme = request.POST.get("etape") == "confirmer"
    formulaire = FormulaireDecision(request.POST if confirme else None, initial={"decidee_le": demande.au})
    if confirme and formulaire.is_valid():
        try:
            faites = transmettre_decision(
                personnes=ids, reponse=ReponseCaisse(formulaire.cleaned_data["reponse"]),
                decidee_le=formulaire.cleaned_data["decidee_le"], par=agent_courant(request),
                le=horloge.maintenant(),
            )  # fmt: skip
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            messages.success(request, f"{_personnes(len(faites))} : la décision est notée comme transmise.")
            return redirect(retour)
    gens = Personne.objects.filter(pk__in=ids).order_by("nom", "prenom", "pk")
    contexte = {
        "form": formulaire,
        "personnes": [(p.pk, nom_court(p.prenom, p.nom)) for p in gens],
        "mois": entier("reponse_caisse_mois", au=demande.au),
        "retour": retour,
        "fil": [("Rapprochements", retour), ("Décision transmise", "")],
    }
    return render(request, "rapprochement/ensemble.html", contexte, status=422 if formulaire.errors else 200)


def _personnes(nombre: int) -> str:
    return f"{nombre} personne{'s' if nombre > 1 else ''}"


class FormulaireContact(forms.Form):
    """Which contact is right (R66)."""

    choix = ChoixLong(label="Lequel est juste ?")
    verifie = forms.BooleanField(label="Vérifié avec la personne", required=False)

    def __init__(self, *args: Any, propose: ContactPropose, connus: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choix"].choices = [  # type: ignore[attr-defined]
            ("garder", "Celui que nous avons : le fichier ne le proposera plus"),
            ("ajouter", f"Les deux : ajouter {propose.valeur}"),
            *((f"remplacer-{c.pk}", f"Celui du fichier : {propose.valeur} remplace {c.valeur}") for c in connus),
        ]


@acces(P.SUIVRE, finalite=Finalite.IDENTIFICATION)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """The file's contact beside ours, and the choice. Nothing is ever erased (R45)."""
    maintenant, agent = horloge.maintenant(), agent_courant(request)
    au = horloge.jour(maintenant)
    propose = get_object_or_404(contacts_proposes(pour=agent, au=au), pk=pk, statut=StatutProposition.EN_ATTENTE)
    personne = propose.personne.canonique or propose.personne
    permises = personnes_visibles(pour=agent, au=au, permission=P.SUIVRE, droits=habilitation_de(request))
    personne = get_object_or_404(permises, pk=personne.pk)
    connus = list(
        Contact.objects.filter(en_cours(au), personne__in=ids_du_groupe(personne), genre=propose.genre).order_by("pk")
    )
    formulaire = FormulaireContact(request.POST if request.method == "POST" else None, propose=propose, connus=connus)
    if request.method == "POST" and formulaire.is_valid():
        try:
            phrase = _choisir(formulaire, propose, {str(c.pk): c for c in connus}, par=agent, le=maintenant)
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            messages.success(request, phrase)
            return htmx.rediriger(request, reverse("rapprochements"))
    if request.method == "GET":
        journaliser_lecture(
            personne_id=personne.pk, par=agent, finalite=Finalite.IDENTIFICATION, page="contact proposé", le=maintenant
        )
    contexte = {
        "form": formulaire, "propose": propose, "connus": connus, "qui": nom_court(personne.prenom, personne.nom),
        "gabarit": htmx.gabarit(request), "retour": reverse("rapprochements"),
        "fil": [("Rapprochements", reverse("rapprochements")), ("Choisir le bon contact", "")],
    }  # fmt: skip
    return render(request, "rapprochement/contact.html", contexte, status=422 if formulaire.errors else 200)


def _choisir(formulaire: FormulaireContact, propose: ContactPropose, connus: dict[str, Contact], **commun: Any) -> str:
    choix, verifie = formulaire.cleaned_data["choix"], formulaire.cleaned_data["verifie"]
    if choix == "garder":
        ecarter_contact_propose(proposition=propose, **commun)
        return "Votre contact est gardé."
    remplace = connus.get(choix.removeprefix("remplacer-"))
    retenir_contact_propose(proposition=propose, remplace=remplace, verifie=verifie, **commun)
    return "Le contact du fichier est enregistré. L'ancien reste dans l'historique."
