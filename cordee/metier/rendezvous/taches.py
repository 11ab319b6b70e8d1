"""The background jobs of this room: campaigns are sent while agents go on working."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cordee.metier.courriers.enums import MotifExcuses
from cordee.metier.organismes.models import Agent
from cordee.metier.rendezvous.enums import EtatCampagne
from cordee.metier.rendezvous.models import Campagne
from cordee.metier.rendezvous.services.campagne_annulation import defaire_campagne
from cordee.metier.rendezvous.services.campagne_envoi import envoyer_campagne
from cordee.metier.rendezvous.services.campagne_excuses import excuser_campagne
from cordee.socle import horloge


@app.task(name="rendezvous.mener_campagne")
def mener_campagne(campagne_id: int, par_id: int) -> None:
    """Send what is left of a campaign, or undo what is left of a cancelled one.

    Run again after a cut, it goes on where it stopped; run twice at once, the second waits for each lot and finds less
    to do.
    """
    campagne = Campagne.objects.get(pk=campagne_id)
    envoyer_campagne(campagne=campagne, maintenant=horloge.maintenant)
    campagne.refresh_from_db(fields=["etat"])
    if campagne.etat == EtatCampagne.ANNULEE:
        defaire_campagne(campagne=campagne, par=Agent.objects.get(pk=par_id), maintenant=horloge.maintenant)


@app.task(name="rendezvous.excuser_campagne")
def s_excuser(campagne_id: int, par_id: int, motif: str) -> None:
    """Withdraw what a cancelled campaign had told already, with apologies (R68). Run again, it finds less to do."""
    excuser_campagne(
        campagne=Campagne.objects.get(pk=campagne_id), motif=MotifExcuses(motif),
        par=Agent.objects.get(pk=par_id), maintenant=horloge.maintenant,
    )  # fmt: skip
