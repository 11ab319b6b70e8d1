"""What happens without anybody asking: clocks that run out, departures, stalled work taken up again."""

from __future__ import annotations

from typing import Final

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from cordee.echanges.fichiers.services import purger as purger_rejets
from cordee.metier.devoirs.services import constater_silences
from cordee.metier.devoirs.services.ep import retirer_incomplets_du_jour
from cordee.metier.organismes.selectors import agent_systeme
from cordee.metier.orientation.services.relais import expirer_relais
from cordee.metier.orientation.services.transferts import appliquer_fins
from cordee.metier.parcours.services import appliquer_departs, faire_passer_le_temps
from cordee.metier.participation.services import purger_codes
from cordee.metier.personnes.services import purger_lectures, purger_propositions
from cordee.metier.prestations.services import purger_simulations
from cordee.metier.rendezvous.services import (
    HORIZON,
    appliquer_surreservation,
    fermer_creneaux_sans_agent,
    generer_creneaux,
)
from cordee.metier.rendezvous.services.rappels import preparer_rappels
from cordee.metier.suivi.services import effacer_documents_echus
from cordee.pilotage.etudes.services import purger as purger_etudes
from cordee.pilotage.instantanes.services import effacer_les_lignes_echues, prendre_la_fin_du_mois
from cordee.pilotage.lac.journal import purger as purger_les_notes
from cordee.pilotage.rapports.editions import purger as purger_rapports
from cordee.pilotage.services import rafraichir
from cordee.socle.horloge import jour, maintenant

MOIS_PASSES: Final = 12
"""Past months computed again in one go during the day: history waits, agents do not."""


@app.periodic(cron="15 4 * * *")
@app.task(queueing_lock="passage_du_temps", retry=RetryStrategy(max_attempts=5, wait=600))
def passage_du_temps(timestamp: int) -> None:
    """Every night: deadlines that ran out, agents who left, bodies that ended, hand-overs nobody answered, what is no
    longer kept (reads, pieces, proposals, estimates, codes, documents).
    """
    le, par = maintenant(), agent_systeme()
    faire_passer_le_temps(par=par, le=le)
    constater_silences(par=par, le=le)
    appliquer_departs(par=par, le=le)
    appliquer_fins(par=par, le=le)
    expirer_relais(par=par, le=le)
    retirer_incomplets_du_jour(par=par, le=le)
    purger_lectures(le=le)
    purger_propositions(le=le)
    purger_rejets(le=le)
    purger_simulations(le=le)
    purger_codes(le=le)
    effacer_documents_echus(par=par, le=le)
    purger_etudes(le=le)
    purger_rapports(le=le)


@app.periodic(cron="30 8 * * 1-6")
@app.task(queueing_lock="rappels", retry=RetryStrategy(max_attempts=5, wait=600))
def rappeler_les_rendez_vous(timestamp: int) -> None:
    """Every morning but Sunday: reminders of the appointments to come wait to be sent."""
    preparer_rappels(par=agent_systeme(), le=maintenant())


@app.periodic(cron="35 4 * * *")
@app.task(queueing_lock="agendas", retry=RetryStrategy(max_attempts=5, wait=600))
def preparer_les_agendas(timestamp: int) -> None:
    """Every night, after departures: slots ten weeks ahead, those of leavers closed, overbooking from no-shows."""
    le, par = maintenant(), agent_systeme()
    fermer_creneaux_sans_agent(le=le)
    generer_creneaux(du=jour(le), au=jour(le) + HORIZON, par=par, le=le)
    appliquer_surreservation(le=le)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="taches_interrompues", pass_context=False)
async def reprendre_les_taches_interrompues(timestamp: int) -> None:
    """A worker killed during a job leaves it "doing": it is given to another one. Jobs can be run again safely.

    When the same work already waits for its turn (a job that comes back by itself), the interrupted one ends there.
    """
    for tache in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=60):
        try:
            await app.job_manager.retry_job(tache)
        except UniqueViolation:
            await app.job_manager.finish_job(tache, status=Status.FAILED, delete_job=False)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="chiffres", lock="chiffres")
def rafraichir_les_chiffres(timestamp: int) -> None:
    """A few of the past months that changed, if any; today's, if nobody follows acts (``veille``)."""
    rafraichir(le=maintenant(), mois_passes=MOIS_PASSES)


@app.periodic(cron="45 3 * * *")
@app.task(queueing_lock="chiffres_de_la_nuit", lock="chiffres")
def refaire_les_chiffres(timestamp: int) -> None:
    """Every night the lake is copied again from the database (nothing that was erased stays) with every month that
    needs it; the month that a file has just shown whole is kept as it is known; rows kept long enough go.
    """
    le = maintenant()
    rafraichir(le=le, complet=True)
    prendre_la_fin_du_mois(par=agent_systeme(), le=le)
    effacer_les_lignes_echues(le=le)
    purger_les_notes(le=le)
