"""Every field of every model of the house is classed neutre, personnelle or sensible, exactly once."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

CLASSES = ("neutre", "personnelle", "sensible")
# Fields that hold what people say or feel, their money, their health, or the NIR: never below « sensible ».
TOUJOURS_SENSIBLES = {
    "personnes.Identifiant": {"valeur_chiffree", "empreinte"},
    "personnes.Personne": {"dossier_sensible", "contact_discret"},
    "personnes.DroitFoyer": {"montant"},
    "personnes.DroitPersonne": {"ressources"},
    "personnes.Representant": {"protection"},
}
MODELES = [
    modele
    for modele in apps.get_models()
    if modele.__module__.startswith("cordee.") and not hasattr(modele, "pgh_tracked_model")
]


def classes_de(modele: type[Model]) -> dict[str, set[str]]:
    declaration = getattr(modele, "Confidentialite", None)
    assert declaration is not None, f"{modele._meta.label} has no Confidentialite"
    return {classe: set(getattr(declaration, classe, ())) for classe in CLASSES}


@pytest.mark.parametrize("modele", MODELES, ids=lambda m: m._meta.label)
def test_every_field_is_classed_once(modele: type[Model]) -> None:
    classes = classes_de(modele)
    declares = [champ for classe in CLASSES for champ in classes[classe]]
    champs = {champ.name for champ in modele._meta.get_fields() if champ.concrete and not champ.auto_created} | {
        modele._meta.pk.name
    }
    assert len(declares) == len(set(declares)), "a field is classed twice"
    assert set(declares) - champs == set(), "classed fields that do not exist"
    assert champs - set(declares) == set(), "fields without a class"


@pytest.mark.parametrize("modele", MODELES, ids=lambda m: m._meta.label)
def test_no_other_class_is_invented(modele: type[Model]) -> None:
    declaration = modele.Confidentialite  # type: ignore[attr-defined]
    assert {nom for nom in vars(declaration) if not nom.startswith("__")} <= set(CLASSES)


@pytest.mark.parametrize(("label", "champs"), TOUJOURS_SENSIBLES.items())
def test_what_is_never_less_than_sensitive(label: str, champs: set[str]) -> None:
    assert champs <= classes_de(apps.get_model(label))["sensible"]


def test_the_census_is_not_empty() -> None:
    assert {"personnes.Personne", "organismes.Agent", "parcours.Evenement"} <= {m._meta.label for m in MODELES}
