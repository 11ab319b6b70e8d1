"""Agents away, places closed: free slots close and open again; people already booked are listed to be moved."""

from __future__ import annotations

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cordee.metier.organismes.enums import MotifAbsence
from cordee.metier.organismes.models import AbsenceAgent, Affectation, Agent, Structure
from cordee.metier.rendezvous.enums import MotifFermeture, StatutCreneau
from cordee.metier.rendezvous.models import Creneau, Fermeture, Lieu
from cordee.metier.rendezvous.services.plages import HORIZON, AgendaRefuse, fermer_creneaux, generer_creneaux
from cordee.socle.contraintes import enregistrer
from cordee.socle.horloge import PARIS, jour


@transaction.atomic
def declarer_absence(
    *, agent: Agent, debut: datetime, fin: datetime | None, motif: MotifAbsence, par: Agent, le: datetime
) -> AbsenceAgent:
    """Record an absence (``fin`` null: the return is unknown, R57) and close her slots over it.

    People already booked keep their appointment until it is moved: ``selectors.a_reaffecter`` lists them.

    Raises:
        ContrainteViolee: the end does not follow the beginning.
        AgendaRefuse: the absence is over already.
    """
    if fin is not None and fin <= le:
        raise AgendaRefuse(
            "Cette absence est déjà terminée : seules les absences en cours ou à venir ferment l'agenda."
        )
    absence = AbsenceAgent(
        agent=agent, debut=debut, fin=fin, motif=MotifAbsence(motif), retour_inconnu=fin is None
    )  # fmt: skip
    enregistrer(absence)
    couverts = _qui_chevauchent(Creneau.objects.filter(agent=agent), debut, fin)
    fermer_creneaux(ids=list(couverts.values_list("pk", flat=True)), motif=MotifFermeture.ABSENCE, par=par, le=le)
    return absence


@transaction.atomic
def terminer_absence(*, absence: AbsenceAgent, fin: datetime, par: Agent, le: datetime) -> int:
    """She comes back (earlier than said, or at last): her slots from ``fin`` on open again. Returns how many.

    An absence that had not begun by ``fin`` is withdrawn.
    """
    courante = AbsenceAgent.objects.select_for_update().get(pk=absence.pk)
    fin = max(fin, le)
    if courante.fin is not None and fin > courante.fin:
        raise AgendaRefuse("Ce retour est plus tardif que prévu : déclarez plutôt une nouvelle absence.")
    ancienne = courante.fin
    if courante.debut >= fin:
        fin = courante.debut
        courante.delete()
    else:
        courante.fin, courante.retour_inconnu = fin, False
        enregistrer(courante, champs=["fin", "retour_inconnu"])
    siens = Creneau.objects.filter(agent=courante.agent_id, motif_fermeture=MotifFermeture.ABSENCE)
    rouverts = _rouvrir(_qui_chevauchent(siens, fin, ancienne), le=le)
    structures = list(
        Affectation.objects.filter(agent=courante.agent_id).values_list("structure", flat=True).distinct()
    )
    return rouverts + generer_creneaux(du=jour(fin), au=jour(le) + HORIZON, structures=structures, par=par, le=le)


@transaction.atomic
def fermer_lieu(
    *, structure: Structure, debut: date, fin: date, motif: str, par: Agent, le: datetime, lieu: Lieu | None = None
) -> Fermeture:
    """Close a structure, or one of its places, on ``[debut, fin)`` (works, strike, end of year: R62)."""
    if lieu is not None and lieu.structure_id != structure.pk:
        raise AgendaRefuse(f"Le lieu « {lieu} » n'est pas un lieu de « {structure} ».")
    fermeture = Fermeture(structure=structure, lieu=lieu, debut=debut, fin=fin, motif=motif)
    enregistrer(fermeture)
    couverts = _de_la_fermeture(fermeture)
    fermer_creneaux(ids=list(couverts.values_list("pk", flat=True)), motif=MotifFermeture.FERMETURE, par=par, le=le)
    return fermeture


