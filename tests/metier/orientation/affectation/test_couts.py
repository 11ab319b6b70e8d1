"""What each choice costs and what is forbidden: sector, public, trade, convention, conflict, continuity."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cordee.metier.organismes.enums import PublicSecteur, RoleAgent, TypeStructure
from cordee.metier.orientation.affectation.couts import Couts
from cordee.metier.orientation.affectation.enums import Critere as C
from cordee.metier.orientation.affectation.enums import MotifSansSolution, Specialite
from cordee.metier.orientation.affectation.probleme import Demande, Maison, Poste
from cordee.metier.orientation.affectation.raisons import phrase, raisons_de
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.organismes_referents import GenreOrganismeReferent as Genre
from tests.metier.orientation.affectation.problemes import COMMUNES, ccas, demande, maison, poste, probleme

ICI, LA = COMMUNES[:2]
FAMILLE = PublicSecteur.AVEC_ENFANT


def _detail(d: Demande, m: Maison, p: Poste, *autres: Maison) -> dict[C, int] | None:
    couts = Couts(probleme([d], [m, *autres], [p]))
    return couts.detail(d, couts.postes[0])


@pytest.mark.parametrize(
    ("d", "m", "attendu"),
    [
        (demande(structure=1), maison(1), {}),
        (demande(structure=2), maison(1), {C.CHANGEMENT: 40}),
        (demande(structure=2, acquise=True), maison(1), {C.CHANGEMENT: 80}),
        (demande(structure=2, refusee=True), maison(1), {}),
        (demande(structure=1, refusee=True), maison(1), None),
        (demande(structure=1, commune=LA), maison(1), {C.DISTANCE: 6, C.SECTEUR: 10}),
        (demande(structure=None), maison(1, empechement="n'a pas de convention en cours"), None),
        (demande(structure=None, categorie=Genre.MISSION_LOCALE), maison(1), None),
        (demande(structure=1, structures_exclues=frozenset({1})), maison(1), None),
        (demande(structure=1, accessible=True), maison(1), {C.ACCESSIBILITE: 8}),
        (demande(structure=1, accessible=True), maison(1, accessible=False), {C.ACCESSIBILITE: 60}),
        (demande(structure=1, accessible=True), maison(1, accessible=True), {}),
    ],
)  # fmt: skip
def test_structures(d: Demande, m: Maison, attendu: dict[C, int] | None) -> None:
    autre = maison(2, commune=LA, sert=frozenset({(LA, PublicSecteur.TOUS)}))
    assert _detail(d, m, poste(structure=m.id), autre) == attendu


@pytest.mark.parametrize(
    ("public", "commune", "recoit"),
    [(PublicSecteur.ISOLES, ICI, True), (FAMILLE, ICI, False), (PublicSecteur.ISOLES, LA, False)],
)
def test_a_ccas_receives_people_without_children_of_its_commune(
    public: PublicSecteur, commune: str, recoit: bool
) -> None:
    d = demande(structure=None, public=public, commune=commune)
    autres = maison(1), maison(2)
    assert (_detail(d, ccas(3, ICI), poste(structure=3), *autres) is not None) is recoit


def test_a_commune_without_ccas_falls_back_to_its_sector_and_says_so() -> None:
    """Twelve communes of 47 have neither CCAS nor association under convention."""
    d = demande(structure=None, commune=LA)
    couts = Couts(probleme([d], [maison(2), ccas(3, ICI)], [poste(structure=2)]))
    codes = [r["code"] for r in raisons_de(couts, d, 0)]
    assert "repli" in codes
    assert "secteur" not in codes
    assert "ni CCAS ni association" in phrase({"code": "repli", "commune": LA})
    assert "repli" not in [r["code"] for r in raisons_de(couts, replace(d, public=FAMILLE), 0)]


@pytest.mark.parametrize(
    ("besoin", "equipe", "points"),
    [
        (Specialite.JEUNES, Specialite.JEUNES, 0), (None, Specialite.JEUNES, None),
        (Specialite.CREATEURS, Specialite.JEUNES, None), (Specialite.JEUNES, None, 8), (None, None, 0),
    ],
)  # fmt: skip
def test_a_specialised_team_keeps_its_places(
    besoin: Specialite | None, equipe: Specialite | None, points: int | None
) -> None:
    m = maison(1, type=TypeStructure.EQUIPE_SPECIALISEE, sert=frozenset(), departementale=True, specialite=equipe)
    detail = _detail(demande(structure=None, specialite=besoin), m, poste())
    assert (None if detail is None else detail.get(C.SPECIALITE, 0)) == points


@pytest.mark.parametrize(
    ("d", "p", "attendu"),
    [
        (demande(voie=Voie.SOCIAL), poste(role=RoleAgent.REFERENT), {C.METIER: 12}),
        (demande(voie=Voie.SOCIAL), poste(role=RoleAgent.TRAVAILLEUR_SOCIAL), {}),
        (demande(voie=Voie.EMPLOI), poste(role=RoleAgent.TRAVAILLEUR_SOCIAL), {C.METIER: 12}),
        (demande(langue="turc", interprete=True), poste(), {C.LANGUE: 10}),
        (demande(langue="turc", interprete=True), poste(langues=frozenset({"turc"})), {}),
        (demande(langue="turc"), poste(), {}),
        (demande(agents_exclus=frozenset({101})), poste(101), None),
        (demande(lecteurs=frozenset({102})), poste(101), None),
        (demande(lecteurs=frozenset({101})), poste(101), {}),
        (demande(), poste(empechement="absent"), None),
        (demande(), poste(specialites=frozenset({Specialite.JEUNES})), {C.SPECIALITE: 24}),
    ],
)
def test_agents(d: Demande, p: Poste, attendu: dict[C, int] | None) -> None:
    assert _detail(d, maison(1), p) == attendu


def test_a_former_referent_counts_only_while_she_can_receive() -> None:
    d = demande(anciens=frozenset({102}))
    for place, attendu in ((1, {C.CONTINUITE: 20}), (0, {})):
        couts = Couts(probleme([d], [maison(1)], [poste(101), poste(102, places=place)]))
        assert couts.detail(d, couts.postes[0]) == attendu
        assert couts.detail(d, couts.postes[1]) == {}


@pytest.mark.parametrize(
    ("d", "maisons", "postes", "motif"),
    [
        (demande(commune="", structure=None), [maison(2)], [poste(structure=2)], MotifSansSolution.HORS_SECTEUR),
        (demande(commune="75056", structure=None), [maison(2)], [poste(structure=2)], MotifSansSolution.HORS_SECTEUR),
        (demande(), [maison(1, empechement="fermée")], [poste()], MotifSansSolution.CONVENTION),
        (demande(), [maison(1)], [poste(empechement="absent")], MotifSansSolution.SANS_REFERENT),
        (demande(agents_exclus=frozenset({101})), [maison(1)], [poste()], MotifSansSolution.CONFLIT),
        (demande(structures_exclues=frozenset({1})), [maison(1)], [poste()], MotifSansSolution.CONFLIT),
        (demande(lecteurs=frozenset()), [maison(1)], [poste()], MotifSansSolution.SENSIBLE),
        (demande(structure=None, categorie=Genre.MISSION_LOCALE), [maison(1)], [poste()],
         MotifSansSolution.SANS_STRUCTURE),
    ],
)  # fmt: skip
def test_why_nobody(d: Demande, maisons: list[Maison], postes: list[Poste], motif: MotifSansSolution) -> None:
    assert Couts(probleme([d], maisons, postes)).motif(d) is motif
