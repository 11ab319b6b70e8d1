"""Who waits for a place, which interpreters are to be booked, how full the weeks are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.selectors import canaux_ouverts
from cordee.metier.organismes.models import Structure
from cordee.metier.organismes.roles import Permission
from cordee.metier.personnes.selectors import personnes_visibles
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutInterprete, StatutRendezVous, TypeInterprete
from cordee.metier.rendezvous.models import Attente, Creneau, Interprete, Surreservation
from cordee.metier.rendezvous.regles.surreservation import Observation, surplus_admis
from cordee.metier.rendezvous.selectors.attente import file_d_attente, places_proposees
from cordee.metier.rendezvous.selectors.reaffectation import CANAUX_PROCHES, PROCHE
from cordee.metier.rendezvous.selectors.remplissage import BESOINS, Remplissage, remplissage
from cordee.metier.rendezvous.selectors.surreservation import absences_observees
from cordee.metier.rendezvous.services.surreservation import FENETRE
from cordee.socle import horloge
from cordee.socle.erreurs import ErreurMetier
from cordee.web.administration.saisie import soumettre
from cordee.web.agenda.formulaires import FiltresListe, FiltresRemplissage, FormulaireInterprete, FormulairePlafond
from cordee.web.agenda.onglets import cadre, fil
from cordee.web.agenda.perimetre import PerimetreAgenda, perimetre
from cordee.web.agenda.semaine import lundi_utile
from cordee.web.composants import htmx
from cordee.web.composants.tableaux import Colonne
from cordee.web.socle.acces import acces, agent_courant
from cordee.web.socle.export import en_csv
from cordee.web.socle.identites import nom_court

P = Permission
PAR_PAGE = 50
MAXIMUM = 500
SEMAINES = 8


# Waiting list -------------------------------------------------------------------------------------------------------
@acces(P.CONVOQUER)
def attente(request: HttpRequest) -> HttpResponse:
    """Who waits, the oldest deadline first, with the place each could have now."""
    vu = perimetre(request)
    filtres = FiltresListe(request.GET, perimetre=vu)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    structure = filtres.par_structure.get(lus.get("structure", ""))
    file = file_d_attente(
        droits=vu.droits, structures=[structure.pk] if structure else None,
        genre=GenreRendezVous(lus["genre"]) if lus.get("genre") else None,
    )  # fmt: skip
    places = places_proposees(list(file[:MAXIMUM]), le=horloge.maintenant())
    page = Paginator(places, PAR_PAGE).get_page(request.GET.get("page"))
    noms = _noms(vu, [p.attente for p in page])
    lignes = [
        (p, noms.get(p.attente.personne_id, ""), f"retirer-{p.attente.pk}", f"servir-{p.attente.pk}") for p in page
    ]
    contexte = {
        **cadre("attente"), "filtres": filtres, "page": page, "lignes": lignes, "au": vu.au,
        "avec_place": sum(1 for p in places if p.creneau is not None),
    }  # fmt: skip
    return render(request, "agenda/attente.html", contexte)


def _attente_vue(vu: PerimetreAgenda, pk: int) -> Attente:
    trouvee = get_object_or_404(Attente.objects.select_related("personne", "structure"), pk=pk)
    if trouvee.structure_id not in {s.pk for s in vu.structures}:
        raise Http404
    if not personnes_visibles(pour=vu.agent, au=vu.au, droits=vu.droits).filter(pk=trouvee.personne_id).exists():
        raise Http404
    return trouvee


@acces(P.CONVOQUER)
@require_POST
def attente_servir(request: HttpRequest, pk: int) -> HttpResponse:
    """Give her the place shown, by her best way."""
    vu = perimetre(request)
    trouvee = _attente_vue(vu, pk)
    demande = request.POST.get("creneau", "")
    creneau = get_object_or_404(Creneau, pk=int(demande) if demande.isdigit() else 0, structure=trouvee.structure)
    le = horloge.maintenant()
    choix = canaux_ouverts(
        personnes=[trouvee.personne_id], genre=GenreCourrier.CONVOCATION, au=vu.au,
        ordre=CANAUX_PROCHES if creneau.debut - le < PROCHE else None,
    )[trouvee.personne_id]  # fmt: skip
    if choix.canal is None:
        messages.error(request, f"Personne ne peut la prévenir à temps. {choix.raison}")
        return htmx.rediriger(request, reverse("agenda_attente"))
    try:
        services.servir_attente(
            attente=trouvee, creneau=creneau, canal=choix.canal, par=agent_courant(request), le=le
        )  # fmt: skip
    except ErreurMetier as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"La place est réservée. Elle sera prévenue : {choix.canal.libelle.lower()}.")
    return htmx.rediriger(request, reverse("agenda_attente"))


@acces(P.CONVOQUER)
@require_POST
def attente_retirer(request: HttpRequest, pk: int) -> HttpResponse:
    """She waits no longer."""
    services.retirer_attente(
        attente=_attente_vue(perimetre(request), pk), par=agent_courant(request), le=horloge.maintenant()
    )
    messages.success(request, "La personne est retirée de la liste d'attente.")
    return htmx.rediriger(request, reverse("agenda_attente"))


# Interpreters -------------------------------------------------------------------------------------------------------
@acces(P.CONVOQUER)
def interpretes(request: HttpRequest) -> HttpResponse:
    """Appointments to come that need an interpreter, those to be booked first."""
    vu = perimetre(request)
    filtres = FiltresListe(request.GET, perimetre=vu)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    lignes = Interprete.objects.filter(
        rendez_vous__statut=StatutRendezVous.PREVU, rendez_vous__debut__gte=horloge.maintenant(),
        rendez_vous__structure__in=[s.pk for s in vu.structures],
        statut__in=(StatutInterprete.A_RESERVER, StatutInterprete.RESERVE),
    ).select_related("rendez_vous__structure", "rendez_vous__personne", "rendez_vous__agent")  # fmt: skip
    if lus.get("structure"):
        lignes = lignes.filter(rendez_vous__structure=int(lus["structure"]))
    if lus.get("genre"):
        lignes = lignes.filter(rendez_vous__genre=lus["genre"])
    lignes = lignes.order_by("statut", "rendez_vous__debut", "pk")
    if request.GET.get("export") == "csv":
        return _export_interpretes(lignes)
    page = Paginator(lignes, PAR_PAGE).get_page(request.GET.get("page"))
    noms = _noms(vu, [i.rendez_vous for i in page])
    contexte = {
        **cadre("interpretes"), "filtres": filtres, "page": page, "au": vu.au,
        "lignes": [(i, noms.get(i.rendez_vous.personne_id, "")) for i in page],
    }  # fmt: skip
    return render(request, "agenda/interpretes.html", contexte)


def _export_interpretes(lignes: Any) -> HttpResponse:
    """For the provider: hours, places and languages, no name."""
    donnees = (
        (i.rendez_vous.debut, i.rendez_vous.fin, i.langue, i.rendez_vous.structure.nom,
         i.rendez_vous.get_modalite_display(), i.get_statut_display(), i.get_type_display() if i.type else "",
         i.prestataire, i.cout)
        for i in lignes
    )  # fmt: skip
    entetes = ["Début", "Fin", "Langue", "Structure", "Modalité", "État", "Interprète", "Prestataire", "Coût (€)"]
    return en_csv("interpretes", entetes, donnees)


@acces(P.CONVOQUER)
def interprete(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who will interpret."""
    vu = perimetre(request)
    lu = get_object_or_404(Interprete.objects.select_related("rendez_vous__structure"), pk=pk)
    if lu.rendez_vous.structure_id not in {s.pk for s in vu.structures}:
        raise Http404

    def agir(lus: Mapping[str, Any]) -> None:
        services.reserver_interprete(
            interprete=lu, type=TypeInterprete(lus["type"]), prestataire=lus["prestataire"], cout=lus["cout"],
            par=agent_courant(request), le=horloge.maintenant(),
        )  # fmt: skip

    if request.method == "POST" and request.POST.get("acte") == "inutile":
        services.interprete_inutile(interprete=lu, par=agent_courant(request), le=horloge.maintenant())
        messages.success(request, "Noté : aucun interprète n'est nécessaire.")
        return htmx.rediriger(request, reverse("agenda_interpretes"))
    return soumettre(
        request, FormulaireInterprete(request.POST or None, instance=lu), agir,
        titre=f"Interprète en {lu.langue}" if lu.langue else "Interprète", retour=reverse("agenda_interpretes"),
        message="L'interprète est réservé.", envoyer="Enregistrer la réservation",
        gabarit="agenda/interprete.html", i=lu,
        fil=fil(("Interprètes", reverse("agenda_interpretes")), ("Réserver", "")),
    )  # fmt: skip


