"""What happens every night."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from cordee.configuration.taches import passage_du_temps, reprendre_les_taches_interrompues
from cordee.echanges.fichiers.models import FichierRecu, StatutFichier
from cordee.echanges.guichet import services as guichet
from cordee.echanges.guichet.taches import charger_fichier
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Evenement, Situation
from cordee.metier.personnes.models import ContactPropose, Foyer, Lecture
from tests import fabriques as f
from tests.echanges.caf.blocs import ENTETE, foyer

pytestmark = pytest.mark.django_db


def test_clocks_run_out_at_night_and_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    personne = f.personne(foyer=f.foyer())
    f.entree_sdd(personne, f.structure(), recu_le=date(2026, 1, 5))
    for jour, etat in (("2026-02-16", Etat.ENTRANTE), ("2026-02-17", Etat.COMPETENCE_OPERATEUR_EMPLOI)):
        monkeypatch.setenv("CORDEE_MAINTENANT", f"{jour}T04:15")
        passage_du_temps(timestamp=0)
        passage_du_temps(timestamp=0)
        assert Situation.objects.get(pk=personne.pk).etat == etat
    assert personne.evenements.count() == 2


def test_traces_of_reads_are_kept_one_year(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", f.MAINTENANT.isoformat())
    for age in (400, 300):
        Lecture.objects.create(
            personne_id=1, agent_id=1, finalite="suivi", page="fiche", lue_le=f.MAINTENANT - timedelta(days=age)
        )
    passage_du_temps(timestamp=0)
    assert Lecture.objects.count() == 1


def test_proposed_contacts_are_kept_twelve_months_once_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", f.MAINTENANT.isoformat())
    personne = f.personne()
    for rang, (statut, age) in enumerate([("ecarte", 370), ("retenu", 370), ("ecarte", 360), ("en_attente", 800)]):
        le = f.MAINTENANT - timedelta(days=age)
        ContactPropose.objects.create(
            personne=personne, genre="telephone", valeur=f"06399800{rang:02d}", motif="plus_recent",
            date_du_fichier=le.date(), statut=statut, propose_le=le, decide_le=None if statut == "en_attente" else le,
        )  # fmt: skip
    passage_du_temps(timestamp=0)
    assert set(ContactPropose.objects.values_list("valeur", flat=True)) == {"0639980002", "0639980003"}


def laisser_en_plan(numero: int) -> None:
    """A worker took the job, and has given no sign of life for an hour."""
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        ouvrier = curseur.fetchone()[0]
        curseur.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s, attempts = 1 WHERE id = %s",
            [ouvrier, numero],
        )


@pytest.mark.django_db(transaction=True)
def test_work_that_comes_back_by_itself_is_not_asked_for_twice() -> None:
    interrompue = passage_du_temps.defer(timestamp=0)
    laisser_en_plan(interrompue)
    suivante = passage_du_temps.defer(timestamp=1)
    async_to_sync(reprendre_les_taches_interrompues.func)(timestamp=0)
    siens = ProcrastinateJob.objects.filter(pk__in=(interrompue, suivante))
    etats = dict(siens.values_list("pk", "status"))
    assert etats == {interrompue: "failed", suivante: "todo"}


@pytest.mark.django_db(transaction=True)
def test_a_load_left_doing_by_a_killed_worker_is_taken_again_and_ends_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The job of a dead worker goes back to the queue; run again, and once more, the file is loaded once."""
    par = f.systeme()
    monkeypatch.setenv("CORDEE_MAINTENANT", f.MAINTENANT.isoformat())
    chemin = tmp_path / "mensuel.xml"
    total = "<TransmissionFlux><NBTOTDOSRSATRANSM>00000001</NBTOTDOSRSATRANSM></TransmissionFlux>"
    chemin.write_text(
        f'<?xml version="1.0" encoding="ISO-8859-1"?><Racine>{ENTETE}{foyer()}{total}</Racine>', encoding="latin-1"
    )
    fichier = guichet.recevoir(chemin=chemin, nom="m.xml", recu_le=None, par=par, le=f.MAINTENANT)
    numero = charger_fichier.defer(fichier_id=fichier.pk, par_id=par.pk)
    laisser_en_plan(numero)
    FichierRecu.objects.filter(pk=fichier.pk).update(statut=StatutFichier.EN_COURS)  # where the kill left it
    async_to_sync(reprendre_les_taches_interrompues.func)(timestamp=0)
    tache = ProcrastinateJob.objects.get(pk=numero)
    assert tache.status == "todo"
    for _ in range(2):
        charger_fichier(**tache.args)
    fichier.refresh_from_db()
    assert fichier.statut == StatutFichier.CHARGE
    assert (Foyer.objects.count(), Evenement.objects.filter(genre="entree_sdd").count()) == (1, 1)
