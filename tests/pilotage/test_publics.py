"""Who: hand-counted figures of a small world."""

from __future__ import annotations

from datetime import date

import pytest

from cordee.metier.parcours.services.fusion import annuler_fusion, fusionner
from cordee.metier.personnes.enums import EtatDroit, RoleFoyer, Sexe
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne, Personne
from cordee.pilotage.enums import Niveau
from cordee.territoires.models import Ept
from tests import fabriques as f
from tests.fabriques import MAINTENANT
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

AU = date(2022, 3, 31)


def test_who_is_subject_needs_a_flag_and_an_open_right(lac: Lac) -> None:
    """E30: état 2, 3, 4 and the flag; a closed right, a flag at no, a dead person are not counted."""
    soumises = [gens.soumise(etat=etat) for etat in (EtatDroit.OUVERT_VERSABLE, EtatDroit.OUVERT_SUSPENDU,
                                                     EtatDroit.VERSEMENT_SUSPENDU)]  # fmt: skip
    for etat in (EtatDroit.ATTENTE_DECISION, EtatDroit.REFUSE, EtatDroit.CLOS):
        gens.soumise(etat=etat)
    gens.soumise(sdd=False)
    gens.soumise(deces_le=date(2022, 2, 1))
    assert lac.mesure("personnes_sdd", AU) == (3, 3, None, 0)
    assert lac.mesure("personnes_sdd_drees", AU) == (1, 1, None, 0)
    assert lac.qui("personnes_sdd", AU) == {p.pk for p in soumises}


def test_an_unknown_flag_is_the_last_one_for_two_months_then_unknown(lac: Lac) -> None:
    """E30: never « non soumise » by default, never a failure."""
    personne = gens.soumise(fin=date(2022, 1, 31))
    droit = DroitPersonne.objects.get(personne=personne)
    DroitFoyer.objects.filter(foyer=droit.foyer).update(fin=None)
    DroitPersonne.objects.create(personne=personne, foyer=droit.foyer, sdd=None, debut=date(2022, 1, 31))
    jamais = gens.soumise(sdd=None)
    gens.enfant(jamais.appartenances.get().foyer)
    assert lac.mesure("personnes_sdd", date(2022, 3, 30)) == (1, 1, None, 1)
    assert lac.mesure("personnes_sdd", date(2022, 4, 30)) == (0, 0, None, 2)
    assert lac.qui("personnes_sdd", date(2022, 4, 30)) == set()


def test_a_figure_of_last_year_reads_the_rows_of_last_year(lac: Lac) -> None:
    gens.soumise(fin=date(2022, 6, 30))
    gens.soumise(depuis=date(2022, 2, 28))
    assert [lac.mesure("personnes_sdd", j)[0] for j in (gens.DEBUT, AU, date(2022, 6, 29), date(2022, 6, 30))] == [
        1, 2, 2, 1,
    ]  # fmt: skip


def test_men_women_and_those_of_whom_it_is_not_known(lac: Lac) -> None:
    femme = gens.soumise(sexe=Sexe.FEMME)
    gens.soumise(sexe=Sexe.HOMME)
    gens.soumise(sexe=Sexe.INCONNU)
    assert lac.mesure("personnes_sdd_femmes", AU) == (1, 1, None, 1)
    assert lac.mesure("personnes_sdd_hommes", AU) == (1, 1, None, 1)
    assert lac.qui("personnes_sdd_femmes", AU) == {femme.pk}


@pytest.mark.parametrize(
    ("code", "attendu"),
    [("part_moins_25_ans", 1), ("part_25_29_ans", 1), ("part_30_39_ans", 1), ("part_40_49_ans", 1),
     ("part_50_59_ans", 1), ("part_60_ans_et_plus", 2)],
)  # fmt: skip
def test_ages_at_the_end_of_a_month(lac: Lac, code: str, attendu: int) -> None:
    """A birthday in the month counts; an unknown birth date stands outside the rate."""
    for naissance in (
        (1997, 4, 1),
        (1997, 3, 31),
        (1985, 6, 2),
        (1975, 6, 2),
        (1965, 6, 2),
        (1962, 3, 5),
        (1950, 1, 2),
    ):
        gens.soumise(date_naissance=date(*naissance))
    gens.soumise(date_naissance=None)
    valeur, numerateur, denominateur, inconnu = lac.mesure(code, AU)
    assert (numerateur, denominateur, inconnu) == (attendu, 7, 1)
    assert valeur == pytest.approx(100 * attendu / 7, abs=1e-3)


def test_children_in_charge_and_those_of_whom_it_is_not_known(lac: Lac) -> None:
    """On persons: both members of a couple have the child (E10)."""
    couple = gens.foyer()
    gens.adulte(couple)
    gens.adulte(couple, role=RoleFoyer.CJT)
    gens.enfant(couple)
    gens.enfant(couple, a_charge=None)
    gens.soumise()
    for a_charge in (False, None):
        gens.enfant(gens.soumise().appartenances.get().foyer, a_charge=a_charge)
    assert lac.mesure("part_avec_enfants", AU)[1:] == (2, 4, 1)