SEMAINE = (("Semaine du", False), ("Ouvertes", True), ("Prises", True), ("Libres", True), ("À recevoir", True),
           ("Constat", False))  # fmt: skip
STRUCTURE = (("Structure", False), ("Ouvertes", True), ("Libres", True), ("À recevoir", True),
             ("Surréservation", False), ("Actions", False))  # fmt: skip
_DU_BESOIN = ("À recevoir", "Constat")


def _colonnes(noms: Sequence[tuple[str, bool]], *, sans: Sequence[str]) -> list[Colonne]:
    return [
        Colonne(nom, nom, triable=False, nombre=nombre, cachee=nom == "Actions")
        for nom, nombre in noms
        if nom not in sans
    ]


# Filling and overbooking --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LigneRemplissage:
    """A structure's next weeks."""

    structure: Structure
    total: Remplissage
    semaines: list[Remplissage]
    surreservation: str
    plafond: int | None
    peut_fixer: bool


@acces(P.CONVOQUER)
def vue_remplissage(request: HttpRequest) -> HttpResponse:
    """Places open, taken, free, against people who need one."""
    vu = perimetre(request)
    filtres = FiltresRemplissage(request.GET, perimetre=vu)
    lus = filtres.cleaned_data if filtres.is_valid() else {}
    genre = GenreRendezVous(lus.get("genre") or GenreRendezVous.ORIENTATION)
    structure = filtres.par_structure.get(lus.get("structure", ""))
    retenues = [structure] if structure else vu.structures
    lundi = lundi_utile(vu.au)
    le = horloge.maintenant()
    tableau = remplissage(
        genre=genre, lundi=lundi, semaines=SEMAINES, le=le, structures=[s.pk for s in retenues]
    )  # fmt: skip
    lignes = _lignes_remplissage(vu, [s for s in retenues if s.pk in tableau], tableau, genre)
    if request.GET.get("export") == "csv":
        return _export_remplissage(lignes, lundi)
    totaux = [_somme([ligne.semaines[n] for ligne in lignes]) for n in range(SEMAINES)]
    contexte = {
        **cadre("remplissage"), "filtres": filtres, "genre": genre, "lignes": lignes, "au": vu.au,
        "semaines": [(lundi + timedelta(weeks=n), totaux[n]) for n in range(SEMAINES)],
        "total": _somme(totaux), "sans_besoin": not BESOINS[genre],
        "colonnes_semaines": _colonnes(SEMAINE, sans=() if BESOINS[genre] else _DU_BESOIN),
        "colonnes_structures": _colonnes(STRUCTURE, sans=() if BESOINS[genre] else _DU_BESOIN),
    }  # fmt: skip
    return render(request, "agenda/remplissage.html", contexte)


