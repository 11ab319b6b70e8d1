"""Joint arrêtés: prepared, tried over past decisions, activated; never for the past."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cordee.metier.orientation.enums import Impact, StatutArrete, ThemeDiagnostic
from cordee.metier.orientation.models import ArreteCriteres, Orientation
from cordee.metier.orientation.selectors.criteres import criteres_applicables, criteres_nommes, proposition_pour
from cordee.metier.orientation.selectors.decisions import Periode
from cordee.metier.orientation.services.arretes import (
    ArreteRefuse,
    abandonner_arrete,
    abroger_arrete,
    activer_arrete,
    empechements,
    preparer_arrete,
    simuler_arrete,
)
from cordee.metier.parcours.enums import Voie
from cordee.reglementation.criteres_orientation import PrecisionInterdite
from cordee.socle.contraintes import ContrainteViolee
from cordee.socle.erreurs import DonneesPerimees
from tests.metier.equipe import LE, Equipe
from tests.metier.orientation.propositions import decidee, reponses, texte

JOUR = LE.date()
PERIODE = Periode(du=JOUR - timedelta(days=365), au=JOUR + timedelta(days=1))
A_PIED = reponses(themes={ThemeDiagnostic.MOBILITE: Impact.FORT})


def actif(equipe: Equipe, **champs: object) -> ArreteCriteres:
    commun = {"par": equipe.samia, "le": LE}
    arrete = preparer_arrete(texte=texte(**champs), **commun)
    simuler_arrete(arrete=arrete, periode=PERIODE, **commun)
    return activer_arrete(arrete=arrete, version=arrete.version, **commun)


def test_from_draft_to_force_and_its_end(equipe: Equipe) -> None:
    arrete = actif(equipe)
    veille, premier = arrete.debut - timedelta(days=1), arrete.debut
    assert criteres_applicables(veille).arrete == ""
    locaux = criteres_applicables(premier)
    assert locaux.version == "criteres-nationaux-2024-11/1+arrete-2026-118"
    avant, apres = (proposition_pour(A_PIED, au=j) for j in (veille, premier))
    assert avant is not None
    assert apres is not None
    assert (avant.voie, apres.voie) == (Voie.SOCIO_PRO, Voie.SOCIAL)
    fini = abroger_arrete(arrete=arrete, fin=premier + timedelta(days=30), par=equipe.samia, le=LE)
    assert criteres_applicables(fini.fin or premier).arrete == ""
    assert criteres_nommes(locaux.version) == locaux, "a proposal made under it can still be explained"
    assert [a.quoi.split(",")[0].split(" du ")[0] for a in arrete.actes.all()] == [
        "Préparé", "Simulé sur les décisions", "Activé", f"Abrogé au {fini.fin:%d/%m/%Y}",
    ]  # fmt: skip


def test_nothing_local_touches_what_the_law_keeps(equipe: Equipe) -> None:
    with pytest.raises(PrecisionInterdite):
        preparer_arrete(texte=texte(precisions={"sexe": "femme"}), par=equipe.samia, le=LE)
    assert not ArreteCriteres.objects.exists()


@pytest.mark.parametrize(
    ("champs", "manque"),
    [
        ({"circonstances": " "}, "circonstances"), ({"prefet": ""}, "signataires"), ({"president": ""}, "signataires"),
        ({"avis_le": None}, "avis"), ({"signe_le": None}, "signature"),
        ({"signe_le": JOUR + timedelta(days=1)}, "signature"), ({"avis_le": JOUR + timedelta(days=1)}, "précède"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_nothing_applies(equipe: Equipe, champs: dict[str, object], manque: str) -> None:
    with pytest.raises(ArreteRefuse, match=manque):
        actif(equipe, **champs)
    assert ArreteCriteres.objects.get().statut == StatutArrete.BROUILLON


def test_never_for_the_past(equipe: Equipe) -> None:
    with pytest.raises(ArreteRefuse, match="passé"):
        preparer_arrete(texte=texte(debut=JOUR - timedelta(days=1)), par=equipe.samia, le=LE)
    arrete = preparer_arrete(texte=texte(debut=JOUR), par=equipe.samia, le=LE)
    simuler_arrete(arrete=arrete, periode=PERIODE, par=equipe.samia, le=LE)
    with pytest.raises(ArreteRefuse, match="passé"):
        activer_arrete(arrete=arrete, version=1, par=equipe.samia, le=LE + timedelta(days=1))
    with pytest.raises(ArreteRefuse, match="à venir"):
        abroger_arrete(arrete=actif(equipe, reference="2026-119"), fin=JOUR, par=equipe.samia, le=LE)


def test_what_was_tried_is_what_is_activated(equipe: Equipe) -> None:
    commun = {"par": equipe.samia, "le": LE}
    arrete = preparer_arrete(texte=texte(), **commun)
    with pytest.raises(ArreteRefuse, match="Simulez"):
        activer_arrete(arrete=arrete, version=1, **commun)
    simuler_arrete(arrete=arrete, periode=PERIODE, **commun)
    autre = texte(precisions={"forts_bloquants": 2})
    with pytest.raises(DonneesPerimees):
        preparer_arrete(texte=autre, arrete=arrete, version=7, **commun)
    change = preparer_arrete(texte=autre, arrete=arrete, version=1, **commun)
    assert empechements(change, au=JOUR) == ["Simulez d'abord ce contenu sur les décisions passées."]


def test_a_new_arrete_ends_the_former_one_and_a_reference_is_used_once(equipe: Equipe) -> None:
    premier = actif(equipe)
    with pytest.raises(ContrainteViolee, match="référence"):
        preparer_arrete(texte=texte(), par=equipe.samia, le=LE)
    second = actif(equipe, reference="2026-200", debut=premier.debut + timedelta(days=60))
    premier.refresh_from_db()
    assert premier.fin == second.debut
    with pytest.raises(ArreteRefuse, match="abrogez"):
        actif(equipe, reference="2026-201", debut=premier.debut + timedelta(days=1))


def test_a_draft_left_aside_stays_in_the_history(equipe: Equipe) -> None:
    arrete = preparer_arrete(texte=texte(), par=equipe.samia, le=LE)
    abandonner_arrete(arrete=arrete, par=equipe.samia, le=LE)
    with pytest.raises(ArreteRefuse, match="plus en préparation"):
        abandonner_arrete(arrete=arrete, par=equipe.samia, le=LE)
    assert preparer_arrete(texte=texte(), par=equipe.samia, le=LE).pk != arrete.pk


def test_the_simulation_says_who_would_be_proposed_something_else(equipe: Equipe) -> None:
    decidee(equipe)
    decidee(equipe, lues=A_PIED)
    equipe.decider(equipe.entrante())  # no proposal was kept
    avant = Orientation.objects.values_list("voie", "voie_proposee").order_by("pk")
    lues = list(avant)
    arrete = preparer_arrete(texte=texte(precisions={"themes_bloquants": ["mobilite"], "delegataire": ["social"]}),
                             par=equipe.samia, le=LE)  # fmt: skip
    s = simuler_arrete(arrete=arrete, periode=PERIODE, par=equipe.samia, le=LE)
    assert (s.decisions, s.sans_reponses, s.comparees, s.deplacees) == (3, 1, 2, 1)
    assert dict(s.voies) == {("emploi", "emploi"): 1, ("socio_pro", "social"): 1}
    assert s.charge() == [("conseil_departemental", 1, 0), ("delegataire", 0, 1), ("operateur_emploi", 1, 1)]
    assert (s.groupes["sexe", "inconnu"] or s.groupes["sexe", "femme"]) == 2
    assert list(avant) == lues, "nobody is re-oriented by a simulation"
    arrete.refresh_from_db()
    assert arrete.simulation["deplacees"] == 1
    hors = Periode(du=date(2025, 1, 1), au=date(2025, 2, 1))
    assert simuler_arrete(arrete=arrete, periode=hors, par=equipe.samia, le=LE).decisions == 0
    with pytest.raises(ArreteRefuse, match="passée"):
        simuler_arrete(arrete=arrete, periode=Periode(du=JOUR, au=JOUR), par=equipe.samia, le=LE)
