"""People of a cohort one by one: when and why they left, where they stand each month, what they waited for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cordee.metier.parcours.enums import GenreEvenement as E
from cordee.metier.personnes.models import DroitFoyer, DroitPersonne, Personne
from cordee.pilotage.cohortes import requetes
from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible
from cordee.pilotage.cohortes.enums import EtatMois, Origine
from cordee.pilotage.lac.lecture import Session
from cordee.pilotage.lac.pseudonymes import pseudonymes_de
from tests import fabriques as f
from tests.pilotage import gens
from tests.pilotage.conftest import Lac

pytestmark = pytest.mark.django_db
ENTREE = date(2023, 1, 31)
JANVIER = Definition(du="2023-01", au="2023-01", horizon=24)
ETATS = [e.value for e in EtatMois]


def changer(personne: Personne, le: date, etat: str, motif: str = "") -> None:
    """The right of her household changes that day."""
    droit = DroitFoyer.objects.filter(foyer__appartenances__personne=personne, fin=None).get()
    droit.fin = le
    droit.save()
    DroitFoyer.objects.create(foyer=droit.foyer, etat=etat, motif=motif, debut=le)


def pause(personne: Personne, sortie: date, retour: date | None = None) -> None:
    """She is not subject from one day to another."""
    droit = DroitPersonne.objects.filter(personne=personne, fin=None).get()
    droit.fin = sortie
    droit.save()
    if retour:
        DroitPersonne.objects.create(personne=personne, foyer=droit.foyer, sdd=True, debut=retour)


def entree() -> Personne:
    return gens.soumise(depuis=ENTREE, demande_le=date(2023, 1, 10))


@pytest.fixture(autouse=True)
def photos(lac: Lac) -> Personne:
    """Files have come from December 2021 to January 2026: an exit can be judged until December 2025."""
    gens.soumise(depuis=date(2026, 1, 31))
    return gens.soumise()


@pytest.fixture
def monde(lac: Lac) -> dict[str, Personne]:
    """Everybody of January 2023, by what happens to her."""
    qui = {nom: entree() for nom in (
        "reste", "emploi", "activite", "ressources", "papiers", "ressources_suspendues", "demenagement", "deces",
        "non_soumise", "decision", "inconnue", "un_mois", "revient",
    )}  # fmt: skip
    juin = date(2023, 6, 30)
    changer(qui["emploi"], juin, "5", "RFD")
    gens.fait(qui["emploi"], E.CLOTURE_DECIDEE, date(2023, 7, 20), suite="suivi_emploi")
    gens.fait(qui["activite"], E.SITUATION_PARTICULIERE, date(2023, 5, 3), etat="en_emploi_partiel")
    pause(qui["activite"], juin)
    changer(qui["ressources"], juin, "5", "RFD")
    for nom, motif in (("papiers", "06"), ("ressources_suspendues", "01")):
        changer(qui[nom], date(2023, 2, 28), "4", motif)
        changer(qui[nom], juin, "5", "ECH")
    changer(qui["demenagement"], juin, "5", "MUT")
    Personne.objects.filter(pk=qui["deces"].pk).update(deces_le=date(2023, 6, 12))
    pause(qui["deces"], juin)
    pause(qui["non_soumise"], juin)
    changer(qui["decision"], juin, "5", "PCG")
    DroitFoyer.objects.filter(foyer__appartenances__personne=qui["inconnue"]).update(fin=juin)
    pause(qui["un_mois"], date(2023, 5, 31), juin)
    pause(qui["revient"], juin, date(2023, 11, 30))
    return qui


@pytest.fixture
def suivies(lac: Lac, monde: dict[str, Personne]) -> Iterator[tuple[Session, dict[str, int]]]:
    """The cohort followed, and the number of each in the lake."""
    manifeste = lac.manifeste
    numeros = pseudonymes_de(p.pk for p in monde.values())
    with requetes.session(manifeste) as session:
        requetes.choisir(session, JANVIER, requetes.fenetre(manifeste))
        requetes.suivre(session)
        yield session, {nom: numeros[p.pk] for nom, p in monde.items()}


def lire(session: Session, sql: str) -> dict[int, Any]:
    return {ligne[0]: ligne[1] if len(ligne) == 2 else ligne[1:] for ligne in session.duck.execute(sql).fetchall()}


def test_why_and_when_each_left(suivies: tuple[Session, dict[str, int]]) -> None:
    """The right ends on 30 June: absent from the photo of June, five months after that of January."""
    session, n = suivies
    premieres = lire(session, "SELECT x.personne_id, x.cause, x.fin_m - m.depart_m FROM sorties x JOIN membres m "
                              "ON m.personne_id = x.personne_id AND m.fin_m = x.fin_m")  # fmt: skip
    attendues = {
        "emploi": "emploi", "activite": "emploi", "ressources": "ressources", "papiers": "papiers",
        "ressources_suspendues": "ressources", "demenagement": "demenagement", "deces": "deces",
        "non_soumise": "non_soumise", "decision": "sanction", "inconnue": "inconnue", "revient": "non_soumise",
    }  # fmt: skip
    assert premieres == {n[nom]: (cause, 5) for nom, cause in attendues.items()}
    assert lire(session, "SELECT personne_id, retour FROM retours WHERE retour IS NOT NULL") == {n["revient"]: 5}


def test_where_each_stands_month_after_month(suivies: tuple[Session, dict[str, int]]) -> None:
    session, n = suivies
    etats: dict[int, list[str]] = {}
    for personne, poids in session.duck.execute("SELECT personne_id, poids FROM etats ORDER BY k").fetchall():
        etats.setdefault(personne, []).append(ETATS[poids - 1])
    assert {len(v) for v in etats.values()} == {25}
    assert etats[n["reste"]] == ["attente"] * 25
    assert etats[n["un_mois"]] == ["attente"] * 25  # one month away is not an exit
    assert etats[n["revient"]] == ["attente"] * 5 + ["sortie_ressources"] * 5 + ["attente"] * 15
    assert etats[n["papiers"]] == ["attente"] + ["suspendue"] * 4 + ["sortie_contrainte"] * 20
    assert etats[n["activite"]] == ["attente"] * 4 + ["en_emploi"] + ["sortie_emploi"] * 20
    assert set(etats[n["inconnue"]][5:]) == {"sortie_autre"}


def test_steps_of_the_way_and_what_they_waited_for(lac: Lac) -> None:
    """Seen in March, oriented in April, under contract in June, intensive in August, exit told as a job in December."""
    eds = f.structure()
    elle = entree()
    gens.rendez_vous(elle, eds, date(2023, 3, 9), "honore")
    gens.rendez_vous(elle, eds, date(2023, 2, 9), "non_honore")
    gens.orientation(elle, eds, date(2023, 4, 3))
    gens.contrat(elle, eds, date(2023, 6, 6), fin=date(2023, 8, 4))
    gens.contrat(elle, eds, date(2023, 8, 4), intensite="intensive")
    changer(elle, date(2023, 12, 31), "5", "RAU")
    gens.fait(elle, E.CLOTURE_DECIDEE, date(2024, 1, 5), suite="suivi_emploi")
    manifeste = lac.manifeste
    with requetes.session(manifeste) as session:
        requetes.choisir(session, JANVIER, requetes.fenetre(manifeste))
        requetes.suivre(session)
        suite = [ETATS[p - 1] for (p,) in session.duck.execute("SELECT poids FROM etats ORDER BY k").fetchall()]
        jalons = session.duck.execute("SELECT jalon, deja, k FROM jalons ORDER BY jalon").fetchall()
    assert suite[:12] == (["attente"] * 3 + ["orientee"] * 2 + ["contrat"] * 2 + ["intensif"] * 4 + ["sortie_emploi"])
    assert jalons == [("contrat", 0, 5), ("emploi", 0, 11), ("rendez_vous", 0, 2)]


DESIGNEES = {
    "presentes": (Definition(origine=Origine.STOCK, du="2023-03", au="2023-03"),
                  {"ici", "ancienne", "lointaine", "transferee"}),
    "ouverture": (Definition(origine=Origine.OUVERTURE, du="2023-01", au="2023-03"), {"ici", "lointaine"}),
    "arrivee": (Definition(origine=Origine.ARRIVEE, du="2023-01", au="2023-03"), {"transferee"}),
    "orientation": (Definition(origine=Origine.ORIENTATION, du="2023-04", au="2023-04"), {"ici"}),
    "contrat": (Definition(origine=Origine.CONTRAT, du="2023-06", au="2023-07"), {"ici"}),
    "global": (Definition(origine=Origine.GLOBAL, du="2023-06", au="2023-07"), set()),
    "commune": (Definition(du="2023-01", au="2023-03", lieux=("94081",)), {"lointaine"}),
    "repere": (Definition(du="2023-01", au="2023-03", repere=6, contrat=("contrat",)), {"ici"}),
    "photo": (Definition(du="2023-01", au="2023-03", contrat=("contrat",)), set()),
    "inconnus": (Definition(du="2023-01", au="2023-03", formation=("inconnue",), freins=("inconnu",),
                            action=("sans",), famille=("seule",)), {"ici", "lointaine"}),
    "age": (Definition(du="2023-01", au="2023-03", age=("60_plus",)), set()),
}  # fmt: skip


def test_who_is_in(lac: Lac, photos: Personne) -> None:
    """Each event designates its people; a contract is read at the starting photo, never later."""
    eds = f.structure()
    ici = entree()
    vitry = f.commune("94081", "Vitry-sur-Seine")
    lointaine = gens.soumise(depuis=date(2023, 2, 28), demande_le=date(2023, 2, 3), commune=vitry)
    transferee = gens.soumise(depuis=date(2023, 2, 28), demande_le=date(2021, 5, 1))
    gens.orientation(ici, eds, date(2023, 4, 3))
    gens.contrat(ici, eds, date(2023, 6, 6))
    numeros = pseudonymes_de([ici.pk, lointaine.pk, photos.pk, transferee.pk])
    noms = dict(zip(numeros.values(), ("ici", "lointaine", "ancienne", "transferee"), strict=True))
    manifeste = lac.manifeste
    lus = {}
    with requetes.session(manifeste) as session:
        for nom, (d, _) in DESIGNEES.items():
            requetes.choisir(session, d, requetes.fenetre(manifeste))
            retenus = session.duck.execute("SELECT personne_id FROM retenus").fetchall()
            lus[nom] = {noms[n] for (n,) in retenus}
    assert lus == {nom: qui for nom, (_, qui) in DESIGNEES.items()}


def test_a_window_that_nobody_can_follow_is_refused(lac: Lac) -> None:
    fenetre = requetes.fenetre(lac.manifeste)
    for d, phrase in (
        (Definition(du="2021-12", au="2022-03"), "choisissez des entrées à partir de janvier 2022"),
        (Definition(du="2025-12", au="2026-01"), "au plus tard novembre 2025"),
        (Definition(du="2025-11", au="2025-11", repere=3), "au plus tard août 2025"),
    ):
        with pytest.raises(DefinitionIllisible, match=phrase):
            requetes.verifier(d, fenetre)


def test_every_step_translates_to_another_engine() -> None:
    """The published SELECTs are those of a national lake too."""
    import sqlglot
    from sqlglot.errors import ErrorLevel

    for fichier in sorted(requetes.DOSSIER.glob("*.sql")):
        sql = fichier.read_text(encoding="utf-8")
        assert sql.startswith("--"), fichier.name
        (traduit,) = sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=ErrorLevel.RAISE)
        assert sqlglot.parse_one(traduit, read="spark") is not None