def _somme(cases: list[Remplissage]) -> Remplissage:
    return Remplissage(
        sum(c.ouvertes for c in cases), sum(c.prises for c in cases), sum(c.besoin for c in cases)
    )  # fmt: skip


def _lignes_remplissage(
    vu: PerimetreAgenda, structures: list[Structure], tableau: dict[int, list[Remplissage]], genre: GenreRendezVous
) -> list[LigneRemplissage]:
    ids = [s.pk for s in structures]
    reglages = {r.structure_id: r for r in Surreservation.objects.filter(genre=genre, structure__in=ids)}
    lignes = []
    for s in structures:
        total, reglage = _somme(tableau[s.pk]), reglages.get(s.pk)
        raison = ""
        if reglage is not None:  # as the night last saw it: counting six months again is not for a page
            par_jour = max(1, round(total.ouvertes / (5 * SEMAINES)))
            vue = Observation(reglage.venues, reglage.absences)
            raison = surplus_admis(par_jour, vue, plafond=reglage.plafond).raison
        peut = vu.droits.peut(P.ENCADRER) and vu.tient_structure(s.pk)
        lignes.append(
            LigneRemplissage(s, total, tableau[s.pk], raison, reglage.plafond if reglage else None, peut)
        )  # fmt: skip
    return sorted(lignes, key=lambda ligne: (-_somme(ligne.semaines).manque, ligne.structure.nom))


