"""The calendar over the last months: one line per expectation, one cell per month of arrival."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Final

from cordee.echanges.fichiers import regles
from cordee.echanges.fichiers.calendrier import REFERENCE, Attente, Cle, attentes, premier_mois
from cordee.echanges.fichiers.models import FichierRecu, Periodicite, StatutFichier
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.enums import EnumLibelle

MOIS_AFFICHES: Final = 12


class EtatCellule(EnumLibelle):
    """What one month says of one expectation."""

    SANS_OBJET = "sans_objet", "Sans objet"
    ATTENDU = "attendu", "Attendu"
    A_CHARGER = "a_charger", "Reçu, à charger"
    RECU = "recu", "Reçu"
    RECU_TARD = "recu_tard", "Reçu en retard"
    CORRIGE = "corrige", "Corrigé"
    PARTIEL = "partiel", "Incomplet"
    EN_RETARD = "en_retard", "En retard"
    MANQUANT = "manquant", "Manquant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cellule:
    """One month of one expectation: its state in a word, and the file behind it, or how many (received from ``du`` to
    ``au``).
    """

    mois: date
    etat: EtatCellule
    texte: str
    fichier_id: int | None = None
    nombre: int = 0
    du: date | None = None
    au: date | None = None


@dataclass(frozen=True, slots=True)
class LigneDeCalendrier:
    """One expectation over the months shown, the latest first."""

    attente: Attente
    cellules: tuple[Cellule, ...]


@dataclass(frozen=True, slots=True)
class Recu:
    """A file received, as the calendar reads it."""

    pk: int
    type: str
    reference: date
    mois: date
    recu_le: date
    statut: str


def mois_affiches(au: date, n: int = MOIS_AFFICHES) -> list[date]:
    """First days of the last months, the present one first."""
    return [ajouter_mois(regles.premier_du_mois(au), -i) for i in range(n)]


def grille(au: date, n: int = MOIS_AFFICHES) -> list[LigneDeCalendrier]:
    """Every expectation over the last months of arrival. Five queries."""
    mois = mois_affiches(au, n)
    recus: dict[Cle, dict[date, list[Recu]]] = defaultdict(lambda: defaultdict(list))
    fichiers = (
        FichierRecu.objects.exclude(statut=StatutFichier.REFUSE)
        .exclude(type="")
        .annotate(reference=REFERENCE)
        .filter(reference__gte=ajouter_mois(mois[-1], -1))
        .order_by("depose_le", "pk")
        .values_list("pk", "type", "organisme", "emetteur", "reference", "reference_le", "recu_le", "statut")
    )
    for pk, genre, organisme, emetteur, reference, reference_le, recu_le, statut in fichiers:
        arrive = regles.mois_d_arrivee(genre, reference=reference_le or reference, cree_le=None, recu_le=recu_le)
        recu = Recu(pk, genre, reference, arrive, recu_le, statut)
        recus[Cle(genre, organisme, emetteur)][arrive].append(recu)
    return [
        LigneDeCalendrier(a, tuple(_cellule(a, m, recus[a.cle].get(m, []), au) for m in mois))
        for a in attentes(au, toutes=True)
    ]


def _cellule(a: Attente, mois: date, recus: list[Recu], au: date) -> Cellule:
    if a.periodicite is Periodicite.QUOTIDIEN:
        return _cellule_quotidienne(a, mois, recus, au)
    if recus:
        return _cellule_recue(a, mois, recus)
    attendu = regles.mensuel_attendu_le(mois, a.jour)
    debut = premier_mois(a)
    if a.periodicite is Periodicite.LIBRE or debut is None or mois < debut or not _dans(a, attendu):
        return Cellule(mois=mois, etat=EtatCellule.SANS_OBJET, texte="—")
    if attendu >= au:
        return Cellule(mois=mois, etat=EtatCellule.ATTENDU, texte=f"Attendu le {attendu:%d/%m}")
    depasse = a.derniere_reference is not None and mois < regles.mois_d_arrivee(
        a.cle.type, reference=a.derniere_reference, cree_le=None, recu_le=a.derniere_reference
    )
    if depasse or regles.mensuel_attendu_le(ajouter_mois(mois, 1), a.jour) < au:
        return Cellule(mois=mois, etat=EtatCellule.MANQUANT, texte="Manquant")
    return Cellule(mois=mois, etat=EtatCellule.EN_RETARD, texte=f"En retard de {(au - attendu).days} j")


def _dans(a: Attente, jour: date) -> bool:
    return a.fin is None or jour < a.fin


def _cellule_recue(a: Attente, mois: date, recus: list[Recu]) -> Cellule:
    dernier = recus[-1]
    charges = [r for r in recus if r.statut == StatutFichier.CHARGE]
    if not charges:
        return Cellule(mois=mois, etat=EtatCellule.A_CHARGER, texte="Reçu, à charger", fichier_id=dernier.pk, nombre=1)
    if len(charges) > 1 and a.periodicite is Periodicite.MENSUEL:
        texte = f"Corrigé le {charges[-1].recu_le:%d/%m}"
        return Cellule(mois=mois, etat=EtatCellule.CORRIGE, texte=texte, fichier_id=charges[-1].pk, nombre=len(charges))
    premier = charges[0]
    attendu = regles.mensuel_attendu_le(mois, a.jour)
    if a.periodicite is Periodicite.MENSUEL and premier.recu_le > attendu:
        retard = (premier.recu_le - attendu).days
        texte = f"Reçu le {premier.recu_le:%d/%m} ({retard} j de retard)"
        return Cellule(mois=mois, etat=EtatCellule.RECU_TARD, texte=texte, fichier_id=premier.pk, nombre=1)
    texte = f"Reçu le {charges[-1].recu_le:%d/%m}"
    return Cellule(mois=mois, etat=EtatCellule.RECU, texte=texte, fichier_id=charges[-1].pk, nombre=len(charges))


def _cellule_quotidienne(a: Attente, mois: date, recus: list[Recu], au: date) -> Cellule:
    jours = {r.reference for r in recus}
    debut = a.debut or au
    voulus = [
        j for j in regles.jours_ouvres_du_mois(mois)
        if j >= debut and _dans(a, j) and regles.quotidien_attendu_le(j) <= au
    ]  # fmt: skip
    manquants = [j for j in voulus if j not in jours]
    if not voulus and not recus:
        return Cellule(mois=mois, etat=EtatCellule.SANS_OBJET, texte="—")
    texte = f"{len(recus)} {'reçus' if len(recus) > 1 else 'reçu'}"
    if manquants:
        texte += f" sur {len(set(voulus) | jours)}"
    recus_le = [r.recu_le for r in recus]
    return Cellule(
        mois=mois, etat=EtatCellule.PARTIEL if manquants else EtatCellule.RECU, texte=texte, nombre=len(recus),
        du=min(recus_le, default=None), au=max(recus_le, default=None),
    )  # fmt: skip
