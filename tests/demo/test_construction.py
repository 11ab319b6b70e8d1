"""A history written at once is one that files and agents could have left: the product goes on from it as its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cordee.demo.evolution import mois_suivant
from cordee.demo.fichiers import ecrire_mensuel, recu_le
from cordee.demo.histoire import chantier as histoire
from cordee.demo.histoire.trajectoires import dynastie
from cordee.demo.modele import Menage, Population
from cordee.demo.organisation import construire_organisation
from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.caf.services import charger, recevoir
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.selectors import verifier_parcours
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import Foyer, Identifiant, Personne
from cordee.socle.chiffrement import dechiffrer
from cordee.socle.horloge import PARIS
from cordee.territoires.services import charger_departement
from tests import fabriques as f

pytestmark = pytest.mark.django_db
PHOTO = date(2022, 9, 30)
PERSONNES = 300

# Everything a file may change, whatever file said it.
ETATS = {
    "personnes": "SELECT to_jsonb(p) FROM personnes_personne p",
    "foyers": "SELECT to_jsonb(f) - ARRAY['transmis_le', 'empreinte', 'empreinte_brute'] FROM personnes_foyer f",
    "appartenances": "SELECT to_jsonb(a) FROM personnes_appartenance a",
    "droits des foyers": "SELECT to_jsonb(d) - 'fichier_id' FROM personnes_droitfoyer d",
    "droits des personnes": "SELECT to_jsonb(d) - 'fichier_id' FROM personnes_droitpersonne d",
    "adresses": "SELECT to_jsonb(a) - 'fichier_id' FROM personnes_adresse a",
    "identifiants": "SELECT to_jsonb(i) - 'valeur_chiffree' FROM personnes_identifiant i",
    "ouvertures": "SELECT to_jsonb(o) FROM personnes_ouverturedroit o",
    "accès": "SELECT to_jsonb(r) FROM personnes_rattachement r",
    "événements": "SELECT id, genre, personne_id FROM parcours_evenement",
    "situations": "SELECT to_jsonb(s) FROM parcours_situation s",
}


def etats() -> dict[str, set[str]]:
    lus = {}
    with connection.cursor() as curseur:
        for nom, sql in ETATS.items():
            curseur.execute(sql)
            lus[nom] = {repr(ligne) for ligne in curseur.fetchall()}
    return lus


def batir(personnes: int = PERSONNES, graine: int = 5, a: int = 1) -> tuple[histoire.Chantier, Population]:
    """A history, and what its last photo shows."""
    charger_departement(code="94")
    organisation = construire_organisation(par=f.systeme(), le=datetime(2021, 12, 1, 8, tzinfo=PARIS))
    chantier = histoire.preparer(organisation, personnes=personnes, graine=graine, photo=PHOTO, par=f.systeme())
    histoire.batir(chantier, dire=lambda _: None, a=a)
    menages = tuple(
        menage
        for numero in chantier.contexte.plan.numeros
        for trajectoire in dynastie(numero, graine=graine, contexte=chantier.contexte)
        if (menage := trajectoire.au(PHOTO)) is not None
    )
    communes = chantier.contexte.monde.lieux.communes
    prochain = chantier.contexte.plan.prochain
    return chantier, Population(au=PHOTO, graine=graine, communes=communes, menages=menages, prochain=prochain)


def importer(population: Population, organisme: str, dossier: Path) -> Rapport | None:
    """The monthly file of a photo, through the real pipeline."""
    recu = recu_le(population.au)
    chemin = dossier / f"{organisme}-{population.au}.xml"
    if not ecrire_mensuel(population, f"{recu:%Y-%m}", chemin, organisme=organisme):
        return None
    le = datetime.combine(recu, time(12), tzinfo=PARIS)
    fichier = recevoir(chemin=chemin, nom=chemin.name, recu_le=recu, par=f.systeme(), le=le, deposer=False)
    return charger(fichier=fichier, par=f.systeme(), le=le, chemin=chemin)


def avec_msa(population: Population) -> set[str]:
    return {menage.organisme for menage in population.menages}


def test_the_file_of_the_last_photo_changes_nothing(tmp_path: Path) -> None:
    _, population = batir()
    avant = etats()
    for organisme in sorted(avec_msa(population)):
        rapport = importer(population, organisme, tmp_path)
        assert rapport is not None
        assert rapport.statut == "charge"
        assert (rapport.foyers_inchanges, rapport.foyers_nouveaux, rapport.personnes_creees) == (0, 0, 0)
        assert rapport.evenements == {}
    apres = etats()
    for nom, lignes in avant.items():
        assert lignes == apres[nom], nom
        assert lignes, nom


def test_the_next_file_changes_what_the_month_changed(tmp_path: Path) -> None:
    _, avant = batir()
    apres = mois_suivant(avant)
    connus = {menage.numero: menage for menage in avant.menages}
    bouges = {m.numdemrsa for m in apres.menages if differe(connus.get(m.numero), m)}
    absents = {m.numdemrsa for m in avant.menages} - {m.numdemrsa for m in apres.menages if m.transmis}
    absents |= {m.numdemrsa for m in avant.menages if not m.transmis}
    evenements, personnes = Evenement.objects.count(), Personne.objects.count()
    importer(apres, "CAF", tmp_path)
    nouveaux = Evenement.objects.order_by("id")[evenements:]
    concernes = set(
        Foyer.objects.filter(appartenances__personne__in=[e.personne_id for e in nouveaux]).values_list(
            "numdemrsa", flat=True
        )
    )
    assert concernes
    sans_raison = [
        (e.genre, e.donnees)
        for e in nouveaux.select_related("personne")
        if not {a.foyer.numdemrsa for a in e.personne.appartenances.select_related("foyer")} & (bouges | absents)
    ]
    assert not sans_raison
    assert len(concernes) < len(avant.menages) / 4
    connues = {i.ordre for m in avant.menages for i in (*m.adultes, *m.enfants)}
    venues = {
        i.ordre
        for m in apres.menages
        if m.organisme == "CAF" and m.transmis
        for i in (*m.adultes, *m.enfants)
        if i.ordre not in connues
    }
    assert Personne.objects.count() - personnes == len(venues)
    assert not reconstruire(verifier=True)


def differe(avant: Menage | None, apres: Menage) -> bool:
    return avant is None or replace(avant, transmis=apres.transmis) != apres


def test_everybody_has_a_next_step_and_is_where_events_say() -> None:
    chantier, _ = batir(personnes=150)
    assert verifier_parcours(chantier.jusqu_au)["sans_etape"] == 0
    assert not reconstruire(verifier=True)
    assert not histoire.inacheve()


def test_a_nir_can_be_read_by_this_installation_only() -> None:
    _, population = batir(personnes=60)
    nir = Identifiant.objects.filter(genre="nir").select_related("personne")
    connus = {individu.nir for menage in population.menages for individu in menage.adultes}
    lus = {dechiffrer(i.valeur_chiffree, contexte="personnes.nir") for i in nir if i.valeur_chiffree}
    assert connus <= lus


def image() -> dict[str, Any]:
    """What was built, but for what chance protects (ciphers)."""
    vue: dict[str, Any] = dict(etats())
    del vue["événements"]
    with connection.cursor() as curseur:
        for table in ("parcours_evenement", "parcours_etape", "parcours_echeance", "orientation_orientation",
                      "contrats_contrat", "rendezvous_rendezvous", "suivi_contactsuivi"):  # fmt: skip
            curseur.execute(f"SELECT to_jsonb(t) FROM {table} t")
            vue[table] = {repr(ligne) for ligne in curseur.fetchall()}
    return vue
