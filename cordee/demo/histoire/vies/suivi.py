"""From the named référent on: contracts, contacts, what partners say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from cordee.demo.histoire.vies import accueil, actes, politique
from cordee.demo.histoire.vies.accueil import Plan, tirer_selon
from cordee.demo.histoire.vies.temps import JAMAIS, UN_JOUR, a, au_bureau, creneau, duree, entre, minuit, ouvre
from cordee.demo.histoire.vies.vie import INFORMATION, Vie
from cordee.metier.organismes.enums import RoleAgent, TypeStructure
from cordee.metier.orientation.enums import MotifOrientation
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, Intensite
from cordee.metier.rendezvous.enums import GenreRendezVous, StatutRendezVous
from cordee.metier.suivi.enums import ResultatContact

E = GenreEvenement
_DEPUIS_2024: Final = date(2024, 1, 1)
_NOUVELLE_LOI: Final = date(2025, 1, 1)
_UN_AN: Final = timedelta(days=365)
_EMPECHENT_DE_SIGNER: Final = (GenreEcheance.DECIDER_REORIENTATION, GenreEcheance.IDENTIFIER_REPRESENTANT)


# Contract to sign ----------------------------------------------------------------------------------------------------
def contrat_a_elaborer(vie: Vie) -> Plan:
    """The signature, or a contact before it."""
    if vie.signature_le is None:
        vie.signature_le = tirer_selon(vie, _risque(vie), facteur=_facteur(vie))
    if vie.rdv is not None:
        return max(vie.rdv["debut"], vie.maintenant), recevoir_pour_le_contrat
    contact = _prochain_essai(vie)
    if vie.signature_le <= contact:
        avance = timedelta(days=11)
        if vie.signature_le - vie.maintenant > avance and vie.alea.random() < politique.AVEC_RENDEZ_VOUS.au(vie.jour):
            return au_bureau((vie.signature_le - avance).date(), vie.alea), _convoquer_pour_le_contrat
        return max(vie.signature_le, vie.maintenant), signer
    return contact, contacter_sans_contrat


def _risque(vie: Vie) -> politique.Taux:
    """Entrants first, then who was oriented again, then the others of the stock."""
    s = vie.situation
    o, jour = s.orientation, vie.jour
    if s.recu_le is not None and (s.recu_le >= _DEPUIS_2024 or (jour < _DEPUIS_2024 and jour - s.recu_le < _UN_AN)):
        return politique.CONTRAT_FLUX
    if o is not None and o.decidee_le >= _DEPUIS_2024:
        return politique.CONTRAT_REORIENTEE
    return politique.CONTRAT_STOCK


def _facteur(vie: Vie) -> float:
    return 0.35 if vie.traits.fuyante else 1.2


def _prochain_essai(vie: Vie) -> datetime:
    """A first interview soon after the référent is named, then the rhythm of the period."""
    s = vie.situation
    moyenne = politique.CONTACT_SANS_CONTRAT.au(vie.jour)
    if s.dernier_contact_le is None and s.chemin is Etat.CONTRAT_A_ELABORER and not vie.relances:
        moyenne = min(moyenne, 20)
    quand = au_bureau(vie.jour + duree(vie.alea, moyenne, 0.35), vie.alea)
    bascule = date(2026, 8, 1) if vie.jour < date(2026, 8, 1) else date(2026, 9, 20)
    if vie.jour < bascule < quand.date():  # nobody waits for the rhythm of the year before when a campaign begins
        quand = au_bureau(bascule + entre(vie.alea, 0, 25), vie.alea)
    return quand


def contacter_sans_contrat(vie: Vie, le: datetime) -> None:
    vie.relances += 1
    jointe = vie.alea.random() < politique.JOINTE * (0.6 if vie.traits.fuyante and le.date().year < 2026 else 1)
    actes.contacter(
        vie, le, ResultatContact.JOINTE if jointe else ResultatContact.SANS_REPONSE, par=actes.accompagnant(vie)
    )


def _convoquer_pour_le_contrat(vie: Vie, le: datetime) -> None:
    s = vie.situation
    if s.referent_structure is None or vie.signature_le is None or Etat.INTERROMPUE in s.parentheses:
        return
    actes.convoquer(
        vie, le, creneau(max(vie.signature_le.date(), le.date() + 2 * UN_JOUR), vie.alea), GenreRendezVous.CONTRAT,
        structure=s.referent_structure, agent=s.referent_agent, par=actes.accompagnant(vie),
    )  # fmt: skip


def recevoir_pour_le_contrat(vie: Vie, le: datetime) -> None:
    """She comes and signs, or another date is found."""
    tirage, part = vie.alea.random(), accueil.absence(vie, le.date())
    statut = StatutRendezVous.HONORE
    if tirage < part:
        statut = StatutRendezVous.EXCUSE if tirage < part * politique.EXCUSEE else StatutRendezVous.ABSENT
    actes.constater(vie, statut, le, par=actes.accompagnant(vie))
    if statut is StatutRendezVous.HONORE:
        vie.signature_le = vie.maintenant + timedelta(minutes=40)
    else:
        vie.signature_le = au_bureau(le.date() + entre(vie.alea, 13, 40), vie.alea)


def signer(vie: Vie, le: datetime) -> None:
    s = vie.situation
    if any(genre in s.echeances for genre in _EMPECHENT_DE_SIGNER) or s.referent_agent is None:
        vie.signature_le = au_bureau(le.date() + entre(vie.alea, 15, 30), vie.alea)
        return
    if s.parentheses:
        vie.signature_le = au_bureau(le.date() + entre(vie.alea, 20, 60), vie.alea)
        return
    intensite = intensite_de(vie, le.date())
    vie.relances = 0
    actes.signer(
        vie, le, intensite, mois=12 if vie.alea.random() < 0.6 else 6,
        prochain_contact_le=prochain_contact(vie, le.date(), intensite),
    )  # fmt: skip
    vie.signature_le = None


def intensite_de(vie: Vie, jour: date) -> Intensite:
    """More intensive with operators and in the experiment, and for the more employable (selection)."""
    structure = vie.contexte.par_id.get(vie.situation.referent_structure or 0)
    chance = vie.adulte.employabilite
    if vie.experimentee and jour >= politique.DEBUT_EXPERIMENTATION:
        part = politique.SELECTION_EXPERIMENTATION * (chance - politique.SEUIL_EXPERIMENTATION)
    elif structure is not None and structure.type is TypeStructure.OPERATEUR:
        part = politique.INTENSIF_OPERATEUR * (0.6 + 0.8 * chance)
    elif structure is not None and structure.type is TypeStructure.EQUIPE_SPECIALISEE:
        part = politique.INTENSIF_EQUIPE * (0.6 + 0.8 * chance)
    else:
        part = politique.INTENSIF.au(jour) * (0.6 + 0.8 * chance)
    if vie.alea.random() < part:
        return Intensite.INTENSIVE
    return Intensite.REGULIERE if vie.alea.random() < 0.6 else Intensite.LEGERE


# Contacts ------------------------------------------------------------------------------------------------------------
def prochain_contact(vie: Vie, jour: date, intensite: str) -> date:
    """The date agreed: by rhythm, rarer for those whose rhythm is only said."""
    alea = vie.alea
    if jour.year < 2024:
        jours = entre(alea, 150, 330)
    elif intensite == Intensite.INTENSIVE:
        jours = entre(alea, 35, 80) if vie.traits.rythme < politique.DILUE else entre(alea, 19, 28)
    elif intensite == Intensite.REGULIERE:
        jours = entre(alea, 75, 120)
    else:
        jours = entre(alea, 110, 180)
    return ouvre(jour + jours)


def accompagnee(vie: Vie) -> Plan:
    """The next contact agreed; the term of a contract of before 2025."""
    etape = vie.situation.etape
    quand = JAMAIS if etape is None else contact_prevu(vie, etape.echeance)
    terme = _terme(vie)
    if terme is not None and terme < quand:
        return max(terme, vie.maintenant), renouveler
    return quand, contacter


def contact_prevu(vie: Vie, echeance: date) -> datetime:
    """On the day, a little before, or late."""
    alea = vie.alea
    if echeance <= vie.jour:  # an attempt that failed: again in some days
        return au_bureau(vie.jour + entre(alea, 1, 6), alea)
    if alea.random() < politique.RETARD_CONTACT.au(echeance):
        return au_bureau(echeance + duree(alea, 25 if echeance.year < 2026 else 11, 0.9) + UN_JOUR, alea)
    return au_bureau(max(echeance - entre(alea, 0, 3), vie.jour + UN_JOUR), alea)


def contacter(vie: Vie, le: datetime) -> None:
    jointe = vie.alea.random() < politique.JOINTE
    prochain = prochain_contact(vie, le.date(), vie.situation.intensite) if jointe else None
    resultat = ResultatContact.JOINTE if jointe else ResultatContact.MESSAGE
    actes.contacter(vie, le, resultat, par=actes.accompagnant(vie), prochain_le=prochain)


def _terme(vie: Vie) -> datetime | None:
    """When a CER ends, and from 2025 on when it is turned into a contrat d'engagement."""
    if vie.signature_le is not None and vie.signature_le > vie.maintenant:
        return vie.signature_le
    contrat = vie.contrats[-1] if vie.contrats else None
    if contrat is None or contrat["genre"] != "cer":
        return None
    terme: date = contrat["fin"]
    return au_bureau(terme - entre(vie.alea, 0, 2), vie.alea) if terme > vie.jour else None


