"""The weeks of one person: what was agreed, what each source says, what counts and why; enter a week (R80)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cordee.metier.contrats.enums import Empechement, FamilleActivite, PieceVue, SourceHeures
from cordee.metier.contrats.regles.heures import (
    UNE_SEMAINE,
    Semaine,
    heures_en_mots,
    lundi,
    questions,
    reste_a_repartir,
)
from cordee.metier.contrats.selectors import contrat_en_vigueur
from cordee.metier.contrats.selectors.heures import alertes_heures, heures_de, historique_de
from cordee.metier.contrats.services.heures import LigneSaisie, constater_heures, declarer_heures
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.models import Personne
from cordee.reglementation.parametres import entier
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.heures.formulaires import SaisieSemaine, semaine_demandee
from cordee.web.socle.acces import Dossier, acces, agent_courant, habilitation_de, ouvrir_dossier
from cordee.web.socle.identites import nom_court

P = Permission
SEMAINES = 12
SAISISSENT = (P.CONTRACTUALISER, P.ENCADRER)


@acces(*SAISISSENT, finalite=Finalite.CONTRAT)
def fiche(request: HttpRequest, pk: int) -> HttpResponse:
    """Twelve weeks, one of them open to be entered or corrected."""
    dossier = ouvrir_dossier(request, pk, page="heures", finalite=Finalite.CONTRAT, journal=request.method == "GET")
    if not dossier.peut(*SAISISSENT):
        raise PermissionDenied
    personne, maintenant = dossier.personne, horloge.maintenant()
    au = horloge.jour(maintenant)
    choisie = semaine_demandee(request.GET.get("semaine", ""), au)
    structure = _structure(request, personne)
    formulaire = SaisieSemaine(request.POST or None)
    if request.method == "POST" and formulaire.is_valid():
        try:
            phrase = _enregistrer(request, formulaire, personne, choisie, structure)
        except ErreurMetier as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            messages.success(request, phrase)
            return redirect(f"{reverse('heures', args=[pk])}?semaine={choisie}")
    suivies = heures_de(personne, du=min(lundi(au) - (SEMAINES - 1) * UNE_SEMAINE, choisie), au=au)
    la_semaine = next(s for s in suivies if s.lundi == choisie)
    contexte: dict[str, Any] = {
        "personne": personne, "qui": nom_court(personne.prenom, personne.nom), "au": au,
        "contrat": contrat_en_vigueur(personne, au=au), "alertes": alertes_heures(personne, au=au),
        "semaines": [ligne(s) for s in suivies], "choisie": ligne(la_semaine),
        "questions": questions(la_semaine, interrompue=_interrompue(personne, choisie)),
        "a_repartir": reste_a_repartir(la_semaine.prevues, la_semaine.plan),
        "precedente": choisie - UNE_SEMAINE if choisie > lundi(au) - _limite(au) else None,
        "suivante": choisie + UNE_SEMAINE if choisie < lundi(au) else None,
        "form": formulaire, "structure": structure,
        "familles": [(f, formulaire[f"h_{f}"], la_semaine.plan.get(f)) for f in FamilleActivite],
        "historique": list(historique_de(personne, semaine=choisie)[:30]),
        "fil": [("Personnes", reverse("personnes")),
                (nom_court(personne.prenom, personne.nom), reverse("personne", args=[pk])), ("Heures d'activité", "")],
    }  # fmt: skip
    return render(request, "heures/fiche.html", contexte, status=422 if formulaire.errors else 200)


def ligne(s: Semaine) -> dict[str, Any]:
    """A week in words: total, hours that count by family, why."""
    retenues: list[dict[str, Any]] = [
        {"famille": f, "heures": r.heures, "mots": heures_en_mots(r.heures), "source": r.source, "pourquoi": r.pourquoi,
         "dites": [(d.source.libelle, d.par, heures_en_mots(d.heures)) for d in s.dites[f]]}
        for f, r in s.retenues.items()
    ]  # fmt: skip
    total = s.total
    return {
        "lundi": s.lundi, "dimanche": s.lundi + timedelta(days=6), "prevues": s.prevues, "total": total,
        "total_mots": heures_en_mots(total) if total is not None else "",
        "prevues_mots": heures_en_mots(s.prevues) if s.prevues is not None else "",
        "retenues": [r for r in retenues if r["heures"] or len(r["dites"]) > 1],
        "empechement": Empechement(s.empechement).libelle if s.empechement else "",
        "part": min(100, round(100 * total / s.prevues)) if total is not None and s.prevues else None,
    }  # fmt: skip


def resume_des_heures(dossier: Dossier, au: date) -> dict[str, Any]:
    """What the panel « Contrat et heures » says of the last four whole weeks; nothing for who may not read it."""
    if not dossier.peut(*SAISISSENT):
        return {}
    contrat = contrat_en_vigueur(dossier.personne, au=au)
    if contrat is None:
        return {}
    suivies = heures_de(dossier.personne, du=lundi(au) - 4 * UNE_SEMAINE, au=lundi(au) - UNE_SEMAINE)
    return {
        "heures_resume": {
            "pk": dossier.personne.pk, "contrat": contrat, "semaines": [ligne(s) for s in suivies],
            "alertes": alertes_heures(dossier.personne, au=au),
            "questions": [q for s in suivies for q in questions(s)][:3],
        }
    }  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _limite(au: date) -> timedelta:
    return entier("heures_saisie_semaines", au=au) * UNE_SEMAINE


def _interrompue(personne: Personne, semaine: date) -> bool:
    """Whether the accompaniment stands interrupted, since before that week."""
    arretee = Situation.objects.filter(personne=personne, etat=Etat.INTERROMPUE, depuis__lte=semaine)
    return arretee.exists()


def _structure(request: HttpRequest, personne: Personne) -> Structure | None:
    """The body in whose name the agent says what was seen: her référent's when she works there."""
    miennes = habilitation_de(request).structures
    siennes = Situation.objects.filter(personne=personne).values_list("referent_structure", flat=True).first()
    choisie = siennes if siennes in miennes else next(iter(sorted(miennes)), None)
    return Structure.objects.filter(pk=choisie).first() if choisie else None


def _enregistrer(
    request: HttpRequest, formulaire: SaisieSemaine, personne: Personne, semaine: date, structure: Structure | None
) -> str:
    heures, agent, maintenant = formulaire.heures, agent_courant(request), horloge.maintenant()
    source = SourceHeures(formulaire.cleaned_data["source"])
    if not heures:
        raise ErreurMetier("Écrivez au moins un nombre d'heures ; 0 retire des heures déjà notées.")
    if source is SourceHeures.DECLAREE:
        ecrites = declarer_heures(personne=personne, semaine=semaine, heures=heures, par=agent, le=maintenant)
    elif structure is None:
        raise ErreurMetier("Aucune structure à votre nom : demandez à votre encadrement.")
    else:
        piece = PieceVue(formulaire.cleaned_data["piece_vue"]) if source is SourceHeures.VERIFIEE else None
        bilan = constater_heures(
            lignes=[LigneSaisie(personne=personne.pk, heures=heures)], semaine=semaine, structure=structure,
            piece_vue=piece, par=agent, le=maintenant,
        )  # fmt: skip
        ecrites = bilan.ecrites
    return "Les heures sont notées." if ecrites else "Rien n'a changé : ces heures étaient déjà notées."
