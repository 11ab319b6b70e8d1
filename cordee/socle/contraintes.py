"""Saving a row whose database constraints speak French to its user."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, models, transaction

from cordee.socle.erreurs import ErreurMetier


class ContrainteViolee(ErreurMetier):
    """A constraint of the database refused the row; the sentence is the constraint's own."""


def enregistrer(objet: models.Model, *, champs: Sequence[str] | None = None) -> None:
    """Save, and turn the violation of a declared constraint into its sentence.

    The database decides, not a check made before: two agents saving at the same instant get the same answer as one
    after the other.

    Raises:
        ContrainteViolee: a constraint of the model refused; nothing of the row is written.
    """
    try:
        with transaction.atomic():
            objet.save(update_fields=champs)
    except IntegrityError as erreur:
        nom = getattr(getattr(erreur.__cause__, "diag", None), "constraint_name", None)
        for contrainte in objet._meta.constraints:  # noqa: SLF001 - Django's documented door
            if contrainte.name == nom and contrainte.violation_error_message:
                raise ContrainteViolee(str(contrainte.violation_error_message)) from erreur
        raise
