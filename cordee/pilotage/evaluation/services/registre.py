"""The register of experiments: nothing is looked at before it is registered, and nothing registered is rubbed out.

REQ-74, 87, 112. Results asked before registration are refused; an amendment is dated, has a reason and stays visible.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from cordee.metier.organismes.models import Agent
from cordee.pilotage.enums_evaluation import EtatExperience, GenreMention
from cordee.pilotage.etudes.services import demander
from cordee.pilotage.etudes.services import empreinte as nom_de
from cordee.pilotage.evaluation.cycle import AMENDABLES, AVEC_RESULTATS, TRANSITIONS
from cordee.pilotage.evaluation.regles.protocole import Protocole, empreinte, lire, verifier
from cordee.pilotage.models import Etude, Experience, MentionExperience
from cordee.socle.erreurs import ErreurMetier
from cordee.socle.horloge import jour

E, G = EtatExperience, GenreMention
GENRE: Final = "evaluation"


class ExperienceRefusee(ErreurMetier):
    """The experiment does not allow this now."""


@transaction.atomic
def ecrire_brouillon(
    *, titre: str, hypothese: str, protocole: Protocole, par: Agent, le: datetime, code: str = ""
) -> Experience:
    """A draft: it may still change, and nothing is computed from it.

    Raises:
        ExperienceRefusee: no title, no hypothesis, or the code is taken. ProtocoleRefuse: something is left unsaid.
    """
    code = slugify(code or titre)[:60]
    if not code or not hypothese.strip():
        raise ExperienceRefusee("Donnez un titre, et votre hypothèse en une phrase.")
    if Experience.objects.filter(code=code).exists():
        raise ExperienceRefusee("Une expérimentation porte déjà ce nom : choisissez-en un autre.")
    verifier(protocole)
    return Experience.objects.create(
        code=code, titre=titre.strip(), hypothese=hypothese.strip(), protocole=protocole.en_json(), creee_le=le,
        creee_par=par,
    )  # fmt: skip


@transaction.atomic
def corriger_brouillon(
    *, experience: Experience, titre: str, hypothese: str, protocole: Protocole, par: Agent, le: datetime
) -> Experience:
    """Change a draft.

    Raises:
        ExperienceRefusee: it is registered: it can only be amended.
    """
    experience = _verrouiller(experience)
    if experience.etat != E.BROUILLON:
        raise ExperienceRefusee("Cette expérimentation est enregistrée : son protocole ne change que par amendement.")
    verifier(protocole)
    experience.titre, experience.hypothese = titre.strip(), hypothese.strip()
    experience.protocole = protocole.en_json()
    experience.save(update_fields=["titre", "hypothese", "protocole"])
    return experience


@transaction.atomic
def enregistrer(*, experience: Experience, par: Agent, le: datetime) -> Experience:
    """Seal the protocol: fingerprint, time, author. It says for ever whether it came before the start."""
    experience = _verrouiller(experience)
    _permettre(experience, "enregistrer")
    p = lire(experience.protocole)
    verifier(p)
    experience.enregistree_le, experience.retrospective = le, jour(le) > p.debut_le
    experience.sceau = _sceau(experience, experience.protocole, par, le)
    experience.etat = E.ENREGISTREE
    experience.save(update_fields=["etat", "enregistree_le", "sceau", "retrospective"])
    _mentionner(experience, G.ENREGISTREMENT, par, le, apres=experience.protocole, sceau=experience.sceau)
    return experience


@transaction.atomic
def amender(*, experience: Experience, protocole: Protocole, motif: str, par: Agent, le: datetime) -> Experience:
    """Change what was said, in the open: before, after, why, and whether results had been seen.

    Raises:
        ExperienceRefusee: a draft, a closed experiment, no reason, or nothing changes.
    """
    experience = _verrouiller(experience)
    if experience.etat not in AMENDABLES:
        raise ExperienceRefusee("Le protocole ne s'amende qu'entre l'enregistrement et la clôture.")
    if not motif.strip():
        raise ExperienceRefusee("Dites pourquoi le protocole change : ce motif reste au registre.")
    verifier(protocole)
    avant, apres = experience.protocole, protocole.en_json()
    if avant == apres:
        raise ExperienceRefusee("Rien ne change dans ce protocole.")
    experience.protocole = apres
    experience.sceau = _sceau(experience, apres, par, le, suite=experience.sceau)
    experience.save(update_fields=["protocole", "sceau"])
    _mentionner(
        experience, G.AMENDEMENT, par, le, motif=motif.strip(), avant=avant, apres=apres, sceau=experience.sceau
    )
    return experience


@transaction.atomic
def demarrer(*, experience: Experience, par: Agent, le: datetime) -> Experience:
    """It begins: results may be asked, labelled « intermédiaire » until its declared end.

    Raises:
        ExperienceRefusee: before the start it declares.
    """
    experience = _verrouiller(experience)
    _permettre(experience, "demarrer")
    if jour(le) < lire(experience.protocole).debut_le:
        raise ExperienceRefusee("Le début déclaré n'est pas venu : amendez le protocole s'il change.")
    return _passer(experience, "demarrer", par, le)


@transaction.atomic
def clore(*, experience: Experience, par: Agent, le: datetime) -> Experience:
    """Its declared end has come.

    Raises:
        ExperienceRefusee: before the end it declares: stopping when figures please is how chance is taken for effect.
    """
    experience = _verrouiller(experience)
    _permettre(experience, "clore")
    if jour(le) < lire(experience.protocole).fin_le:
        raise ExperienceRefusee(
            "La fin déclarée n'est pas venue. Pour l'arrêter avant, abandonnez-la en disant pourquoi."
        )
    return _passer(experience, "clore", par, le)


@transaction.atomic
def abandonner(*, experience: Experience, motif: str, par: Agent, le: datetime) -> Experience:
    """Stopped before its end; it stays in the register with the reason."""
    experience = _verrouiller(experience)
    _permettre(experience, "abandonner")
    if not motif.strip():
        raise ExperienceRefusee("Dites pourquoi elle s'arrête : ce motif reste au registre.")
    return _passer(experience, "abandonner", par, le, motif=motif.strip())


@transaction.atomic
def publier(*, experience: Experience, par: Agent, le: datetime) -> Experience:
    """Freeze its results: elected members read them, and they never move again.

    Raises:
        ExperienceRefusee: no result yet, or groups so small that they would show somebody.
    """
    experience = _verrouiller(experience)
    _permettre(experience, "publier")
    etude = etude_registree(experience)
    if etude is None or etude.resultat is None:
        raise ExperienceRefusee("Demandez d'abord les résultats : il n'y a rien à publier.")
    if etude.resultat.get("trop_petit"):
        raise ExperienceRefusee(
            "Ces groupes sont trop petits pour être publiés : un chiffre y montrerait une personne."
        )
    experience.resultats = etude.resultat | {
        "calcule_le": etude.calculee_le.isoformat() if etude.calculee_le else None, "version_lac": etude.version_lac,
    }  # fmt: skip
    experience.publiee_le = le
    experience.save(update_fields=["resultats", "publiee_le"])
    return _passer(experience, "publier", par, le)


# Results -------------------------------------------------------------------------------------------------------------
@transaction.atomic
def demander_resultats(*, experience: Experience, par: Agent, le: datetime, refaire: bool = False) -> Etude:
    """The study of the registered protocol. The first time it is asked is written in the register.

    Raises:
        ExperienceRefusee: not registered, or not begun.
    """
    experience = _verrouiller(experience)
    _refuser_trop_tot(experience)
    if not experience.mentions.filter(genre=G.RESULTATS).exists():
        _mentionner(experience, G.RESULTATS, par, le, sceau=experience.sceau)
    return demander(genre=GENRE, parametres=parametres(experience), par=par, le=le, refaire=refaire)


@transaction.atomic
def explorer(*, experience: Experience, protocole: Protocole, motif: str, par: Agent, le: datetime) -> Etude:
    """Another look than the one registered: allowed, written down, and labelled « exploratoire » for ever.

    Raises:
        ExperienceRefusee: as for results, or no reason.
    """
    experience = _verrouiller(experience)
    _refuser_trop_tot(experience)
    if not motif.strip():
        raise ExperienceRefusee("Dites ce que vous cherchez : une analyse exploratoire reste au registre.")
    verifier(protocole)
    _mentionner(experience, G.EXPLORATION, par, le, motif=motif.strip(), apres=protocole.en_json())
    return demander(
        genre=GENRE, parametres=parametres(experience, exploration=protocole.en_json()), par=par, le=le
    )  # fmt: skip


def parametres(experience: Experience, *, exploration: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the engine is asked: the protocol, and the labels that stick to its results."""
    return {
        "experience": experience.pk, "protocole": exploration or experience.protocole,
        "exploratoire": exploration is not None, "retrospective": experience.retrospective,
        "amendee": experience.mentions.filter(genre=G.AMENDEMENT, apres_resultats=True).exists(),
    }  # fmt: skip


