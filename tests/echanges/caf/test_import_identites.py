"""One person, one row: across months, households and files; and doubts for a human."""

from __future__ import annotations

import pytest

from cordee.metier.parcours.enums import Etat
from cordee.metier.personnes.models import Appartenance, Arbitrage, DroitPersonne, Identifiant, Personne
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import (
    AILLEURS,
    CONJOINT,
    ENFANT,
    FEVRIER,
    JANVIER,
    autre_personne,
    avec,
    entete,
    etat_de,
    genres,
    importer,
)

pytestmark = pytest.mark.django_db
NUMERO = "00000010094"


def test_children_and_others_are_persons_too(flux: Flux) -> None:
    importer(flux(foyer(NUMERO, avec(CONJOINT, ENFANT))))
    roles = Appartenance.objects.order_by("role").values_list("personne__prenom", "role", "a_charge", "debut")
    assert [ligne[:3] for ligne in roles] == [("ILYAS", "cjt", True), ("NORA", "dem", True), ("LOU", "enf", True)]
    assert not Identifiant.objects.filter(personne__prenom="LOU").exclude(genre="nir").exists()
    assert genres(Personne.objects.get(prenom="LOU")) == []


def test_a_child_of_two_households_is_one_person(flux: Flux) -> None:
    autre = foyer("00000010095", *autre_personne(1), avec(ENFANT))
    rapport = importer(flux(foyer(NUMERO, avec(ENFANT)), autre))
    assert rapport.personnes_creees == 3
    assert Appartenance.objects.filter(personne__prenom="LOU").count() == 2


def test_typed_at_the_counter_then_known_by_the_file(flux: Flux) -> None:
    """R3: her file at the counter becomes hers; nobody is created twice."""
    f.regle_secteur(f.structure(), f.commune())
    nora = f.personne(
        nom="Tirevent", nom_naissance="Abelune", prenom="Nora", date_naissance="1988-06-21", provisoire=True,
        source="agent", commune_naissance="",
    )  # fmt: skip
    f.evenement(nora, f.GenreEvenement.PERSONNE_CREEE)
    assert etat_de(nora) == Etat.ATTENTE_DROIT
    rapport = importer(flux(foyer()))
    assert (rapport.personnes_creees, rapport.nouveaux_entrants) == (0, 1)
    nora.refresh_from_db()
    assert (nora.provisoire, nora.nom, nora.source) == (False, "TIREVENT", "flux")
    assert etat_de(nora) == Etat.ENTRANTE


def test_someone_who_looks_alike_is_for_a_human_to_decide(flux: Flux) -> None:
    """Same names, same birth date, another NIR: two persons, an arbitration, sendings held for the new one."""
    f.regle_secteur(f.structure(), f.commune())
    connue = f.personne(
        nom="TIREVENT", nom_naissance="ABELUNE", prenom="NORA", date_naissance="1988-06-21", nir="2880699123499",
    )  # fmt: skip
    rapport = importer(flux(foyer()))
    assert (rapport.personnes_creees, rapport.arbitrages) == (1, 1)
    arbitrage = Arbitrage.objects.get()
    assert arbitrage.candidate == connue
    assert any("sécurité sociale différent" in raison for raison in arbitrage.raisons)
    assert genres(arbitrage.personne) == ["entree_sdd", "identite_douteuse"]
    assert etat_de(arbitrage.personne) == Etat.IDENTITE_A_ARBITRER


def test_a_corrected_civil_status_updates_her_row(flux: Flux) -> None:
    importer(flux(foyer(NUMERO), entete=entete(JANVIER), nom="1.xml"))
    marie = foyer(NUMERO, ("<NOM>TIREVENT<", "<NOM>VALFLEURI<"))
    importer(flux(marie, entete=entete(FEVRIER), nom="2.xml"))
    nora = Personne.objects.get()
    assert (nora.nom, nora.nom_naissance, nora.version) == ("VALFLEURI", "ABELUNE", 2)
    assert genres(nora) == ["entree_sdd"]


def test_a_new_nir_ends_the_former_one(flux: Flux) -> None:
    importer(flux(foyer(NUMERO, ("2880699023456", "7880699023456")), entete=entete(JANVIER), nom="1.xml"))
    importer(flux(foyer(NUMERO), entete=entete(FEVRIER), nom="2.xml"))
    fins = Identifiant.objects.filter(genre="nir").order_by("pk").values_list("personne", "fin")
    assert len({personne for personne, _ in fins}) == 1
    assert [fin for _, fin in fins] == [FEVRIER, None]


def test_the_request_passes_to_the_conjoint(flux: Flux) -> None:
    """The demandeur leaves, the conjoint takes the request: roles follow, identifiers too, nobody is created."""
    importer(flux(foyer(NUMERO, avec(CONJOINT)), entete=entete(JANVIER), nom="1.xml"))
    ilyas = Personne.objects.get(prenom="ILYAS")
    seul = foyer(
        NUMERO, ("NORA", "ILYAS"), ("ABELUNE", "ROCHEVERT"), ("2880699023456", "1851199123002"),
        ("1988-06-21", "1985-11-02"),
    )  # fmt: skip
    importer(flux(seul, entete=entete(FEVRIER), nom="2.xml"))
    assert Personne.objects.count() == 2
    assert list(Appartenance.objects.filter(personne=ilyas).order_by("debut", "fin").values_list("role", "fin")) == [
        ("cjt", FEVRIER),
        ("dem", None),
    ]
    tenants = Identifiant.objects.filter(valeur=f"{NUMERO}:DEM").order_by("pk")
    assert [(i.personne.prenom, i.fin) for i in tenants] == [("NORA", FEVRIER), ("ILYAS", None)]


def test_facts_go_to_the_row_the_body_knows_and_events_to_who_she_is(flux: Flux) -> None:
    importer(flux(foyer(NUMERO), entete=entete(JANVIER), nom="1.xml"))
    connue = Personne.objects.get(prenom="NORA")
    canonique = f.personne()
    Personne.objects.filter(pk=connue.pk).update(canonique=canonique)
    f.entree_sdd(canonique)
    importer(flux(foyer(NUMERO, AILLEURS), entete=entete(FEVRIER), nom="2.xml"))
    assert set(DroitPersonne.objects.values_list("personne", flat=True)) == {connue.pk}
    assert genres(canonique) == ["entree_sdd", "adresse_changee"]


def test_two_beneficiary_numbers_under_one_request(flux: Flux) -> None:
    """A couple may have two files at the CAF under one request: two households, month after month."""
    second = foyer(
        NUMERO, ("NORA", "ILYAS"), ("ABELUNE", "ROCHEVERT"), ("2880699023456", "1851199123002"),
        ("1988-06-21", "1985-11-02"), (">DEM<", ">CJT<"), ("912345600000000", "765432100000000"),
    )  # fmt: skip
    rapport = importer(flux(foyer(NUMERO), second, entete=entete(JANVIER), nom="1.xml"))
    assert (rapport.foyers_nouveaux, rapport.nouveaux_entrants) == (2, 2)
    rapport = importer(flux(foyer(NUMERO), second, entete=entete(FEVRIER), nom="2.xml"))
    assert (rapport.foyers_nouveaux, rapport.evenements) == (0, {})
    assert Personne.objects.count() == 2
