"""The équipe pluridisciplinaire of the demonstration: a year of sessions, one held last month, one that comes.

Names, facts and opinions are invented. The files of the session to come are the procedures that the morning left open,
then requests for another orientation.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from cordee.demo.matinee_atelier import Atelier
from cordee.metier.courriers.services import marquer_envoye
from cordee.metier.devoirs.enums_ep import GenreCollege, PresencePersonne, ReponseMembre, SensAvis, StatutPassage
from cordee.metier.devoirs.models import MembreEP, PassageEP, SeanceEP
from cordee.metier.devoirs.regles.ep_avis import Vote
from cordee.metier.devoirs.regles.ep_calendrier import Rythme
from cordee.metier.devoirs.selectors.ep_dossiers import candidats, passages_de
from cordee.metier.devoirs.services import ep
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.organismes.models import Agent
from cordee.metier.orientation import services as orientation
from cordee.metier.orientation.enums import Demandeur, IssueReorientation, MotifReorientation
from cordee.metier.orientation.models import DemandeReorientation
from cordee.metier.parcours.enums import Etat
from cordee.metier.parcours.models import Situation
from cordee.reglementation.calendrier import ajouter_mois, est_jour_ouvre
from cordee.socle.horloge import jour

LIEU: Final = "Hôtel du Département, salle des commissions"
RYTHME: Final = Rythme(3, (2, 4))
DOSSIERS: Final = 12
EXAMINES: Final = 5
_C = GenreCollege
_COLLEGES: Final = (ep.College(_C.DEPARTEMENT, 3), ep.College(_C.INSERTION_SOCIALE, 2), ep.College(_C.INSERTION_PRO, 2),
                    ep.College(_C.BENEFICIAIRES, 2, requis=True))  # fmt: skip
# College and seat of each member, in the order of their accounts: nine titulars, then one substitute by college.
_TITULAIRES: Final = 9
_SIEGES: Final = (
    (_C.BENEFICIAIRES, True), (_C.DEPARTEMENT, True), (_C.DEPARTEMENT, True), (_C.DEPARTEMENT, True),
    (_C.INSERTION_SOCIALE, True), (_C.INSERTION_SOCIALE, True), (_C.INSERTION_PRO, True), (_C.INSERTION_PRO, True),
    (_C.BENEFICIAIRES, True), (_C.BENEFICIAIRES, False), (_C.DEPARTEMENT, False), (_C.INSERTION_SOCIALE, False),
    (_C.INSERTION_PRO, False),
)  # fmt: skip
_TEXTE: Final = (
    "L'équipe donne un avis avant toute suppression, et sur les réorientations qui lui sont soumises. Les membres ne "
    "lisent aucun nom. Chacun peut se retirer d'un dossier sans dire pourquoi."
)
_DEMANDES: Final = (
    "Demande un accompagnement plus proche de l'emploi. Deux formations courtes suivies cette année, un projet dans la "
    "petite enfance. Son référent soutient la demande.",
    "Ne parvient plus à suivre les rendez-vous collectifs. Un logement perdu au printemps, des démarches de santé en "
    "cours. Demande un accompagnement social d'abord.",
)
_FAITS: Final = (
    "Plusieurs absences à un atelier prévu au contrat, sans nouvelle pendant deux mois malgré des appels, un message "
    "et une lettre. A repris contact depuis et propose une autre action. Une garde d'enfant manquait le mercredi.",
    "Démarches convenues non commencées après trois points avec son référent. Ne s'est pas manifesté pendant le délai "
    "donné pour répondre ; le silence ne vaut pas aveu.",
    "Formation abandonnée au bout d'une semaine. Dit qu'elle ne correspondait pas à ce qui avait été présenté.",
)
_AVIS: Final = (
    (SensAvis.FAVORABLE, "La demande correspond au projet et à ce qui a été fait depuis un an.", ""),
    (SensAvis.FAVORABLE, "L'accompagnement actuel ne répond plus à la situation.", ""),
    (SensAvis.AUTRE_MESURE, "Le changement est prématuré ; le lien avec le référent est récent.",
     "Refaire le point dans trois mois, avec le même référent."),
    (SensAvis.DEFAVORABLE, "Les démarches engagées aboutiront plus vite dans le parcours actuel.", ""),
    (SensAvis.AJOURNE, "L'équipe demande l'avis du référent avant de se prononcer.", ""),
)  # fmt: skip


def tenir_des_seances(atelier: Atelier) -> None:
    """Règlement and members, the session of last month, a year ahead, the next one nearly ready."""
    secretaire = atelier.organisation.comptes["devoirs"]
    membres = _installer(atelier, secretaire)
    if len(membres) < _TITULAIRES:  # a département without its équipe
        return
    _seance_passee(atelier, secretaire, membres)
    _annee(atelier, secretaire)
    _prochaine(atelier, secretaire)


def _installer(a: Atelier, par: Agent) -> list[MembreEP]:
    ancien = a.instant(date(a.au.year - 1, 1, 5), time(10))
    prepare = ep.preparer_reglement(
        debut=date(a.au.year - 1, 1, 5), colleges=_COLLEGES, texte=_TEXTE, reglages={"k_anonymat": 20}, par=par,
        le=ancien,
    )  # fmt: skip
    ep.adopter_reglement(
        reglement=prepare, reference=f"Arrêté {a.au.year - 1}-014", adopte_le=jour(ancien), par=par, le=ancien
    )
    agents = Agent.objects.filter(affectations__role=RoleAgent.MEMBRE_EP, actif=True).distinct()
    compte = a.organisation.comptes.get("membre_ep")
    ordre = sorted(agents, key=lambda agent: (agent != compte, agent.pk))
    return [
        ep.nommer_membre(
            agent=agent, college=college, titulaire=titulaire, preside=college is _C.DEPARTEMENT and titulaire,
            debut=jour(ancien), par=par, le=ancien,
        )
        for agent, (college, titulaire) in zip(ordre, _SIEGES, strict=False)
    ]  # fmt: skip


# The session of last month ------------------------------------------------------------------------------------------
def _seance_passee(a: Atelier, par: Agent, membres: Sequence[MembreEP]) -> None:
    """Requests heard on papers, one adjourned, the minutes signed by both."""
    le_jour = _jeudi(a.au - timedelta(days=10))
    avant, matin = a.instant(le_jour - timedelta(days=6), time(10)), a.instant(le_jour, time(9))
    demandes = _demandes(a, EXAMINES, par=par, le=avant)
    if not demandes:  # a département without anybody
        return
    seance = ep.planifier_seances(dates=[le_jour], heure=time(9), minutes=150, lieu=LIEU, par=par, le=avant)[0]
    ep.inviter_membres(seance=seance, par=par, le=avant)
    for rang, demande in enumerate(demandes):
        passage = a.tenter(
            "dossiers inscrits à l'équipe", ep.inscrire_dossier, demande=demande, seance=seance, par=par, le=avant
        )
        if passage is not None:
            ep.rediger_expose(passage=passage, expose=_DEMANDES[rang % 2], par=par, le=avant)
    ep.controler_liens(seance=seance, par=par, le=avant)
    ep.retirer_incomplets(seance=seance, par=par, le=a.instant(le_jour - timedelta(days=5), time(10)))
    for membre in membres[:_TITULAIRES]:
        ep.noter_presence(seance=seance, membre=membre, present=True, par=par, le=matin)
    a.tenter("séances tenues", _tenir, a=a, seance=seance, preside=membres[1], par=par, matin=matin)


def _tenir(*, a: Atelier, seance: SeanceEP, preside: MembreEP, par: Agent, matin: datetime) -> SeanceEP:
    ep.ouvrir_seance(seance=seance, presidence=preside, par=par, le=matin)
    quand = matin
    for rang, passage in enumerate(passages_de(seance).filter(statut=StatutPassage.INSCRIT)):
        quand += timedelta(minutes=10)
        ep.appeler(passage=passage, par=par, le=quand)
        if passage.audition:
            ep.noter_audition(passage=passage, presence=PresencePersonne.PRESENTE, par=par, le=quand)
        sens, motivation, propose = _AVIS[rang % len(_AVIS)]
        votants = ep.votants_de(passage)
        contre = 2 if len(votants) > 5 and rang == 2 else 0
        ep.rendre_avis(
            passage=passage, sens=sens, motivation=motivation, autre_mesure=propose,
            vote=Vote(0, 0, 0) if sens is SensAvis.AJOURNE else Vote(len(votants) - contre, contre, 0),
            dissentiments={votants[-1]: "Un nouveau départ l'aurait aidée."} if contre else {}, par=par,
            le=quand + timedelta(minutes=8),
        )  # fmt: skip
    fin = quand + timedelta(minutes=20)
    close = ep.clore_seance(seance=seance, par=par, le=fin)
    ep.etablir_proces_verbal(seance=seance, par=par, le=fin)
    ep.signer_proces_verbal(seance=seance, par=par, le=fin)
    ep.signer_proces_verbal(seance=seance, par=preside.agent, le=fin + timedelta(hours=1))
    ep.envoyer_suites(seance=seance, par=par, le=fin + timedelta(hours=2))
    for passage in PassageEP.objects.filter(seance=seance, suite__isnull=False).select_related("suite"):
        if passage.suite is not None:
            marquer_envoye(courrier=passage.suite, le_jour=jour(fin), par=par, le=fin + timedelta(hours=5))
    return close


def _demandes(a: Atelier, combien: int, *, par: Agent, le: datetime) -> list[DemandeReorientation]:
    """People under contract who asked for another orientation before that day."""
    attendent = set(
        DemandeReorientation.objects.filter(issue=IssueReorientation.EN_ATTENTE).values_list("personne", flat=True)
    )
    connues = a.personnes(
        combien + len(attendent), etats=[Etat.ACCOMPAGNEE], ordre="dernier_contact_le", referent_agent__isnull=False
    )
    suivies = [s for s in connues if s.personne_id not in attendent][:combien]
    faites = []
    for situation in suivies:
        evenement = a.tenter(
            "réorientations demandées", orientation.demander_reorientation, personne=situation.personne,
            demandeur=Demandeur.PERSONNE, motif=MotifReorientation.SITUATION, par=_referent(situation, par),
            le=le - timedelta(days=1),
        )  # fmt: skip
        if evenement is not None:
            faites.append(situation.personne_id)
    return list(
        DemandeReorientation.objects.filter(personne__in=faites, issue=IssueReorientation.EN_ATTENTE).order_by(
            "personne_id"
        )
    )


def _referent(situation: Situation, sinon: Agent) -> Agent:
    return situation.referent_agent or sinon


# A year ahead, and the next session ---------------------------------------------------------------------------------
def _annee(a: Atelier, par: Agent) -> None:
    debut = a.au + timedelta(days=1)
    fin = ajouter_mois(debut, 12)
    dates = [d.le for d in ep.proposer_dates(rythme=RYTHME, du=debut, au=fin) if d.le]
    le = a.ce_matin()
    ep.planifier_seances(dates=dates, heure=time(9), minutes=210, lieu=LIEU, par=par, le=le)
    for rang, seance in enumerate(SeanceEP.objects.filter(debut__gt=a.le).order_by("debut")[:3]):
        ep.inviter_membres(seance=seance, par=par, le=le)
        _repondre(a, seance, sans=_C.BENEFICIAIRES if rang == 2 else None)


def _repondre(a: Atelier, seance: SeanceEP, *, sans: GenreCollege | None) -> None:
    """Most come, one cannot, some have not answered yet; to the third, nobody of one college comes: an alert."""
    for rang, ligne in enumerate(seance.participations.filter(invite_le__isnull=False).order_by("membre_id")):
        reponse = {3: ReponseMembre.NE_VIENDRA_PAS, 7: None, 8: None}.get(rang, ReponseMembre.VIENDRA)
        reponse = ReponseMembre.NE_VIENDRA_PAS if ligne.membre.college == sans else reponse
        if reponse is not None:
            ep.repondre(participation=ligne, reponse=reponse, par=ligne.membre.agent, le=a.ce_matin())


def _prochaine(a: Atelier, par: Agent) -> None:
    """The first session far enough to give people their notice: a dozen files, most of them ready."""
    le = a.ce_matin()
    seance = SeanceEP.objects.filter(debut__date__gte=a.au + timedelta(days=16)).order_by("debut").first()
    if seance is None:
        return
    questions = candidats(pour=par, au=a.au)[:DOSSIERS]
    if len(questions) < DOSSIERS:
        _demandes(a, DOSSIERS - len(questions), par=par, le=le)
        questions = candidats(pour=par, au=a.au)[:DOSSIERS]
    if not questions:
        return
    for rang, question in enumerate(questions):
        passage = a.tenter(
            "dossiers inscrits à l'équipe", ep.inscrire_dossier, procedure=question.procedure, demande=question.demande,
            seance=seance, audition=True if rang < 4 else None, par=par, le=le,
        )  # fmt: skip
        if passage is not None and rang % 6 != 5:  # two are still to be written
            textes = _FAITS if question.procedure else _DEMANDES
            ep.rediger_expose(passage=passage, expose=textes[rang % len(textes)], par=par, le=le)
    bilan = a.tenter("personnes invitées devant l'équipe", ep.inviter_personnes, seance=seance, par=par, le=le)
    if bilan is not None:
        _poster(seance, par, le)
    ep.controler_liens(seance=seance, par=par, le=le)


def _poster(seance: SeanceEP, par: Agent, le: datetime) -> None:
    lettres = PassageEP.objects.filter(seance=seance, convocation__isnull=False).select_related("convocation")
    for passage in lettres:
        if passage.convocation is not None and not passage.convocation.etat:
            marquer_envoye(courrier=passage.convocation, le_jour=jour(le), par=par, le=le)


def _jeudi(le_jour: date) -> date:
    """The Thursday before, or the working day before it."""
    trouve = le_jour - timedelta(days=(le_jour.weekday() - 3) % 7)
    while not est_jour_ouvre(trouve):
        trouve -= timedelta(days=1)
    return trouve
