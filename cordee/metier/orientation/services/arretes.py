"""Local rules: a joint arrêté is prepared, tried over past decisions, then activated; never for the past.

C. trav. L5411-5-1 III al. 2: local circumstances, joint arrêté of the prefect and of the president of the conseil
départemental, after the opinion of the comité départemental pour l'emploi.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from cordee.metier.organismes.models import Agent
from cordee.metier.orientation.enums import StatutArrete
from cordee.metier.orientation.models import ActeArrete, ArreteCriteres
from cordee.metier.orientation.selectors.criteres import criteres_applicables
from cordee.metier.orientation.selectors.decisions import Periode
from cordee.metier.orientation.selectors.simulation import Simulation, simuler
from cordee.reglementation.criteres_orientation import Criteres, criteres_nationaux, preciser
from cordee.socle.contraintes import enregistrer
from cordee.socle.erreurs import DonneesPerimees, ErreurMetier
from cordee.socle.horloge import jour

_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,59}")


class ArreteRefuse(ErreurMetier):
    """The arrêté cannot be kept, or applied, this way; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TexteArrete:
    """What the arrêté says and who signs it. ``precisions``: see ``criteres_orientation.preciser``."""

    reference: str
    objet: str
    debut: date
    precisions: Mapping[str, Any]
    circonstances: str = ""
    prefet: str = ""
    president: str = ""
    avis_le: date | None = None
    signe_le: date | None = None


def criteres_de(arrete: ArreteCriteres) -> Criteres:
    """The criteria as this arrêté would have them on its first day.

    Raises:
        PrecisionInterdite, CriteresAbsents: it no longer fits the national criteria.
    """
    return preciser(criteres_nationaux(arrete.debut), arrete.precisions, arrete=arrete.reference)


