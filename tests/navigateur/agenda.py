"""An agenda that is full of everything: openings, people booked, somebody away, a closing, who waits, interpreters."""

from __future__ import annotations

from datetime import time, timedelta

from django.urls import reverse

from cordee.metier.courriers.enums import Canal
from cordee.metier.organismes.enums import MotifAbsence
from cordee.metier.organismes.models import AbsenceAgent, Agent, Structure
from cordee.metier.rendezvous import services
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import Creneau, Interprete, Lieu, Plage
from tests import fabriques as f

LE = f.MAINTENANT
J = timedelta(days=1)


def un_agenda(eds: Structure, *, par: Agent, referente: Agent) -> None:
    """At the EDS: the référente's mornings (away on one of them), a desk, a meeting, a closing, three people."""
    annexe = Lieu.objects.create(structure=eds, nom="Annexe des Essais", adresse="1 rue Neuve", code_postal="94000")
    commun = {
        "structure": eds, "modalite": ModaliteRendezVous.PHYSIQUE, "de": time(9), "a": time(12), "debut": LE.date(),
        "par": par, "le": LE,
    }  # fmt: skip
    for n in range(2, 5):
        services.ouvrir_plage(
            **commun, genre=GenreRendezVous.ORIENTATION, jour_semaine=n, duree_minutes=45, agent=referente
        )
    services.ouvrir_plage(
        **commun, genre=GenreRendezVous.COLLECTIF, jour_semaine=2, duree_minutes=90, places=12, lieu=annexe
    )
    services.ouvrir_plage(
        **commun,
        genre=GenreRendezVous.ORIENTATION,
        jour_semaine=3,
        duree_minutes=70,
        langue="tamoul",
        fin=LE.date() + 9 * J,
    )
    siens = list(Creneau.objects.filter(agent=referente).order_by("debut")[:4])
    for rang, creneau in enumerate(siens[:3]):
        qui = f.soumise(
            eds, foyer=f.foyer(), prenom=f"Prénom{rang}", nom="Testard", langue="tamoul", interprete=rang == 1
        )
        f.contact(qui, valeur=f"06399811{rang:02d}")
        if rang != 2:  # the second one holds two slots
            services.reserver(creneau=creneau, personne=qui, canal=Canal.SMS, par=par, le=LE)
        else:
            services.mettre_en_attente(personne=qui, structure=eds, genre=GenreRendezVous.ORIENTATION, par=par, le=LE)
    services.declarer_absence(
        agent=referente, debut=siens[0].debut, fin=siens[0].fin, motif=MotifAbsence.MALADIE, par=par, le=LE
    )
    services.fermer_lieu(
        structure=eds, lieu=annexe, debut=LE.date() + 30 * J, fin=LE.date() + 40 * J, motif="Travaux", par=par, le=LE
    )


def pages_de_l_agenda() -> list[tuple[str, str]]:
    """(role, address) of the pages about one thing."""
    absence, lieu = AbsenceAgent.objects.earliest("pk"), Lieu.objects.earliest("pk")
    creneau = Creneau.objects.filter(prises__gt=0).earliest("debut")
    return [
        ("plat", f"{reverse('agenda')}?structure={lieu.structure_id}"),
        ("plat", f"{reverse('agenda')}?agent={absence.agent_id}"),
        ("plat", f"{reverse('agenda_replacer')}?agent={absence.agent_id}&jour=2026-02-18"),
        ("chef", reverse("agenda_creneau", args=[creneau.pk])),
        ("chef", reverse("agenda_plage_fermer", args=[Plage.objects.earliest("pk").pk])),
        ("chef", reverse("agenda_lieu", args=[lieu.pk])),
        ("chef", reverse("agenda_absence_fin", args=[absence.pk])),
        ("chef", reverse("agenda_interprete", args=[Interprete.objects.earliest("pk").pk])),
        ("chef", reverse("agenda_plafond", args=[lieu.structure_id, "orientation"])),
    ]