def test_seniority_counts_from_the_request(lac: Lac) -> None:
    gens.soumise(demande_le=date(2017, 3, 31))
    gens.soumise(demande_le=date(2017, 4, 1))
    gens.soumise(demande_le=date(2021, 3, 31))
    recente = gens.soumise(demande_le=date(2021, 4, 1))
    retour = recente.ouvertures.get()
    retour.pk, retour.retour, retour.demande_le = None, True, date(2022, 3, 1)
    retour.save()
    assert lac.mesure("part_anciennete_1_an", AU)[1:] == (3, 4, 0)
    assert lac.mesure("part_anciennete_5_ans", AU)[1:] == (1, 4, 0)


def test_households_are_not_persons(lac: Lac) -> None:
    couple = gens.foyer(montant="900")
    chef = gens.adulte(couple)
    gens.adulte(couple, role=RoleFoyer.CJT)
    gens.soumise(sdd=False, montant="100")
    gens.soumise(etat=EtatDroit.VERSEMENT_SUSPENDU, montant="50")
    gens.soumise(etat=EtatDroit.CLOS)
    gens.soumise(montant=None)
    assert lac.mesure("foyers_allocataires", AU) == (4, 4, None, 0)
    assert lac.mesure("allocation_du_mois", AU) == (1000, 1000, None, 1)
    assert chef.pk in lac.qui("foyers_allocataires", AU)


def test_administrative_positions(lac: Lac) -> None:
    """RUPE: oriented to the operator, or not oriented and registered there. A position is no accompaniment."""
    operateur, eds = f.structure(categorie="operateur_emploi"), f.structure()
    chez_lui, inscrite, chez_nous, _rien = (gens.soumise() for _ in range(4))
    gens.orientation(chez_lui, operateur, date(2022, 1, 5))
    f.identifiant(inscrite, "operateur_emploi", "X1", date(2022, 2, 1))
    gens.orientation(chez_nous, eds, date(2022, 1, 5))
    f.identifiant(chez_nous, "operateur_emploi", "X2", date(2020, 2, 1))
    assert lac.qui("position_rupe", AU) == {chez_lui.pk, inscrite.pk}
    assert lac.mesure("position_rus", AU)[0] == 2
    assert lac.mesure("position_rupe", date(2022, 1, 31))[0] == 1


def test_two_rows_made_one_are_one_person_and_undone_are_two(lac: Lac) -> None:
    un, deux = gens.soumise(), gens.soumise()
    for personne in (un, deux):
        f.entree_sdd(personne)
    assert lac.mesure("personnes_sdd", AU)[0] == 2
    fusion = fusionner(absorbee=deux, canonique=un, raisons=["test"], par=f.systeme(), le=MAINTENANT)
    assert lac.mesure("personnes_sdd", AU)[0] == 1
    assert lac.qui("personnes_sdd", AU) == {un.pk}
    annuler_fusion(fusion=fusion, par=f.systeme(), le=MAINTENANT)
    assert lac.mesure("personnes_sdd", AU)[0] == 2


def test_a_person_lives_where_she_lived_on_that_day(lac: Lac) -> None:
    """Her commune, its EPT, her sector and her référent body, each dated; what is not known has its own line."""
    vitry = f.commune("94081", "Vitry-sur-Seine")
    ept = Ept.objects.create(code="200058014", nom="Grand-Orly Seine Bièvre")
    vitry.ept = ept
    vitry.save()
    secteur, eds = f.structure(code="SECTEUR"), f.structure(code="EDS1")
    personne = gens.soumise()
    adresse = personne.appartenances.get().foyer.adresses.get()
    adresse.fin = date(2022, 2, 15)
    adresse.save()
    f.adresse(foyer=adresse.foyer, debut=date(2022, 2, 15), commune=vitry)
    f.rattachement(personne, secteur, debut=date(2022, 1, 6))
    gens.referent(personne, eds, None, date(2022, 3, 1))
    perdue = gens.soumise(commune=vitry)
    perdue.appartenances.get().foyer.adresses.all().delete()
    assert lac.cellules("personnes_sdd", gens.DEBUT)["94028"].valeur == 1
    mars = {t: c.valeur for t, c in lac.cellules("personnes_sdd", AU).items()}
    assert mars == {"94": 2, "94081": 1, "200058014": 1, "EDS1": 1, "sans_commune": 1, "sans_ept": 1,
                    "sans_structure": 1}  # fmt: skip
    assert lac.qui("personnes_sdd", AU, Niveau.STRUCTURE, "EDS1") == {personne.pk}
    assert lac.qui("personnes_sdd", AU, Niveau.COMMUNE, "sans_commune") == {perdue.pk}
    assert set(lac.cellules("taux_orientation", gens.DEBUT)) >= {"SECTEUR"}


def test_an_address_settled_by_an_agent_comes_first(lac: Lac) -> None:
    personne = gens.soumise()
    f.adresse(personne=personne, commune=f.commune("94081", "Vitry-sur-Seine"), debut=date(2022, 3, 1), source="agent")
    assert Personne.objects.count() == 1
    assert set(lac.cellules("personnes_sdd", AU)) >= {"94", "94081"}