def empreinte(arrete: ArreteCriteres) -> str:
    """Digest of what decides the proposals: the simulation kept is that of this very content."""
    contenu = [arrete.version_nationale, arrete.precisions]
    return hashlib.sha256(json.dumps(contenu, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def preparer_arrete(
    *, texte: TexteArrete, arrete: ArreteCriteres | None = None, version: int | None = None, par: Agent, le: datetime
) -> ArreteCriteres:
    """Write a draft, or change it. Nothing applies yet.

    Args:
        arrete: the draft to change, with the ``version`` the agent had on screen.

    Raises:
        PrecisionInterdite: what a local rule may not touch.
        ArreteRefuse: first day already past, unreadable reference, not a draft any more.
        DonneesPerimees: somebody changed it meanwhile.
        ContrainteViolee: this reference is taken.
    """
    if not _REFERENCE.fullmatch(texte.reference):
        raise ArreteRefuse("La référence s'écrit en lettres, chiffres, espaces, points, tirets ou barres.")
    if texte.debut < jour(le):
        raise ArreteRefuse("Un arrêté ne s'applique pas au passé : choisissez un premier jour à partir d'aujourd'hui.")
    ligne = ArreteCriteres() if arrete is None else _brouillon(arrete, version)
    nationaux = criteres_nationaux(texte.debut)
    preciser(nationaux, texte.precisions, arrete=texte.reference)
    for champ in ("reference", "objet", "debut", "circonstances", "prefet", "president", "avis_le", "signe_le"):
        setattr(ligne, champ, getattr(texte, champ))
    ligne.precisions, ligne.version_nationale = dict(texte.precisions), nationaux.version
    nouveau = ligne.pk is None
    if not nouveau:
        ligne.version += 1
    enregistrer(ligne)
    _noter(ligne, "Préparé" if nouveau else "Modifié", par=par, le=le)
    return ligne


@transaction.atomic
def simuler_arrete(*, arrete: ArreteCriteres, periode: Periode, par: Agent, le: datetime) -> Simulation:
    """Try it over the decisions of a period, against the rule in force today; the result is kept with the draft.

    Raises:
        ArreteRefuse: not a draft any more, or a period that has not begun.
    """
    if periode.du >= periode.au or periode.du > jour(le):
        raise ArreteRefuse("Choisissez une période passée.")
    ligne = _brouillon(arrete, None)
    simulation = simuler(avant=criteres_applicables(jour(le)), apres=criteres_de(ligne), periode=periode)
    ligne.simulation = {**simulation.vers_json(), "le": le.isoformat(), "empreinte": empreinte(ligne)}
    ligne.save(update_fields=["simulation"])
    fin = periode.au - timedelta(days=1)
    _noter(ligne, f"Simulé sur les décisions du {periode.du:%d/%m/%Y} au {fin:%d/%m/%Y}", par=par, le=le)
    return simulation


@transaction.atomic
def activer_arrete(*, arrete: ArreteCriteres, version: int, par: Agent, le: datetime) -> ArreteCriteres:
    """From its first day, proposals follow it. The arrêté in force until then ends that day. Past proposals stand.

    Raises:
        ArreteRefuse: signatories, dates, circumstances or simulation missing, or a first day already past.
        DonneesPerimees: somebody changed it meanwhile.
        ContrainteViolee: another one holds these dates.
    """
    ligne = _brouillon(arrete, version)
    if manque := empechements(ligne, au=jour(le)):
        raise ArreteRefuse(manque[0])
    for ancien in ArreteCriteres.objects.select_for_update().filter(statut=StatutArrete.ACTIF, fin__isnull=True):
        if ancien.debut >= ligne.debut:
            raise ArreteRefuse(f"L'arrêté {ancien.reference} doit s'appliquer plus tard : abrogez-le d'abord.")
        ancien.fin = ligne.debut
        ancien.save(update_fields=["fin"])
        _noter(ancien, f"Remplacé par l'arrêté {ligne.reference} au {ligne.debut:%d/%m/%Y}", par=par, le=le)
    ligne.statut = StatutArrete.ACTIF
    enregistrer(ligne, champs=["statut"])
    _noter(ligne, f"Activé, applicable à partir du {ligne.debut:%d/%m/%Y}", par=par, le=le)
    return ligne


def empechements(arrete: ArreteCriteres, *, au: date) -> list[str]:
    """What is still missing before it can be activated, in sentences."""
    manques = []
    if not arrete.circonstances.strip():
        manques.append("Dites les circonstances locales qui justifient l'arrêté (C. trav. L5411-5-1 III).")
    if not (arrete.prefet.strip() and arrete.president.strip()):
        manques.append("L'arrêté est conjoint : indiquez ses deux signataires.")
    if arrete.avis_le is None:
        manques.append("Indiquez la date de l'avis du comité départemental pour l'emploi.")
    if arrete.signe_le is None or arrete.signe_le > au:
        manques.append("Indiquez la date de signature : elle ne peut pas être à venir.")
    elif arrete.avis_le is not None and arrete.avis_le > arrete.signe_le:
        manques.append("L'avis du comité départemental précède la signature : vérifiez les deux dates.")
    if arrete.debut < au:
        manques.append("Le premier jour d'application est passé : un arrêté ne s'applique pas au passé.")
    elif arrete.signe_le is not None and arrete.debut < arrete.signe_le:
        manques.append("L'arrêté ne peut pas s'appliquer avant sa signature.")
    if arrete.simulation.get("empreinte") != empreinte(arrete):
        manques.append("Simulez d'abord ce contenu sur les décisions passées.")
    return manques


@transaction.atomic
def abroger_arrete(*, arrete: ArreteCriteres, fin: date, par: Agent, le: datetime) -> ArreteCriteres:
    """End it on a day to come: the national criteria stand alone again. Proposals already made stand.

    Raises:
        ArreteRefuse: not active, or a day already past.
    """
    ligne = ArreteCriteres.objects.select_for_update().get(pk=arrete.pk)
    if ligne.statut != StatutArrete.ACTIF or (ligne.fin is not None and ligne.fin <= jour(le)):
        raise ArreteRefuse("Cet arrêté n'est pas en vigueur.")
    if fin <= jour(le):
        raise ArreteRefuse("La fin d'un arrêté est un jour à venir : les propositions déjà faites restent.")
    if fin <= ligne.debut:
        ligne.statut = StatutArrete.ABANDONNE
        enregistrer(ligne, champs=["statut"])
        _noter(ligne, "Abandonné avant son premier jour", par=par, le=le)
        return ligne
    ligne.fin = fin
    enregistrer(ligne, champs=["fin"])
    _noter(ligne, f"Abrogé au {fin:%d/%m/%Y}", par=par, le=le)
    return ligne


@transaction.atomic
def abandonner_arrete(*, arrete: ArreteCriteres, par: Agent, le: datetime) -> ArreteCriteres:
    """Leave a draft aside; it stays in the history.

    Raises:
        ArreteRefuse: not a draft any more.
    """
    ligne = _brouillon(arrete, None)
    ligne.statut = StatutArrete.ABANDONNE
    ligne.save(update_fields=["statut"])
    _noter(ligne, "Abandonné", par=par, le=le)
    return ligne


# Parts ----------------------------------------------------------------------------------------------------------------
def _brouillon(arrete: ArreteCriteres, version: int | None) -> ArreteCriteres:
    ligne = ArreteCriteres.objects.select_for_update().get(pk=arrete.pk)
    if ligne.statut != StatutArrete.BROUILLON:
        raise ArreteRefuse("Cet arrêté n'est plus en préparation : préparez-en un autre.")
    if version is not None and ligne.version != version:
        raise DonneesPerimees("Cet arrêté a été modifié depuis l'ouverture de la page : relisez-le.")
    return ligne


def _noter(arrete: ArreteCriteres, quoi: str, *, par: Agent, le: datetime) -> None:
    ActeArrete.objects.create(arrete=arrete, quoi=quoi, par=par, le=le)
