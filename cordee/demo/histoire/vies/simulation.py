"""Living: at each moment, where the engine says she stands says what may come next; the first to come is done.

Four sources of what happens: the files (facts told to us), the night (deadlines that run out), the agenda (what was
decided for later), and the act that the étape principale calls for. One pass, in the order of time; every event goes
through the product's engine, and every act was legal when it was done. No letter (``Courrier``) is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from heapq import heappop
from random import Random
from typing import Any, Final

from cordee.demo.histoire.modele import AdulteHistoire, FaitDeFichier, Numeros, VieVecue
from cordee.demo.histoire.vies import acces, accueil, actes, echeances, faits, politique, reprise, situations, suivi
from cordee.demo.histoire.vies.accueil import Plan, Planifier
from cordee.demo.histoire.vies.contexte import ContexteVies
from cordee.demo.histoire.vies.temps import JAMAIS, UN_JOUR, a, au_bureau, entre, minuit
from cordee.demo.histoire.vies.vie import Acte, Traits, Vie, lignes_ouvertes
from cordee.metier.parcours.enums import Etat, GenreEtape, GenreEvenement
from cordee.metier.parcours.regles import Situation
from cordee.metier.parcours.regles.fichier import AVANT_ORIENTATION
from cordee.socle.horloge import PARIS

E = GenreEvenement
_NAISSANCE: Final = a(date(2000, 1, 1), 0)


def vivre(
    adulte: AdulteHistoire, contexte: ContexteVies, numeros: Numeros, *, du: date | None = None, au: date,
    depuis: Situation | None = None, rendez_vous: Mapping[str, Any] | None = None,
) -> VieVecue:  # fmt: skip
    """What agents did of one person between the facts of her files, and the rows they left.

    Args:
        du: the first day to live (with ``depuis``); the whole life by default.
        au: the last day lived. Appointments given by then may be for later.
        depuis: where she stands at the beginning of ``du``. Rows that it refers to and that change come under
            ``"maj:<table>"`` (``id`` and columns): they are updates. What partners say is left to their own files.
        rendez_vous: the appointment still expected at the beginning of ``du`` (``id``, ``debut``), if any.

    The same seed and the same person (``Individu.ordre``) give the same life.
    """
    graine = f"{contexte.graine}:{adulte.individu.ordre}:{du.isoformat() if du else ''}"
    alea = Random(graine)  # noqa: S311 - a story, not a secret
    fixe = Random(f"{contexte.graine}:{adulte.individu.ordre}")  # noqa: S311
    vie = Vie(
        adulte, contexte, numeros, alea, _traits(fixe), depuis.copie() if depuis else Situation(),
        minuit(du) if du else _NAISSANCE, reprise=depuis is not None,
    )  # fmt: skip
    if depuis is not None:
        _reprendre(vie, rendez_vous)
    a_dire = [f for f in adulte.faits if du is None or f.recu_le.date() >= du]
    _derouler(vie, a_dire, minuit(au + UN_JOUR))
    return vie.resultat()


def _reprendre(vie: Vie, rendez_vous: Mapping[str, Any] | None) -> None:
    """What a stored situation keeps open: rows, duties, the référent who will leave, the appointment expected."""
    s = vie.situation
    vie.ouvertes, vie.contrat_connu = lignes_ouvertes(s), s.contrat or None
    echeances.planifier(vie)
    if s.referent_agent is not None:
        _prevoir_le_depart(vie, s.referent_agent)
    if rendez_vous is not None:
        vie.rdv = {"id": rendez_vous["id"], "debut": rendez_vous["debut"].astimezone(PARIS)}
        vie.plus_tard(max(vie.rdv["debut"], vie.maintenant) + UN_JOUR, partial(actes.solder, rendez_vous=vie.rdv["id"]))


def _premier_plan(vie: Vie) -> Plan:
    """A life that goes on: what was planned when the étape opened, or soon if that day has passed."""
    debut, etape = vie.maintenant, vie.situation.etape
    if etape is not None and etape.ouverte_le < debut.date():
        vie.maintenant = a(etape.ouverte_le, 720)
    plan = _planifier(vie)
    vie.maintenant = debut
    if plan is None or plan[0] >= debut:
        return plan
    return au_bureau(debut.date() + entre(vie.alea, 0, 9), vie.alea), plan[1]


def _traits(alea: Random) -> Traits:
    return Traits(
        fuyante=alea.random() < 0.12, sms=alea.random(), handicap=alea.random() < politique.HANDICAP,
        rythme=alea.random(), connue=alea.random(), oubliee=alea.random(), conduite=alea.random(),
    )  # fmt: skip


def _derouler(vie: Vie, a_dire: Sequence[FaitDeFichier], fin: datetime) -> None:
    """What comes first, again and again, until ``fin``."""
    rang, total = 0, len(a_dire)
    cle: object = None
    plan: Plan = None
    while True:
        s = vie.situation
        etape = s.etape
        nouvelle = (s.etat, etape.evenement if etape else 0, len(vie.evenements) if plan is None else 0)
        if plan is None or nouvelle[:2] != cle:
            plan = _premier_plan(vie) if vie.reprise and cle is None else _planifier(vie)
            cle = nouvelle[:2]
        quand, acte = plan if plan is not None else (JAMAIS, None)
        fait_le = a_dire[rang].recu_le if rang < total else JAMAIS
        agenda_le = vie.agenda[0][0] if vie.agenda else JAMAIS
        nuit = _nuit(vie)
        premier = min(quand, fait_le, agenda_le, nuit)
        if premier >= fin:
            return
        if premier == fait_le:
            avant = len(vie.evenements)
            _dire(vie, a_dire[rang], premier)
            rang += 1
            if len(vie.evenements) == avant:
                continue
        elif premier == nuit:
            genre = E.DELAI_ORIENTATION_DEPASSE if _sans_orientation(vie) else E.DELAI_CONTRAT_DEPASSE
            vie.noter(genre, premier, par=vie.contexte.systeme)
        elif premier == agenda_le:
            _, _, prevu = heappop(vie.agenda)
            _faire(vie, prevu, premier)
        else:
            if acte is not None:
                _faire(vie, acte, premier)
            plan = None
        echeances.planifier(vie)


def _faire(vie: Vie, acte: Acte, le: datetime) -> None:
    avant_agent, avant_orientation = vie.situation.referent_agent, vie.situation.orientation
    acte(vie, le)
    vie.maintenant = max(vie.maintenant, le)
    s = vie.situation
    if s.referent_agent != avant_agent and s.referent_agent is not None:
        _prevoir_le_depart(vie, s.referent_agent)
    if avant_orientation is None and s.orientation is not None:
        preparer(vie)


def preparer(vie: Vie) -> None:
    """Once oriented: what may happen later is put in the agenda."""
    situations.preparer(vie)
    vie.plus_tard(accueil.tirer_selon(vie, politique.REORIENTATION), echeances.demander_reorientation)
    vie.plus_tard(accueil.tirer_selon(vie, politique.VERS_INTENSIF), suivi.reorienter_vers_operateur)
    vie.plus_tard(accueil.tirer_selon(vie, politique.PROCEDURE), echeances.proposer_sanction)


def _dire(vie: Vie, fait: FaitDeFichier, le: datetime) -> None:
    if reprise.concerne(vie, fait):
        reprise.reprendre(vie, fait)
        if vie.situation.orientation is not None:
            preparer(vie)
            if vie.situation.referent_agent is not None:
                _prevoir_le_depart(vie, vie.situation.referent_agent)
        return
    faits.dire(vie, fait, le)
    vie.maintenant = max(vie.maintenant, le)


# The night -----------------------------------------------------------------------------------------------------------
def _sans_orientation(vie: Vie) -> bool:
    """``parcours.services.temps`` reads the state: a parenthesis hides the chemin from it."""
    s = vie.situation
    return s.statut is None and s.etat in AVANT_ORIENTATION and s.etat is not Etat.ATTENTE_DROIT


def _nuit(vie: Vie) -> datetime:
    """When the nightly passage will have something to say."""
    s = vie.situation
    if _sans_orientation(vie):
        return max(accueil.nuit_orientation(vie), vie.maintenant) if s.recu_le else JAMAIS
    etape = s.etape
    if etape is None or etape.genre != GenreEtape.ELABORER_CONTRAT or etape.provisoire:
        return JAMAIS
    if s.chemin is not Etat.CONTRAT_A_ELABORER:
        return JAMAIS
    return max(a(etape.terme + UN_JOUR, 330), vie.maintenant)


# Référents leave -----------------------------------------------------------------------------------------------------
def _prevoir_le_depart(vie: Vie, agent: int) -> None:
    structure, jour = vie.situation.referent_structure, vie.jour
    for poste in vie.contexte.postes(structure or 0):
        if poste.id == agent and poste.fin is not None and poste.fin > jour:
            vie.plus_tard(a(poste.fin, 320), partial(_partir, agent=agent))
            return


def _partir(vie: Vie, le: datetime, *, agent: int) -> None:
    if vie.situation.referent_agent != agent or not actes.vivante(vie):
        return
    acces.rendre_a_la_structure(vie, agent, le.date())
    actes.simple(vie, E.REFERENT_PARTI, le, par=vie.contexte.systeme, agent=agent)
    acces.accorder(vie, vie.jour)


# What the étape calls for --------------------------------------------------------------------------------------------
def _planifier(vie: Vie) -> Plan:
    planifier = _PLANS.get(vie.situation.etat)
    return planifier(vie) if planifier is not None else None


_PLANS: Final[Mapping[Etat, Planifier]] = {
    Etat.ENTRANTE: accueil.entrante,
    Etat.CONVOQUEE: accueil.convoquee,
    Etat.RENCONTREE: accueil.rencontree,
    Etat.INJOIGNABLE: accueil.injoignable,
    Etat.A_ORIENTER_PAR_DEFAUT: accueil.par_defaut,
    Etat.COMPETENCE_OPERATEUR_EMPLOI: accueil.competence_operateur,
    Etat.ORIENTATION_A_ACCUSER: accueil.a_accuser,
    Etat.ORIENTEE: accueil.orientee,
    Etat.NOTIFIEE: accueil.notifiee,
    Etat.ATTENTE_ACCUEIL: accueil.attente_accueil,
    Etat.A_REAFFECTER: accueil.a_reaffecter,
    Etat.ATTENTE_REFERENT: accueil.attente_referent,
    Etat.SUIVIE_PAR_PARTENAIRE: suivi.suivie_par_partenaire,
    Etat.CONTRAT_A_ELABORER: suivi.contrat_a_elaborer,
    Etat.CONTRAT_EN_RETARD: suivi.contrat_a_elaborer,
    Etat.ACCOMPAGNEE: suivi.accompagnee,
    Etat.VOLONTAIRE: suivi.volontaire,
    Etat.RETOUR: situations.retour,
    Etat.INTERROMPUE: situations.reprendre_ou_contacter,
    Etat.BILAN_VIEILLESSE: situations.reprendre_ou_contacter,
    Etat.BILAN_HANDICAP: situations.reprendre_ou_contacter,
    Etat.EN_EMPLOI_PARTIEL: situations.reprendre_ou_contacter,
    Etat.INDEPENDANTE: situations.reprendre_ou_contacter,
    Etat.EN_ACTION: situations.reprendre_ou_contacter,
    Etat.REMOBILISATION: situations.reprendre_ou_contacter,
    Etat.SUPPRIMEE: situations.reprendre_ou_contacter,
    Etat.MINEURE: situations.mineure,
    Etat.SDD_INCONNU: situations.sdd_inconnu,
    Etat.A_LOCALISER: situations.a_localiser,
    Etat.NON_TRANSMISE: situations.non_transmise,
    Etat.MUTATION_SORTANTE: situations.mutation_sortante,
    Etat.DECES_PRESUME: situations.deces_presume,
}  # fmt: skip
