"""The page a person leaves with holds on one page, in ordinary and in large print (R8, R49)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cordee.metier.contrats.enums import Engage
from cordee.metier.contrats.regles import Ligne
from cordee.metier.contrats.services.feuille_de_route import (
    FeuilleImpossible,
    donnees_feuille,
    remettre_feuille_de_route,
)
from cordee.metier.courriers.composition import atelier
from cordee.metier.courriers.enums import GenreCourrier
from cordee.metier.courriers.rendu import _completer
from tests import fabriques as f
from tests.metier.equipe import LE, Equipe

LONG = "Prendre contact avec l'auto-école sociale et passer le code de la route, puis chercher un financement " * 3


def pages(donnees: Any, *, grands: bool) -> int:
    lettre = _completer(GenreCourrier.FEUILLE_DE_ROUTE, donnees, le=LE, grands_caracteres=grands)
    ((debut, fin),) = atelier().composer({"titre": "t", "auteur": "a", "lettres": [lettre]}, le=LE).bornes
    return fin - debut + 1


@pytest.mark.parametrize("grands", [False, True])
def test_it_holds_on_one_page_whatever_both_promised(equipe: Equipe, grands: bool) -> None:
    personne = equipe.avec_referent()
    lignes = [Ligne(engage=cote, texte=LONG[:300]) for cote in (Engage.PERSONNE, Engage.ORGANISME) for _ in range(5)]
    equipe.brouillon(personne, engagements=lignes)
    equipe.convoquer(personne, agent=equipe.lea, debut=LE + timedelta(days=20), genre="contrat")
    courrier = remettre_feuille_de_route(personne=personne, ici=None, par=equipe.lea, le=LE)
    assert len(courrier.donnees["a_faire"]) == len(courrier.donnees["nous_ferons"]) == 3
    assert pages(courrier.donnees, grands=grands) == 1


def test_what_she_reads_names_no_target_and_no_duty(equipe: Equipe) -> None:
    dit = str(donnees_feuille(equipe.entrante(), ici=equipe.eds, le=LE)["pourquoi"]).lower()
    assert not [mot for mot in ("oblig", "devoir", "sanction", "délai", "rsa") if mot in dit]


def test_nobody_and_no_place_to_name(equipe: Equipe) -> None:
    with pytest.raises(FeuilleImpossible, match="donnez-lui d'abord un rendez-vous"):
        remettre_feuille_de_route(personne=f.personne(), ici=None, par=equipe.samia, le=LE)
