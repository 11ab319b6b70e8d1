"""What is true of a person now: household, right, address, members, what blocks her letters."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.personnes.enums import (
    EtatDroit,
    FinaliteRattachement,
    GenreIdentifiant,
    Localisation,
    Presence,
    RoleFoyer,
)
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import (
    adresse_courante,
    droit_courant,
    foyer_courant,
    membres_du_foyer,
    numeros,
    situer,
)
from cordee.socle.horloge import jour
from tests import fabriques as f

pytestmark = pytest.mark.django_db
AU = jour(f.MAINTENANT)


def test_after_a_separation_the_new_household_counts() -> None:
    """R37: a new NUMDEMRSA, the former household is still open on the CAF's side."""
    ancien = f.foyer(reference_le=date(2025, 12, 31))
    nouveau = f.foyer()
    p = f.personne(foyer=ancien, role=RoleFoyer.CJT)
    f.membre(p, nouveau, RoleFoyer.DEM, depuis=date(2026, 1, 31))
    assert foyer_courant(p) == nouveau


def test_a_household_no_longer_transmitted_gives_way() -> None:
    absent = f.foyer(presence=Presence.NON_TRANSMIS, reference_le=date(2027, 1, 1))
    present = f.foyer()
    p = f.personne(foyer=absent)
    f.membre(p, present)
    assert foyer_courant(p) == present


def test_an_adult_child_who_asks_for_herself_is_seen_in_her_own_household() -> None:
    """R40."""
    parents, sien = f.foyer(), f.foyer()
    p = f.personne(foyer=parents, role=RoleFoyer.ENF, depuis=date(2026, 2, 1))
    f.membre(p, sien, RoleFoyer.DEM, depuis=date(2025, 1, 1))
    assert foyer_courant(p) == sien


def test_no_household_before_any_file() -> None:
    p = f.personne()
    assert foyer_courant(p) is None
    assert droit_courant(p) is None
    assert adresse_courante(p, AU) is None


def test_the_right_in_force_and_the_flag_as_transmitted() -> None:
    foyer = f.foyer()
    p = f.personne(foyer=foyer)
    f.droit(p, foyer, EtatDroit.OUVERT_SUSPENDU, sdd=None)
    droit = droit_courant(p)
    assert droit is not None
    assert droit.foyer_droit is not None
    assert (droit.role, droit.foyer_droit.etat) == (RoleFoyer.DEM, EtatDroit.OUVERT_SUSPENDU)
    assert droit.soumise is None  # not transmitted is not "no"


def test_facts_of_the_merged_row_are_hers_too() -> None:
    foyer = f.foyer(numdemrsa="00000000999")
    canonique = f.personne()
    absorbee = f.personne(foyer=foyer, canonique=canonique)
    f.droit(absorbee, foyer)
    f.adresse(personne=absorbee, voie="FICTIVE")
    assert foyer_courant(canonique) == foyer_courant(absorbee) == foyer
    assert droit_courant(canonique).soumise is True  # type: ignore[union-attr]
    assert adresse_courante(canonique, AU).voie == "FICTIVE"  # type: ignore[union-attr]
    assert numeros(canonique)[GenreIdentifiant.NUMDEMRSA] == ["00000000999:DEM"]


@pytest.mark.parametrize(("typed", "sent", "expected"), [(10, 20, "fichier"), (20, 10, "saisie"), (10, 10, "saisie")])
def test_the_newest_address_prevails_whoever_gave_it(typed: int, sent: int, expected: str) -> None:
    """R66: neither the file nor the agent overwrites the other."""
    foyer = f.foyer()
    p = f.personne(foyer=foyer)
    f.adresse(foyer=foyer, voie="fichier", debut=date(2026, 1, sent))
    f.adresse(personne=p, voie="saisie", debut=date(2026, 1, typed))
    assert adresse_courante(p, AU).voie == expected  # type: ignore[union-attr]


def test_the_address_of_another_household_is_not_hers() -> None:
    p = f.personne(foyer=f.foyer())
    f.adresse(foyer=f.foyer())
    assert adresse_courante(p, AU) is None


def test_the_nir_is_never_among_the_numbers() -> None:
    p = f.personne(nir="2880394028123")
    assert numeros(p) == {}


def test_members_are_named_and_opened_within_the_perimeter() -> None:
    eds = f.structure()
    lea = f.agent(RoleAgent.REFERENT, structure=eds)
    foyer = f.foyer()
    p = f.personne(foyer=foyer)
    conjoint = f.personne(foyer=foyer, role=RoleFoyer.CJT)
    enfant = f.personne(foyer=foyer, role=RoleFoyer.ENF)
    f.rattachement(p, eds, lea, finalite=FinaliteRattachement.REFERENT)
    membres = membres_du_foyer(personne=p, pour=lea, au=AU)
    assert [(m.role, m.personne, m.visible) for m in membres] == [
        (RoleFoyer.CJT, conjoint, False),
        (RoleFoyer.ENF, enfant, False),
    ]
    Personne.objects.filter(pk=conjoint.pk).update(dossier_sensible=True)
    assert membres_du_foyer(personne=p, pour=lea, au=AU)[0].personne is None
    f.rattachement(enfant, eds, lea)
    assert membres_du_foyer(personne=p, pour=lea, au=AU)[1].visible


def test_where_an_address_puts_a_person() -> None:
    commune, ailleurs = f.commune(), f.commune("94046", "Maisons-Alfort")
    assert situer(commune=commune, pays="FRA", public=None, au=AU).localisation is Localisation.SECTEUR
    eds = f.structure()
    f.regle_secteur(eds, commune)
    lieux = [
        situer(commune=c, pays=pays, public=None, au=AU)
        for c, pays in ((commune, "FRA"), (ailleurs, "FRA"), (None, "FRA"), (None, "BEL"))
    ]
    assert [(lieu.localisation, lieu.structure_id) for lieu in lieux] == [
        (Localisation.SECTEUR, eds.pk),
        (Localisation.HORS_SECTEUR, None),
        (Localisation.INCONNUE, None),
        (Localisation.ETRANGER, None),
    ]
    la_veille = situer(commune=commune, pays="", public=None, au=f.OUVERTURE - timedelta(days=1))
    assert la_veille.structure_id is None
