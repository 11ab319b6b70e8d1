"""Where each fact comes from: present and past rows, never more than what was true of her."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from cordee.metier.personnes.enums import RoleFoyer
from cordee.metier.personnes.models import Appartenance, DroitFoyer, Personne
from cordee.metier.personnes.selectors.provenance import provenance
from tests import fabriques as f

pytestmark = pytest.mark.django_db


def test_present_first_then_past() -> None:
    foyer = f.foyer()
    elle = f.personne(foyer=foyer)
    f.adresse(foyer=foyer, voie="ANCIENNE", debut=date(2024, 1, 1), fin=date(2025, 6, 1), fichier_id=7)
    f.adresse(foyer=foyer, voie="NOUVELLE", debut=date(2025, 6, 1), fichier_id=9)
    f.contact(elle, "0601020304", fin=date(2025, 1, 1))
    f.contact(elle, "0605060708", debut=date(2025, 1, 1))
    p = provenance(elle)
    assert [a.voie for a in p.adresses] == ["NOUVELLE", "ANCIENNE"]
    assert [c.valeur for c in p.contacts] == ["0605060708", "0601020304"]
    assert p.fichiers == {7, 9}
    assert p.identite_modifiee is None


def test_where_the_others_live_since_she_left_is_not_hers_to_show() -> None:
    """R38: after a separation, the household she left moves; nothing of it appears on her page, nor the reverse."""
    commun, sien = f.foyer(), f.foyer()
    elle = f.personne(foyer=commun, role=RoleFoyer.CJT)
    autre = f.personne(foyer=commun)
    Appartenance.objects.filter(personne=elle).update(fin=date(2025, 6, 1))
    f.membre(elle, sien, depuis=date(2025, 6, 1))
    f.adresse(foyer=commun, voie="COMMUNE", debut=date(2024, 1, 1), fin=date(2025, 9, 1))
    f.adresse(foyer=commun, voie="SECRETE", debut=date(2025, 9, 1))
    f.adresse(foyer=sien, voie="SIENNE", debut=date(2025, 6, 1))
    DroitFoyer.objects.create(foyer=commun, etat="2", debut=date(2025, 9, 30))
    p = provenance(elle)
    assert [(a.voie, a.fin) for a in p.adresses] == [("SIENNE", None), ("COMMUNE", date(2025, 6, 1))]
    assert p.droits_foyer == []
    assert [m.personne_id for m in p.membres] == []
    assert {a.voie for a in provenance(autre).adresses} == {"COMMUNE", "SECRETE"}


def test_a_merged_person_is_one_person() -> None:
    elle, double = f.personne(foyer=f.foyer()), f.personne(foyer=f.foyer())
    f.contact(double, "0611121314")
    Personne.objects.filter(pk=double.pk).update(canonique=elle)
    elle.refresh_from_db()
    p = provenance(elle)
    assert [c.valeur for c in p.contacts] == ["0611121314"]
    assert [fiche.pk for fiche in p.fiches] == [elle.pk, double.pk]
    assert p.identite_modifiee is not None  # the merge itself


def test_the_value_of_a_nir_is_not_even_read() -> None:
    elle = f.personne(foyer=f.foyer(), nir="2880394028001")
    (nir,) = [i for i in provenance(elle).numeros if i.genre == "nir"]
    assert nir.get_deferred_fields() == {"valeur_chiffree", "empreinte"}


def test_queries_do_not_grow(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    foyer = f.foyer()
    elle = f.personne(foyer=foyer)
    for mois in range(1, 12):
        debut, fin = date(2025, mois, 1), date(2025, mois + 1, 1)
        f.adresse(foyer=foyer, debut=debut, fin=fin)
        f.contact(elle, debut=debut, fin=fin)
        DroitFoyer.objects.create(foyer=foyer, etat="2", debut=debut, fin=fin)
        f.personne(foyer=foyer, role=RoleFoyer.ENF)
    with django_assert_max_num_queries(11):
        p = provenance(elle)
        assert len(p.adresses) + len(p.membres) == 22
        assert all(a.commune for a in p.adresses)