def etude_registree(experience: Experience) -> Etude | None:
    """The study of the registered protocol, if it was asked for."""
    return Etude.objects.filter(genre=GENRE, empreinte=nom_de(parametres(experience))).first()


# Parts ---------------------------------------------------------------------------------------------------------------
def _refuser_trop_tot(experience: Experience) -> None:
    if experience.etat == E.BROUILLON:
        raise ExperienceRefusee("Enregistrez d'abord le protocole : aucun résultat n'est calculé avant.")
    if experience.etat not in AVEC_RESULTATS:
        raise ExperienceRefusee("Cette expérimentation n'a pas commencé : il n'y a pas de résultat à demander.")


def _verrouiller(experience: Experience) -> Experience:
    return Experience.objects.select_for_update().get(pk=experience.pk)


def _permettre(experience: Experience, acte: str) -> None:
    if EtatExperience(experience.etat) not in TRANSITIONS[acte].depuis:
        etat = EtatExperience(experience.etat).libelle.lower()
        raise ExperienceRefusee(f"Cela ne se fait pas sur une expérimentation {etat}.")


def _passer(experience: Experience, acte: str, par: Agent, le: datetime, *, motif: str = "") -> Experience:
    transition = TRANSITIONS[acte]
    experience.etat = transition.vers
    experience.save(update_fields=["etat"])
    _mentionner(experience, transition.mention, par, le, motif=motif, sceau=experience.sceau)
    return experience


def _sceau(experience: Experience, protocole: dict[str, Any], par: Agent, le: datetime, suite: str = "") -> str:
    return empreinte(
        code=experience.code, titre=experience.titre, hypothese=experience.hypothese, protocole=protocole,
        le=le.astimezone(UTC).isoformat(), par=str(par.pk), suite=suite,
    )  # fmt: skip


def _mentionner(
    experience: Experience, genre: GenreMention, par: Agent, le: datetime, *, motif: str = "",
    avant: dict[str, Any] | None = None, apres: dict[str, Any] | None = None, sceau: str = "",
) -> MentionExperience:  # fmt: skip
    vus = experience.mentions.filter(genre=G.RESULTATS).exists()
    return MentionExperience.objects.create(
        experience=experience, genre=genre, le=le, par=par, motif=motif, avant=avant, apres=apres, sceau=sceau,
        apres_resultats=vus,
    )  # fmt: skip
