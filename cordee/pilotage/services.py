"""Bringing the figures up to date: the lake first, then today's values, then the past months that changed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from cordee.pilotage import listes
from cordee.pilotage.calcul import Cellule, calculer
from cordee.pilotage.carte import carte, fin_de_mois, fins_de_mois
from cordee.pilotage.entetes import empreinte_des_methodes
from cordee.pilotage.lac.ecriture import Rafraichissement, acquitter, rafraichir_le_lac
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.pilotage.listes import JOURS_GARDES, Registre
from cordee.pilotage.models import Calcul, ValeurCalculee
from cordee.socle.verrous import verrou

_COLONNES = ("au", "code", "niveau", "territoire", "valeur", "numerateur", "denominateur", "inconnu", "secret_interne",
             "secret_publication")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bilan:
    """What an update did: the refresh of the lake, the days computed, those left to compute again later."""

    lac: Rafraichissement
    jours: tuple[date, ...]
    restants: int


def rafraichir(
    *, le: datetime, complet: bool = False, mois_passes: int | None = None, dont: date | None = None
) -> Bilan:
    """Copy what changed into the lake, then compute today's figures and the ends of months that need it.

    A past month keeps its values until a fact that touches it changes (a late file, a correction, a merge) or until an
    indicator is defined otherwise. Two updates at once: the second waits, and finds little left to do.

    Args:
        complet: copy everything again.
        mois_passes: how many past months at most are computed now, latest first (all by default); the others say
            meanwhile what they said, and wait for the next update.
        dont: a day that must be up to date when the update ends, however old.
    """
    with verrou(dossier_du_lac() / "verrou-calcul"):
        lac = rafraichir_le_lac(le=le, complet=complet)
        manifeste = lac.manifeste
        if lac.depuis is not None:
            Calcul.objects.filter(au__gte=lac.depuis).update(a_refaire=True)
        acquitter(manifeste)
        Calcul.objects.exclude(methodes=empreinte_des_methodes()).update(a_refaire=True)
        a_faire = _a_faire(manifeste)
        retenus = a_faire if mois_passes is None else a_faire[: 1 + mois_passes]
        retenus += [dont] if dont in a_faire and dont not in retenus else []
        _calculer(manifeste, retenus, le=le)
        _oublier(manifeste)
    return Bilan(lac, tuple(retenus), len(a_faire) - len(retenus))


def _a_faire(manifeste: Manifeste) -> list[date]:
    """Today first, then the ends of months without up-to-date values, latest first."""
    if manifeste.premiere_photo is None:
        return []
    faits = set(Calcul.objects.filter(a_refaire=False).values_list("au", flat=True))
    a_jour = Calcul.objects.filter(au=manifeste.au, version_lac=manifeste.version, a_refaire=False).exists()
    passes = [j for j in fins_de_mois(manifeste.premiere_photo, manifeste.au) if j not in faits and j != manifeste.au]
    return ([] if a_jour else [manifeste.au]) + passes[::-1]


def _calculer(manifeste: Manifeste, jours: Sequence[date], *, le: datetime) -> None:
    """Compute and keep; a reader sees a day's old values or all its new ones. Today's come first."""
    if not jours:
        return
    ici = carte()
    for lot in (list(jours[:1]), list(jours[1:])):
        registre = Registre(manifeste, depuis=manifeste.au - timedelta(days=JOURS_GARDES))
        for cellules in calculer(manifeste, lot, carte=ici, temoin=registre) if lot else ():
            _garder(cellules, manifeste, le=le)


@transaction.atomic
def _garder(cellules: Iterable[Cellule], manifeste: Manifeste, *, le: datetime) -> None:
    cellules = list(cellules)
    jours = sorted({c.au for c in cellules})
    ValeurCalculee.objects.filter(au__in=jours).delete()
    _verser(cellules)
    calculs = [
        Calcul(au=au, calcule_le=le, version_lac=manifeste.version, methodes=empreinte_des_methodes()) for au in jours
    ]
    Calcul.objects.bulk_create(
        calculs, update_conflicts=True, unique_fields=["au"],
        update_fields=["calcule_le", "version_lac", "methodes", "a_refaire"],
    )  # fmt: skip


def _verser(cellules: Iterable[Cellule]) -> None:
    texte = io.StringIO()
    for c in cellules:
        valeurs = (getattr(c, nom) for nom in _COLONNES)
        texte.write("\t".join(r"\N" if v is None else str(v) for v in valeurs) + "\n")
    with (
        connection.cursor() as curseur,
        curseur.cursor.copy(f"COPY pilotage_valeurcalculee ({', '.join(_COLONNES)}) FROM STDIN") as copie,  # type: ignore[attr-defined]
    ):
        copie.write(texte.getvalue())


@transaction.atomic
def _oublier(manifeste: Manifeste) -> None:
    """Days that were « today » and end no month are of no use once over."""
    perimes = [au for au in Calcul.objects.values_list("au", flat=True) if au != manifeste.au and fin_de_mois(au) != au]
    ValeurCalculee.objects.filter(au__in=perimes).delete()
    Calcul.objects.filter(au__in=perimes).delete()
    listes.ranger(set(Calcul.objects.values_list("au", "version_lac")))
