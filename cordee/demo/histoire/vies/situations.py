"""What suspends a path, and how it resumes: interruptions, particular situations, what files leave to check."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from cordee.demo.histoire.vies import acces, actes, politique, suivi
from cordee.demo.histoire.vies.accueil import Plan, tirer_selon
from cordee.demo.histoire.vies.temps import UN_JOUR, au_bureau, duree, entre, ouvre
from cordee.demo.histoire.vies.vie import PERSONNE, Vie
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.parcours.cycle import POINTS
from cordee.metier.parcours.enums import Etat, GenreEvenement, MotifSortie
from cordee.metier.parcours.regles.fichier import reprenables
from cordee.metier.personnes.enums import FinaliteRattachement, Localisation
from cordee.metier.rendezvous.enums import StatutRendezVous
from cordee.metier.suivi.enums import MotifInterruption, ResultatContact

E = GenreEvenement
AGE_RETRAITE: Final = 62
MAJORITE: Final = 18
_INDEPENDANTS: Final = frozenset({"ETI", "AEN"})
_EMPLOI_COURT: Final = frozenset({"SAL", "INT", "AMA", "CDD"})
_MOTIFS: Final = tuple(str(m) for m in (
    MotifInterruption.SANTE, MotifInterruption.SANTE, MotifInterruption.MATERNITE, MotifInterruption.HOSPITALISATION,
    MotifInterruption.FAMILLE, MotifInterruption.ETRANGER, MotifInterruption.DETENTION,
))  # fmt: skip
_TENUES: Final = frozenset({
    Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD, Etat.ACCOMPAGNEE, Etat.SUIVIE_PAR_PARTENAIRE,
    Etat.ATTENTE_REFERENT,
})  # fmt: skip
LOIN: Final = 60


# Beginning -----------------------------------------------------------------------------------------------------------
def preparer(vie: Vie) -> None:
    """Put in the agenda what may happen to somebody who has just been oriented."""
    alea, jour = vie.alea, vie.jour
    vie.plus_tard(tirer_selon(vie, politique.INTERRUPTION), interrompre)
    vie.plus_tard(tirer_selon(vie, politique.EN_ACTION, facteur=0.5 + vie.adulte.employabilite), entrer_en_action)
    retraite = _anniversaire(vie.adulte.individu.naissance, AGE_RETRAITE)
    if alea.random() < 0.5:
        vie.plus_tard(au_bureau(max(retraite, jour) + entre(alea, 20, 200), alea), partial(constater, etat=_RETRAITE))
    if vie.traits.handicap and alea.random() < 0.35:
        vie.plus_tard(au_bureau(jour + entre(alea, 30, 500), alea), partial(constater, etat=Etat.BILAN_HANDICAP))
    vie.plus_tard(au_bureau(jour + entre(alea, 20, 160), alea), regarder_l_activite)
    if vie.age() < MAJORITE:
        vie.plus_tard(au_bureau(jour + UN_JOUR, alea), partial(constater, etat=Etat.MINEURE))


_RETRAITE: Final = Etat.BILAN_VIEILLESSE


def _anniversaire(naissance: date, age: int) -> date:
    return date(naissance.year + age, naissance.month, min(naissance.day, 28))


def _libre(vie: Vie) -> bool:
    s = vie.situation
    return s.statut is None and not s.parentheses and s.chemin in _TENUES


def constater(vie: Vie, le: datetime, *, etat: Etat) -> None:
    """An agent records a particular situation: it opens its own étape."""
    if etat in vie.situation.parentheses or not (_libre(vie) or (etat is Etat.MINEURE and vie.sur_le_chemin)):
        return
    revue = None
    if etat in _REVUES:
        revue = ouvre(le.date() + entre(vie.alea, *_REVUES[etat])).isoformat()
    actes.simple(vie, E.SITUATION_PARTICULIERE, le, par=actes.accompagnant(vie), etat=str(etat), revue_le=revue)


_REVUES: Final = {
    Etat.EN_ACTION: (75, 240), Etat.EN_EMPLOI_PARTIEL: (28, 60), Etat.INDEPENDANTE: (75, 95),
    Etat.BILAN_HANDICAP: (60, 90),
}  # fmt: skip


def entrer_en_action(vie: Vie, le: datetime) -> None:
    constater(vie, le, etat=Etat.EN_ACTION)


def regarder_l_activite(vie: Vie, le: datetime) -> None:
    """What the files say of her work: self-employed, or in a small job while subject to duties. Looked at again."""
    _, individu = vie.vue(le.date())
    if _libre(vie) and individu.soumis:
        if individu.activite in _INDEPENDANTS and vie.alea.random() < 0.5:
            constater(vie, le, etat=Etat.INDEPENDANTE)
        elif individu.activite in _EMPLOI_COURT and individu.revenu and vie.alea.random() < 0.35:
            constater(vie, le, etat=Etat.EN_EMPLOI_PARTIEL)
    if vie.sur_le_chemin:
        vie.plus_tard(au_bureau(le.date() + entre(vie.alea, 300, 420), vie.alea), regarder_l_activite)


def interrompre(vie: Vie, le: datetime) -> None:
    """Illness, birth, hospital…: no convocation until the date agreed, six months away at most."""
    if not _libre(vie):
        return
    revue = ouvre(le.date() + entre(vie.alea, 40, 170)).isoformat()
    motif = _MOTIFS[int(vie.alea.random() * len(_MOTIFS))]
    par = actes.accompagnant(vie)
    actes.simple(vie, E.INTERRUPTION, le, par=par, motif=motif, revue_le=revue)
    actes.annuler_a_venir(vie, vie.maintenant, par=par)


# Living through it, and the end --------------------------------------------------------------------------------------
def reprendre_ou_contacter(vie: Vie) -> Plan:
    """At the review date: the path resumes, or a conversation fixes another date."""
    etape = vie.situation.etape
    if etape is None:
        return None
    return suivi.contact_prevu(vie, etape.echeance), faire_le_point


_FIN: Final = {
    Etat.INTERROMPUE: 0.7, Etat.BILAN_VIEILLESSE: 0.12, Etat.BILAN_HANDICAP: 0.3, Etat.EN_EMPLOI_PARTIEL: 0.25,
    Etat.INDEPENDANTE: 0.1, Etat.EN_ACTION: 0.75, Etat.REMOBILISATION: 0.6, Etat.SUPPRIMEE: 0.25,
}  # fmt: skip


def faire_le_point(vie: Vie, le: datetime) -> None:
    etat, alea = vie.situation.etat, vie.alea
    par = actes.accompagnant(vie)
    if alea.random() < _FIN.get(etat, 0.5) and etat in reprenables(vie.situation):
        actes.simple(vie, E.REPRISE, le, par=par, etat=str(etat))
        return
    if alea.random() > politique.JOINTE:
        actes.contacter(vie, le, ResultatContact.SANS_REPONSE, par=par)
        return
    ecart = _REVUES.get(etat, (60, 88))
    if etat in POINTS:  # its own act: a contact does not close it
        revue = ouvre(le.date() + entre(alea, *ecart)).isoformat()
        actes.simple(vie, E.POINT_SITUATION, le, par=par, etat=str(etat), suite="continue", revue_le=revue)
        return
    actes.contacter(vie, le, ResultatContact.JOINTE, par=par, prochain_le=ouvre(le.date() + entre(alea, *ecart)))


def retour(vie: Vie) -> Plan:
    moyenne = 40 if vie.jour.year < 2024 else 22 if vie.jour.year < 2026 else 13
    return au_bureau(vie.jour + duree(vie.alea, moyenne, 0.5), vie.alea), reprendre_contact


def reprendre_contact(vie: Vie, le: datetime) -> None:
    jointe = vie.alea.random() < politique.JOINTE
    actes.contacter(
        vie, le, ResultatContact.JOINTE if jointe else ResultatContact.MESSAGE, par=actes.accompagnant(vie),
        prochain_le=suivi.prochain_contact(vie, le.date(), vie.situation.intensite) if jointe else None,
    )  # fmt: skip


def mineure(vie: Vie) -> Plan:
    return au_bureau(vie.jour + entre(vie.alea, 4, 14), vie.alea), partial(_reprendre, etat=Etat.MINEURE)


def _reprendre(vie: Vie, le: datetime, *, etat: Etat) -> None:
    actes.simple(vie, E.REPRISE, le, par=actes.accompagnant(vie), etat=str(etat))


# What files leave to check -------------------------------------------------------------------------------------------
def _bureau(vie: Vie) -> int:
    return vie.contexte.de_role(RoleAgent.GESTIONNAIRE_DONNEES, vie.jour, vie.alea)


def _delai(vie: Vie, moyenne: float) -> datetime:
    return au_bureau(vie.jour + duree(vie.alea, moyenne if vie.jour.year >= 2025 else 2.5 * moyenne, 0.6), vie.alea)


def sdd_inconnu(vie: Vie) -> Plan:
    """Mostly the next files say it; the desk checks some, whom a silent file opens again."""
    if vie.alea.random() < 0.7:
        return None
    return _delai(vie, 14), _constater_sdd


def _constater_sdd(vie: Vie, le: datetime) -> None:
    actes.simple(
        vie, E.SDD_CONSTATE, le, par=_bureau(vie), soumise=True, recu_le=max(le, vie.maintenant).date().isoformat()
    )


def a_localiser(vie: Vie) -> Plan:
    return _delai(vie, 8), _localiser


def _localiser(vie: Vie, le: datetime) -> None:
    """No sector: a social centre is chosen for her."""
    s = vie.contexte.voisine(TypeStructure.EDS, vie.commune, le.date(), vie.alea)
    if s is None:
        return
    actes.simple(
        vie, E.LOCALISEE, le, par=_bureau(vie), structure=s.id, localisation=str(Localisation.SECTEUR),
        domiciliee=vie.situation.domiciliee,
    )  # fmt: skip
    acces.ouvrir(vie, FinaliteRattachement.SECTEUR, s.id, None, vie.jour)


def non_transmise(vie: Vie) -> Plan:
    depuis = vie.situation.depuis or vie.jour
    if (vie.jour - depuis).days > 2:  # the next file says it, or she is looked for again
        return au_bureau(vie.jour + entre(vie.alea, 28, 45), vie.alea), _verifier_disparition
    return _delai(vie, 11), _verifier_disparition


def _verifier_disparition(vie: Vie, le: datetime) -> None:
    """Wait for the next file; after some time, she has left."""
    depuis = vie.situation.depuis or le.date()
    if (le.date() - depuis).days < LOIN:
        actes.simple(vie, E.DISPARITION_VERIFIEE, le, par=_bureau(vie), resultat="attendre")
        return
    motif = MotifSortie.AUTRE if vie.alea.random() < 0.6 else MotifSortie.DEMENAGEMENT
    par = _bureau(vie)
    actes.simple(vie, E.DISPARITION_VERIFIEE, le, par=par, resultat="sortie", motif_sortie=str(motif))
    sortie(vie, par=par)


def mutation_sortante(vie: Vie) -> Plan:
    return _delai(vie, 9), _transmettre


def _transmettre(vie: Vie, le: datetime) -> None:
    par = vie.contexte.de_role(RoleAgent.LIAISON, le.date(), vie.alea)
    actes.simple(vie, E.DOSSIER_TRANSMIS, le, par=par)
    sortie(vie, par=par)


def deces_presume(vie: Vie) -> Plan:
    return _delai(vie, 7), verifier_deces


def verifier_deces(vie: Vie, le: datetime) -> None:
    """True nine times in ten."""
    par = _bureau(vie)
    if vie.alea.random() < 0.1:
        actes.simple(vie, E.REPRISE, le, par=par, etat=str(Etat.DECES_PRESUME))
        return
    if vie.rdv is not None and vie.rdv["debut"] <= le:
        actes.constater(vie, StatutRendezVous.EXCUSE, le, par=par)
    actes.simple(vie, E.DECES, le, par=par)
    vie.modifier(PERSONNE, vie.adulte.personne_id, deces_le=(le - timedelta(days=entre(vie.alea, 10, 40).days)).date())
    sortie(vie, par=par)
    actes.clore_orientation(vie, vie.jour)
    acces.accorder(vie, vie.jour)


def sortie(vie: Vie, *, par: int) -> None:
    """What follows an exit: appointments to come are cancelled, the contract ends."""
    actes.annuler_a_venir(vie, vie.maintenant, par=par)
    if vie.situation.contrat is None:
        actes.clore_contrats(vie, vie.jour)
    vie.signature_le = None
