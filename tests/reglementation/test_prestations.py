"""Euros of a month: housing deduction, what is due, what a measure takes under each regime (E21, E22)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.reglementation.autres_droits import PublicDroit, autres_droits, charger, droits_a_examiner
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.chargement import ReglesInvalides
from cordee.reglementation.montants import forfait_logement, rsa_du
from cordee.reglementation.prestations import MoisDu, MoisRetenu, Phase, retenues, trimestre_de_reference
from cordee.reglementation.regimes import Foyer, NatureMesure, ProjetMesure

D = Decimal


@pytest.mark.parametrize(
    ("au", "attendus"),
    [  # one, two, three persons or more: the published scale of each April
        (date(2020, 4, 1), ("67.77", "135.55", "167.74")),
        (date(2023, 4, 1), ("72.93", "145.86", "180.50")),
        (date(2024, 4, 1), ("76.29", "152.57", "188.81")),
        (date(2025, 4, 1), ("77.58", "155.16", "192.02")),
        (date(2026, 4, 1), ("78.20", "156.41", "193.55")),
    ],
)
def test_le_forfait_logement_de_chaque_annee(au: date, attendus: tuple[str, ...]) -> None:
    assert tuple(str(forfait_logement(personnes=n, au=au)) for n in (1, 2, 3)) == attendus
    assert forfait_logement(personnes=7, au=au) == D(attendus[2])


def test_un_foyer_vide_n_a_pas_de_forfait() -> None:
    with pytest.raises(ValueError, match="Foyer impossible"):
        forfait_logement(personnes=0, au=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("ressources", "attendu"),
    [("0", "573.49"), ("300", "273.49"), ("567.49", "6.00"), ("567.50", "0.00"), ("900", "0.00")],
)
def test_ce_qui_est_du_et_le_seuil_de_versement(ressources: str, attendu: str) -> None:
    du = rsa_du(adultes=1, enfants=0, au=date(2026, 11, 1), ressources=D(ressources), logement=D("78.20"))
    assert du == D(attendu)


def test_une_femme_enceinte_seule_est_majoree_sans_enfant() -> None:
    assert rsa_du(adultes=1, enfants=0, au=date(2026, 11, 1), majore=True) == D("836.85")


def test_le_trimestre_de_reference_se_decale_en_mars_2025() -> None:
    assert trimestre_de_reference(date(2025, 2, 1))[-1] == date(2025, 1, 1)
    assert trimestre_de_reference(date(2025, 4, 15)) == (date(2024, 12, 1), date(2025, 1, 1), date(2025, 2, 1))


def foyer_de(debut: date, dus: list[str], foyers: list[Foyer]) -> list[MoisDu]:
    return [
        MoisDu(mois=ajouter_mois(debut, n), du=D(du), foyer=foyer)
        for n, (du, foyer) in enumerate(zip(dus, foyers, strict=True))
    ]


def mesure(debut: date, mois: int, *, part: str | None = None, montant: str | None = None) -> ProjetMesure:
    return ProjetMesure(
        nature=NatureMesure.SUSPENSION, quotite=D(part) if part else None, montant=D(montant) if montant else None,
        mois=mois, debut=debut,
    )  # fmt: skip


def retires(lignes: tuple[MoisRetenu, ...]) -> list[str]:
    return [str(ligne.retenue) for ligne in lignes if ligne.phase is Phase.PENDANT]


def test_depuis_2025_la_part_porte_sur_chaque_mois() -> None:
    """The majoration ends in the middle of the measure: the same share is fewer euros from then on."""
    majoree, seule_avec_enfant = Foyer(2, majore=True), Foyer(2)
    mois = foyer_de(date(2026, 9, 1), ["959.39", "959.39", "821.13", "821.13"],
                    [majoree, majoree, seule_avec_enfant, seule_avec_enfant])  # fmt: skip
    lignes = retenues(mesure(date(2026, 10, 1), 2, part="0.4"), mois, regime_retenu="NAT-2025")
    assert [ligne.phase.value for ligne in lignes] == ["avant", "pendant", "pendant", "apres"]
    assert retires(lignes) == ["383.75", "328.45"]
    assert not any(ligne.plafonnee for ligne in lignes)


def test_avant_juin_2025_la_part_porte_sur_le_dernier_mois_du_trimestre() -> None:
    """Same household, same share, old regime: the base is what was due for January (M-2 of March 2025)."""
    mois = foyer_de(date(2025, 1, 1), ["900.00", "500.00", "800.00", "200.00", "800.00"], [Foyer(1)] * 5)
    lignes = retenues(mesure(date(2025, 3, 1), 2, part="0.5"), mois, regime_retenu="NAT-2012")
    assert retires(lignes) == ["450.00", "200.00"]  # never more than what is due that month
    assert [str(ligne.verse) for ligne in lignes] == ["900.00", "500.00", "350.00", "0.00", "800.00"]


def test_avant_mars_2025_le_dernier_mois_est_le_precedent() -> None:
    mois = foyer_de(date(2024, 9, 1), ["400.00", "600.00", "600.00"], [Foyer(1)] * 3)
    assert retires(retenues(mesure(date(2024, 11, 1), 1, part="0.5"), mois, regime_retenu="NAT-2012")) == ["300.00"]


def test_une_naissance_pendant_une_suspension_totale_la_ramene_a_la_moitie() -> None:
    mois = foyer_de(date(2026, 9, 1), ["573.49", "573.49", "653.65", "653.65"],
                    [Foyer(1), Foyer(1), Foyer(2, majore=True), Foyer(1)])  # fmt: skip
    lignes = retenues(mesure(date(2026, 10, 1), 3, part="1"), mois, regime_retenu="NAT-2025")
    assert retires(lignes) == ["573.49", "326.82", "326.82"]  # a departure never raises it again
    assert [ligne.plafonnee for ligne in lignes] == [False, False, True, True]


def test_la_moitie_ne_prend_jamais_plus_que_la_moitie() -> None:
    lignes = retenues(mesure(date(2026, 10, 1), 1, part="0.5"),
                      foyer_de(date(2026, 10, 1), ["513.49"], [Foyer(2)]), regime_retenu="NAT-2025")  # fmt: skip
    assert (lignes[0].retenue, lignes[0].verse) == (D("256.74"), D("256.75"))


def test_en_2009_la_mesure_est_un_montant() -> None:
    mois = foyer_de(date(2010, 3, 1), ["460.09", "80.00"], [Foyer(1)] * 2)
    assert retires(retenues(mesure(date(2010, 3, 1), 2, montant="100"), mois, regime_retenu="NAT-2009")) == [
        "100",
        "80.00",
    ]


@given(
    st.lists(st.tuples(st.decimals(0, 2000, places=2), st.integers(1, 6), st.booleans()), min_size=1, max_size=6),
    st.decimals("0.01", 1, places=2), st.integers(0, 3), st.integers(1, 4),
    st.sampled_from(["NAT-2012", "NAT-2012-TRANS", "NAT-2025"]),
)  # fmt: skip
def test_jamais_plus_que_le_du_ni_que_le_plafond(
    mois: list[tuple[Decimal, int, bool]], part: Decimal, debut: int, duree: int, regime: str
) -> None:
    """Whatever the households and the amounts: nothing is taken outside the measure, above what is due, or, since
    2025, above half of the month for a household that is protected.
    """
    premier = date(2026, 1, 1)
    dus = [
        MoisDu(mois=ajouter_mois(premier, n), du=du, foyer=Foyer(personnes, majore=majore))
        for n, (du, personnes, majore) in enumerate(mois)
    ]
    projet = mesure(ajouter_mois(premier, debut), duree, part=str(part))
    for ligne, du in zip(retenues(projet, dus, regime_retenu=regime), dus, strict=True):
        assert D(0) <= ligne.retenue <= du.du
        assert ligne.verse + ligne.retenue == du.du
        if ligne.phase is not Phase.PENDANT:
            assert ligne.retenue == 0
        elif regime == "NAT-2025" and (du.foyer.personnes > 1 or du.foyer.majore):
            assert ligne.retenue * 2 <= du.du


def test_une_mesure_sans_part_ni_montant_est_refusee() -> None:
    with pytest.raises(ValueError, match="part ou un montant"):
        retenues(
            mesure(date(2026, 1, 1), 1), foyer_de(date(2026, 1, 1), ["600.00"], [Foyer(1)]), regime_retenu="NAT-2025"
        )


# Other rights -------------------------------------------------------------------------------------------------------
def test_les_autres_droits_demandes_par_les_textes_sont_la() -> None:
    noms = {droit.id for droit in autres_droits()}
    assert {"prime_activite", "complementaire_sante", "aide_logement", "soutien_familial"} <= noms
    assert all(droit.question.endswith(("?", ".", ")")) and droit.reference for droit in autres_droits())


def test_rien_n_est_laisse_de_cote_et_les_concernes_viennent_d_abord() -> None:
    droits = droits_a_examiner([PublicDroit.PROCHE_RETRAITE])
    assert set(droits) == set(autres_droits())
    rangs = [bool(d.pour & {PublicDroit.TOUS, PublicDroit.PROCHE_RETRAITE}) for d in droits]
    assert rangs == sorted(rangs, reverse=True)


@pytest.mark.parametrize(
    ("champs", "message"),
    [({"pour": ["voisins"]}, "voisins"), ({"question": ""}, "« question » manque"), ({"montant": 3}, "clé inconnue")],
)
def test_une_fiche_de_droit_fausse_arrete_le_chargement(champs: dict[str, object], message: str) -> None:
    fiche = {
        "id": "x", "libelle": "X", "phrase": "X.", "question": "X ?", "demarche": "X.", "organisme": "CAF",
        "reference": "CSS L1", "confiance": "haute", "pour": ["tous"],
    }  # fmt: skip
    with pytest.raises(ReglesInvalides, match=message):
        charger([fiche | champs])


def test_deux_droits_du_meme_nom_sont_refuses() -> None:
    fiche = {
        "id": "x", "libelle": "X", "phrase": "X.", "question": "X ?", "demarche": "X.", "organisme": "CAF",
        "reference": "CSS L1", "confiance": "haute", "pour": ["tous"],
    }  # fmt: skip
    with pytest.raises(ReglesInvalides, match="déjà pris"):
        charger([fiche, fiche])