def _export_remplissage(lignes: list[LigneRemplissage], lundi: Any) -> HttpResponse:
    donnees = (
        (ligne.structure.nom, lundi + timedelta(weeks=n), c.ouvertes, c.prises, c.libres, c.besoin, c.manque)
        for ligne in lignes for n, c in enumerate(ligne.semaines)
    )  # fmt: skip
    return en_csv(
        "remplissage", ["Structure", "Semaine du", "Ouvertes", "Prises", "Libres", "Besoin", "Manque"], donnees
    )


@acces(P.ENCADRER)
def plafond(request: HttpRequest, structure: int, genre: str) -> HttpResponse:
    """The manager sets the ceiling of overbooking, seeing what was observed."""
    vu = perimetre(request)
    lue = next((s for s in vu.structures if s.pk == structure), None)
    if lue is None or genre not in set(GenreRendezVous):
        raise Http404
    if not vu.tient_structure(lue.pk):
        raise PermissionDenied
    sorte = GenreRendezVous(genre)
    reglage = Surreservation.objects.filter(structure=lue, genre=sorte).first()
    vue = absences_observees(du=vu.au - FENETRE, au=vu.au, structures=[lue.pk]).get((lue.pk, sorte.value))
    exemples = [
        (n, surplus_admis(10, vue, plafond=n)) for n in (10, 20, 30, 50)
    ] if vue is not None else []  # fmt: skip
    return soumettre(
        request,
        FormulairePlafond(request.POST or None, initial={"plafond": reglage.plafond if reglage else 0}),
        lambda lus: services.fixer_plafond(
            structure=lue, genre=sorte, plafond=lus["plafond"], par=agent_courant(request), le=horloge.maintenant()
        ),
        titre="Surréservation", retour=f"{reverse('agenda_remplissage')}?genre={sorte}",
        message="Le plafond est enregistré : les créneaux à venir le suivent.", envoyer="Fixer le plafond",
        gabarit="agenda/plafond.html", structure=lue, genre=sorte, vue=vue, exemples=exemples,
        taux=round(100 * vue.taux) if vue else None,
        fil=fil(("Remplissage", reverse("agenda_remplissage")), ("Surréservation", "")),
    )  # fmt: skip


def _noms(vu: PerimetreAgenda, lignes: list[Any]) -> dict[int, str]:
    personnes = {x.personne_id: x.personne for x in lignes}
    visibles = personnes_visibles(pour=vu.agent, au=vu.au, droits=vu.droits).filter(pk__in=list(personnes))
    return {pk: nom_court(personnes[pk].prenom, personnes[pk].nom) for pk in visibles.values_list("pk", flat=True)}
