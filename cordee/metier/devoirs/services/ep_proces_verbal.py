"""The minutes: written by the session itself, frozen, then signed by the secretary and by who presided (R25)."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction

from cordee.metier.devoirs.enums_ep import (
    GenreActeSeance,
    GenreCollege,
    MotifRetrait,
    PresencePersonne,
    StatutPassage,
    StatutSeance,
)
from cordee.metier.devoirs.models import ParticipationEP, PassageEP, ProcesVerbal, SeanceEP
from cordee.metier.devoirs.selectors.ep import regle_du_quorum
from cordee.metier.devoirs.selectors.ep_dossiers import participations_de, passages_de
from cordee.metier.devoirs.services.ep_seances import noter, verrouiller_seance
from cordee.metier.organismes.models import Agent
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import PARIS, jour


class ProcesVerbalRefuse(ErreurMetier):
    """The minutes cannot be written or signed now."""


def contenu(seance: SeanceEP) -> dict[str, Any]:
    """What the minutes say as the session stands: readable at any moment while it is held.

    Files keep their code: the minutes go round among members. Opinions, voices and dissents; never a decision.
    """
    passages = list(
        passages_de(seance).prefetch_related("avis__dissentiments__membre__agent", "retraits__membre__agent")
    )
    membres = list(participations_de(seance))
    regle = regle_du_quorum(seance.reglement)
    return {
        "le": jour(seance.debut).isoformat(),
        "lieu": seance.lieu,
        "ouverte": _heure(seance.ouverte_le),
        "close": _heure(seance.close_le),
        "presidence": str(seance.presidence.agent) if seance.presidence else "",
        "secretaire": str(seance.secretaire) if seance.secretaire else "",
        "reglement": f"version {seance.reglement.version}, {seance.reglement.reference}".rstrip(", "),
        "quorum": {"requis": regle.requis, "sieges": regle.total},
        "presents": [_membre(p) for p in membres if p.arrive_le],
        "excuses": [_membre(p) for p in membres if not p.arrive_le and p.invite_le],
        "dossiers": [_dossier(p) for p in passages if p.statut in (StatutPassage.EXAMINE, StatutPassage.AJOURNE)],
        "retires": [
            {"code": p.code, "motif": MotifRetrait(p.motif_retrait).libelle}
            for p in passages
            if p.statut == StatutPassage.RETIRE
        ],
        "observations": seance.observations,
    }


def _membre(p: ParticipationEP) -> dict[str, str]:
    m = p.membre
    return {
        "nom": str(m.agent), "college": GenreCollege(m.college).libelle,
        "titre": "titulaire" if m.titulaire else "suppléant", "de": _heure(p.arrive_le), "a": _heure(p.parti_le),
    }  # fmt: skip


def _dossier(p: PassageEP) -> dict[str, Any]:
    avis = p.avis
    return {
        "numero": p.numero, "code": p.code, "objet": p.objet_lu.libelle, "presence": _presence(p),
        "avis": avis.sens_lu.libelle, "est_un_avis": avis.sens_lu.est_un_avis, "motivation": avis.motivation,
        "propose": avis.autre_mesure, "pour": avis.pour, "contre": avis.contre, "abstentions": avis.abstentions,
        "votants": avis.votants,
        "retires": sorted(str(r.membre.agent) for r in p.retraits.all()),
        "dissentiments": [{"nom": str(d.membre.agent), "texte": d.texte} for d in avis.dissentiments.all()],
    }  # fmt: skip


def _presence(p: PassageEP) -> str:
    """How she was heard; a file on papers waited for nobody."""
    sur_pieces = not p.audition and p.presence == PresencePersonne.ATTENDUE
    return "Examen sur pièces" if sur_pieces else p.get_presence_display()


def _heure(instant: datetime | None) -> str:
    return instant.astimezone(PARIS).strftime("%H:%M") if instant else ""


@transaction.atomic
def etablir_proces_verbal(*, seance: SeanceEP, par: Agent, le: datetime) -> ProcesVerbal:
    """Freeze what the session was. Written again as long as nobody has signed.

    Raises:
        ProcesVerbalRefuse: the session is not closed, or somebody has signed.
    """
    courante = verrouiller_seance(seance)
    if courante.statut != StatutSeance.CLOSE:
        raise ProcesVerbalRefuse("Le procès-verbal s'établit une fois la séance close.")
    ancien = ProcesVerbal.objects.filter(seance=courante).first()
    if ancien is not None and (ancien.signe_secretaire_le or ancien.signe_presidence_le):
        raise ProcesVerbalRefuse("Ce procès-verbal est déjà signé : il ne change plus.")
    dit = contenu(SeanceEP.objects.select_related("reglement", "presidence__agent", "secretaire").get(pk=courante.pk))
    valeurs = {"contenu": dit, "empreinte": empreinte_du_pv(dit), "etabli_le": le, "etabli_par": par}
    return ProcesVerbal.objects.update_or_create(seance=courante, defaults=valeurs)[0]


def empreinte_du_pv(dit: dict[str, Any]) -> str:
    """What is signed: any change of a word gives another one."""
    return hashlib.sha256(json.dumps(dit, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@transaction.atomic
def signer_proces_verbal(*, seance: SeanceEP, par: Agent, le: datetime) -> ProcesVerbal:
    """Sign as the secretary or as who presided, each for oneself; two people, two signatures.

    Raises:
        ProcesVerbalRefuse: not written yet, neither of the two, signed already, or altered since it was written.
    """
    courante = verrouiller_seance(seance)
    pv = ProcesVerbal.objects.select_for_update().filter(seance=courante).first()
    if pv is None:
        raise ProcesVerbalRefuse("Établissez d'abord le procès-verbal.")
    if empreinte_du_pv(pv.contenu) != pv.empreinte:
        raise ProcesVerbalRefuse("Ce procès-verbal a changé depuis qu'il a été établi : établissez-le de nouveau.")
    preside = courante.presidence is not None and courante.presidence.agent_id == par.pk
    if preside and pv.signe_presidence_le is None:
        pv.signe_presidence_le = le
    elif not preside and courante.secretaire_id == par.pk and pv.signe_secretaire_le is None:
        pv.signe_secretaire_le = le
    elif preside or courante.secretaire_id == par.pk:
        raise ProcesVerbalRefuse("Vous avez déjà signé ce procès-verbal.")
    else:
        raise ProcesVerbalRefuse("Le procès-verbal est signé par qui préside et par qui tient le secrétariat.")
    pv.save(update_fields=["signe_presidence_le", "signe_secretaire_le"])
    noter(courante, GenreActeSeance.SIGNEE, par=par, le=le, precision="présidence" if preside else "secrétariat")
    return pv