def renouveler(vie: Vie, le: datetime) -> None:
    """At its term, a CER is renewed, or not; it may be later."""
    if vie.alea.random() < politique.RENOUVELLEMENT.au(le.date()):
        signer(vie, le)
        return
    vie.signature_le = tirer_selon(vie, politique.CONTRAT_STOCK)


# Partners ------------------------------------------------------------------------------------------------------------
def suivie_par_partenaire(vie: Vie) -> Plan:
    """Their file, around the twentieth of a month, for those of whom they say something."""
    if vie.reprise:  # the true files of partners come meanwhile
        return None
    jour = vie.jour
    debut = max(jour + timedelta(days=5), politique.FICHIERS_OPERATEUR)
    if vie.situation.info_partenaire_le is None:
        quand = debut + entre(vie.alea, 5, 75 if jour < _NOUVELLE_LOI else 35)
    else:
        quand = debut + duree(vie.alea, politique.ENTRE_NOUVELLES.au(jour), 0.2)
        if jour < date(2026, 7, 1) < quand:
            quand = date(2026, 7, 1) + entre(vie.alea, 0, 45)
    return _fichier(quand), informer


def _fichier(jour: date) -> datetime:
    """The file of the partners that comes on or after a day: the twentieth."""
    vingt = jour.replace(day=20)
    if vingt < jour:
        vingt = (jour.replace(day=28) + timedelta(days=4)).replace(day=20)
    return a(ouvre(vingt), 720)


