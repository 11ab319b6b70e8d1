"""Rows of simulated lives written by COPY: what the models would have written, defaults included."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from cordee.demo.histoire.ecriture_vies import (
    DECLENCHEURS,
    TABLES,
    TABLES_DES_OBJETS,
    copier,
    ecrire,
    mettre_en_forme,
    texte_de,
)
from cordee.demo.histoire.modele import EvenementVecu, VieVecue
from cordee.demo.histoire.numeros import NumerosDuLot, avancer, premiers_numeros
from cordee.metier.contrats.enums import Engage, GenreContrat
from cordee.metier.contrats.models import Contrat, Engagement
from cordee.metier.devoirs.enums import MotifMesure, NatureMesure
from cordee.metier.orientation.enums import MotifOrientation
from cordee.metier.orientation.models import Diagnostic, Orientation
from cordee.metier.parcours.enums import GenreEvenement, Voie
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.regles import Fait, Situation, derouler
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.enums import FinaliteRattachement
from cordee.metier.personnes.models import Rattachement
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous
from cordee.metier.rendezvous.models import RendezVous
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.metier.suivi.models import ContactSuivi
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.chargement import verifiees_a_la_fin
from tests import fabriques as f

pytestmark = pytest.mark.django_db
Ligne = dict[str, Any]
LE = f.MAINTENANT
JOUR = LE.date()


@dataclass(frozen=True, slots=True)
class Cadre:
    """Who the rows point at."""

    personne: int
    structure: int
    agent: int
    diagnostic: int
    contrat: int


@pytest.fixture
def cadre(db: None) -> Cadre:
    personne, structure, agent = f.personne(), f.structure(), f.agent()
    diagnostic = Diagnostic.objects.create(personne=personne, mene_le=LE, mene_par=agent)
    contrat = Contrat.objects.create(
        personne=personne, genre=GenreContrat.CONTRAT_ENGAGEMENT, structure=structure, cree_le=LE, cree_par=agent
    )
    return Cadre(personne.pk, structure.pk, agent.pk, diagnostic.pk, contrat.pk)


# One row per table, with what a simulator must say and nothing else: all the rest is the model's.
MINIMALES: dict[str, Callable[[Cadre], Ligne]] = {
    "personnes_rattachement": lambda c: {
        "personne_id": c.personne, "structure_id": c.structure, "finalite": FinaliteRattachement.REFERENT,
        "debut": JOUR,
    },
    "rendezvous_rendezvous": lambda c: {
        "personne_id": c.personne, "structure_id": c.structure, "genre": GenreRendezVous.ORIENTATION,
        "modalite": ModaliteRendezVous.PHYSIQUE, "debut": LE, "fin": LE + timedelta(hours=1),
    },
    "orientation_diagnostic": lambda c: {"personne_id": c.personne, "mene_le": LE, "mene_par_id": c.agent},
    "orientation_orientation": lambda c: {
        "personne_id": c.personne, "voie": Voie.SOCIAL, "categorie": GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL,
        "structure_id": c.structure, "motifs": list(MotifOrientation)[:2], "decidee_le": LE, "decidee_par_id": c.agent,
        "debut": JOUR,
    },
    "contrats_contrat": lambda c: {
        "personne_id": c.personne, "genre": GenreContrat.CONTRAT_ENGAGEMENT, "structure_id": c.structure,
        "cree_le": LE, "cree_par_id": c.agent,
    },
    "contrats_engagement": lambda c: {
        "contrat_id": c.contrat, "engage": next(iter(Engage)), "texte": "Envoyer trois candidatures",
    },
    "suivi_contactsuivi": lambda c: {
        "personne_id": c.personne, "genre": next(iter(GenreContactSuivi)), "resultat": next(iter(ResultatContact)),
        "le": LE, "par_id": c.agent,
    },
    "suivi_informationpartenaire": lambda c: {
        "personne_id": c.personne, "structure_id": c.structure, "au": JOUR, "recue_le": JOUR, "par_id": c.agent,
        "notee_le": LE,
    },
    "devoirs_mesuredecidee": lambda c: {
        "personne_id": c.personne, "nature": next(iter(NatureMesure)), "motif": next(iter(MotifMesure)),
        "decidee_le": JOUR, "debut": JOUR, "preuve": "A-12", "saisie_le": LE, "saisie_par_id": c.agent,
    },
}  # fmt: skip
DELICAT = 'tab\t, ligne\nretour\r, \\N, "guillemets" \\ et l’été'


def modele_de(table: str) -> Any:
    return next(m for m in apps.get_models() if m._meta.db_table == table)


def ecrites(table: str, *lignes: Ligne) -> list[Ligne]:
    """The rows as stored, ids left out, after COPY."""
    copier(table, texte_de(table, [{"id": 900_000 + n, **ligne} for n, ligne in enumerate(lignes)]))
    relues = list(modele_de(table).objects.filter(pk__gte=900_000).order_by("pk").values())
    modele_de(table).objects.filter(pk__gte=900_000).delete()
    return [{cle: v for cle, v in ligne.items() if cle != "id"} for ligne in relues]


def par_django(table: str, ligne: Ligne) -> Ligne:
    objet = modele_de(table).objects.create(**ligne)
    (relue,) = modele_de(table).objects.filter(pk=objet.pk).values()
    objet.delete()
    del relue["id"]
    return relue


@pytest.mark.parametrize("table", TABLES_DES_OBJETS)
def test_a_row_is_what_its_model_would_have_written(table: str, cadre: Cadre) -> None:
    ligne = MINIMALES[table](cadre)
    assert ecrites(table, ligne) == [par_django(table, ligne)]


@pytest.mark.parametrize("table", TABLES_DES_OBJETS)
def test_every_column_can_be_given(table: str, cadre: Cadre) -> None:
    """Every column filled, texts with all that COPY would take for its own, decimals, arrays, JSON, days, instants."""
    pleine = {**MINIMALES[table](cadre), **pleines(modele_de(table), cadre)}
    (relue,) = ecrites(table, pleine)
    assert relue == {**par_django(table, pleine)}
    for colonne, valeur in pleine.items():
        assert relue[colonne] == valeur, colonne


def pleines(modele: Any, cadre: Cadre) -> Ligne:
    valeurs: Ligne = {}
    liens = {"agent_id": cadre.agent, "referent_id": cadre.agent, "diagnostic_id": cadre.diagnostic}
    for champ in modele._meta.concrete_fields:
        if champ.column in liens:
            valeurs[champ.column] = liens[champ.column]
        elif champ.is_relation or champ.primary_key or champ.choices:
            continue
        elif isinstance(champ, models.JSONField):
            valeurs[champ.column] = {"thème": DELICAT, "n": [1, 2.5, None, True]}
        elif isinstance(champ, models.BooleanField):
            valeurs[champ.column] = True
        elif isinstance(champ, models.DecimalField):
            valeurs[champ.column] = Decimal("12.5")
        elif isinstance(champ, models.CharField | models.TextField):
            valeurs[champ.column] = DELICAT[: champ.max_length]
        elif isinstance(champ, models.PositiveSmallIntegerField | models.BigIntegerField):
            valeurs[champ.column] = 7
        elif type(champ) is models.DateField and champ.column not in {"debut", "fin"}:
            valeurs[champ.column] = date(2026, 3, 1)
    return valeurs


def test_an_instant_keeps_its_moment_and_texts_of_days_are_taken(cadre: Cadre) -> None:
    ligne = MINIMALES["suivi_contactsuivi"](cadre)
    (relue,) = ecrites("suivi_contactsuivi", {**ligne, "le": "2026-07-01T09:30:00+02:00", "prochain_le": "2026-08-01"})
    assert relue["le"] == datetime.fromisoformat("2026-07-01T07:30:00+00:00")
    assert relue["prochain_le"] == date(2026, 8, 1)


def test_bytes_and_quoted_arrays() -> None:
    (ligne,) = texte_de("territoires_commune", [
        {"code_insee": "94028", "nom": "Créteil", "departement": "94", "codes_postaux": ['9"4\\0', "94000"]}
    ]).splitlines()  # fmt: skip
    copier("territoires_commune", ligne + "\n")
    assert modele_de("territoires_commune").objects.get(pk="94028").codes_postaux == ['9"4\\0', "94000"]
    personne = f.personne()
    copier("personnes_identifiant", texte_de("personnes_identifiant", [
        {"id": 900_000, "personne_id": personne.pk, "genre": "nir", "source": "flux", "empreinte": bytes(range(32)),
         "debut": JOUR}
    ]))  # fmt: skip
    assert bytes(modele_de("personnes_identifiant").objects.get(pk=900_000).empreinte) == bytes(range(32))


# Refusals -----------------------------------------------------------------------------------------------------------
def test_a_column_that_does_not_exist_is_refused(cadre: Cadre) -> None:
    with pytest.raises(ValueError, match="contrats_engagement: no column \\['avant'\\]"):
        texte_de("contrats_engagement", [{"id": 1, **MINIMALES["contrats_engagement"](cadre), "avant": JOUR}])


@pytest.mark.parametrize("table", TABLES_DES_OBJETS)
def test_a_required_column_left_out_is_refused(table: str, cadre: Cadre) -> None:
    pleine = {"id": 1, **MINIMALES[table](cadre)}
    for colonne in pleine:
        with pytest.raises(ValueError, match=f"{table}: {colonne} is required"):
            texte_de(table, [{cle: valeur for cle, valeur in pleine.items() if cle != colonne}])


def test_a_value_out_of_its_closed_list_is_refused(cadre: Cadre) -> None:
    ligne = {"id": 1, **MINIMALES["rendezvous_rendezvous"](cadre), "modalite": "presentiel"}
    with pytest.raises(ValueError, match=r"rendezvous_rendezvous.modalite: 'presentiel' is none of physique, tel"):
        texte_de("rendezvous_rendezvous", [ligne])


def test_a_table_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no table contrats"):
        texte_de("contrats", [])


# Whole lives --------------------------------------------------------------------------------------------------------
def test_no_other_trigger_looks_at_new_rows() -> None:
    """History of changes (pghistory) and guards look at updates and deletions only; the rest can be set aside.

    The notes of the lake look at statements, whatever the rows: one a COPY.
    """
    with connection.cursor() as curseur:
        curseur.execute(
            """
            SELECT tgname FROM pg_trigger
            WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal AND tgtype & 4 <> 0
              AND tgname <> 'lac_insert' ORDER BY 1
            """,
            [list(TABLES)],
        )
        assert [nom for (nom,) in curseur.fetchall()] == sorted(d.nom for d in DECLENCHEURS)


def vies(personnes: list[int], numeros: NumerosDuLot, *, structure: int, agent: int, fin: datetime) -> list[VieVecue]:
    """Each came in, was given an appointment, was received."""
    resultat = []
    for personne in personnes:
        rdv = numeros.suivant("rendezvous_rendezvous")
        suite = [
            (GenreEvenement.ENTREE_SDD, {"structure": structure, "localisation": "secteur", "recu_le": "2026-02-02"}),
            (GenreEvenement.CONVOCATION, {"rendez_vous": rdv}),
            (GenreEvenement.PRESENCE, {"rendez_vous": rdv}),
        ]
        evenements = [
            EvenementVecu(
                Fait(numeros.suivant("parcours_evenement"), genre, LE + timedelta(days=n), donnees),
                LE + timedelta(days=n), agent, "rendezvous" if n else "", rdv if n else None,
            )
            for n, (genre, donnees) in enumerate(suite)
        ]  # fmt: skip
        situation, lignes = derouler(Situation(), [e.fait for e in evenements])
        objets = {
            "rendezvous_rendezvous": [{
                "id": rdv, "personne_id": personne, "structure_id": structure, "genre": GenreRendezVous.ORIENTATION,
                "modalite": ModaliteRendezVous.PHYSIQUE, "debut": LE + timedelta(days=2), "fin": fin,
                "statut": "honore",
            }],
            "personnes_rattachement": [{
                "id": numeros.suivant("personnes_rattachement"), "personne_id": personne, "structure_id": structure,
                "finalite": FinaliteRattachement.REFERENT, "debut": JOUR,
            }],
        }  # fmt: skip
        resultat.append(VieVecue(personne, evenements, situation, lignes, objets))
    return resultat


def charger(personnes: list[int], **options: Any) -> None:
    """In two lots, as two processes would make them, inside a load that sets everything aside."""
    premiers, structure, agent = premiers_numeros(), f.structure().pk, f.agent().pk
    fin = options.get("fin", LE + timedelta(days=2, hours=1))
    with transaction.atomic(), verifiees_a_la_fin(TABLES, declencheurs=DECLENCHEURS):
        for rang in (1, 0):
            numeros = NumerosDuLot(premiers, lot=rang, lots=2)
            siennes = vies(personnes[rang::2], numeros, structure=structure, agent=agent, fin=fin)
            ecrire(mettre_en_forme(siennes, numeros=numeros))
        avancer()


@pytest.mark.django_db(transaction=True)
def test_whole_lives_inside_a_load() -> None:
    personnes = [f.personne().pk for _ in range(6)]
    charger(personnes)
    assert Evenement.objects.count() == 18
    assert RendezVous.objects.count() == Rattachement.objects.count() == 6
    for evenement in Evenement.objects.filter(genre=GenreEvenement.PRESENCE):
        assert RendezVous.objects.get(pk=evenement.objet_id).personne_id == evenement.personne_id
    assert reconstruire(verifier=True) == []
    connection.check_constraints()
    assert f.structure().pk > 0  # sequences stand after what was written
    nouveau = Rattachement.objects.create(
        personne_id=f.personne().pk, structure=f.structure(), finalite=FinaliteRattachement.REFERENT, debut=JOUR
    )
    assert Rattachement.objects.filter(pk__gt=nouveau.pk).count() == 0


@pytest.mark.django_db(transaction=True)
def test_what_breaks_a_rule_of_a_room_breaks_the_load() -> None:
    personnes = [f.personne().pk for _ in range(2)]
    with pytest.raises(IntegrityError, match="rdv_dates"):
        charger(personnes, fin=LE)
    assert not Evenement.objects.exists()
    assert not ContactSuivi.objects.exists()
    assert not Orientation.objects.exists()
    assert not Engagement.objects.exists()


def test_the_same_lives_give_the_same_rows() -> None:
    numeros = [NumerosDuLot(dict.fromkeys(premiers_numeros(), 1), lot=0, lots=3) for _ in range(2)]
    lots = [mettre_en_forme(vies([4, 5], n, structure=1, agent=2, fin=LE), numeros=n) for n in numeros]
    assert lots[0] == lots[1]
    situation = lots[0].vies.textes["parcours_situation"].splitlines()[0].split("\t")
    assert json.loads(situation[-1])["soumis"] is True
