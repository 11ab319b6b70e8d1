"""The panel « Droits et devoirs » of a person: where it stands, what she may do, what ends it. No file opens here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cordee.metier.devoirs.enums import EtatProcedure, NatureMesure, StatutManquement, StatutMesure, TypeManquement
from cordee.metier.devoirs.models import Manquement, MesureDecidee, Procedure, Recours
from cordee.reglementation.delais import echeance
from cordee.reglementation.regimes import regime

SUSPENSIVES = (NatureMesure.SUSPENSION, NatureMesure.REDUCTION)


def lire(personnes: Sequence[int], *, au: date) -> dict[str, Any]:
    """Reports, procedures, measures and appeals of a person (the rows of her group), latest first. Four queries."""
    procedures = Procedure.objects.filter(personne__in=personnes).select_related("responsable")
    mesures = MesureDecidee.objects.filter(personne__in=personnes)
    recours = Recours.objects.filter(mesure__personne__in=personnes).order_by("-recu_le")
    seuls = Manquement.objects.filter(personne__in=personnes, procedure__isnull=True)
    return {
        "signalements": [
            {"o": m, "type": TypeManquement(m.type).libelle, "etat": StatutManquement(m.statut).libelle,
             "ouvert": not StatutManquement(m.statut).clos}
            for m in seuls.order_by("-signale_le")[:20]
        ],
        "procedures": [
            {"o": p, "type": TypeManquement(p.type).libelle, "etat": EtatProcedure(p.etat).libelle,
             "peut_repondre": p.contradictoire_jusquau is not None and p.contradictoire_jusquau >= au and p.ouverte}
            for p in procedures.order_by("-ouverte_le")[:20]
        ],
        "mesures": [_mesure(m, au) for m in mesures.order_by("-debut", "-pk")[:20]],
        "recours": list(recours[:20]),
    }  # fmt: skip


def _mesure(m: MesureDecidee, au: date) -> dict[str, Any]:
    """A decision in words: what, since when, what ends it, until when it may be contested."""
    nature, statut = NatureMesure(m.nature), StatutMesure(m.statut)
    court = statut is StatutMesure.DECIDEE and (m.fin is None or m.fin > au)
    connu = regime(m.regime).manquement(TypeManquement(m.type)) if m.regime and m.type else None
    contester = None
    if m.notifiee_le is not None:
        contester = echeance("recours_prealable", depuis=m.notifiee_le).expiration
    return {
        "o": m, "nature": nature.libelle, "statut": statut.libelle, "court": court,
        "levee": connu.levee if connu and court and nature in SUSPENSIVES else "",
        "contester": contester if contester and contester >= au else None,
    }  # fmt: skip