def informer(vie: Vie, le: datetime) -> None:
    """One row per partner, each fact with its day; nothing said of those it does not know of."""
    s, jour = vie.situation, le.date()
    if vie.traits.connue >= politique.CONNUE_OPERATEUR.au(jour) or s.referent_structure is None:
        return
    structure = vie.contexte.par_id[s.referent_structure]
    partenaire = structure.parent or structure.id
    contrat = _contrat_dit(vie, jour)
    dernier = jour - entre(vie.alea, 2, 50)
    au = jour - timedelta(days=2)
    ligne = vie.informations.get(partenaire)
    if ligne is None:
        ligne = vie.informations[partenaire] = vie.ligne(
            INFORMATION, structure_id=partenaire, contrat_partiel="", dernier_contact_partiel="",
            prochain_contact_le=None, prochain_au=None, referent="", referent_structure="", referent_au=None,
            contrat_le=None, contrat_au=None, fichier=None,
        )  # fmt: skip
    ligne |= {
        "au": au, "dernier_contact_le": dernier, "contact_au": au, "appliquee": True, "recue_le": jour,
        "par_id": vie.contexte.systeme, "notee_le": le,
    }  # fmt: skip
    if contrat is not None:
        ligne |= {"contrat_le": contrat, "contrat_au": au}
    vie.noter(
        E.INFORMATION_PARTENAIRE, le, {**_dite(ligne), "pour": s.referent_structure}, par=vie.contexte.systeme,
        objet_type="information_partenaire", objet_id=ligne["id"],
    )  # fmt: skip


def _contrat_dit(vie: Vie, jour: date) -> date | None:
    """The contract the operator announces: those signed since 2025."""
    s = vie.situation
    if s.contrat_le is not None or s.orientation is None:
        return s.contrat_le
    if vie.signature_le is None:
        depart = max(s.orientation.decidee_le, _NOUVELLE_LOI)
        risque = politique.CONTRAT_OPERATEUR.au(max(jour, depart))
        if s.recu_le is not None and s.recu_le >= _DEPUIS_2024:
            risque *= politique.CONTRAT_OPERATEUR_FLUX
        attente = vie.alea.expovariate(1.0) / risque if risque else 99
        vie.signature_le = minuit(depart + timedelta(days=int(min(attente, 90) * 365)))
    return vie.signature_le.date() if vie.signature_le.date() <= jour - timedelta(days=3) else None


def _dite(ligne: dict[str, Any]) -> dict[str, Any]:
    cles = ("contrat_le", "dernier_contact_le", "prochain_contact_le", "au", "contrat_au", "contact_au", "prochain_au")
    dates = {cle: ligne[cle].isoformat() if ligne[cle] else None for cle in cles}
    return {"structure": ligne["structure_id"], "fichier": None, **dates}


# Out of the duties ---------------------------------------------------------------------------------------------------
def volontaire(vie: Vie) -> Plan:
    etape = vie.situation.etape
    if etape is None:
        return None
    return contact_prevu(vie, etape.echeance), _contacter_volontaire


def _contacter_volontaire(vie: Vie, le: datetime) -> None:
    if vie.alea.random() < 0.2:
        actes.simple(vie, E.FIN_ACCOMPAGNEMENT, le, par=actes.accompagnant(vie))
        return
    contacter(vie, le)


def reorienter_vers_operateur(vie: Vie, le: datetime) -> None:
    """From 2024 on, people followed elsewhere are oriented again towards contracted operators."""
    s = vie.situation
    if s.statut is not None or s.parentheses or s.orientation is None or s.chemin not in REORIENTABLES:
        return
    par = vie.contexte.de_role(RoleAgent.AGENT_PLATEFORME, le.date(), vie.alea)
    accueil.decider(vie, le, par=par, vers=TypeStructure.OPERATEUR, motifs=[str(MotifOrientation.FREINS_A_TRAITER)])


REORIENTABLES: Final = frozenset({
    Etat.SUIVIE_PAR_PARTENAIRE, Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD, Etat.ACCOMPAGNEE,
    Etat.ATTENTE_REFERENT, Etat.ATTENTE_ACCUEIL,
})  # fmt: skip
