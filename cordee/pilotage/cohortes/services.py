"""Keeping a cohort under a name, changing it, copying it, throwing it away."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.pilotage.cohortes.definition import Definition
from cordee.pilotage.cohortes.individus import Fichier, composer
from cordee.pilotage.lac.manifeste import lire_manifeste
from cordee.pilotage.models import CohorteGardee, ExportCohorte
from cordee.socle.erreurs import ErreurMetier


class CohorteRefusee(ErreurMetier):
    """A cohort that cannot be kept, or that is somebody else's."""


@transaction.atomic
def garder(
    *, nom: str, definition: Definition, note: str = "", partagee: bool = False, par: Agent, le: datetime
) -> CohorteGardee:
    """Keep a definition under a name of hers.

    Raises:
        CohorteRefusee: no name, or a name she already uses.
    """
    nom = _nom(nom, par, sauf=0)
    return CohorteGardee.objects.create(
        nom=nom, note=note.strip(), definition=definition.champs(), partagee=partagee, par=par, creee_le=le,
        modifiee_le=le,
    )  # fmt: skip


@transaction.atomic
def modifier(
    *, cohorte: CohorteGardee, nom: str, note: str, partagee: bool, par: Agent, le: datetime,
    definition: Definition | None = None,
) -> CohorteGardee:  # fmt: skip
    """Change what is hers; without ``definition``, who is in it does not change.

    Raises:
        CohorteRefusee: somebody else's, no name, or a name she already uses.
    """
    tenue = _sienne(cohorte, par)
    tenue.nom, tenue.note, tenue.partagee, tenue.modifiee_le = _nom(nom, par, sauf=tenue.pk), note.strip(), partagee, le
    if definition is not None:
        tenue.definition = definition.champs()
    tenue.save()
    return tenue


@transaction.atomic
def dupliquer(*, cohorte: CohorteGardee, par: Agent, le: datetime) -> CohorteGardee:
    """A copy of hers, not shared, under a name that is free."""
    nom = f"{cohorte.nom[:68]} (copie)"
    pris = set(CohorteGardee.objects.filter(par=par, nom__startswith=nom[:-1]).values_list("nom", flat=True))
    libre = next(n for n in (nom, *(f"{nom[:-1]} {i})" for i in range(2, len(pris) + 3))) if n not in pris)
    return CohorteGardee.objects.create(
        nom=libre, note=cohorte.note, definition=cohorte.definition, par=par, creee_le=le, modifiee_le=le
    )


@transaction.atomic
def supprimer(*, cohorte: CohorteGardee, par: Agent) -> None:
    """Throw a definition of hers away: no figure goes with it.

    Raises:
        CohorteRefusee: somebody else's.
    """
    _sienne(cohorte, par).delete()


@transaction.atomic
def exporter(*, definition: Definition, usage: str, par: Agent, le: datetime) -> tuple[ExportCohorte, Fichier]:
    """Make the individual file and write in the register that it left: one does not go without the other.

    Raises:
        CohorteRefusee: no purpose given, or no figure yet. DefinitionIllisible: too few people.
    """
    usage = " ".join(usage.split())
    if not usage:
        raise CohorteRefusee("Dites à quoi servira ce fichier : l'usage est inscrit au registre des exports.")
    manifeste = lire_manifeste()
    if manifeste is None:
        raise CohorteRefusee("Les chiffres n'ont pas encore été calculés : revenez dans quelques minutes.")
    export = ExportCohorte.objects.create(definition=definition.champs(), usage=usage[:200], par=par, le=le)
    fichier = composer(manifeste, definition, usage=f"cohorte:{export.pk}")
    export.effectif = len(fichier.lignes)
    export.save(update_fields=["effectif"])
    return export, fichier


def _sienne(cohorte: CohorteGardee, par: Agent) -> CohorteGardee:
    tenue = CohorteGardee.objects.select_for_update().get(pk=cohorte.pk)
    if tenue.par_id != par.pk:
        raise CohorteRefusee("Cette cohorte est celle d'une autre personne : dupliquez-la pour la changer.")
    return tenue


def _nom(nom: str, par: Agent, *, sauf: int) -> str:
    nom = " ".join(nom.split())
    if not nom:
        raise CohorteRefusee("Donnez un nom à cette cohorte.")
    if len(nom) > 80:
        raise CohorteRefusee("Ce nom est trop long : 80 caractères au plus.")
    if CohorteGardee.objects.filter(par=par, nom=nom).exclude(pk=sauf).exists():
        raise CohorteRefusee("Vous avez déjà une cohorte de ce nom : choisissez-en un autre.")
    return nom
