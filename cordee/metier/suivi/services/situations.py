"""Particular situations lived to their end: each has its own act, whose values are kept (life cycle, R70–R75)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.models import Evenement
from cordee.metier.parcours.services import consigner_un
from cordee.metier.parcours.services.appui import verrouiller
from cordee.metier.personnes.models import Personne
from cordee.metier.personnes.selectors import ids_du_groupe
from cordee.metier.suivi.enums import Constat, NouvelleEmploi
from cordee.metier.suivi.models import PointSituation
from cordee.metier.suivi.regles.situations import POINTS, prochain_de_l_action
from cordee.metier.suivi.services.accompagnement import POINT
from cordee.metier.suivi.services.appui import SuiviRefuse, exiger_a_venir, exiger_passee
from cordee.socle.horloge import jour


@dataclass(frozen=True, slots=True, kw_only=True)
class Valeurs:
    """What a point records beside its finding; each situation uses its own (``regles.situations``)."""

    debut_le: date | None = None
    fin_le: date | None = None
    date_cle: date | None = None
    heures: Decimal | None = None
    horaires: str = ""
    trimestre: date | None = None
    chiffre_affaires: Decimal | None = None


@transaction.atomic
def faire_le_point(
    *, personne: Personne, etat: Etat, constat: Constat, valeurs: Valeurs | None = None, revue_le: date | None = None,
    par: Agent, le: datetime,
) -> PointSituation:  # fmt: skip
    """Go through a particular situation with the person: it goes on to the next point, or it ends and the path resumes.

    Args:
        revue_le: next point agreed; else the rule of the étape (one month then three for a job, each quarter for an
            activity, fifteen days before the end of an action).

    Raises:
        SuiviRefuse: a finding or a value of another situation, a date that cannot be.
        TransitionInterdite: the situation is not in progress.
    """
    personne = verrouiller(personne)
    attendu, constat, v = POINTS.get(etat), Constat(constat), valeurs or Valeurs()
    if attendu is None or constat not in attendu.constats:
        raise SuiviRefuse("Ce constat n'est pas de cette situation.")
    fini = constat in attendu.fins
    exiger_a_venir(revue_le, le)
    _verifier(etat, v, le)
    fin = v.fin_le
    if etat is Etat.EN_ACTION and fin is None:
        fin = derniere_fin(personne, etat)
    point = PointSituation.objects.create(
        personne=personne, etat=etat, constat=constat, termine=fini, fait_le=le, par=par,
        revue_le=None if fini else revue_le, **_champs(v, attendu.champs),
    )  # fmt: skip
    donnees: dict[str, Any] = {"etat": str(etat), "suite": "fin" if fini else "continue"}
    if not fini:
        donnees["revue_le"] = revue_le.isoformat() if revue_le else None
        if etat is Etat.EN_ACTION and fin is not None and fin > jour(le):
            donnees["fin_le"] = fin.isoformat()
    consigner_un(
        genre=GenreEvenement.POINT_SITUATION, personne=personne, par=par, le=le, objet_type=POINT, objet_id=point.pk,
        donnees=donnees,
    )  # fmt: skip
    return point


@transaction.atomic
def entrer_en_situation(
    *, personne: Personne, etat: Etat, valeurs: Valeurs | None = None, revue_le: date | None = None, par: Agent,
    le: datetime,
) -> Evenement:  # fmt: skip
    """Record a particular situation with what is known of it: its étape opens, at the right day.

    A job: first point one month after. An action with its dates: half-way, then fifteen days before its end.

    Raises:
        SuiviRefuse: not a situation an agent records here, a date that cannot be.
        TransitionInterdite: the person is no longer on the path.
    """
    attendu, v = POINTS.get(etat), valeurs or Valeurs()
    if attendu is None:
        raise SuiviRefuse("Cette situation ne se constate pas ici.")
    personne = verrouiller(personne)
    exiger_a_venir(revue_le, le)
    _verifier(etat, v, le)
    donnees: dict[str, Any] = {"etat": str(etat), "revue_le": revue_le.isoformat() if revue_le else None}
    if etat is Etat.EN_ACTION and revue_le is None:
        milieu, lequel = prochain_de_l_action(fin=v.fin_le, jour=jour(le), debut=v.debut_le or jour(le))
        if lequel == "mi_parcours" and milieu is not None:
            donnees |= {"mi_parcours_le": milieu.isoformat(), "revue_le": milieu.isoformat()}
        if v.fin_le is not None:
            donnees["fin_le"] = v.fin_le.isoformat()
    point = PointSituation.objects.create(
        personne=personne, etat=etat, fait_le=le, par=par, revue_le=revue_le,
        **_champs(v, (*attendu.champs, "debut_le")),
    )  # fmt: skip
    return consigner_un(
        genre=GenreEvenement.SITUATION_PARTICULIERE, personne=personne, par=par, le=le, objet_type=POINT,
        objet_id=point.pk, donnees=donnees,
    )  # fmt: skip


@transaction.atomic
def prendre_des_nouvelles(*, personne: Personne, nouvelle: NouvelleEmploi, par: Agent, le: datetime) -> Evenement:
    """News of the job, one month after it began, then three, then six, as long as she wants them.

    Raises:
        TransitionInterdite: no news are awaited.
    """
    nouvelle = NouvelleEmploi(nouvelle)
    return consigner_un(
        genre=GenreEvenement.ECHEANCE_TRAITEE, personne=verrouiller(personne), par=par, le=le,
        donnees={
            "echeance": str(GenreEcheance.SUIVI_EMPLOI), "suite": nouvelle.description, "nouvelle": str(nouvelle),
        },
    )  # fmt: skip


def derniere_fin(personne: Personne, etat: Etat) -> date | None:
    """The end that was last said of an action (or of a job)."""
    connus = PointSituation.objects.filter(
        personne__in=ids_du_groupe(personne), etat=etat, fin_le__isnull=False, annule_le=None
    )
    return connus.order_by("-fait_le", "-pk").values_list("fin_le", flat=True).first()


def _champs(v: Valeurs, permis: Sequence[str]) -> dict[str, Any]:
    lues = {nom: getattr(v, nom) for nom in Valeurs.__slots__ if nom in permis}
    if "horaires" in lues:
        lues["horaires"] = v.horaires.strip()[:120]
    return lues


def _verifier(etat: Etat, v: Valeurs, le: datetime) -> None:
    exiger_passee(v.trimestre, le)
    if v.heures is not None and not 0 <= v.heures <= 60:
        raise SuiviRefuse("Les heures par semaine se comptent de 0 à 60.")
    if v.chiffre_affaires is not None and v.chiffre_affaires < 0:
        raise SuiviRefuse("Un chiffre d'affaires ne peut pas être négatif.")
    if v.chiffre_affaires is not None and v.trimestre is None:
        raise SuiviRefuse("Dites de quel trimestre est ce chiffre d'affaires.")
    if v.trimestre is not None and (v.trimestre.day, v.trimestre.month % 3) != (1, 1):
        raise SuiviRefuse("Un trimestre commence le 1er janvier, avril, juillet ou octobre.")
    if v.debut_le is not None and v.fin_le is not None and v.fin_le <= v.debut_le:
        raise SuiviRefuse("La fin vient après le début.")
