"""The proposal: the criteria of the day, explained, and what would change it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordee.metier.orientation.enums import Impact, MotifOrientation, NiveauFormation, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.regles import Proposition, Reponses, destination, variantes_de, voie_de
from cordee.metier.orientation.regles import proposer as proposer_selon
from cordee.metier.parcours.enums import Voie
from cordee.reglementation import criteres_orientation as criteres
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

S, N, T, G = SituationPro, NiveauFormation, ThemeDiagnostic, GenreOrganismeReferent
CRITERES = criteres.criteres_nationaux(date(2026, 11, 22))
TOUS_SANS = dict.fromkeys(T, Impact.AUCUN)


def proposer(reponses: Reponses) -> Proposition:
    return proposer_selon(reponses, CRITERES)


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
    assert (json["version"], json["reponses"]["situation_pro"]) == (CRITERES.version, str(reponses.situation_pro))
    assert not (p.categorie is G.MISSION_LOCALE and (reponses.age is None or reponses.age >= 26))


# What the rule may be told of a person -------------------------------------------------------------------------------
def test_the_rule_reads_eight_answers_and_nothing_else() -> None:
    """No sex, nationality, name, address, income nor health detail: they cannot be given to the rule at all."""
    assert {f.name for f in fields(Reponses)} == {
        "situation_pro", "niveau", "projection", "themes", "age", "travailleur_handicape", "rsa", "organisme_actuel",
    }  # fmt: skip


def test_the_codes_of_the_criteria_are_those_of_the_room() -> None:
    assert set(criteres.SITUATIONS) == {str(s) for s in S}
    assert set(criteres.NIVEAUX) == {str(n) for n in N}
    assert set(criteres.VOIES) == {str(v) for v in Voie}
    assert set(criteres.THEMES) == {str(t) for t in T}


@given(toutes)
def test_answers_kept_with_a_decision_are_read_back(reponses: Reponses) -> None:
    lues = Reponses.depuis_json(reponses.vers_json())
    assert destination(lues, CRITERES) == destination(reponses, CRITERES)


# The rule as it stood before it was data, written again by hand: results have not moved -----------------------
def voie_d_avant(r: Reponses) -> Voie:
    recente = r.situation_pro in (S.EN_ACTIVITE, S.DEUX_ANS)
    projetee = r.projection is True and r.niveau is not N.SANS
    forts = [t for t, impact in r.themes.items() if impact is Impact.FORT]
    faibles = [t for t, impact in r.themes.items() if impact is Impact.FAIBLE]
    if r.situation_pro is not S.EN_ACTIVITE and (len(forts) >= 3 or {*forts} & {T.SANTE, T.LOGEMENT, T.FAMILLE}):
        return Voie.SOCIAL
    if forts or len(faibles) > 1:
        return Voie.SOCIO_PRO
    return Voie.EMPLOI if recente or projetee else Voie.SOCIO_PRO


def organisme_d_avant(r: Reponses, voie: Voie) -> G:
    jeune = r.age is not None and r.age < 26
    convient = {
        G.MISSION_LOCALE: jeune, G.PLACEMENT_HANDICAP: r.travailleur_handicape, G.OPERATEUR_EMPLOI: voie is Voie.EMPLOI,
        G.CONSEIL_DEPARTEMENTAL: voie is not Voie.EMPLOI, G.DELEGATAIRE: voie is not Voie.EMPLOI,
    }  # fmt: skip
    if r.organisme_actuel is not None and convient[r.organisme_actuel]:
        return r.organisme_actuel
    if r.travailleur_handicape and voie is not Voie.SOCIAL:
        return G.PLACEMENT_HANDICAP
    if jeune and voie is not Voie.SOCIAL:
        return G.MISSION_LOCALE
    return G.OPERATEUR_EMPLOI if voie is Voie.EMPLOI else G.CONSEIL_DEPARTEMENTAL


@given(toutes)
def test_the_rule_as_data_gives_what_the_rule_as_code_gave(reponses: Reponses) -> None:
    voie = voie_d_avant(reponses)
    assert destination(reponses, CRITERES) == (voie, organisme_d_avant(reponses, voie))


# Properties -----------------------------------------------------------------------------------------------------------
POIDS = dict.fromkeys(Impact, 0) | {Impact.FAIBLE: 1, Impact.FORT: 2}
DISTANCE = {Voie.EMPLOI: 0, Voie.SOCIO_PRO: 1, Voie.SOCIAL: 2}
LOCAUX = st.sampled_from(
    [{}, {"forts_bloquants": 2}, {"faibles_toleres": 0}, {"faibles_toleres": 3, "delegataire": ["social"]},
     {"themes_bloquants": ["mobilite"], "delegataire": ["socio_pro", "social"]}]
)  # fmt: skip
regles = LOCAUX.map(lambda p: criteres.preciser(CRITERES, p, arrete="2026-1") if p else CRITERES)


@given(toutes, regles)
def test_every_set_of_answers_gives_one_proposal(reponses: Reponses, version: criteres.Criteres) -> None:
    p = proposer_selon(reponses, version)
    assert (p.voie, p.categorie) == destination(reponses, version)
    assert p == proposer_selon(reponses, version)
    assert p.version == version.version


@given(toutes, regles, st.sampled_from(T), st.sampled_from(Impact))
def test_a_heavier_difficulty_never_brings_nearer_to_employment(
    reponses: Reponses, version: criteres.Criteres, theme: ThemeDiagnostic, impact: Impact
) -> None:
    lourd = replace(reponses, themes={**reponses.themes, theme: impact})
    if POIDS[impact] >= POIDS[reponses.themes.get(theme, Impact.NON_ABORDE)]:
        assert DISTANCE[voie_de(lourd, version)] >= DISTANCE[voie_de(reponses, version)]


@given(toutes, regles)
def test_work_or_a_project_never_takes_away_from_employment(reponses: Reponses, version: criteres.Criteres) -> None:
    avant = DISTANCE[voie_de(reponses, version)]
    assert DISTANCE[voie_de(replace(reponses, projection=True), version)] <= avant
    assert DISTANCE[voie_de(replace(reponses, situation_pro=S.EN_ACTIVITE), version)] <= avant


@given(toutes, regles)
def test_what_would_change_it_changes_it_when_tried(reponses: Reponses, version: criteres.Criteres) -> None:
    actuelle = voie_de(reponses, version)
    variantes = variantes_de(reponses, version)
    for variante in variantes:
        assert variante.voie is not actuelle
        assert voie_de(variante.reponses, version) is variante.voie
        assert variante.voie.libelle.lower() in variante.phrase.lower()
    assert {v.phrase for v in variantes} == set(proposer_selon(reponses, version).ce_qui_changerait)
