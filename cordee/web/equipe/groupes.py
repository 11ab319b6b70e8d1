"""What a référent does for several people of her file at once: ask how they are, print a round of visits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.courriers.regles import date_fr
from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.orientation.selectors.signaux import Signal, q_signal
from cordee.metier.parcours.models import Situation
from cordee.metier.personnes.selectors import coordonnees_de
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, StatutRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi.services.relances import LONGUEUR, preparer_relances, relancer, reste_du_jour
from cordee.metier.suivi.tournee import Visite, tournee_pdf
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.composants.tableaux import Colonne
from cordee.web.equipe.ma_file import miennes
from cordee.web.personnes.adresses import lignes_d_adresse
from cordee.web.socle.acces import acces, agent_courant, habilitation_de, journaliser_export
from cordee.web.socle.identites import nom_complet, nom_court

P = Permission
AU_PLUS = 200
VISITES_AU_PLUS = 30
COLONNES = [
    Colonne("personne", "Personne", triable=False),
    Colonne("contact", "Dernier contact", triable=False),
    Colonne("moyen", "Par quel moyen", triable=False),
]


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
@require_POST
def relances(request: HttpRequest) -> HttpResponse:
    """Who would be written to, by which way, and who would not; then the sending itself."""
    agent, maintenant = agent_courant(request), horloge.maintenant()
    choisies = list(_choisies(request, maintenant).select_related("personne", "referent_structure"))
    if not choisies:
        messages.error(request, "Cochez au moins une personne.")
        return redirect("ma_file")
    mot = request.POST.get("mot", "").strip()
    erreur = ""
    if request.POST.get("action") == "envoyer":
        try:
            phrase = _envoyer(request, choisies, mot, maintenant)
        except ErreurMetier as refus:
            erreur = str(refus)
        else:
            messages.success(request, phrase)
            return redirect("ma_file")
    prevues = {r.personne: r for r in preparer_relances(personnes=[s.pk for s in choisies], par=agent, le=maintenant)}
    lignes = [(nom_court(s.personne.prenom, s.personne.nom), s.pk, prevues[s.pk]) for s in choisies]
    structure = choisies[0].referent_structure
    contexte: dict[str, Any] = {
        "lignes": lignes, "colonnes": COLONNES, "partent": sum(r.canal is not None for r in prevues.values()),
        "mot": mot, "erreur": erreur, "longueur": LONGUEUR, "reste": reste_du_jour(par=agent, le=maintenant),
        "agent": agent, "telephone": agent.telephone or (structure.telephone if structure else ""),
        "fil": [("Ma file active", reverse("ma_file")), ("Prendre des nouvelles", "")],
    }  # fmt: skip
    return render(request, "equipe/relances.html", contexte, status=422 if erreur else 200)


@acces(P.SUIVRE, finalite=Finalite.SUIVI)
@require_POST
def tournee(request: HttpRequest) -> HttpResponse:
    """The printed pack of home visits. Nobody who asked for a discreet contact is in it (V12)."""
    agent, maintenant = agent_courant(request), horloge.maintenant()
    choisies = list(_choisies(request, maintenant).select_related("personne", "etape", "referent_structure"))
    connues = coordonnees_de(personnes=[s.pk for s in choisies], au=horloge.jour(maintenant))
    visitables = [s for s in choisies if not s.personne.contact_discret and connues[s.pk].adresse is not None]
    if not visitables or len(visitables) > VISITES_AU_PLUS:
        phrase = (
            f"Une tournée compte {VISITES_AU_PLUS} visites au plus."
            if visitables
            else "Aucune visite à imprimer : adresse inconnue, ou contact discret demandé."
        )
        messages.error(request, phrase)
        return redirect("ma_file")
    heures = _heures(visitables, maintenant)
    visitables.sort(key=lambda s: (heures.get(s.pk) or maintenant + timedelta(days=99), s.pk))
    journaliser_export(request, [s.pk for s in visitables], finalite=Finalite.SUIVI, page="tournee")
    structure = visitables[0].referent_structure
    pdf = tournee_pdf(
        [_visite(s, connues[s.pk], heures.get(s.pk)) for s in visitables], agent=str(agent),
        structure=structure.nom if structure else "", le=maintenant,
    )  # fmt: skip
    reponse = HttpResponse(pdf, content_type="application/pdf")
    reponse.headers["Content-Disposition"] = f'inline; filename="visites-{maintenant:%Y-%m-%d}.pdf"'
    return reponse


# Parts --------------------------------------------------------------------------------------------------------------
def _choisies(request: HttpRequest, maintenant: datetime) -> QuerySet[Situation]:
    """The lines ticked, or all those of the signal shown; always of her own file, those who wait longest first."""
    agent, droits = agent_courant(request), habilitation_de(request)
    base = miennes(agent, maintenant, droits)
    if request.POST.get("tout") == "1":
        signal = request.GET.get("signal", "")
        choisies = base.filter(q_signal(Signal(signal), maintenant=maintenant)) if signal in set(Signal) else base
    else:
        ids = [int(pk) for pk in request.POST.getlist("ids") if pk.isdecimal() and len(pk) < 12]
        choisies = base.filter(pk__in=ids[:AU_PLUS])
    return choisies.order_by(F("dernier_contact_le").asc(nulls_first=True), "pk")[:AU_PLUS]


def _envoyer(request: HttpRequest, choisies: list[Situation], mot: str, maintenant: datetime) -> str:
    structure = next((s.referent_structure for s in choisies if s.referent_structure), None)
    structure = structure or Structure.objects.filter(pk__in=habilitation_de(request).structures).first()
    if structure is None:
        raise ErreurMetier("Aucune structure à votre nom : demandez à votre encadrement.")
    bilan = relancer(
        personnes=[s.pk for s in choisies], structure=structure, mot=mot, par=agent_courant(request), le=maintenant
    )
    n, m = len([c for c in bilan.courriers if not c.au_representant]), len(bilan.refus)
    phrase = f"{n} message{'s partent' if n > 1 else ' part'} dans quelques minutes, chacun à son nom."
    return phrase + (f" {m} personne{'s restent' if m > 1 else ' reste'} à joindre autrement ou demain." if m else "")


def _heures(choisies: list[Situation], maintenant: datetime) -> dict[int, datetime]:
    """Home appointments of the coming days, where there is one."""
    rdv = RendezVous.objects.filter(
        personne__in=[s.pk for s in choisies], statut=StatutRendezVous.PREVU, modalite=ModaliteRendezVous.DOMICILE,
        debut__gte=maintenant - timedelta(hours=12), debut__lt=maintenant + timedelta(days=7),
    )  # fmt: skip
    return {pk: debut for pk, debut in rdv.order_by("-debut").values_list("personne_id", "debut")}  # noqa: C416


def _visite(s: Situation, c: Any, heure: datetime | None) -> Visite:
    adresse = lignes_d_adresse(c.adresse)
    telephone = next((x.valeur for x in c.contacts if x.genre == "telephone"), "")
    savoir = []
    if s.personne.interprete:
        savoir.append("interprète nécessaire")
    return Visite(
        qui=nom_complet(s.personne), adresse=adresse, commune=c.adresse.ville or (adresse[-1] if adresse else ""),
        heure=f"{heure.astimezone(horloge.PARIS):%d/%m à %H:%M}" if heure else "", telephone=telephone,
        objet=GenreRendezVous.ACCOMPAGNEMENT.libelle,
        dernier_contact=date_fr(s.dernier_contact_le, avec_jour=False) if s.dernier_contact_le else "jamais",
        particularites=", ".join(savoir),
    )  # fmt: skip
