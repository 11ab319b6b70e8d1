"""What each act of an agent leaves: its event, its rows, what it closes. The same as the services of the rooms write.

Letters are not told: the history has no ``Courrier``.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from cordee.demo.histoire.vies import acces, propositions
from cordee.demo.histoire.vies.contenus import diagnostic, engagements, projet
from cordee.demo.histoire.vies.temps import MINUTE, UN_JOUR
from cordee.demo.histoire.vies.vie import CONTACT, CONTRAT, DIAGNOSTIC, ENGAGEMENT, ORIENTATION, RENDEZ_VOUS, Vie
from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.enums import MotifOrientation
from cordee.metier.parcours.enums import Etat, GenreEvenement, Intensite, Voie
from cordee.metier.rendezvous.enums import GenreRendezVous, ModaliteRendezVous, MotifAnnulation, StatutRendezVous
from cordee.metier.suivi.enums import GenreContactSuivi, ResultatContact
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.delais import echeance
from cordee.reglementation.organismes_referents import GenreOrganismeReferent

E, S, G = GenreEvenement, StatutRendezVous, GenreOrganismeReferent
CONTRAT_ENGAGEMENT: Final = date(2025, 1, 1)
_MOTIFS: Final = {
    Voie.EMPLOI: [str(MotifOrientation.ACTIVITE_RECENTE), str(MotifOrientation.PROJECTION)],
    Voie.SOCIO_PRO: [str(MotifOrientation.FREINS_A_TRAITER)],
    Voie.SOCIAL: [str(MotifOrientation.FREINS_BLOQUANTS)],
}


# Appointments --------------------------------------------------------------------------------------------------------
def convoquer(vie: Vie, le: datetime, debut: datetime, genre: GenreRendezVous, *, structure: int,
              agent: int | None, par: int) -> None:  # fmt: skip
    """An appointment offered. ``agent``: who receives, when it is known.

    Her agenda is written with the outcome: two lives lived apart may not know that they want the same half hour.
    (``agendas.attribuer`` gives the appointments to come to those who are free.)
    """
    if vie.rdv is not None:  # one appointment at a time: another date replaces it
        _annuler(vie, le, MotifAnnulation.DEPLACE, par=par)
    modalite = ModaliteRendezVous.TELEPHONE if vie.alea.random() < 0.12 else ModaliteRendezVous.PHYSIQUE
    lieu = vie.contexte.par_id[structure]
    vie.rdv = vie.ligne(
        RENDEZ_VOUS, genre=str(genre), modalite=str(modalite), structure_id=structure, agent_id=None,
        lieu=f"{lieu.nom}, {lieu.adresse}"[:200] if lieu.adresse else lieu.nom[:200], debut=debut,
        fin=debut + timedelta(minutes=45), statut=str(S.PREVU), interprete="", version=1,
    )  # fmt: skip
    identifiant, vie.rdv_agent = vie.rdv["id"], agent
    vie.noter(E.CONVOCATION, le, {"rendez_vous": identifiant}, par=par, objet_type="rendez_vous", objet_id=identifiant)
    acces.convoquer(vie, structure, agent, le.date())
    vie.plus_tard(debut + UN_JOUR, partial(solder, rendez_vous=identifiant))


def solder(vie: Vie, le: datetime, *, rendez_vous: int) -> None:
    """The day after, an appointment that something else made forget has its outcome written all the same."""
    if vie.rdv is not None and vie.rdv["id"] == rendez_vous and vivante(vie):
        statut = S.EXCUSE if vie.alea.random() < 0.25 else S.ABSENT
        constater(vie, statut, le, par=accompagnant(vie))


def constater(vie: Vie, statut: StatutRendezVous, le: datetime, *, par: int) -> None:
    """She came, did not come, or excused herself. The absence is known at the hour of the appointment."""
    rdv = vie.rdv
    if rdv is None:
        return
    _changer(vie, rdv, statut)
    venue = statut is S.HONORE
    donnees: dict[str, Any] = {"rendez_vous": rdv["id"]}
    if not venue:
        donnees["excusee"] = statut is S.EXCUSE
    vie.rdv = None
    vie.noter(E.PRESENCE if venue else E.ABSENCE, le, donnees, par=par, objet_type="rendez_vous", objet_id=rdv["id"])


def _changer(vie: Vie, rdv: dict[str, Any], statut: StatutRendezVous) -> None:
    """The outcome on the row; on a change of it when it was written before this life goes on."""
    if "statut" in rdv:
        rdv["statut"], rdv["version"], rdv["agent_id"] = str(statut), 2, vie.rdv_agent
    else:
        vie.modifier(RENDEZ_VOUS, rdv["id"], statut=str(statut), version=2)


def annuler_a_venir(vie: Vie, le: datetime, *, par: int) -> None:
    """Reaction to an exit, an interruption: what was expected is not any more."""
    if vie.rdv is not None and vie.rdv["debut"] > le:
        _annuler(vie, le, MotifAnnulation.PARCOURS, par=par)


def _annuler(vie: Vie, le: datetime, motif: MotifAnnulation, *, par: int) -> None:
    rdv = vie.rdv
    if rdv is None:
        return
    _changer(vie, rdv, S.ANNULE)
    vie.rdv = None
    vie.noter(
        E.RENDEZ_VOUS_ANNULE, le, {"rendez_vous": rdv["id"], "motif": str(motif)}, par=par, objet_type="rendez_vous",
        objet_id=rdv["id"],
    )  # fmt: skip


# Orientation ---------------------------------------------------------------------------------------------------------
def diagnostiquer(vie: Vie, le: datetime, *, par: int) -> None:
    """The interview of orientation."""
    ligne = vie.ligne(DIAGNOSTIC, mene_le=le, mene_par_id=par, **diagnostic(vie))
    vie.noter(E.DIAGNOSTIC, le, {"diagnostic": ligne["id"]}, par=par, objet_type="diagnostic", objet_id=ligne["id"])
    ligne["mene_le"] = vie.maintenant


def decider(
    vie: Vie, le: datetime, *, voie: Voie, categorie: str, structure: int, par: int, par_defaut: bool = False,
    par_operateur: bool = False, motifs: list[str] | None = None,
) -> None:  # fmt: skip
    """A decision: the former one ends, the path moves, then contracts and accesses follow."""
    s, jour = vie.situation, max(le, vie.maintenant + MINUTE).date()
    if par_operateur:
        codes: list[str] = []
    else:
        codes = [str(MotifOrientation.INFORMATIONS_MANQUANTES)] if par_defaut else motifs or _MOTIFS[voie]
    tardive = not par_operateur and s.orientation is None and s.recu_le is not None and (
        jour > echeance("orienter", depuis=s.recu_le).terme
    )  # fmt: skip
    clore_orientation(vie, jour)
    diagnostics = vie.objets.get(DIAGNOSTIC)
    ligne = vie.ligne(
        ORIENTATION, diagnostic_id=diagnostics[-1]["id"] if diagnostics else None, voie=str(voie),
        categorie=str(categorie), structure_id=structure, motifs=codes, proposition={}, par_defaut=par_defaut,
        tardive=tardive, par_operateur=par_operateur, decidee_le=le, decidee_par_id=par, notifiee_le=None, debut=jour,
        fin=None,
    )  # fmt: skip
    if diagnostics and not (par_operateur or par_defaut):
        ligne |= propositions.colonnes(
            vie, diagnostics[-1], voie=voie, categorie=categorie, jour=jour, numero=ligne["id"]
        )
    vie.orientation = ligne
    vie.noter(
        E.ORIENTATION_OPERATEUR if par_operateur else E.ORIENTATION_DECIDEE, le,
        {"orientation": ligne["id"], "voie": str(voie), "categorie": str(categorie), "structure": structure,
         "acceptation": categorie != G.CONSEIL_DEPARTEMENTAL},
        par=par, objet_type="orientation", objet_id=ligne["id"],
    )  # fmt: skip
    ligne["decidee_le"] = vie.maintenant
    vie.signature_le = None
    clore_contrats(vie, jour)
    acces.terminer_orientation(vie, sauf=structure, au=jour)
    acces.accorder(vie, jour)


def clore_orientation(vie: Vie, au: date) -> None:
    if vie.orientation is not None:
        vie.orientation["fin"] = max(vie.orientation["debut"], au)
    elif vie.situation.orientation is not None:
        vie.modifier(ORIENTATION, vie.situation.orientation.id, fin=au)
    vie.orientation = None


def notifier(vie: Vie, le: datetime, *, certaine: bool, par: int) -> None:
    """Sent, or received on a certain day (handed over, or the return of a registered letter)."""
    o = vie.situation.orientation
    if o is None:
        return
    if not certaine:
        vie.noter(E.NOTIFICATION_ENVOYEE, le, par=par, objet_type="orientation", objet_id=o.id)
        return
    quand = max(le, vie.maintenant + MINUTE)
    vie.noter(
        E.DATE_CERTAINE, quand, {"le": quand.date().isoformat()}, par=par, objet_type="orientation", objet_id=o.id
    )
    _notifiee(vie, quand.date())


def accuser(vie: Vie, le: datetime, *, par: int) -> None:
    o = vie.situation.orientation
    if o is None:
        return
    quand = max(le, vie.maintenant + MINUTE)
    vie.noter(
        E.ORIENTATION_ACCUSEE, quand, {"notifiee_le": quand.date().isoformat()}, par=par, objet_type="orientation",
        objet_id=o.id,
    )  # fmt: skip
    _notifiee(vie, quand.date())


def _notifiee(vie: Vie, jour: date) -> None:
    if vie.orientation is not None:
        vie.orientation["notifiee_le"] = jour
    elif vie.situation.orientation is not None:
        vie.modifier(ORIENTATION, vie.situation.orientation.id, notifiee_le=jour)


def accueillir(vie: Vie, le: datetime, *, motif_refus: str = "") -> None:
    """The structure accepts, or says why it cannot."""
    o = vie.situation.orientation
    if o is None:
        return
    par = vie.contexte.responsable(o.structure, le.date())
    genre, donnees = (E.DOSSIER_REFUSE, {"motif": motif_refus}) if motif_refus else (E.DOSSIER_ACCEPTE, {})
    vie.noter(genre, le, donnees, par=par, objet_type="orientation", objet_id=o.id)


def nommer(vie: Vie, le: datetime) -> bool:
    """The référent gets a name. ``False``: nobody works there."""
    o = vie.situation.orientation
    agent = vie.contexte.referent(o.structure, le.date(), vie.alea) if o else None
    if o is None or agent is None:
        return False
    par = vie.contexte.responsable(o.structure, le.date())
    vie.noter(
        E.REFERENT_NOMME, le, {"structure": o.structure, "agent": agent.id}, par=par, objet_type="agent",
        objet_id=agent.id,
    )  # fmt: skip
    acces.accorder(vie, vie.jour)
    return True


# Contracts -----------------------------------------------------------------------------------------------------------
def signer(vie: Vie, le: datetime, intensite: Intensite, *, mois: int, prochain_contact_le: date | None) -> None:
    """A contract in force, or its update when one of the same kind is."""
    s, jour = vie.situation, max(le, vie.maintenant + MINUTE).date()
    cer = jour < CONTRAT_ENGAGEMENT
    genre = GenreContrat.CER if cer else GenreContrat.CONTRAT_ENGAGEMENT
    if vie.contrats:
        actualise = not cer and any(
            c["genre"] == GenreContrat.CONTRAT_ENGAGEMENT and c["fin"] is None for c in vie.contrats
        )
    else:  # a life that goes on from a stored situation
        actualise = bool(s.contrat) and s.contrat_le is not None and s.contrat_le >= CONTRAT_ENGAGEMENT
    clore_contrats(vie, jour)
    terme = ajouter_mois(jour, mois)
    par = s.referent_agent or vie.contexte.systeme
    ligne = vie.ligne(
        CONTRAT, genre=str(genre), orientation_id=s.orientation.id if s.orientation else None,
        structure_id=s.referent_structure, referent_id=s.referent_agent, intensite=str(intensite),
        prochaine_actualisation=None if cer else terme, signe_personne_le=jour, signe_referent_le=jour,
        lu_a_voix_haute=False, assistance_representant=False, debut=jour, fin=terme if cer else None, cree_le=le,
        cree_par_id=par, version=2, **projet(vie, jour),
    )  # fmt: skip
    if not cer:
        for rang, engagement in enumerate(engagements(vie, ligne)):
            _engagement(vie, ligne["id"], rang, engagement)
    vie.contrats.append(ligne)
    vie.noter(
        E.CONTRAT_ACTUALISE if actualise else E.CONTRAT_SIGNE, le,
        {
            "contrat": ligne["id"], "actualisation_le": None if cer else terme.isoformat(),
            "prochain_contact_le": prochain_contact_le.isoformat() if prochain_contact_le else None,
            "intensite": str(intensite), "prolonge": False, "motif_prolongation": "",
        },
        par=par, objet_type="contrat", objet_id=ligne["id"],
    )  # fmt: skip


def _engagement(vie: Vie, contrat: int, rang: int, valeurs: dict[str, Any]) -> None:
    ligne = {"id": vie.numeros.suivant(ENGAGEMENT), "contrat_id": contrat, "ordre": rang, **valeurs}
    vie.objets.setdefault(ENGAGEMENT, []).append(ligne)


def clore_contrats(vie: Vie, au: date) -> None:
    """Contracts end with the decision, an exit, a new contract. A CER ends at its term by itself.

    The former tool ended a CER with the exit or the reorientation too.
    """
    for contrat in vie.contrats:
        if contrat["fin"] is None or contrat["fin"] > au:
            contrat["fin"] = max(contrat["debut"], au)
    vie.modifier(CONTRAT, vie.contrat_connu, fin=au)
    vie.contrats, vie.contrat_connu = [], None


# Follow-up -----------------------------------------------------------------------------------------------------------
def contacter(
    vie: Vie, le: datetime, resultat: ResultatContact, *, par: int, prochain_le: date | None = None,
    genre: GenreContactSuivi | None = None,
) -> None:  # fmt: skip
    """A contact or an attempt; the next one may be agreed."""
    jointe = resultat is ResultatContact.JOINTE
    if genre is None:
        genre = _mode(vie.alea.random(), jointe=jointe)
    ligne = vie.ligne(
        CONTACT, genre=str(genre), resultat=str(resultat), le=le, par_id=par, prochain_le=prochain_le, note="",
        annule_le=None,
    )  # fmt: skip
    vie.noter(
        E.CONTACT, le,
        {"resultat": str(resultat), "prochain_contact_le": prochain_le.isoformat() if prochain_le else None},
        par=par, objet_type="contact", objet_id=ligne["id"],
    )  # fmt: skip
    ligne["le"] = vie.maintenant


def _mode(tirage: float, *, jointe: bool) -> GenreContactSuivi:
    if jointe:
        return GenreContactSuivi.ENTRETIEN if tirage < 0.45 else GenreContactSuivi.APPEL
    return GenreContactSuivi.APPEL if tirage < 0.5 else GenreContactSuivi.MESSAGE


def aller_vers(vie: Vie, le: datetime, resultat: ResultatContact, *, par: int) -> None:
    visite = vie.alea.random() < 0.4
    ligne = vie.ligne(
        CONTACT, genre=str(GenreContactSuivi.VISITE if visite else GenreContactSuivi.APPEL), resultat=str(resultat),
        le=le, par_id=par, prochain_le=None, note="", annule_le=None,
    )  # fmt: skip
    connu = "sans_reponse" if resultat is ResultatContact.MESSAGE else str(resultat)
    vie.noter(E.ALLER_VERS, le, {"resultat": connu}, par=par, objet_type="contact", objet_id=ligne["id"])
    ligne["le"] = vie.maintenant


def simple(vie: Vie, genre: GenreEvenement, le: datetime, /, *, par: int, **donnees: Any) -> None:
    """An act without a row of its own."""
    vie.noter(genre, le, donnees, par=par)


# Who acts ------------------------------------------------------------------------------------------------------------
def plateforme(vie: Vie) -> int:
    return vie.contexte.de_role(RoleAgent.AGENT_PLATEFORME, vie.jour, vie.alea)


def accompagnant(vie: Vie) -> int:
    """The référent, else whoever decides in her structure, else the platform."""
    s = vie.situation
    if s.referent_agent is not None:
        return s.referent_agent
    if s.referent_structure is not None:
        return vie.contexte.responsable(s.referent_structure, vie.jour)
    return plateforme(vie)


def vivante(vie: Vie) -> bool:
    return vie.situation.etat is not Etat.DECEDEE


def simple_objet(
    vie: Vie, genre: GenreEvenement, le: datetime, objet_type: str, objet_id: int, /, *, par: int, **donnees: Any
) -> None:
    """An act about a row written beside it."""
    vie.noter(genre, le, donnees, par=par, objet_type=objet_type, objet_id=objet_id)
