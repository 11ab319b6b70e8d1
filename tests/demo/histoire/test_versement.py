"""The rows of a history are those that the import of all its files leaves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from cordee.demo.fichiers import ecrire_mensuel, recu_le
from cordee.demo.histoire.numeros import NumerosDuLot, premiers_numeros
from cordee.demo.histoire.versement import TABLES, Versement
from cordee.demo.modele import Population
from cordee.echanges.caf.deroulement import carte_au
from cordee.echanges.caf.services import charger, recevoir
from cordee.socle.horloge import PARIS
from cordee.territoires.services import charger_departement
from tests import fabriques as f
from tests.demo.histoire import histoires

pytestmark = pytest.mark.django_db
DEBUT = date(2025, 1, 31)


def importer(population: Population, dossier: Path, organisme: str = "CAF") -> None:
    """The monthly file of a photo, through the real pipeline."""
    recu = recu_le(population.au)
    chemin = dossier / f"{organisme}-{population.au}.xml"
    ecrire_mensuel(population, f"{recu:%Y-%m}", chemin, organisme=organisme)
    le = datetime.combine(recu, datetime.min.time(), tzinfo=PARIS) + timedelta(hours=8)
    fichier = recevoir(chemin=chemin, nom=chemin.name, recu_le=recu, par=f.systeme(), le=le, deposer=False)
    charger(fichier=fichier, par=f.systeme(), le=le, chemin=chemin, confirmer=True)


def verser(populations: Sequence[Population], graine: int = 1) -> Versement:
    """The rows of a history, sent to the tables."""
    organismes = {code: f.organisme_payeur(code).pk for code in ("CAF941", "MSA940")}
    carte = carte_au(recu_le(populations[-1].au))
    versement = Versement(
        jusqu_au=populations[-1].au, carte_au=lambda _: carte, organismes=organismes, fichiers={},
        numeros=NumerosDuLot(premiers_numeros(), lot=0, lots=1), graine=graine,
    )  # fmt: skip
    for dynastie in histoires.dynasties(populations):
        versement.dynastie(dynastie)
    versement.finir()
    with connection.cursor() as curseur:
        for table, lignes in versement.lignes.items():
            with curseur.cursor.copy(f"COPY {table} ({', '.join(TABLES[table])}) FROM STDIN") as copie:
                copie.write("".join(lignes))
    return versement


QUI = "p.prenom || ' ' || p.nom_naissance || ' ' || p.date_naissance"
PHOTOGRAPHIES = {
    "foyers": """
        SELECT o.code, f.numdemrsa, f.matricule, f.demande_le, f.situation_familiale, f.situation_depuis,
               f.nb_enfants_autres, f.presence, f.absences, f.reference_le, f.transmis_le
        FROM personnes_foyer f JOIN personnes_organismepayeur o ON o.id = f.organisme_id""",
    "details des foyers": """
        SELECT f.numdemrsa, f.detail FROM personnes_foyer f WHERE f.reference_le = %(derniere)s""",
    "personnes": """
        SELECT p.civilite, p.nom, p.nom_naissance, p.prenom, p.autres_prenoms, p.date_naissance, p.precision_naissance,
               p.rang_naissance, p.commune_naissance, p.sexe, p.etat_civil_valide, p.provisoire, p.deces_le,
               p.dossier_sensible, p.source
        FROM personnes_personne p""",
    "appartenances": f"""
        SELECT f.numdemrsa, {QUI}, a.role, a.role_famille, a.responsable, a.a_charge, a.detail, a.debut, a.fin
        FROM personnes_appartenance a JOIN personnes_personne p ON p.id = a.personne_id
        JOIN personnes_foyer f ON f.id = a.foyer_id""",
    "identifiants": f"""
        SELECT {QUI}, i.genre, i.valeur, encode(i.empreinte, 'hex'), i.cle_valide, i.source, i.debut, i.fin
        FROM personnes_identifiant i JOIN personnes_personne p ON p.id = i.personne_id""",
    "droits des foyers": """
        SELECT f.numdemrsa, d.etat, d.motif, d.motif_le, d.montant, d.detail
        FROM personnes_droitfoyer d JOIN personnes_foyer f ON f.id = d.foyer_id
        WHERE d.fin IS NULL AND f.reference_le = %(derniere)s""",
    "droits des personnes": f"""
        SELECT f.numdemrsa, {QUI}, d.sdd, d.entrante, d.ressources, d.detail
        FROM personnes_droitpersonne d JOIN personnes_foyer f ON f.id = d.foyer_id
        JOIN personnes_personne p ON p.id = d.personne_id WHERE d.fin IS NULL AND f.reference_le = %(derniere)s""",
    "adresses": """
        SELECT f.numdemrsa, a.rang, a.nature, a.localisation, a.commune_id, a.code_insee, a.complement, a.numero,
               a.type_voie, a.voie, a.code_postal, a.ville, a.pays, a.lignes_etranger, a.type_caf, a.etat_caf,
               a.emmenagement_le, a.source, a.chez, a.npai, a.debut, a.fin
        FROM personnes_adresse a JOIN personnes_foyer f ON f.id = a.foyer_id""",
    "drapeaux dans le temps": f"""
        SELECT f.numdemrsa, {QUI}, m.photo, d.sdd, d.entrante, d.ressources
        FROM unnest(%(photos)s::date[]) m (photo)
        JOIN personnes_droitpersonne d ON d.debut <= m.photo AND (d.fin IS NULL OR d.fin > m.photo)
        JOIN personnes_foyer f ON f.id = d.foyer_id JOIN personnes_personne p ON p.id = d.personne_id""",
    "droits dans le temps": """
        SELECT f.numdemrsa, m.photo, d.etat, d.motif, d.motif_le
        FROM unnest(%(photos)s::date[]) m (photo)
        JOIN personnes_droitfoyer d ON d.debut <= m.photo AND (d.fin IS NULL OR d.fin > m.photo)
        JOIN personnes_foyer f ON f.id = d.foyer_id""",
}


def photographier(populations: Sequence[Population]) -> dict[str, list[Any]]:
    """What the database holds, whatever the ids and the order."""
    jours = [population.au for population in populations]
    vues = {}
    with connection.cursor() as curseur:
        for nom, sql in PHOTOGRAPHIES.items():
            curseur.execute(sql, {"derniere": jours[-1], "photos": jours})
            vues[nom] = sorted(map(repr, curseur.fetchall()))
    return vues


def test_the_rows_are_those_of_the_import(tmp_path: Path) -> None:
    charger_departement(code="94")
    f.regle_secteur(f.structure(), f.commune())
    populations = histoires.photos(foyers=250, graine=7, au=DEBUT, nombre=6)
    with f.sans_trace():
        for population in populations:
            for organisme in ("CAF", "MSA"):
                importer(population, tmp_path, organisme)
        attendu = photographier(populations)
    verser(populations)
    vu = photographier(populations)
    for nom, lignes in attendu.items():
        assert vu[nom] == lignes, nom
    assert all(attendu.values())
