"""« Mes heures »: the person says what she did of her week, with big buttons; nothing is asked twice (screen 9)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cordee.metier.contrats.enums import Empechement, FamilleActivite, SourceHeures
from cordee.metier.contrats.regles.heures import UNE_SEMAINE, Semaine, heures_en_mots, lundi, questions
from cordee.metier.contrats.selectors.heures import heures_de
from cordee.metier.contrats.services.heures import declarer_heures
from cordee.metier.personnes.models import Personne
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.espace.personnel import dessiner
from cordee.web.espace.session import espace_personnel
from cordee.web.heures.formulaires import ecrire_heures, lire_heures, semaine_demandee

F = FamilleActivite
SEMAINES: Final = 5
CHOIX: Final = tuple(Decimal(n) for n in (0, 1, 2, 3, 4, 5, 7, 10, 15, 20))
EN_CLAIR: Final = {
    F.MISE_EN_SITUATION: ("En entreprise, en immersion, en chantier", "structure"),
    F.FORMATION: ("En formation, en cours", "ecole"),
    F.RECHERCHE: ("À chercher du travail", "recherche"),
    F.ACCOMPAGNEMENT: ("En rendez-vous, en atelier", "entretien"),
    F.ACCES_DROITS: ("En démarches : papiers, santé, logement, garde", "document"),
    F.ACTIVITE: ("Au travail, ou pour mon entreprise", "emploi"),
}


@espace_personnel
def mes_heures(request: HttpRequest, personne: Personne) -> HttpResponse:
    """One week, families of the plan first; what she says is kept beside what others say."""
    maintenant = horloge.maintenant()
    au = horloge.jour(maintenant)
    plus_ancienne = lundi(au) - (SEMAINES - 1) * UNE_SEMAINE
    choisie = max(semaine_demandee(request.GET.get("semaine", ""), au), plus_ancienne)
    phrase = ""
    if request.method == "POST":
        try:
            heures, empechement = _lire(request)
            declarer_heures(
                personne=personne, semaine=choisie, heures=heures, empechement=empechement, par=None, le=maintenant
            )
            return redirect(f"{reverse('espace_heures')}?semaine={choisie}&note=1")
        except (ErreurMetier, ValidationError) as erreur:
            phrase = " ".join(erreur.messages) if isinstance(erreur, ValidationError) else str(erreur)
    suivies = heures_de(personne, du=plus_ancienne, au=au)
    la_semaine = next(s for s in suivies if s.lundi == choisie)
    plan, ailleurs = _familles(la_semaine, request)
    return dessiner(
        request, "espace/heures.html", "espace_heures", status=422 if phrase else 200,
        semaine=_en_mots(la_semaine), semaines=[_en_mots(s) for s in suivies], plan=plan, ailleurs=ailleurs,
        phrase=phrase, note=bool(request.GET.get("note")) and la_semaine.renseignee, empechements=list(Empechement),
        questions=questions(_sans_les_autres(la_semaine)),
    )  # fmt: skip


# Parts --------------------------------------------------------------------------------------------------------------
def _lire(request: HttpRequest) -> tuple[dict[FamilleActivite, Decimal], Empechement | None]:
    """What she touched. Saying that nothing could be done takes back what she had said of the week."""
    voulu = request.POST.get("empechement", "")
    if voulu in set(Empechement):
        return dict.fromkeys(F, Decimal(0)), Empechement(voulu)
    heures = {}
    for f in F:
        autre = lire_heures(request.POST.get(f"autre_{f}", ""))
        lues = autre if autre is not None else lire_heures(request.POST.get(f"h_{f}", ""))
        if lues is not None:
            heures[f] = lues
    if not heures:
        raise ErreurMetier("Choisissez un nombre d'heures pour au moins une ligne, ou dites que rien n'était possible.")
    return heures, None


def _familles(s: Semaine, request: HttpRequest) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Families of her plan, or already told of; then the others, folded."""
    montrees: list[dict[str, Any]] = []
    pliees: list[dict[str, Any]] = []
    for f, (mots, icone) in EN_CLAIR.items():
        dites = {d.source: d.heures for d in s.dites.get(f, ())}
        dit = dites.get(SourceHeures.DECLAREE)
        autres = [d for d in s.dites.get(f, ()) if d.source is not SourceHeures.DECLAREE]
        prevues = s.plan.get(f)
        valeurs = sorted({*CHOIX, *([prevues] if prevues else [])})
        ligne = {
            "famille": f, "mots": mots, "icone": icone, "prevues": heures_en_mots(prevues) if prevues else "",
            "valeurs": [(ecrire_heures(v), heures_en_mots(v), v == dit) for v in valeurs],
            "autre": request.POST.get(f"autre_{f}", "") or (ecrire_heures(dit) if dit not in (None, *valeurs) else ""),
            "constatees": [(d.par, heures_en_mots(d.heures)) for d in autres],
        }  # fmt: skip
        (montrees if prevues or f in s.dites else pliees).append(ligne)
    return (montrees, pliees) if montrees else (pliees, [])


def _sans_les_autres(s: Semaine) -> Semaine:
    """The week as she tells it: the questions put to her are about her own figures only."""
    siennes = {f: tuple(d for d in dites if d.source is SourceHeures.DECLAREE) for f, dites in s.dites.items()}
    return Semaine(s.lundi, s.prevues, s.plan, {f: d for f, d in siennes.items() if d})


def _en_mots(s: Semaine) -> dict[str, Any]:
    siens = _sans_les_autres(s).total
    dimanche: date = s.lundi + timedelta(days=6)
    return {
        "lundi": s.lundi, "dimanche": dimanche, "prevues": heures_en_mots(s.prevues) if s.prevues else "",
        "total": heures_en_mots(siens) if siens is not None else "",
        "empechement": Empechement(s.empechement).libelle if s.empechement else "",
    }  # fmt: skip
