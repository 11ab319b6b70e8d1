"""What appointments become when the path changes: called by the table of ``parcours.reactions``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from cordee.metier.courriers.services import annuler_en_attente
from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat, GenreEvenement, SuiteCloture
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.models import Situation as SituationStockee
from cordee.metier.parcours.services import NouvelEvenement, consigner
from cordee.metier.personnes.selectors import ids_des_groupes
from cordee.metier.rendezvous.enums import MotifAnnulation
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.rendezvous.services.agenda import OBJET, S, passer
from cordee.metier.rendezvous.services.annexes import apres_annulations, ne_plus_attendre
from cordee.metier.rendezvous.services.places import rendre_lot
from cordee.socle.contraintes import enregistrer


def annuler_a_venir(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: expected appointments of people who died, left, or are interrupted are cancelled (E32).

    A right that ended for a job keeps its appointments: the follow-up goes on.
    """
    evenements = [e for e in evenements if e.donnees.get("suite") != SuiteCloture.SUIVI_EMPLOI]
    if not evenements:
        return
    partis = {e.personne_id for e in evenements if e.genre != GenreEvenement.DISPARITION_VERIFIEE}
    verifies = {e.personne_id for e in evenements} - partis
    partis |= set(
        SituationStockee.objects.filter(personne_id__in=verifies, etat=Etat.SORTIE).values_list(
            "personne_id", flat=True
        )
    )
    qui = {rangee: pk for pk, groupe in ids_des_groupes(partis).items() for rangee in groupe}
    a_venir = list(RendezVous.objects.filter(personne_id__in=list(qui), statut=S.PREVU, debut__gt=le).order_by("pk"))
    RendezVous.objects.filter(pk__in=[r.pk for r in a_venir]).update(statut=S.ANNULE, version=F("version") + 1)
    rendre_lot(Counter(pk for r in a_venir for pk in (r.creneau_id, r.suite_id) if pk is not None))
    annuler_en_attente(par=par, le=le, objet_type=OBJET, objets=[rdv.pk for rdv in a_venir])
    apres_annulations([rdv.pk for rdv in a_venir])
    ne_plus_attendre(list(qui), le=le)
    consigner(
        evenements=[
            NouvelEvenement(
                genre=GenreEvenement.RENDEZ_VOUS_ANNULE, personne_id=qui[rdv.personne_id],
                objet_type=OBJET, objet_id=rdv.pk,
                donnees={"rendez_vous": rdv.pk, "motif": MotifAnnulation.PARCOURS.value},
            )
            for rdv in a_venir
        ],
        par=par, le=le, acte=evenements[0].acte, controler=False,
    )  # fmt: skip


def retablir(evenements: Sequence[Evenement], par: Agent, le: datetime) -> None:
    """Reaction: an attendance recorded by mistake and cancelled gives its appointment back."""
    vises = Evenement.objects.filter(
        pk__in=[e.donnees["evenement"] for e in evenements],
        genre__in=(GenreEvenement.PRESENCE, GenreEvenement.ABSENCE),
        objet_type=OBJET,
    ).values_list("objet_id", flat=True)
    for rdv in RendezVous.objects.select_for_update().filter(pk__in=list(vises)):
        if rdv.arrive_le == rdv.recu_le and not rdv.venue:  # received in one tap: she is awaited again
            rdv.arrive_le = None
        rdv.recu_le = rdv.parti_le = None
        enregistrer(rdv, champs=["arrive_le", "recu_le", "parti_le"])
        if rdv.statut != S.SANS_RENDEZ_VOUS:
            passer(rdv, S.PREVU)
        elif rdv.venue:  # entered at the desk: she still waits there
            passer(rdv, S.SANS_RENDEZ_VOUS)
        else:
            passer(rdv, S.ANNULE)
