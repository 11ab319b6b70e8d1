"""Certain reception, means of sending, addresses and the wording of delays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.courriers import regles
from cordee.metier.courriers.enums import EtatRemise as E
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.enums import MoyenRemise as M
from cordee.metier.courriers.regles import (
    INSECABLE,
    KIND_COURRIER,
    LARGEUR_LIGNE,
    LIGNES_MAXIMUM,
    MOYENS_A_DATE_CERTAINE,
    SUITES,
    AdresseIllisible,
    EtatDate,
    PointDeDepart,
    bloc_adresse,
    date_certaine,
    date_fr,
    date_heure_fr,
    delais_du_courrier,
    durees_enoncees,
    ecarts_de_delais,
    moyens_admis,
    peut_suivre,
    point_de_depart,
)
from cordee.reglementation.delais import DelaiInconnu
from cordee.socle.horloge import PARIS

ENVOI, AVIS, FIN = date(2026, 2, 10), date(2026, 2, 12), date(2026, 2, 28)


def suite(*etats: tuple[E, date]) -> list[EtatDate]:
    return [EtatDate(etat, le) for etat, le in etats]


@pytest.mark.parametrize(
    ("etats", "attendue"),
    [
        ([], None),
        ([(E.ENVOYEE, ENVOI)], None),
        ([(E.ENVOYEE, ENVOI), (E.PRESENTEE, AVIS)], None),
        ([(E.ENVOYEE, ENVOI), (E.RECUE, AVIS)], AVIS),
        ([(E.ENVOYEE, ENVOI), (E.PRESENTEE, AVIS), (E.RECUE, FIN)], FIN),
        ([(E.ENVOYEE, ENVOI), (E.PRESENTEE, AVIS), (E.NON_RECLAMEE, FIN)], AVIS),
        ([(E.PRESENTEE, FIN), (E.PRESENTEE, AVIS), (E.NON_RECLAMEE, FIN + timedelta(9))], AVIS),
        ([(E.ENVOYEE, ENVOI), (E.NON_RECLAMEE, FIN)], None),
        ([(E.ENVOYEE, ENVOI), (E.PRESENTEE, AVIS), (E.REFUSEE, FIN)], AVIS),
        ([(E.ENVOYEE, ENVOI), (E.REFUSEE, AVIS)], AVIS),
        ([(E.ENVOYEE, ENVOI), (E.PRESENTEE, AVIS), (E.NPAI, FIN)], None),
    ],
)
def test_date_certaine_d_une_recommandee(etats: list[tuple[E, date]], attendue: date | None) -> None:
    """E11: reception; first presentation when unclaimed or refused; nothing when the address is wrong."""
    assert date_certaine(suite(*etats)) == attendue
    assert date_certaine(suite(*reversed(etats)), moyen=M.LRE) == attendue


@pytest.mark.parametrize("moyen", [M.SMS, M.COURRIEL, M.LETTRE_SIMPLE])
def test_un_message_ordinaire_ne_notifie_jamais(moyen: M) -> None:
    recu = suite((E.ENVOYEE, ENVOI), (E.RECUE, AVIS))
    assert date_certaine(recu, moyen=moyen) is None
    assert point_de_depart(recu, moyen=moyen) == PointDeDepart(le=ENVOI, certaine=False)


@pytest.mark.parametrize("moyen", [M.REMISE_MAIN_PROPRE, M.ESPACE_PERSONNEL])
def test_remise_directe_seule_la_reception_compte(moyen: M) -> None:
    assert date_certaine(suite((E.RECUE, AVIS)), moyen=moyen) == AVIS
    assert date_certaine(suite((E.PRESENTEE, AVIS), (E.REFUSEE, AVIS)), moyen=moyen) is None
    assert date_certaine(suite((E.PRESENTEE, AVIS), (E.NON_RECLAMEE, FIN)), moyen=moyen) is None


def test_point_de_depart() -> None:
    assert point_de_depart([]) is None
    assert point_de_depart(suite((E.ENVOYEE, ENVOI), (E.RECUE, AVIS))) == PointDeDepart(le=AVIS, certaine=True)
    assert point_de_depart(suite((E.ENVOYEE, ENVOI), (E.NPAI, FIN))) is None


@given(
    st.lists(st.tuples(st.sampled_from(E), st.dates(date(2025, 1, 1), date(2027, 1, 1))), max_size=6),
    st.sampled_from(M),
)
def test_une_date_certaine_est_toujours_un_fait_note(etats: list[tuple[E, date]], moyen: M) -> None:
    """Never an invented day, never the day of sending alone, never without a final state."""
    certaine = date_certaine(suite(*etats), moyen=moyen)
    if certaine is not None:
        assert certaine in {le for etat, le in etats if etat in (E.RECUE, E.PRESENTEE, E.REFUSEE)}
        assert any(etat.final for etat, _ in etats)
        assert moyen in MOYENS_A_DATE_CERTAINE
        depart = point_de_depart(suite(*etats), moyen=moyen)
        assert depart == PointDeDepart(le=certaine, certaine=True)


def test_suites_des_etats() -> None:
    assert set(SUITES) == {None, *E}
    for etat in E:
        assert bool(SUITES[etat]) is not etat.final
        assert not peut_suivre(etat, E.ENVOYEE)
    assert peut_suivre(None, E.RECUE)
    assert peut_suivre(E.PRESENTEE, E.NON_RECLAMEE)
    assert not peut_suivre(E.RECUE, E.NPAI)


def test_table_des_courriers() -> None:
    assert set(KIND_COURRIER) == set(GenreCourrier)
    for genre, regle in KIND_COURRIER.items():
        assert regle.genre is genre
        assert regle.moyens
        if regle.exige_date_certaine:
            assert regle.moyens <= MOYENS_A_DATE_CERTAINE
        for mot in ("RSA", "sanction", "revenu", "allocation"):
            assert mot.lower() not in regle.titre.lower()
        discrets = moyens_admis(genre, contact_discret=True)
        assert discrets
        assert not discrets & {M.LRAR, M.LETTRE_SIMPLE, M.SMS, M.COURRIEL, M.LRE}
        assert discrets <= moyens_admis(genre)
    assert KIND_COURRIER[GenreCourrier.NOTIFICATION_ORIENTATION].exige_date_certaine


def test_delais_du_courrier() -> None:
    genre = GenreCourrier.NOTIFICATION_ORIENTATION
    en_vigueur = delais_du_courrier(genre, au=date(2026, 2, 17), avec=["contrat_engagement"])
    assert en_vigueur["contrat_engagement"] == "1 mois"
    assert en_vigueur["recours_prealable"] == "2 mois"
    assert "contrat_engagement" not in delais_du_courrier(genre, au=date(2026, 2, 17))
    assert (
        delais_du_courrier(genre, au=date(2024, 2, 17), avec=["contrat_engagement"])["contrat_engagement"] == "2 mois"
    )
    with pytest.raises(ValueError, match="does not state"):
        delais_du_courrier(GenreCourrier.CONVOCATION, au=date(2026, 2, 17), avec=["contrat_engagement"])
    with pytest.raises(DelaiInconnu):
        delais_du_courrier(genre, au=date(1999, 1, 1))


def test_un_objectif_ne_s_ecrit_pas_dans_une_lettre(monkeypatch: pytest.MonkeyPatch) -> None:
    """E08: an objective is never cited as an obligation, whatever the table asks."""
    genre = GenreCourrier.CONVOCATION
    faute = {**KIND_COURRIER, genre: replace(KIND_COURRIER[genre], delais=("convoquer",))}
    monkeypatch.setattr(regles.genres, "KIND_COURRIER", faute)
    with pytest.raises(ValueError, match="objective"):
        delais_du_courrier(genre, au=date(2026, 2, 17))


# --------------------------------------------------------------------------- words
def test_dates_en_francais() -> None:
    assert date_fr(date(2026, 3, 1)) == "dimanche 1er mars 2026"
    assert date_fr(date(2026, 12, 31), avec_jour=False) == "31 décembre 2026"
    assert (
        date_heure_fr(datetime(2026, 2, 17, 14, 30, tzinfo=PARIS))
        == f"mardi 17 février 2026 à 14{INSECABLE}h{INSECABLE}30"
    )


@pytest.mark.parametrize(
    ("texte", "attendues"),
    [
        ("dans un délai d'un mois", {(1, "mois")}),
        ("Vous avez 2\u00a0mois, ou dix jours ouvrés.", {(2, "mois"), (10, "jour ouvré")}),
        ("six semaines et 1 an", {(6, "semaine"), (1, "an")}),
        ("le 17 mars 2026 à 9 h, 15 heures par semaine, chaque mois", set()),
        ("94000 Créteil, 2 moissons, un anniversaire", set()),
    ],
)
def test_durees_enoncees(texte: str, attendues: set[tuple[int, str]]) -> None:
    assert durees_enoncees(texte) == attendues


def test_ecarts_de_delais() -> None:
    attendus = {"recours_prealable": "2 mois", "contradictoire": "10 jours"}
    assert ecarts_de_delais("deux mois, puis 10 jours", attendus) == []
    assert len(ecarts_de_delais("deux mois", attendus)) == 1
    assert len(ecarts_de_delais("2 mois, 10 jours et 3 semaines", attendus)) == 1
    assert ecarts_de_delais("rien", {"regle": "bientôt"}) == ["« regle » (bientôt) manque"]


# --------------------------------------------------------------------------- addresses
def test_adresse_domiciliee_longue() -> None:
    lignes = bloc_adresse(
        destinataire="Mme  Marie-Élisabeth de La Tour d’Auvergne-Lauraguais",
        chez="Centre communal d'action sociale de Saint-Maur",
        voie="123 bis, avenue du Président Franklin Delano Roosevelt",
        code_postal="94100",
        commune="Saint-Maur-des-Fossés",
    )
    assert lignes[0].startswith("Mme Marie-Élisabeth")
    assert lignes[-1] == "94100 SAINT-MAUR-DES-FOSSES"
    assert any(ligne.startswith("123 BIS AV DU PDT FRANKLIN") for ligne in lignes)
    assert all(len(ligne) <= LARGEUR_LIGNE for ligne in lignes)


def test_adresse_courte_sans_abreviation() -> None:
    assert bloc_adresse(
        destinataire="M. Œdipe Exemple", voie="4, allée des Œillets", lieu_dit="Île d'Amour", code_postal="94000",
        commune="Créteil", pays="France",
    ) == ["M. Œdipe Exemple", "4 ALLEE DES OEILLETS", "ILE D'AMOUR", "94000 CRETEIL", "FRANCE"]  # fmt: skip


@pytest.mark.parametrize("manque", ["destinataire", "commune"])
def test_adresse_incomplete(manque: str) -> None:
    complete = {"destinataire": "M. Exemple", "voie": "1 rue X", "code_postal": "", "commune": "Créteil"}
    with pytest.raises(AdresseIllisible, match="incomplète"):
        bloc_adresse(**{**complete, manque: " "})


def test_adresse_trop_haute() -> None:
    with pytest.raises(AdresseIllisible, match="raccourcissez"):
        bloc_adresse(destinataire="M. " + "Nom " * 60, code_postal="94000", commune="Créteil")


mots = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=30)


@given(destinataire=mots, chez=mots, batiment=mots, voie=mots, commune=mots)
def test_adresse_toujours_dans_la_fenetre(destinataire: str, chez: str, batiment: str, voie: str, commune: str) -> None:
    try:
        lignes = bloc_adresse(
            destinataire=destinataire, chez=chez, batiment=batiment, voie=voie, code_postal="94000", commune=commune
        )
    except AdresseIllisible:
        return
    assert 2 <= len(lignes) <= LIGNES_MAXIMUM
    assert all(ligne.strip() and len(ligne) <= LARGEUR_LIGNE for ligne in lignes)
