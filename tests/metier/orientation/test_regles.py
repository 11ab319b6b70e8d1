"""The proposal: national criteria, explained, and what would change it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.orientation.enums import Impact, MotifOrientation, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.regles import VERSION, Reponses, proposer
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

S, N, T, G = SituationPro, NiveauFormation, ThemeDiagnostic, GenreOrganismeReferent
TOUS_SANS = dict.fromkeys(T, Impact.AUCUN)


def dire(situation: SituationPro = S.DEUX_ANS, niveau: NiveauFormation = N.BAC, **reste: Any) -> Reponses:
    themes = {**TOUS_SANS, **reste.pop("themes", {})}
    return Reponses(situation_pro=situation, niveau=niveau, themes=themes, **reste)


@pytest.mark.parametrize(
    ("reponses", "voie"),
    [
        pytest.param(dire(), Voie.EMPLOI, id="recent work"),
        pytest.param(dire(S.JAMAIS, N.SUPERIEUR, projection=True), Voie.EMPLOI, id="qualified with a project"),
        pytest.param(dire(S.JAMAIS, N.SANS, projection=True), Voie.SOCIO_PRO, id="a project without qualification"),
        pytest.param(dire(S.PLUS_DEUX_ANS, N.BAC), Voie.SOCIO_PRO, id="far from work, no project"),
        pytest.param(dire(themes={T.MOBILITE: Impact.FAIBLE}), Voie.EMPLOI, id="one light difficulty"),
        pytest.param(
            dire(themes={T.MOBILITE: Impact.FAIBLE, T.NUMERIQUE: Impact.FAIBLE}), Voie.SOCIO_PRO, id="two light ones"
        ),
        pytest.param(dire(themes={T.MOBILITE: Impact.FORT}), Voie.SOCIO_PRO, id="a strong one to treat meanwhile"),
        pytest.param(dire(themes={T.LOGEMENT: Impact.FORT}), Voie.SOCIAL, id="no home"),
        pytest.param(dire(S.EN_ACTIVITE, themes={T.LOGEMENT: Impact.FORT}), Voie.SOCIO_PRO, id="no home, at work"),
        pytest.param(
            dire(themes={T.MOBILITE: Impact.FORT, T.LANGUE: Impact.FORT, T.FINANCES: Impact.FORT}),
            Voie.SOCIAL, id="three strong ones",
        ),
    ],
)  # fmt: skip
def test_the_path(reponses: Reponses, voie: Voie) -> None:
    assert proposer(reponses).voie is voie


@pytest.mark.parametrize(
    ("reponses", "categorie", "motif"),
    [
        pytest.param(dire(), G.OPERATEUR_EMPLOI, None, id="employment"),
        pytest.param(dire(themes={T.MOBILITE: Impact.FORT}), G.CONSEIL_DEPARTEMENTAL, None, id="socio-professional"),
        pytest.param(dire(age=25), G.MISSION_LOCALE, MotifOrientation.AGE, id="under 26"),
        pytest.param(dire(age=26), G.OPERATEUR_EMPLOI, None, id="26"),
        pytest.param(dire(age=22, themes={T.SANTE: Impact.FORT}), G.CONSEIL_DEPARTEMENTAL, None, id="young, social"),
        pytest.param(
            dire(travailleur_handicape=True), G.PLACEMENT_HANDICAP, MotifOrientation.HANDICAP, id="disabled worker"
        ),
        pytest.param(
            dire(themes={T.MOBILITE: Impact.FORT}, organisme_actuel=G.DELEGATAIRE), G.DELEGATAIRE,
            MotifOrientation.CONTINUITE, id="continuity",
        ),
        pytest.param(dire(organisme_actuel=G.DELEGATAIRE), G.OPERATEUR_EMPLOI, None, id="continuity does not fit"),
        pytest.param(dire(age=30, organisme_actuel=G.MISSION_LOCALE), G.OPERATEUR_EMPLOI, None, id="no longer young"),
    ],
)  # fmt: skip
def test_the_body(reponses: Reponses, categorie: G, motif: MotifOrientation | None) -> None:
    p = proposer(reponses)
    assert p.categorie is categorie
    assert motif is None or motif in p.motifs


def test_what_would_change_it_is_true() -> None:
    p = proposer(dire(S.JAMAIS, N.BAC, themes={T.LOGEMENT: Impact.FORT, T.MOBILITE: Impact.FAIBLE}))
    assert p.voie is Voie.SOCIAL
    assert p.ce_qui_changerait == ("Si la difficulté « Logement » était levée : parcours socio-professionnel.",)
    sans = proposer(dire(S.JAMAIS, N.BAC, themes={T.MOBILITE: Impact.FAIBLE}))
    assert sans.voie is Voie.SOCIO_PRO
    assert sans.ce_qui_changerait == (
        "Si la personne se projetait dans un emploi à court terme : parcours emploi.",
        "Si la personne avait travaillé dans les deux dernières années : parcours emploi.",
    )


def test_themes_not_discussed_are_said() -> None:
    p = proposer(Reponses(situation_pro=S.DEUX_ANS, niveau=N.BAC, themes={t: Impact.AUCUN for t in T if t != T.SANTE}))
    assert "Aucune difficulté n'est signalée parmi les thèmes abordés." in p.raisons
    assert p.ce_qui_changerait == (
        "Si une difficulté importante apparaissait dans un thème non abordé (santé) : parcours d'insertion sociale.",
    )


toutes = st.builds(
    Reponses,
    situation_pro=st.sampled_from(S),
    niveau=st.sampled_from(N),
    projection=st.sampled_from([None, True, False]),
    themes=st.dictionaries(st.sampled_from(T), st.sampled_from(Impact)),
    age=st.one_of(st.none(), st.integers(16, 70)),
    travailleur_handicape=st.booleans(),
    organisme_actuel=st.one_of(st.none(), st.sampled_from(G)),
)


@given(toutes)
def test_every_proposal_is_explained(reponses: Reponses) -> None:
    p = proposer(reponses)
    assert p.motifs, "a decision that follows the proposal needs a coded reason"
    assert len(p.raisons) >= 3
    for phrase in (*p.raisons, *p.ce_qui_changerait):
        assert phrase[0].isupper()
        assert phrase.endswith(".")
    assert all(p.voie.libelle.lower() not in phrase.lower() for phrase in p.ce_qui_changerait)
    json = p.vers_json()
    assert (json["version"], json["reponses"]["situation_pro"]) == (VERSION, str(reponses.situation_pro))
    assert not (p.categorie is G.MISSION_LOCALE and (reponses.age is None or reponses.age >= 26))