@transaction.atomic
def annuler_fermeture(*, fermeture: Fermeture, par: Agent, le: datetime) -> int:
    """The place opens after all: its slots open again. Returns how many."""
    courante = Fermeture.objects.select_for_update().select_related("structure").get(pk=fermeture.pk)
    couverts = _de_la_fermeture(courante).filter(motif_fermeture=MotifFermeture.FERMETURE)
    ids = list(couverts.values_list("pk", flat=True))
    du, au, structure = courante.debut, courante.fin, courante.structure_id
    courante.delete()
    rouverts = _rouvrir(Creneau.objects.filter(pk__in=ids), le=le)
    au = min(au, jour(le) + HORIZON)
    return rouverts + generer_creneaux(du=max(du, jour(le)), au=au, structures=[structure], par=par, le=le)


@transaction.atomic
def rouvrir_creneaux(*, ids: list[int], par: Agent, le: datetime) -> int:
    """Open slots again, those that nothing prevents (absence, closing, another open slot). Returns how many."""
    return _rouvrir(Creneau.objects.filter(pk__in=ids), le=le)


@transaction.atomic
def fermer_creneaux_sans_agent(*, le: datetime) -> int:
    """Once a day: the slots to come of agents who left, or no longer work there, are closed (R56)."""
    en_poste = Affectation.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=OuterRef("debut__date")), agent=OuterRef("agent"),
        structure=OuterRef("structure"), debut__lte=OuterRef("debut__date"),
    )  # fmt: skip
    return (
        Creneau.objects.filter(statut=StatutCreneau.OUVERT, debut__gt=le, agent__isnull=False)
        .filter(Q(agent__actif=False) | ~Exists(en_poste))
        .update(statut=StatutCreneau.FERME, motif_fermeture=MotifFermeture.DEPART)
    )


# Parts --------------------------------------------------------------------------------------------------------------
def _qui_chevauchent(creneaux: QuerySet[Creneau], debut: datetime, fin: datetime | None) -> QuerySet[Creneau]:
    creneaux = creneaux.filter(fin__gt=debut)
    return creneaux if fin is None else creneaux.filter(debut__lt=fin)


def _de_la_fermeture(fermeture: Fermeture) -> QuerySet[Creneau]:
    debut = datetime.combine(fermeture.debut, time(), tzinfo=PARIS)
    fin = datetime.combine(fermeture.fin, time(), tzinfo=PARIS)
    creneaux = Creneau.objects.filter(structure=fermeture.structure_id, debut__gte=debut, debut__lt=fin)
    return creneaux if fermeture.lieu_id is None else creneaux.filter(lieu=fermeture.lieu_id)


def _rouvrir(creneaux: QuerySet[Creneau], *, le: datetime) -> int:
    absences = AbsenceAgent.objects.filter(
        Q(fin__isnull=True) | Q(fin__gt=OuterRef("debut")), agent=OuterRef("agent"), debut__lt=OuterRef("fin")
    )
    fermetures = Fermeture.objects.filter(
        Q(lieu__isnull=True) | Q(lieu=OuterRef("lieu")), structure=OuterRef("structure"),
        debut__lte=OuterRef("debut__date"), fin__gt=OuterRef("debut__date"),
    )  # fmt: skip
    autres = Creneau.objects.filter(
        agent=OuterRef("agent"), statut=StatutCreneau.OUVERT, debut__lt=OuterRef("fin"), fin__gt=OuterRef("debut")
    )
    plage_finie = Q(plage__fin__isnull=False) & Q(plage__fin__lte=F("debut__date"))
    return (
        creneaux.filter(statut=StatutCreneau.FERME, debut__gt=le)
        .exclude(Exists(absences))
        .exclude(Exists(fermetures))
        .exclude(Exists(autres))
        .exclude(plage_finie)
        .update(statut=StatutCreneau.OUVERT, motif_fermeture="")
    )
