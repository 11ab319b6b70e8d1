"""Reading published states."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from cordee.pilotage.enums import Niveau
from cordee.pilotage.instantanes.fichiers import DOSSIER, InstantaneAbime, verifier
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.pilotage.models import Instantane, ValeurPubliee
from cordee.socle.erreurs import ErreurMetier

_VALEURS = """
SELECT au, code, niveau, territoire, valeur, numerateur, denominateur, inconnu, secret_interne, secret_publication
FROM pilotage_valeurpubliee WHERE instantane_id = %s ORDER BY au, code COLLATE "C", territoire COLLATE "C"
"""


class InstantaneInconnu(ErreurMetier):
    """No published state of that label."""


class LignesEffacees(ErreurMetier):
    """The rows of a published state were kept long enough: only its values are left."""


def instantanes() -> QuerySet[Instantane]:
    """Every published state, the latest first."""
    return Instantane.objects.select_related("par").order_by("-connu_le", "-pk")


def manifeste_de(instantane: Instantane) -> Manifeste:
    """The state of the lake as it was: give it to ``ouvrir``, ``calculer`` or any engine. Its files are verified.

    Raises:
        LignesEffacees: its rows are not kept any more.
        InstantaneAbime: a file is missing or was changed.
    """
    if instantane.lignes_effacees_le is not None:
        raise LignesEffacees(
            f"Les lignes de « {instantane.libelle} » ont été effacées le {instantane.lignes_effacees_le:%d/%m/%Y}, au "
            "terme de leur conservation. Ses valeurs publiées restent."
        )
    manifeste = replace(Manifeste.de_json(json.dumps(instantane.manifeste)), dossier=f"{DOSSIER}/{instantane.dossier}")
    abimes = verifier(manifeste.racine(), instantane.empreintes)
    if abimes:
        raise InstantaneAbime(
            f"L'instantané « {instantane.libelle} » est abîmé : {len(abimes)} fichier(s) manquent ou ont changé "
            f"({abimes[0]}). Remettez le dossier {manifeste.racine()} depuis une sauvegarde. Les valeurs publiées, "
            "gardées dans la base, restent lisibles."
        )
    return manifeste


def instantane_nomme(libelle: str) -> Instantane:
    """The published state of that label.

    Raises:
        InstantaneInconnu
    """
    trouve = Instantane.objects.select_related("par").filter(libelle=" ".join(libelle.split())).first()
    if trouve is None:
        raise InstantaneInconnu(
            f"Aucun instantané ne s'appelle « {libelle} ». « cordee lac instantanes » en donne la liste."
        )
    return trouve


def etat_des_fichiers(instantane: Instantane) -> str:
    """« intacts », « effacés » at the end of their time, « abîmés »."""
    if instantane.lignes_effacees_le is not None:
        return "effacés"
    dossier = dossier_du_lac() / DOSSIER / instantane.dossier
    return "abîmés" if verifier(dossier, instantane.empreintes) else "intacts"


def valeurs_publiees(
    instantane: Instantane, *, codes: Sequence[str] | None = None, territoires: Sequence[str] | None = None,
    niveau: Niveau | None = None, au: date | None = None,
) -> QuerySet[ValeurPubliee]:  # fmt: skip
    """The values of a published state (those of its own day by default), raw: who reads hides what is secret."""
    lues = ValeurPubliee.objects.filter(instantane=instantane, au=au or instantane.au)
    if codes is not None:
        lues = lues.filter(code__in=list(codes))
    if territoires is not None:
        lues = lues.filter(territoire__in=list(territoires))
    return lues.filter(niveau=niveau) if niveau is not None else lues


def sceau_de(instantane: Instantane) -> str:
    """sha-256 of what the state says: its day, its files, its methods, and each of its values."""
    somme = hashlib.sha256()
    entete = [str(instantane.au), instantane.connu_le.isoformat(), instantane.empreintes, instantane.methodes]
    somme.update(json.dumps(entete, sort_keys=True).encode())
    with connection.cursor() as curseur:
        curseur.execute(_VALEURS, [instantane.pk])
        for ligne in curseur.fetchall():
            somme.update(repr(ligne).encode())
    return somme.hexdigest()
