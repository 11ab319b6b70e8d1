"""Bringing the figures up to date: the lake first, then today's values, then the past months that changed."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from cordee.pilotage.calcul import Cellule, calculer
from cordee.pilotage.carte import Carte, carte, fin_de_mois, fins_de_mois
from cordee.pilotage.du_jour import Atelier
from cordee.pilotage.entetes import empreinte_des_methodes
from cordee.pilotage.lac.ecriture import Rafraichissement, acquitter, rafraichir_le_lac
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac
from cordee.pilotage.listes import JOURS_GARDES, Registre, ranger
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
    *, le: datetime, complet: bool = False, mois_passes: int | None = None, dont: date | None = None,
    atelier: Atelier | None = None,
) -> Bilan:  # fmt: skip
    """Copy what changed into the lake, then compute today's figures and the ends of months that need it.

    A past month keeps its values until a fact that touches it changes (a late file, a correction, a merge) or until an
    indicator is defined otherwise. Two updates at once: the second waits, and finds little left to do.

    Args:
        complet: copy everything again.
        mois_passes: how many past months at most are computed now, latest first (all by default); the others say
            meanwhile what they said, and wait for the next update.
        dont: a day that must be up to date when the update ends, however old.
        atelier: what was kept at hand since the last update: only what changed is then computed again.
    """
    with verrou(dossier_du_lac() / "verrou-calcul"):
        lac = rafraichir_le_lac(le=le, complet=complet)
        manifeste = lac.manifeste
        if lac.depuis is not None:
            Calcul.objects.filter(au__gte=lac.depuis).update(a_refaire=True)
        acquitter(manifeste)
        Calcul.objects.exclude(methodes=empreinte_des_methodes()).update(a_refaire=True)
        a_faire = _a_faire(manifeste)
        du_jour = int(manifeste.au in a_faire)
        retenus = a_faire if mois_passes is None else a_faire[: du_jour + mois_passes]
        retenus += [dont] if dont in a_faire and dont not in retenus else []
        _calculer(manifeste, retenus, le=le, atelier=atelier)
        _oublier(manifeste)
        Calcul.objects.filter(au=manifeste.au, version_lac=manifeste.version).update(lac_le=manifeste.rafraichi_le)
    return Bilan(lac, tuple(retenus), len(a_faire) - len(retenus))


def reprendre(atelier: Atelier, manifeste: Manifeste) -> bool:
    """Have a workshop hold today's figures as they are kept, so that the next change costs what it changes.

    Nothing is written. ``False``: what is kept does not come from this state of the lake.
    """
    with verrou(dossier_du_lac() / "verrou-calcul"):
        calcul = Calcul.objects.filter(
            au=manifeste.au, version_lac=manifeste.version, a_refaire=False, methodes=empreinte_des_methodes()
        ).first()
        if calcul is None:
            return False
        atelier.mettre_a_jour(manifeste, carte=carte())
        atelier.versions.update(calcul.listes or dict.fromkeys(atelier.versions, calcul.version_lac))
    return True


def _a_faire(manifeste: Manifeste) -> list[date]:
    """Today first, then the ends of months without up-to-date values, latest first."""
    if manifeste.premiere_photo is None:
        return []
    faits = set(Calcul.objects.filter(a_refaire=False).values_list("au", flat=True))
    a_jour = Calcul.objects.filter(au=manifeste.au, version_lac=manifeste.version, a_refaire=False).exists()
    passes = [j for j in fins_de_mois(manifeste.premiere_photo, manifeste.au) if j not in faits and j != manifeste.au]
    return ([] if a_jour else [manifeste.au]) + passes[::-1]


def _calculer(manifeste: Manifeste, jours: Sequence[date], *, le: datetime, atelier: Atelier | None) -> None:
    """Compute and keep; a reader sees a day's old values or all its new ones. Today's come first."""
    if not jours:
        return
    ici = carte()
    passes = [j for j in jours if j != manifeste.au]
    if manifeste.au in jours:
        with nullcontext(atelier) if atelier is not None else Atelier() as a_la_main:
            _calculer_le_jour(manifeste, a_la_main, ici, le=le)
    if passes:
        registre = Registre(manifeste, depuis=manifeste.au - timedelta(days=JOURS_GARDES))
        for cellules in calculer(manifeste, passes, carte=ici, temoin=registre):
            _garder(cellules, manifeste, le=le)


def _calculer_le_jour(manifeste: Manifeste, atelier: Atelier, ici: Carte, *, le: datetime) -> None:
    """Only what differs from what is kept is written, if what is kept is what this workshop gave last."""
    avant = atelier.version
    suite = bool(avant) and Calcul.objects.filter(
        au=manifeste.au, version_lac=avant, methodes=empreinte_des_methodes()
    ).exists()  # fmt: skip
    registre = Registre(manifeste, depuis=manifeste.au)
    resultat = atelier.mettre_a_jour(manifeste, carte=ici, temoin=registre)
    codes = resultat.changes if suite else None
    cellules = [c for c in resultat.cellules if codes is None or c.code in codes]
    try:
        _garder(cellules, manifeste, le=le, au=manifeste.au, codes=codes, listes=dict(atelier.versions))
    except BaseException:
        atelier.fermer()
        raise


@transaction.atomic
def _garder(
    cellules: Iterable[Cellule], manifeste: Manifeste, *, le: datetime, au: date | None = None,
    codes: Collection[str] | None = None, listes: dict[str, str] | None = None,
) -> None:  # fmt: skip
    """Keep the values of these days, or of one day (``au``) and some indicators (``codes``)."""
    cellules = list(cellules)
    jours = [au] if au is not None else sorted({c.au for c in cellules})
    perimees = ValeurCalculee.objects.filter(au__in=jours)
    (perimees if codes is None else perimees.filter(code__in=codes)).delete()
    _verser(cellules)
    calculs = [
        Calcul(
            au=jour, calcule_le=le, version_lac=manifeste.version, methodes=empreinte_des_methodes(),
            lac_le=manifeste.rafraichi_le, listes=listes or {},
        )
        for jour in jours
    ]  # fmt: skip
    Calcul.objects.bulk_create(
        calculs, update_conflicts=True, unique_fields=["au"],
        update_fields=["calcule_le", "version_lac", "methodes", "a_refaire", "lac_le", "listes"],
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
    gardees = Calcul.objects.values_list("au", "version_lac", "listes")
    ranger({(au, v) for au, version, des_listes in gardees for v in {version, *des_listes.values()}})
