"""From the entry to the notified decision: convened, met or not, oriented, received by a structure, given a référent.

Each function reads where the person stands and says what comes next and when. Rates are those of ``politique``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from cordee.demo.histoire.vies import actes, politique
from cordee.demo.histoire.vies.contexte import StructureVie
from cordee.demo.histoire.vies.temps import JAMAIS, au_bureau, creneau, duree, entre, passe_a_l_operateur
from cordee.demo.histoire.vies.vie import Acte, Vie
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.orientation.enums import MotifOrientation, MotifRefusAccueil
from cordee.metier.parcours.enums import Voie
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutRendezVous
from cordee.metier.suivi.enums import ResultatContact
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

Plan = tuple[datetime, Acte] | None
Planifier = Callable[[Vie], Plan]
S, G = StatutRendezVous, GenreOrganismeReferent
_NOUVELLE_LOI: Final = date(2025, 1, 1)
_AGE_ML: Final = 26
_INDEPENDANTS: Final = frozenset({"ETI", "AEN"})
_ANCIENNE: Final = timedelta(days=5 * 365)


# Before the interview ------------------------------------------------------------------------------------------------
def entrante(vie: Vie) -> Plan:
    """To convene; oriented on file where she is registered (before 2025); or forgotten until somebody looks."""
    s, jour, alea = vie.situation, vie.jour, vie.alea
    if s.convocations or s.absences or s.tentatives:
        delai = entre(alea, 2, 8) if jour >= _NOUVELLE_LOI else duree(alea, politique.DELAI_CONVOCATION.au(jour))
        return au_bureau(jour + delai, alea), convoquer
    recu = s.recu_le or jour
    if vie.traits.oubliee < politique.OUBLIEE.au(recu):
        return rattraper(vie), convoquer
    if vie.vue(recu)[1].inscrit_emploi and alea.random() < politique.SUR_DOSSIER.au(recu):
        delai = duree(alea, politique.DELAI_ORIENTATION.au(recu), 0.45)
        return au_bureau(max(recu + delai, jour), alea), sur_dossier
    return au_bureau(max(recu + duree(alea, politique.DELAI_CONVOCATION.au(recu)), jour), alea), convoquer


def rattraper(vie: Vie) -> datetime:
    """When somebody looks at a file left aside."""
    if vie.oubliee_jusqu_au is None or vie.oubliee_jusqu_au < vie.maintenant:
        vie.oubliee_jusqu_au = tirer_selon(vie, politique.RATTRAPAGE)
    return vie.oubliee_jusqu_au


def tirer_selon(vie: Vie, taux: politique.Taux, *, facteur: float = 1.0) -> datetime:
    """When something of a yearly risk happens, from now on."""
    reste = vie.alea.expovariate(1.0)
    jour = vie.jour
    for fin, valeur in taux.tranches(jour):
        risque = valeur * facteur / 365
        if risque > 0:
            attente = reste / risque
            if attente < (fin - jour).days:
                return au_bureau(jour + timedelta(days=int(attente) + 1), vie.alea)
            reste -= (fin - jour).days * risque
        if fin == date.max:
            break
        jour = fin
    return JAMAIS


def convoquer(vie: Vie, le: datetime) -> None:
    delai = duree(vie.alea, politique.DELAI_RENDEZ_VOUS.au(le.date()), 0.4)
    debut = creneau(le.date() + max(delai, timedelta(days=2)), vie.alea)
    actes.convoquer(
        vie, le, debut, GenreRendezVous.ORIENTATION, structure=vie.contexte.plateforme.id, agent=None,
        par=vie.contexte.de_role(RoleAgent.AGENT_PLATEFORME, le.date(), vie.alea),
    )  # fmt: skip


def absence(vie: Vie, le: date) -> float:
    """How likely she is not to come: by channel and seniority; more for the hard to reach."""
    if vie.traits.sms < politique.PAR_SMS.au(le):
        part = politique.ABSENCE_SMS
    else:
        ancienne = le - vie.ancienne_le > _ANCIENNE
        part = politique.ABSENCE_COURRIER_ANCIENNE if ancienne else politique.ABSENCE_COURRIER
    return min(part * 2.2, 0.85) if vie.traits.fuyante else part * 0.8


def convoquee(vie: Vie) -> Plan:
    if vie.rdv is None:
        return None
    return max(vie.rdv["debut"], vie.maintenant), recevoir


def recevoir(vie: Vie, le: datetime) -> None:
    part = absence(vie, le.date())
    tirage = vie.alea.random()
    if tirage >= part:
        statut = S.HONORE
    else:
        statut = S.EXCUSE if tirage < part * politique.EXCUSEE else S.ABSENT
    actes.constater(vie, statut, le, par=actes.plateforme(vie))


def injoignable(vie: Vie) -> Plan:
    delai = duree(vie.alea, politique.DELAI_ALLER_VERS.au(vie.jour), 0.7)
    return au_bureau(vie.jour + delai, vie.alea), aller_vers


def aller_vers(vie: Vie, le: datetime) -> None:
    part = politique.JOINTE_ALLER_VERS * (0.4 if vie.traits.fuyante else 1.2)
    tirage = vie.alea.random()
    if tirage < part:
        resultat = ResultatContact.JOINTE
    else:
        resultat = ResultatContact.MESSAGE if tirage < (1 + part) / 2 else ResultatContact.SANS_REPONSE
    actes.aller_vers(vie, le, resultat, par=actes.plateforme(vie))


# The decision --------------------------------------------------------------------------------------------------------
def rencontree(vie: Vie) -> Plan:
    delai = duree(vie.alea, politique.DELAI_DECISION.au(vie.jour), 0.8)
    if delai.days <= 1:
        return vie.maintenant + timedelta(minutes=35), orienter
    return au_bureau(vie.jour + delai, vie.alea), orienter


def orienter(vie: Vie, le: datetime) -> None:
    """After the interview (told as such in two files out of three before 2024)."""
    par = actes.plateforme(vie)
    if le.date().year >= 2024 or vie.alea.random() < 0.65:
        actes.diagnostiquer(vie, le, par=par)
    decider(vie, le, par=par)


def sur_dossier(vie: Vie, le: datetime) -> None:
    """Before 2025: registered, she is oriented to the employment operator on her file, without an interview."""
    cible = vie.contexte.voisine(TypeStructure.OPERATEUR_EMPLOI, vie.commune, le.date(), vie.alea)
    if cible is None:
        convoquer(vie, le)
        return
    actes.decider(
        vie, le, voie=voie_de(vie, G.OPERATEUR_EMPLOI, le.date()), categorie=cible.categorie, structure=cible.id,
        par=actes.plateforme(vie),
    )  # fmt: skip


def par_defaut(vie: Vie) -> Plan:
    moyenne = 12 if vie.jour >= _NOUVELLE_LOI else 150
    return au_bureau(vie.jour + duree(vie.alea, moyenne, 0.8), vie.alea), orienter_par_defaut


def orienter_par_defaut(vie: Vie, le: datetime) -> None:
    s = vie.contexte.du_secteur(vie.situation.structure_secteur, vie.commune, le.date(), vie.alea)
    if s is None or vie.situation.rencontree_le is not None:
        decider(vie, le, par=vie.contexte.de_role(RoleAgent.ENCADRANT, le.date(), vie.alea))
        return
    actes.decider(
        vie, le, voie=Voie.SOCIAL, categorie=s.categorie, structure=s.id, par_defaut=True,
        par=vie.contexte.de_role(RoleAgent.ENCADRANT, le.date(), vie.alea),
    )  # fmt: skip


def competence_operateur(vie: Vie) -> Plan:
    """Six weeks passed: the operator decides, or we do, late."""
    return au_bureau(vie.jour + entre(vie.alea, 4, 24), vie.alea), _decision_tardive


def _decision_tardive(vie: Vie, le: datetime) -> None:
    tirage, jour = vie.alea.random(), le.date()
    if tirage < 0.3:
        decider(vie, le, par=actes.plateforme(vie))
        return
    liaison = vie.contexte.de_role(RoleAgent.LIAISON, jour, vie.alea)
    secteur = vie.contexte.du_secteur(vie.situation.structure_secteur, vie.commune, jour, vie.alea)
    operateur = vie.contexte.voisine(TypeStructure.OPERATEUR_EMPLOI, vie.commune, jour, vie.alea)
    cible = secteur if tirage > 0.85 and secteur is not None else operateur or secteur
    if cible is not None:
        voie = Voie.SOCIO_PRO if cible is secteur else Voie.EMPLOI
        actes.decider(
            vie, le, voie=voie, categorie=cible.categorie, structure=cible.id, par=liaison, par_operateur=True
        )


def a_accuser(vie: Vie) -> Plan:
    return au_bureau(vie.jour + entre(vie.alea, 1, 8), vie.alea), lambda v, le: actes.accuser(
        v, le, par=actes.plateforme(v)
    )


def decider(vie: Vie, le: datetime, *, par: int, vers: TypeStructure | None = None,
            motifs: list[str] | None = None) -> None:  # fmt: skip
    """Towards whom, by which path: the mix of the period, of the age, of a handicap."""
    jour = le.date()
    cible = destination(vie, jour) if vers is None else vie.contexte.selon_capacite(vers, jour, vie.alea)
    if cible is None:
        cible = vie.contexte.du_secteur(None, vie.commune, jour, vie.alea)
    if cible is None:
        return
    voie = voie_de(vie, GenreOrganismeReferent(cible.categorie), jour)
    actes.decider(vie, le, voie=voie, categorie=cible.categorie, structure=cible.id, par=par, motifs=motifs)


def destination(vie: Vie, jour: date) -> StructureVie | None:
    """The body that will follow her."""
    contexte, alea, commune = vie.contexte, vie.alea, vie.commune
    if vie.adulte.individu.age(jour) < _AGE_ML and alea.random() < politique.MISSION_LOCALE:
        return contexte.voisine(TypeStructure.MISSION_LOCALE, commune, jour, alea)
    if vie.traits.handicap and alea.random() < politique.CAP_EMPLOI:
        return contexte.voisine(TypeStructure.CAP_EMPLOI, commune, jour, alea)
    emploi, operateurs = politique.VERS_OPERATEUR_EMPLOI.au(jour), politique.VERS_OPERATEURS.au(jour)
    if vie.experimentee and jour >= politique.DEBUT_EXPERIMENTATION:
        operateurs += 0.15
    # The more employable go a little more often to the operators: selection, not effect.
    score = 0.65 * alea.random() + 0.35 * (1 - vie.adulte.employabilite)
    if score < _quantile(operateurs):
        return contexte.selon_capacite(TypeStructure.OPERATEUR, jour, alea)
    if score < _quantile(operateurs + emploi):
        return contexte.voisine(TypeStructure.OPERATEUR_EMPLOI, commune, jour, alea)
    if (equipe := _equipe_specialisee(vie, jour)) is not None:
        return equipe
    return contexte.du_secteur(vie.situation.structure_secteur, commune, jour, alea)


def _equipe_specialisee(vie: Vie, jour: date) -> StructureVie | None:
    """Business owners first: their team follows half of them; then a share of the others."""
    individu = vie.vue(jour)[1]
    independante = individu.activite in _INDEPENDANTS
    part = politique.VERS_EQUIPES.au(jour) * (2 if independante else 1)
    if vie.alea.random() >= part:
        return None
    return vie.contexte.equipe_specialisee(jour, vie.alea, age=individu.age(jour), independante=independante)


def _quantile(part: float) -> float:
    """About where a share of the scores of ``destination`` falls (two uniform draws, 0.65 and 0.35)."""
    if part <= 0:
        return -1.0
    if part < 0.27:
        return (part * 2 * 0.65 * 0.35) ** 0.5
    if part < 0.73:
        return 0.35 / 2 + part * 0.65
    return 1 - ((1 - part) * 2 * 0.65 * 0.35) ** 0.5


def voie_de(vie: Vie, categorie: GenreOrganismeReferent, jour: date) -> Voie:
    """Employment, both, or social first."""
    tirage = vie.alea.random()
    if vie.experimentee:
        emploi = politique.PARCOURS_EMPLOI_EXPERIMENTATION.au(jour)
        if tirage < emploi:
            return Voie.EMPLOI
        reste = (tirage - emploi) / (1 - emploi)
        return Voie.SOCIAL if reste < (0.55 if categorie in _SOCIAUX else 0.1) else Voie.SOCIO_PRO
    if categorie is G.OPERATEUR_EMPLOI:
        return Voie.EMPLOI if tirage < 0.75 else Voie.SOCIO_PRO
    if categorie in _SOCIAUX:
        return Voie.SOCIAL if tirage < 0.5 else Voie.SOCIO_PRO if tirage < 0.9 else Voie.EMPLOI
    return Voie.EMPLOI if tirage < 0.4 else Voie.SOCIO_PRO


_SOCIAUX: Final = frozenset({G.CONSEIL_DEPARTEMENTAL, G.DELEGATAIRE})


# Notification, acceptance, référent ----------------------------------------------------------------------------------
def orientee(vie: Vie) -> Plan:
    """Handed over at once to whoever was met; sent otherwise."""
    if vie.situation.rencontree_le is not None and vie.alea.random() < (0.7 if vie.jour.year >= 2024 else 0.3):
        return vie.maintenant + timedelta(minutes=10), partial(_notifier, certaine=True)
    if vie.jour.year < 2024:  # the former tool kept the date of reception only
        return au_bureau(vie.jour + entre(vie.alea, 4, 15), vie.alea), partial(_notifier, certaine=True)
    return au_bureau(vie.jour + entre(vie.alea, 0, 5), vie.alea), partial(_notifier, certaine=False)


def _notifier(vie: Vie, le: datetime, *, certaine: bool) -> None:
    actes.notifier(vie, le, certaine=certaine, par=actes.plateforme(vie))


def notifiee(vie: Vie) -> Plan:
    delai = entre(vie.alea, 4, 16) if vie.alea.random() < 0.93 else entre(vie.alea, 25, 70)
    return au_bureau(vie.jour + delai, vie.alea), partial(_notifier, certaine=True)


def attente_accueil(vie: Vie) -> Plan:
    if laissee(vie):
        return rattraper(vie), actes.accueillir
    delai = duree(vie.alea, politique.DELAI_ACCUEIL.au(vie.jour), 0.6)
    refuse = vie.jour.year >= 2024 and vie.alea.random() < 0.03
    acte = partial(actes.accueillir, motif_refus=str(MotifRefusAccueil.CAPACITE)) if refuse else actes.accueillir
    return au_bureau(vie.jour + delai, vie.alea), acte


def a_reaffecter(vie: Vie) -> Plan:
    return au_bureau(vie.jour + entre(vie.alea, 1, 9), vie.alea), _reaffecter


def _reaffecter(vie: Vie, le: datetime) -> None:
    par = vie.contexte.de_role(RoleAgent.ENCADRANT, le.date(), vie.alea)
    decider(vie, le, par=par, vers=TypeStructure.EDS, motifs=[str(MotifOrientation.CAPACITE)])


def laissee(vie: Vie) -> bool:
    """Oriented, and nobody took her in charge (before 2024)."""
    o = vie.situation.orientation
    return o is not None and vie.traits.conduite < politique.SANS_SUITE.au(o.decidee_le)


def attente_referent(vie: Vie) -> Plan:
    if laissee(vie) and vie.situation.dernier_contact_le is None:
        return rattraper(vie), nommer
    delai = duree(vie.alea, politique.DELAI_REFERENT.au(vie.jour), 0.6)
    return au_bureau(vie.jour + delai, vie.alea), nommer


def nommer(vie: Vie, le: datetime) -> None:
    """Where nobody works, the head looks again some days later."""
    actes.nommer(vie, le)


def nuit_orientation(vie: Vie) -> datetime:
    """When the nightly passage says that the six weeks ran out."""
    recu = vie.situation.recu_le
    return passe_a_l_operateur(recu) if recu else JAMAIS
