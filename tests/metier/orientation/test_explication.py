"""The explanation a person may ask for: what was read, what weighed, what was decided (CRPA R311-3-1-2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from cordee.metier.courriers.enums import Canal, EtatRemise, GenreCourrier
from cordee.metier.courriers.models import Courrier
from cordee.metier.courriers.services import pdf
from cordee.metier.orientation.enums import Impact, MotifEcart, SituationPro, ThemeDiagnostic
from cordee.metier.orientation.models import DemandeExplication
from cordee.metier.orientation.regles import Reponses, destination
from cordee.metier.orientation.regles.explication import poids
from cordee.metier.orientation.services.explication import (
    ExplicationImpossible,
    demander_explication,
    demandes_de,
    donnees_explication,
    repondre_explication,
)
from cordee.metier.parcours.models import Evenement
from cordee.reglementation.criteres_orientation import criteres_nationaux
from tests.metier.equipe import LE, Equipe
from tests.metier.orientation.propositions import decidee, reponses
from tests.metier.orientation.test_regles import toutes

CRITERES = criteres_nationaux(date(2026, 11, 22))


def test_asked_then_answered_by_a_letter_that_proves_it(equipe: Equipe) -> None:
    decision = decidee(equipe, lues=reponses(themes={ThemeDiagnostic.LOGEMENT: Impact.FORT}))
    commun: dict[str, Any] = {"par": equipe.samia, "le": LE + timedelta(days=3)}
    evenements = Evenement.objects.count()
    demande = demander_explication(orientation=decision, demandee_le=LE.date(), **commun)
    with pytest.raises(ExplicationImpossible, match="attend déjà"):
        demander_explication(orientation=decision, demandee_le=LE.date(), **commun)
    repondue = repondre_explication(demande=demande, canal=Canal.GUICHET, **commun)
    courrier = Courrier.objects.get(genre=GenreCourrier.EXPLICATION_PROPOSITION)
    assert repondue.courrier == courrier
    assert (courrier.objet_type, courrier.objet_id, courrier.etat) == ("orientation", decision.pk, EtatRemise.RECUE)
    assert pdf(courrier).startswith(b"%PDF")
    with pytest.raises(ExplicationImpossible, match="déjà sa réponse"):
        repondre_explication(demande=demande, canal=Canal.GUICHET, **commun)
    assert demandes_de(decision) == [repondue]
    assert Evenement.objects.count() == evenements, "an explanation moves nothing in the path"


def test_what_the_letter_says(equipe: Equipe) -> None:
    lues = reponses(themes={ThemeDiagnostic.LOGEMENT: Impact.FORT})
    decision = decidee(equipe, lues=lues, suivie=False, motif_ecart=MotifEcart.AUTRE, precision_ecart="Elle déménage")
    contenu = donnees_explication(decision, demandee_le=LE.date(), signataire=equipe.samia)
    assert contenu["proposition"] == {"parcours": "Parcours d'insertion sociale", "organisme": "Département"}
    assert contenu["decision"]["ecart"] == "Elle déménage."
    assert contenu["raisons"] == decision.proposition["raisons"]
    lus = {d["nom"]: d for q in contenu["donnees"] for d in q["lues"]}
    assert lus["Difficultés : logement"]["valeur"] == "Impact fort"
    assert lus["Difficultés : logement"]["pese"]
    assert not lus["Difficultés : numérique"]["pese"]
    assert lus["Votre âge"]["source"] == "Votre dossier"


@pytest.mark.parametrize("jours", [-1, 1])
def test_the_day_of_the_request_is_between_the_decision_and_today(equipe: Equipe, jours: int) -> None:
    with pytest.raises(ExplicationImpossible, match="jour de la demande"):
        demander_explication(
            orientation=decidee(equipe), demandee_le=LE.date() + timedelta(days=jours), par=equipe.samia, le=LE
        )
    assert not DemandeExplication.objects.exists()


def test_without_a_program_there_is_nothing_to_explain(equipe: Equipe) -> None:
    with pytest.raises(ExplicationImpossible, match="Aucun programme"):
        demander_explication(
            orientation=equipe.decider(equipe.entrante()), demandee_le=LE.date(), par=equipe.samia, le=LE
        )


@given(toutes)
def test_what_is_said_to_weigh_weighs_when_tried(lues: Reponses) -> None:
    par_nom = {p.nom: p for p in poids(lues, CRITERES)}
    actuelle = destination(lues, CRITERES)
    assert par_nom["Votre situation professionnelle"].pese == any(
        destination(replace(lues, situation_pro=s), CRITERES) != actuelle for s in SituationPro
    )
    assert par_nom["Reconnaissance de travailleur handicapé"].pese == (
        destination(replace(lues, travailleur_handicape=not lues.travailleur_handicape), CRITERES) != actuelle
    )
    assert len(par_nom) == 6 + len(ThemeDiagnostic)
