"""Many people change référent: a proposal by capacity, to correct, that says what will happen (R56, R57, R59)."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent, Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation, structures_orientables
from cordee.metier.orientation.enums import MotifRelais
from cordee.metier.orientation.selectors.equipe import LigneEquipe
from cordee.metier.orientation.selectors.transferts import Partage, proposer_partage
from cordee.metier.orientation.services.relais import proposer_en_masse
from cordee.metier.orientation.services.transferts import structures_finissantes
from cordee.metier.orientation.services.transferts import transferer as transferer_personnes
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import q_visibles
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.saisies import SaisieDate
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe.perimetre import structure_encadree
from cordee.web.equipe.tableau import charge
from cordee.web.socle.acces import acces, agent_courant, habilitation_de
from cordee.web.socle.identites import communes_de, nom_court

P = Permission
COLONNES = [
    Colonne("personne", "Personne", triable=False),
    Colonne("commune", "Commune", triable=False),
    Colonne("vers", "Nouveau référent", triable=False),
    Colonne("raison", "Pourquoi", triable=False),
]
LIGNES_AFFICHEES = 400


class Ailleurs(forms.Form):
    """``orientation.services.relais.proposer_en_masse``."""

    vers = forms.ChoiceField(label="Vers quelle structure")
    motif = forms.ChoiceField(label="Raison", choices=MotifRelais.choices(), widget=forms.RadioSelect)
    avant_le = forms.DateField(label="À recevoir avant le", required=False, widget=SaisieDate)
    note = forms.CharField(
        label="Note commune", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Lue par ceux qui reçoivent, avant d'accepter. Rien du diagnostic ni de la vie privée.",
    )  # fmt: skip

    def __init__(self, *args: Any, structure: Structure, au: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groupes = []
        self.par_pk: dict[str, Structure] = {}
        for categorie in GenreOrganismeReferent:
            trouvees = [s for s in structures_orientables(categorie=categorie, au=au) if s.pk != structure.pk]
            self.par_pk |= {str(s.pk): s for s in trouvees}
            if trouvees:
                groupes.append((categorie.libelle, [(str(s.pk), s.nom) for s in trouvees]))
        self.fields["vers"].choices = [("", "Choisir"), *groupes]  # type: ignore[attr-defined]


@acces(P.NOMMER_REFERENT, finalite=Finalite.SUIVI)
def transferer(request: HttpRequest, structure_pk: int) -> HttpResponse:
    """A référent's people (or those without a name) shared out inside the team."""
    moi, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    structure = structure_encadree(str(structure_pk), droits)
    agent = _agent(request.GET.get("agent", ""))
    partage = proposer_partage(structure, agent, pour=moi, maintenant=maintenant, droits=droits)
    if request.method == "POST":
        try:
            phrase = _transferer(request, structure, partage, moi, maintenant)
        except ErreurMetier as refus:
            messages.error(request, str(refus))
            return redirect(request.get_full_path())
        messages.success(request, phrase)
        return redirect(f"{reverse('equipe')}?structure={structure.pk}")
    return render(request, "equipe/transferer.html", _contexte(structure, agent, partage))


@acces(P.ENCADRER, finalite=Finalite.SUIVI)
def ailleurs(request: HttpRequest, structure_pk: int) -> HttpResponse:
    """All the people of a structure that closes, proposed to another with a date; its référents stay meanwhile."""
    moi, maintenant, droits = agent_courant(request), horloge.maintenant(), habilitation_de(request)
    structure = structure_encadree(str(structure_pk), droits)
    au = horloge.jour(maintenant)
    fin = next((f for f in structures_finissantes(au=au, avant=ajouter_mois(au, 12)) if f[0] == structure), None)
    initial = {"motif": fin[2], "avant_le": fin[1]} if fin else {}
    formulaire = Ailleurs(request.POST or None, structure=structure, au=au, initial=initial)
    personnes = _siennes(structure, moi, maintenant, droits)
    if request.method == "POST" and formulaire.is_valid():
        d = formulaire.cleaned_data
        try:
            faites = proposer_en_masse(
                personnes=personnes, vers=formulaire.par_pk[d["vers"]], motif=MotifRelais(d["motif"]), note=d["note"],
                avant_le=d["avant_le"], par=moi, le=maintenant,
            )  # fmt: skip
        except ErreurMetier as refus:
            formulaire.add_error(None, str(refus))
        else:
            messages.success(request, _bilan(len(faites.relais), Counter(faites.refus.values())))
            return redirect(f"{reverse('relais')}?vue=envoyes")
    retour = f"{reverse('equipe')}?structure={structure.pk}"
    contexte = {
        "structure": structure,
        "fin": fin,
        "personnes": len(personnes),
        "form": formulaire,
        "retour": retour,
        "fil": [("Mon équipe", retour), ("Transférer vers une autre structure", "")],
    }
    statut = 422 if request.method == "POST" else 200
    return render(request, "equipe/ailleurs.html", contexte, status=statut)


