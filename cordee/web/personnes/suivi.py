"""What the panels « Notes », « Documents » and « Accompagnement » show of the follow-up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Protocol

from cordee.metier.organismes.enums import Finalite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.selectors import SituationDe
from cordee.metier.personnes.services import journaliser_lecture
from cordee.metier.suivi.enums import EtatAnalyse, NaturePiece
from cordee.metier.suivi.regles.documents import DATEES
from cordee.metier.suivi.regles.situations import tendance
from cordee.metier.suivi.selectors.accompagnements import (
    chiffres_par_trimestre,
    globaux_de,
    points_de,
    reclamations_de,
    revues_de,
)
from cordee.metier.suivi.selectors.documents import ALERTE_MOIS, documents_de, pieces_de
from cordee.metier.suivi.selectors.notes import (
    decisions_ouvertes,
    detail_ouvert,
    entretiens_de,
    lectures_de,
    notes_de,
)
from cordee.metier.suivi.services.entretiens import brouillon_de
from cordee.reglementation.calendrier import ajouter_mois
from cordee.socle.horloge import jour
from cordee.web.socle.acces import Dossier


class Lecture(Protocol):
    """What a panel is drawn from (``panneaux.Lecture``)."""

    @property
    def dossier(self) -> Dossier: ...
    @property
    def situation(self) -> SituationDe: ...
    @property
    def agent(self) -> Agent: ...
    @property
    def droits(self) -> Habilitation: ...
    @property
    def maintenant(self) -> datetime: ...
    @property
    def au(self) -> date: ...


P = Permission
_LISENT = (P.SUIVRE, P.CONTRACTUALISER)
JOURS_DES_LECTURES = 30


def notes(lecture: Lecture) -> dict[str, Any]:
    """Notes as this agent may read them, interviews and what was decided."""
    personne, s = lecture.dossier.personne, lecture.situation.situation
    detail = detail_ouvert(
        referente=s.referent_structure_id if s else None, droits=lecture.droits,
        peut=lecture.dossier.peut(P.VOIR_DIAGNOSTIC_DETAIL),
    )  # fmt: skip
    lues = notes_de(personne, pour=lecture.agent, droits=lecture.droits, detail=detail)[:40]
    if any(n.detail and not n.mienne for n in lues):
        journaliser_lecture(
            personne_id=personne.pk, par=lecture.agent, finalite=Finalite.SUIVI, page="notes/detail",
            le=lecture.maintenant,
        )  # fmt: skip
    ecrit = lecture.dossier.peut(P.SUIVRE)
    return {
        "notes": lues,
        "entretiens": list(entretiens_de(personne)[:10]),
        "decisions": list(decisions_ouvertes(personne)[:20]),
        "brouillon": brouillon_de(personne, lecture.agent) if ecrit else None,
        "ecrit": ecrit,
        "encadre": lecture.dossier.peut(P.ENCADRER),
        "lectures": _lectures(lecture) if personne.dossier_sensible else [],
    }


def documents(lecture: Lecture) -> dict[str, Any]:
    """Documents kept and papers seen; what ends soon first."""
    if not lecture.dossier.peut(*_LISENT):
        return {"depose": False}
    personne, limite = lecture.dossier.personne, ajouter_mois(lecture.au, ALERTE_MOIS)
    return {
        "depose": True,
        "documents": [
            {
                "d": d,
                "ouvrable": d.analyse != EtatAnalyse.QUARANTAINE,
                "ton": {EtatAnalyse.SAIN: "succes", EtatAnalyse.QUARANTAINE: "danger"}.get(
                    EtatAnalyse(d.analyse), "neutre"
                ),
            }
            for d in documents_de(personne)[:50]
        ],
        "pieces": [{"p": p, "alerte": _alerte(p.nature, p.expire_le, p.close_le, limite)} for p in pieces_de(personne)],
    }


def accompagnement(lecture: Lecture) -> dict[str, Any]:
    """Accompagnement global, points of situations, joint diagnoses, complaints."""
    personne = lecture.dossier.personne
    if not lecture.dossier.peut(*_LISENT):
        return {}
    chiffres = chiffres_par_trimestre(personne)
    return {
        "globaux": list(globaux_de(personne)[:10]),
        "points": list(points_de(personne)[:12]),
        "chiffres": chiffres[-8:],
        "tendance": tendance([c for _, c in chiffres[-4:]]),
        "revues": list(revues_de(personne)[:6]),
        "reclamations": list(reclamations_de(personne)[:6]),
    }


def _lectures(lecture: Lecture) -> list[dict[str, Any]]:
    """Who else opened a sensitive file these last weeks (V13): its readers are told, one line per agent and day."""
    depuis = lecture.maintenant - timedelta(days=JOURS_DES_LECTURES)
    lues = lectures_de(lecture.dossier.personne, depuis=depuis).exclude(agent_id=lecture.agent.pk)[:200]
    jours = dict.fromkeys((x.agent_id, jour(x.lue_le)) for x in lues)
    agents = Agent.objects.in_bulk({agent for agent, _ in jours})
    return [{"qui": agents.get(agent, "Un agent parti"), "le": le} for agent, le in jours][:10]


def _alerte(nature: str, expire_le: date | None, close_le: date | None, limite: date) -> bool:
    return close_le is None and NaturePiece(nature) in DATEES and expire_le is not None and expire_le <= limite
