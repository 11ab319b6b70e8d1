"""Taking a published state, letting its rows go when they were kept long enough."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection, transaction

from cordee.metier.organismes.models import Agent
from cordee.pilotage.calcul import Cellule, calculer
from cordee.pilotage.carte import carte
from cordee.pilotage.entetes import definitions, empreinte_des_methodes
from cordee.pilotage.enums import GenreInstantane
from cordee.pilotage.instantanes.fichiers import effacer, lier
from cordee.pilotage.instantanes.selectors import sceau_de
from cordee.pilotage.lac.manifeste import Manifeste, dossier_du_lac, lire_manifeste
from cordee.pilotage.models import Calcul, Instantane, ValeurPubliee
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.verrous import verrou

_VALEURS = "au, code, niveau, territoire, valeur, numerateur, denominateur, inconnu, secret_interne, secret_publication"


class InstantaneRefuse(ErreurMetier):
    """No state can be kept: no label, no figures, a day out of the history."""


def prendre(
    *, libelle: str, au: date, par: Agent, le: datetime, genre: GenreInstantane = GenreInstantane.PUBLICATION
) -> Instantane:
    """Keep the lake as it is now, and the values that it gives for a day. Nothing changes them afterwards.

    What is known is what the last refresh read (``connu_le``): call ``rafraichir`` before to be up to the second.

    Args:
        libelle: what it is the published state of (« Bilan 2025 »); no other bears it.
        au: the day of its figures: any day of the history, up to that of the lake.

    Raises:
        InstantaneRefuse
    """
    libelle = " ".join(libelle.split())
    if not libelle:
        raise InstantaneRefuse("Donnez un libellé à l'instantané, par exemple « Bilan 2025 ».")
    if Instantane.objects.filter(libelle=libelle).exists():
        raise InstantaneRefuse(f"Un instantané s'appelle déjà « {libelle} » : choisissez un autre libellé.")
    nom = uuid.uuid4().hex
    with verrou(dossier_du_lac() / "verrou-calcul"):
        manifeste = _manifeste_au(au)
        try:
            empreintes, octets = lier(manifeste, nom)
            with transaction.atomic():
                instantane = Instantane.objects.create(
                    libelle=libelle, genre=genre, au=au, connu_le=manifeste.rafraichi_le, pris_le=le, par=par,
                    dossier=nom, version_lac=manifeste.version, manifeste=json.loads(manifeste.vers_json()),
                    empreintes=empreintes, octets=octets, methodes=methodes_du_jour(), sceau="",
                )  # fmt: skip
                _copier_les_valeurs(instantane, manifeste)
                instantane.sceau = sceau_de(instantane)
                _sceller(instantane)
        except BaseException:
            effacer(nom)
            raise
    return instantane


def prendre_la_fin_du_mois(*, par: Agent, le: datetime) -> Instantane | None:
    """The state of the last month that a file has shown whole, once, when its figures are up to date.

    ``None``: it is already taken, or there is none yet.
    """
    manifeste = lire_manifeste()
    au = manifeste.derniere_photo if manifeste is not None else None
    if manifeste is None or au is None or au >= manifeste.au or not _a_jour(au, manifeste):
        return None
    if Instantane.objects.filter(genre=GenreInstantane.FIN_DE_MOIS, au=au).exists():
        return None
    libelle = f"Fin de mois, {date_en_toutes_lettres(au)}"
    return prendre(libelle=libelle, au=au, par=par, le=le, genre=GenreInstantane.FIN_DE_MOIS)


def effacer_les_lignes_echues(*, le: datetime) -> int:
    """Erase the pseudonymised rows of the states kept longer than the regulation of the house says. Values stay.

    Gives how many. Cut at any moment: said first, erased then; what was said and not erased is erased the next time.
    """
    limite = le.date().replace(day=1)
    echus = Instantane.objects.filter(
        lignes_effacees_le=None, pris_le__date__lt=ajouter_mois(limite, -entier("instantanes_lignes_mois", au=limite))
    )
    n = echus.update(lignes_effacees_le=le)
    for nom in Instantane.objects.exclude(lignes_effacees_le=None).values_list("dossier", flat=True):
        effacer(nom)
    return n


def _manifeste_au(au: date) -> Manifeste:
    manifeste = lire_manifeste()
    if manifeste is None or manifeste.premiere_photo is None:
        raise InstantaneRefuse("Les chiffres n'ont pas encore été calculés : il n'y a rien à garder.")
    if not manifeste.premiere_photo <= au <= manifeste.au:
        raise InstantaneRefuse(
            f"Choisissez une date entre le {manifeste.premiere_photo:%d/%m/%Y} et le {manifeste.au:%d/%m/%Y}."
        )
    return manifeste


def _copier_les_valeurs(instantane: Instantane, manifeste: Manifeste) -> None:
    """Those already kept when they come from this very state; else they are worked out now."""
    if _a_jour(instantane.au, manifeste):
        with connection.cursor() as curseur:
            curseur.execute(
                f"INSERT INTO pilotage_valeurpubliee (instantane_id, {_VALEURS}) "
                f"SELECT %s, {_VALEURS} FROM pilotage_valeurcalculee WHERE au = %s",
                [instantane.pk, instantane.au],
            )
        return
    cellules: Sequence[Cellule] = [c for lot in calculer(manifeste, [instantane.au], carte=carte()) for c in lot]
    ValeurPubliee.objects.bulk_create(
        ValeurPubliee(
            instantane=instantane, au=c.au, code=c.code, niveau=c.niveau, territoire=c.territoire, valeur=c.valeur,
            numerateur=c.numerateur, denominateur=c.denominateur, inconnu=c.inconnu,
            secret_interne=c.secret_interne, secret_publication=c.secret_publication,
        )
        for c in cellules
    )  # fmt: skip


def _a_jour(au: date, manifeste: Manifeste) -> bool:
    calcul = Calcul.objects.filter(au=au, a_refaire=False, methodes=empreinte_des_methodes()).first()
    if calcul is None or manifeste.a_reprendre is not None:
        return False
    return au < manifeste.au or calcul.version_lac == manifeste.version


def methodes_du_jour() -> dict[str, dict[str, str]]:
    """What each indicator was called and how it was computed that day."""
    return {
        d.code: {"libelle": d.libelle, "empreinte": hashlib.sha256(d.sql.encode()).hexdigest()[:16]}
        for d in definitions().values()
    }


def _sceller(instantane: Instantane) -> None:
    """The seal is written once, while the row has none."""
    instantane.save(update_fields=["sceau"])