# Parts --------------------------------------------------------------------------------------------------------------
def _agent(valeur: str) -> Agent | None:
    if not valeur:
        return None
    agent = Agent.objects.filter(pk=valeur).first() if valeur.isdecimal() and len(valeur) < 10 else None
    if agent is None:
        raise Http404
    return agent


def _siennes(structure: Structure, moi: Agent, maintenant: datetime, droits: Habilitation) -> list[int]:
    visibles = q_visibles("personne", pour=moi, au=horloge.jour(maintenant), droits=droits)
    return list(
        Situation.objects.filter(visibles, referent_structure=structure, soumis=True)
        .exclude(calcul__has_key="relais")
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _transferer(request: HttpRequest, structure: Structure, partage: Partage, moi: Agent, maintenant: datetime) -> str:
    """What the page says now: the agent chosen on each line."""
    permis = {ligne.agent.pk for ligne in partage.equipe if ligne.agent}
    repartition: dict[int, int] = {}
    for s in partage.personnes:
        choisi = request.POST.get(f"agent_{s.pk}", "")
        if choisi.isdecimal() and int(choisi) in permis:
            repartition[s.pk] = int(choisi)
    if not repartition:
        raise ErreurMetier("Choisissez au moins un nouveau référent.")
    fait = transferer_personnes(
        structure=structure, repartition=repartition, lettre=bool(request.POST.get("lettre")), par=moi, le=maintenant
    )
    noms = {ligne.agent.pk: str(ligne.agent) for ligne in partage.equipe if ligne.agent}
    parts = ", ".join(f"{n} pour {noms[pk]}" for pk, n in sorted(fait.par_agent.items(), key=lambda x: -x[1]))
    phrase = f"{fait.personnes} personne{'s' if fait.personnes > 1 else ''} : {parts}."
    if fait.lettres:
        phrase += f" {fait.lettres} lettre{'s' if fait.lettres > 1 else ''} à envoyer."
    if fait.sans_lettre:
        phrase += f" {len(fait.sans_lettre)} sans lettre : à prévenir autrement."
    return phrase


def _contexte(structure: Structure, agent: Agent | None, partage: Partage) -> dict[str, Any]:
    communes = communes_de({s.pk for s in partage.personnes})
    attributions = {a.personne: a for a in partage.attributions}
    recus: Counter[int] = Counter(a.agent for a in partage.attributions)
    retour = f"{reverse('equipe')}?structure={structure.pk}"
    return {
        "structure": structure,
        "agent": agent,
        "colonnes": COLONNES,
        "lignes": [
            {"pk": s.pk, "qui": nom_court(s.personne.prenom, s.personne.nom), "commune": communes.get(s.pk, ""),
             "a": attributions.get(s.pk)}
            for s in partage.personnes[:LIGNES_AFFICHEES]
        ],
        "nombre": len(partage.personnes),
        "equipe": [_recevant(ligne, recus[ligne.agent.pk] if ligne.agent else 0) for ligne in partage.equipe],
        "au_dela": sum(a.au_dela for a in partage.attributions),
        "agents": [(ligne.agent.pk, str(ligne.agent)) for ligne in partage.equipe if ligne.agent],
        "retour": retour,
        "fil": [("Mon équipe", retour), ("Transférer", "")],
    }  # fmt: skip


def _recevant(ligne: LigneEquipe, recus: int) -> dict[str, Any]:
    return {"agent": ligne.agent, "recus": recus, "charge": charge(ligne.mesures, ligne.capacite)}


def _bilan(proposes: int, refus: Counter[str]) -> str:
    phrase = (
        f"{proposes} relais proposé{'s' if proposes > 1 else ''}. Chaque référent reste en charge d'ici la réponse."
    )
    for raison, n in refus.most_common(3):
        phrase += f" {n} non proposé{'s' if n > 1 else ''} : {raison}"
    return phrase
