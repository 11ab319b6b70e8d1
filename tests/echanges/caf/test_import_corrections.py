"""What an earlier file said and a later one takes back: corrected months, passages from one body to the other."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cordee.echanges.caf.rapport import Rapport
from cordee.metier.parcours.enums import Etat, GenreEcheance
from cordee.metier.parcours.models import Echeance, Etape, Evenement, Situation
from cordee.metier.parcours.services import reconstruire
from cordee.metier.personnes.models import (
    Adresse,
    Appartenance,
    DroitFoyer,
    DroitPersonne,
    OuvertureDroit,
    Personne,
    Rattachement,
)
from tests import fabriques as f
from tests.echanges.caf.blocs import Flux, foyer
from tests.echanges.caf.scenes import (
    AILLEURS,
    CONJOINT,
    FEVRIER,
    FLAG_A_ZERO,
    JANVIER,
    MARS,
    PARTANTE,
    autre_personne,
    avec,
    clos,
    entete,
    etat_de,
    genres,
    importer,
    suspendu,
)

pytestmark = pytest.mark.django_db
NUMERO = "00000010094"
AUTRES = [foyer(f"0000009999{n}", *autre_personne(10 + n)) for n in range(3)]
MSA = ("<FONORG>CAF<", "<FONORG>MSA<")


def version(reference: date, n: int) -> str:
    """The header of the nth version of a month."""
    return entete(reference, cree=datetime.combine(reference, datetime.min.time()) + timedelta(days=5, hours=n))


@pytest.fixture
def secteur() -> None:
    f.regle_secteur(f.structure(), f.commune())


def nora() -> Personne:
    return Personne.objects.get(prenom="NORA")


def mois_corrige(flux: Flux, premiere: tuple[str, ...], seconde: tuple[str, ...]) -> tuple[Rapport, Path]:
    """January with everybody, then two versions of February."""
    importer(flux(foyer(NUMERO), *AUTRES, entete=entete(JANVIER), nom="j.xml"))
    importer(flux(*premiere, *AUTRES, entete=version(FEVRIER, 1), nom="f1.xml"), confirmer=True)
    chemin = flux(*seconde, *AUTRES, entete=version(FEVRIER, 2), nom="f2.xml")
    rapport = importer(chemin, confirmer=True)
    assert not reconstruire(verifier=True)
    return rapport, chemin


def en_vigueur(personne: Personne) -> list[str]:
    """Kinds of the events that stand."""
    annules = {e.donnees["evenement"] for e in Evenement.objects.filter(personne=personne, genre="annulation")}
    vivants = Evenement.objects.filter(personne=personne).exclude(pk__in=annules).exclude(genre="annulation")
    return list(vivants.order_by("pk").values_list("genre", flat=True))


@pytest.mark.parametrize("sortie", [clos("ECH"), (FLAG_A_ZERO,)], ids=["closed", "flag fallen"])
def test_whom_the_first_version_wrongly_made_leave_is_back_as_she_was(
    flux: Flux, secteur: None, sortie: tuple[tuple[str, str], ...]
) -> None:
    importer(flux(foyer(NUMERO), *AUTRES, entete=entete(JANVIER), nom="j.xml"))
    etape = Etape.objects.get(personne=nora(), fermee_le=None)
    importer(flux(foyer(NUMERO, *sortie), *AUTRES, entete=version(FEVRIER, 1), nom="f1.xml"), confirmer=True)
    assert not Etape.objects.filter(personne=nora(), fermee_le=None).exists()
    rapport = importer(flux(foyer(NUMERO), *AUTRES, entete=version(FEVRIER, 2), nom="f2.xml"), confirmer=True)
    assert genres(nora())[0] == "entree_sdd"
    assert genres(nora())[-1] == "annulation"
    assert en_vigueur(nora()) == ["entree_sdd"]
    encore = Etape.objects.get(personne=nora())
    assert (encore.genre, encore.echeance, encore.ouverte_le) == (etape.genre, etape.echeance, etape.ouverte_le)
    assert (rapport.nouveaux_entrants, rapport.retours, rapport.sortants) == (0, 0, 0)
    assert [(m.sens, m.motif, m.nombre) for m in rapport.mouvements] == [("correction", "sortie_annulee", 1)]
    assert OuvertureDroit.objects.filter(personne=nora()).count() == 1
    assert list(DroitFoyer.objects.filter(foyer__numdemrsa=NUMERO).values_list("etat", "debut", "fin")) == [
        ("2", JANVIER, None)
    ]
    assert not reconstruire(verifier=True)


def test_whom_the_first_version_wrongly_made_enter_never_was(flux: Flux, secteur: None) -> None:
    entrant = foyer("00000010095", *autre_personne(1))
    ferme = foyer("00000010095", *autre_personne(1), FLAG_A_ZERO)
    rapport, _ = mois_corrige(flux, (foyer(NUMERO), entrant), (foyer(NUMERO), ferme))
    elle = Personne.objects.get(prenom="PRENOMBA")
    assert genres(elle) == ["entree_sdd", "annulation"]
    assert not Etape.objects.filter(personne=elle, fermee_le=None).exists()
    assert not OuvertureDroit.objects.filter(personne=elle).exists()
    assert not Rattachement.objects.filter(personne=elle, fin=None).exists()
    assert DroitPersonne.objects.get(personne=elle).sdd is False
    assert [(m.sens, m.motif, m.nombre) for m in rapport.mouvements] == [("correction", "entree_annulee", 1)]


def test_a_household_that_the_corrected_file_does_not_know_is_taken_back(flux: Flux, secteur: None) -> None:
    entrant = foyer("00000010095", *autre_personne(1))
    mois_corrige(flux, (foyer(NUMERO), entrant), (foyer(NUMERO),))
    elle = Personne.objects.get(prenom="PRENOMBA")
    assert genres(elle) == ["entree_sdd", "annulation"]
    assert genres(nora()) == ["entree_sdd"]


def test_whoever_has_been_received_since_is_not_erased_by_a_correction(flux: Flux, secteur: None) -> None:
    """An act rests upon the entry: the person leaves, and what was done with her stays."""
    importer(flux(*AUTRES, entete=entete(JANVIER), nom="j.xml"))
    importer(flux(foyer(NUMERO), *AUTRES, entete=version(FEVRIER, 1), nom="f1.xml"))
    f.evenement(nora(), f.GenreEvenement.CONVOCATION, par=f.agent())
    importer(flux(foyer(NUMERO, FLAG_A_ZERO), *AUTRES, entete=version(FEVRIER, 2), nom="f2.xml"))
    assert genres(nora()) == ["entree_sdd", "convocation", "fin_sdd"]


def test_a_departure_and_a_death_told_by_mistake_are_taken_back(flux: Flux, secteur: None) -> None:
    mois_corrige(flux, (foyer(NUMERO, PARTANTE),), (foyer(NUMERO),))
    assert en_vigueur(nora()) == ["entree_sdd"]
    assert etat_de(nora()) == Etat.ENTRANTE
    importer(flux(foyer(NUMERO, *suspendu("DG", "3")), *AUTRES, entete=version(MARS, 1), nom="m1.xml"))
    assert etat_de(nora()) == Etat.DECES_PRESUME
    importer(flux(foyer(NUMERO), *AUTRES, entete=version(MARS, 2), nom="m2.xml"))
    assert etat_de(nora()) == Etat.ENTRANTE


def test_a_wrong_move_is_undone(flux: Flux) -> None:
    creteil, choisy = f.structure(), f.structure()
    f.regle_secteur(creteil, f.commune())
    f.regle_secteur(choisy, f.commune("94022", "Choisy-le-Roi"))
    ailleurs = foyer(NUMERO, ("<NUMCOM>94028<", "<NUMCOM>94022<"))
    mois_corrige(flux, (ailleurs,), (foyer(NUMERO),))
    assert Situation.objects.get(personne=nora()).structure_secteur == creteil
    adresses = Adresse.objects.filter(foyer__numdemrsa=NUMERO)
    assert list(adresses.values_list("code_insee", "debut", "fin")) == [("94028", JANVIER, None)]


def test_a_member_wrongly_added_leaves_no_trace_in_the_household(flux: Flux, secteur: None) -> None:
    mois_corrige(flux, (foyer(NUMERO, avec(CONJOINT)),), (foyer(NUMERO),))
    ilyas = Personne.objects.get(prenom="ILYAS")
    assert genres(ilyas) == ["entree_sdd", "annulation"]
    assert not Appartenance.objects.filter(personne=ilyas).exists()
    assert not DroitPersonne.objects.filter(personne=ilyas).exists()


def test_a_corrected_file_twice_says_nothing_more(flux: Flux, secteur: None) -> None:
    _, chemin = mois_corrige(flux, (foyer(NUMERO, *clos("ECH")),), (foyer(NUMERO),))
    avant = Evenement.objects.count()
    assert importer(chemin).deja_recu
    importer(flux(foyer(NUMERO), *AUTRES, entete=version(FEVRIER, 3), nom="f3.xml"))
    assert Evenement.objects.count() == avant


def test_closed_at_one_body_and_open_at_the_other_is_one_person_and_no_exit(flux: Flux, secteur: None) -> None:
    """R54, the file that closes first."""
    importer(flux(foyer(NUMERO), *AUTRES, entete=entete(JANVIER), nom="j.xml"))
    importer(flux(foyer(NUMERO, *clos("MUT")), *AUTRES, entete=entete(FEVRIER), nom="caf.xml"))
    assert etat_de(nora()) == Etat.SORTIE
    rapport = importer(flux(foyer("00000088888", MSA), entete=entete(FEVRIER), nom="msa.xml"))
    assert en_vigueur(nora()) == ["entree_sdd"]
    assert Personne.objects.filter(prenom="NORA").count() == 1
    assert etat_de(nora()) == Etat.ENTRANTE
    assert (rapport.nouveaux_entrants, rapport.retours) == (0, 0)
    assert [(m.sens, m.motif) for m in rapport.mouvements] == [("correction", "passage")]
    assert not Echeance.objects.filter(personne=nora(), genre=GenreEcheance.NON_RECOURS, fermee_le=None).exists()


def test_open_at_the_other_body_then_closed_here_is_no_exit(flux: Flux, secteur: None) -> None:
    """R54, the file that opens first."""
    importer(flux(foyer(NUMERO), *AUTRES, entete=entete(JANVIER), nom="j.xml"))
    importer(flux(foyer("00000088888", MSA), entete=entete(FEVRIER), nom="msa.xml"))
    importer(flux(foyer(NUMERO, *clos("MUT")), *AUTRES, entete=entete(FEVRIER), nom="caf.xml"))
    assert genres(nora()) == ["entree_sdd"]


def test_absent_here_then_found_at_the_other_body(flux: Flux, secteur: None) -> None:
    importer(flux(foyer(NUMERO), *AUTRES, entete=entete(JANVIER), nom="j.xml"))
    importer(flux(*AUTRES, entete=entete(FEVRIER), nom="caf.xml"), confirmer=True)
    assert etat_de(nora()) == Etat.NON_TRANSMISE
    importer(flux(foyer("00000088888", MSA), entete=entete(FEVRIER), nom="msa.xml"))
    assert genres(nora()) == ["entree_sdd", "non_transmise", "retransmise"]
    assert etat_de(nora()) == Etat.ENTRANTE


def test_a_passage_months_later_is_an_exit_and_an_entry(flux: Flux, secteur: None) -> None:
    importer(flux(foyer(NUMERO), *AUTRES, entete=entete(JANVIER), nom="j.xml"))
    importer(flux(foyer(NUMERO, *clos("ECH")), *AUTRES, entete=entete(FEVRIER), nom="caf.xml"))
    importer(flux(foyer("00000088888", MSA), entete=entete(date(2026, 4, 28)), nom="msa.xml"))
    assert genres(nora()) == ["entree_sdd", "droit_clos", "entree_sdd"]


def test_a_move_at_the_head_of_an_address_code_is_no_move(flux: Flux, secteur: None) -> None:
    """ETATADR and the like change often: nobody moves for that."""
    importer(flux(foyer(NUMERO), *AUTRES, entete=entete(JANVIER), nom="j.xml"))
    code = foyer(NUMERO, ("<ETATADR>CO<", "<ETATADR>VO<"))
    rapport = importer(flux(code, *AUTRES, entete=entete(FEVRIER), nom="f.xml"))
    assert genres(nora()) == ["entree_sdd"]
    assert rapport.changements_adresse == 0
    assert importer(
        flux(foyer(NUMERO, AILLEURS), *AUTRES, entete=entete(MARS), nom="m.xml")
    ).changements_adresse == 1  # fmt: skip
