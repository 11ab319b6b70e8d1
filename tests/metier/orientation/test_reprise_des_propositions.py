"""What former decisions held of their proposal moves to its columns (migration 0003)."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import connection

from cordee.metier.orientation.models import Orientation
from tests.metier.equipe import Equipe

REPRENDRE = import_module("cordee.metier.orientation.migrations.0003_propositions").REPRENDRE
ANCIENNE = {"voie": "emploi", "categorie": "operateur_emploi", "version": "v1", "raisons": ["Une raison."]}


@pytest.mark.parametrize(
    ("dit", "suivie", "motif", "precision"),
    [
        ({"suivie": True, "motif_ecart": ""}, True, "", ""),
        ({"suivie": False, "motif_ecart": "manque_capacite"}, False, "manque_capacite_accueil", ""),
        ({"suivie": False, "motif_ecart": "souhait"}, False, "autre", "Souhait de la personne"),
        ({"suivie": False, "motif_ecart": "autre"}, False, "autre", "Non précisée lors de la décision"),
        ({"suivie": False, "motif_ecart": "declaration_inexacte"}, False, "declaration_inexacte", ""),
        ({"suivie": False}, False, "autre", "Non précisée lors de la décision"),
    ],
)
def test_each_former_code_finds_its_place(
    equipe: Equipe, dit: dict[str, object], suivie: bool, motif: str, precision: str
) -> None:
    decision, sans = equipe.decider(equipe.entrante()), equipe.decider(equipe.entrante())
    Orientation.objects.filter(pk=decision.pk).update(proposition={**ANCIENNE, **dit})
    with connection.cursor() as curseur:
        curseur.execute(REPRENDRE)
    decision.refresh_from_db()
    assert (decision.suivie, decision.motif_ecart, decision.precision_ecart) == (suivie, motif, precision)
    assert (decision.voie_proposee, decision.version_regle) == ("emploi", "v1")
    assert decision.proposition == ANCIENNE
    sans.refresh_from_db()
    assert (sans.suivie, sans.voie_proposee, sans.proposition) == (None, "", {})
