"""What the files say of a household becomes hypotheses, each with its source; what they do not say is said too."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cordee.metier.personnes.enums import NatureAdresse
from cordee.metier.personnes.models import DroitFoyer, Foyer, Personne
from cordee.metier.prestations.enums import Logement, NatureRevenu, Origine
from cordee.metier.prestations.regles import rsa_exact
from cordee.metier.prestations.selectors import FoyerSuppose, hypotheses_du_foyer
from cordee.socle import memoire
from tests import fabriques as f
from tests.metier.prestations.foyers import D
from tests.metier.prestations.transmis import MONTANTS, foyer_transmis, ressources

pytestmark = pytest.mark.django_db
AU = date(2026, 2, 17)
FEVRIER = date(2026, 2, 1)


def lire(*adultes: dict[str, Any], qui: int = 0, **champs: Any) -> FoyerSuppose:
    return hypotheses_du_foyer(foyer_transmis(*adultes, **champs)[qui], AU)


def origines(foyer: FoyerSuppose) -> dict[str, Origine]:
    return {c.libelle: c.origine for c in foyer.constats}


def test_le_montant_transmis_se_retrouve_au_centime() -> None:
    foyer = lire({"Ressources": ressources(("001", "120.00"))}, montants=MONTANTS, du="448.94")
    h = foyer.hypotheses
    assert rsa_exact(h, FEVRIER) == D("448.94") == foyer.montant  # 646.52 − 77.58 − 120.00
    assert h.cycle == date(2026, 3, 1)  # resources declared to January: right of March to May
    assert h.adultes[0].revenu(NatureRevenu.SALAIRE, date(2026, 6, 1)) == D("120.00")  # nothing says that it stops
    assert set(origines(foyer).values()) == {Origine.FICHIER}
    assert foyer.supposees == 0


def test_chaque_inconnue_est_dite() -> None:
    foyer = hypotheses_du_foyer(f.personne(), AU)
    assert foyer.hypotheses.logement is Logement.AVEC_AIDE
    assert foyer.montant is None
    assert set(origines(foyer)) == {"Foyer", "Logement", "Prochaine déclaration"}
    assert foyer.supposees == 3


def test_une_personne_dont_rien_n_est_connu_a_un_age_suppose() -> None:
    foyer = hypotheses_du_foyer(f.personne(date_naissance=None), AU)
    assert origines(foyer)["Âge"] is Origine.SUPPOSEE
    assert foyer.hypotheses.adultes[0].naissance == date(1986, 2, 1)


def test_un_couple_et_qui_est_la_personne() -> None:
    foyer = lire(
        {"Ressources": ressources()}, {"Ressources": ressources(("010", "900"), ("022", "50"))}, qui=1,
        enfants=[date(2020, 5, 9)], montants={"MTALRSA": "0000020.00", "MTPFRSA": "0000151.00"},
    )  # fmt: skip
    h = foyer.hypotheses
    assert (len(h.adultes), foyer.rang, h.enfants) == (2, 1, (date(2020, 5, 1),))
    assert h.adultes[0].revenus == ()
    assert h.adultes[1].revenu(NatureRevenu.CHOMAGE, date(2026, 1, 1)) == D(900)
    assert h.adultes[1].revenu(NatureRevenu.PENSION, date(2026, 5, 1)) == D(50)
    assert (h.aide_logement, h.prestations_familiales) == (D("20.00"), D("151.00"))


def test_une_ressource_neutralisee_ne_compte_pas() -> None:
    foyer = lire({"Ressources": ressources(("001", "800"), ABANEU="N")}, montants=MONTANTS)
    assert foyer.hypotheses.adultes[0].revenus == ()
    assert foyer.constats[1].valeur == "aucune"


@pytest.mark.parametrize(
    ("bloc", "attendue"),
    [
        ({"DDGRO": "2025-10-05"}, date(2026, 7, 1)),
        ({"DDGRO": "2025-10-05", "DFGRO": "2025-12-01"}, None),
        ({"DDGRO": "2025-03-05"}, None),
        ({"DDGRO": "illisible"}, None),
    ],
)
def test_une_grossesse_declaree_ouvre_la_majoration_jusqu_a_la_naissance(
    bloc: dict[str, str], attendue: date | None
) -> None:
    foyer = lire(
        {"Grossesse": bloc, "Ressources": ressources()}, montants=MONTANTS, nature="RSI" if attendue else "RSD"
    )
    assert foyer.hypotheses.enfants == ((attendue,) if attendue else ())
    assert foyer.hypotheses.majore(FEVRIER) is bool(attendue)
    assert not any(c.a_verifier for c in foyer.constats)


def test_la_majoration_d_isolement_finit_au_bout_de_douze_mois() -> None:
    foyer = lire({"Ressources": ressources()}, enfants=[date(2015, 5, 1)], montants=MONTANTS, nature="RSI")
    assert foyer.hypotheses.isolement_jusqu_a == date(2026, 9, 1)


def test_une_majoration_qui_manque_est_a_verifier() -> None:
    foyer = lire({"Ressources": ressources()}, enfants=[date(2025, 5, 1)], montants=MONTANTS, nature="RSD")
    majoration = next(c for c in foyer.constats if c.libelle.startswith("Majoration"))
    assert majoration.a_verifier
    assert majoration.valeur.startswith("non d'après le fichier")


def test_sans_domicile_rien_n_est_deduit() -> None:
    personne = foyer_transmis({"Ressources": ressources()})[0]
    f.adresse(personne=personne, nature=NatureAdresse.SANS_DOMICILE)
    assert hypotheses_du_foyer(personne, AU).hypotheses.logement is Logement.SANS_DOMICILE


def test_une_deduction_nulle_est_lue_comme_telle() -> None:
    foyer = lire({"Ressources": ressources()}, montants={"MTALRSA": "0000000.00", "MTPFRSA": "0000000.00"})
    assert foyer.hypotheses.logement is Logement.SANS_AIDE


def test_un_droit_clos_ou_un_vieux_fichier_sont_a_verifier() -> None:
    personne = foyer_transmis({"Ressources": ressources()}, montants=MONTANTS)[0]
    assert not any(c.a_verifier for c in hypotheses_du_foyer(personne, AU).constats)
    DroitFoyer.objects.update(etat="5")
    Foyer.objects.update(reference_le=date(2025, 10, 31))
    constats = hypotheses_du_foyer(personne, AU).constats
    assert [c.libelle for c in constats if c.a_verifier] == ["État du droit", "Dernier fichier de ce foyer"]
    assert constats[0].valeur.startswith("Clos")


def test_un_enfant_n_a_pas_de_foyer_a_lui() -> None:
    foyer_transmis({"Ressources": ressources()}, enfants=[date(2006, 5, 1)])
    enfant = Personne.objects.get(date_naissance=date(2006, 5, 1))
    assert len(hypotheses_du_foyer(enfant, AU).hypotheses.adultes) == 1
    assert "Foyer" in origines(hypotheses_du_foyer(enfant, AU))


@pytest.mark.parametrize("enfants", [0, 6])
def test_le_nombre_de_lectures_ne_depend_pas_du_foyer(enfants: int, django_assert_max_num_queries: Any) -> None:
    personne = foyer_transmis({"Ressources": ressources()}, {}, enfants=[date(2012, 3, 1)] * enfants)[0]
    with memoire.lecture(), django_assert_max_num_queries(7):
        hypotheses_du_foyer(personne, AU)
