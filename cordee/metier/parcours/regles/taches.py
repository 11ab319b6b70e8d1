"""Opening étapes and échéances: owner, date, rule. The dates come from ``reglementation``, never from here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle import ECHEANCES, ETAPES
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement, Intensite, Voie
from cordee.metier.parcours.regles.situation import Fait, Orientation, Situation, Tache
from cordee.reglementation import delais
from cordee.reglementation.calendrier import echeance_interne
from cordee.reglementation.organismes_referents import (
    GenreOrganismeReferent,
    delai_legal_du_contrat,
    regle_du_contrat,
)

G = GenreEtape
_CONTACT = {
    Intensite.INTENSIVE: "prochain_contact_intensif",
    Intensite.REGULIERE: "prochain_contact_regulier",
    Intensite.LEGERE: "prochain_contact_leger",
}
_DEPUIS_RECEPTION = (G.ORIENTER, G.ORIENTER_PAR_DEFAUT, G.SUIVRE_ORIENTATION_FT)


def proprietaire(s: Situation, unites: tuple[Unite, ...]) -> tuple[Unite, int | None, int | None]:
    """Who owns a task: the first unit that can be named, so that nobody is left without an owner.

    Returns (unit, structure, agent). Units of a structure fall back on the next unit allowed, then on the platform.
    """
    for unite in unites:
        if unite is Unite.REFERENT:
            if s.referent_structure:
                return unite, s.referent_structure, s.referent_agent
            if s.structure_secteur:
                return unite, s.structure_secteur, None
        elif unite in (Unite.CHEF_STRUCTURE, Unite.STRUCTURE_RECEVANTE):
            structure = s.orientation.structure if s.orientation else s.referent_structure
            if structure:
                return unite, structure, None
        elif unite is Unite.TRAVAIL_SOCIAL:
            return unite, s.referent_structure or s.structure_secteur, None
        else:
            return unite, None, None
    return Unite.PLATEFORME, None, None


def proprietaire_echeance(s: Situation, genre: GenreEcheance) -> tuple[Unite, int | None, int | None]:
    """The same for a parallel duty. The answer to a hand-over belongs to who receives it, not yet to the référent."""
    if genre is GenreEcheance.REPONDRE_RELAIS and s.relais_structure:
        return Unite.STRUCTURE_RECEVANTE, s.relais_structure, s.relais_agent
    return proprietaire(s, ECHEANCES[genre].unites)


def _regle_et_depart(s: Situation, genre: GenreEtape, fait: Fait) -> tuple[str, date, date | None]:
    """(rule, start of its clock, agreed date or None) of an étape opened by an event."""
    recu = s.recu_le or fait.jour
    if genre in _DEPUIS_RECEPTION:
        return ETAPES[genre].regle, recu, None
    if genre is G.CONVOQUER:
        regle = "convoquer_domicilie" if s.domiciliee else "convoquer"
        return regle, fait.jour if s.convocations else recu, None
    if genre is G.ELABORER_CONTRAT and s.orientation:
        return (*_mois_du_contrat(s, s.orientation, fait), None)
    if genre in (G.PROCHAIN_CONTACT, G.ACCOMPAGNEMENT_VOLONTAIRE):
        return _CONTACT[Intensite(s.intensite)], fait.jour, None
    if genre is G.REPRENDRE_CONTACT and s.etat is Etat.INTERROMPUE:
        # History is never refused: an agreed date out of the rule's limits (the act checks them) is kept as it is.
        return "reprendre_contact_interruption", fait.jour, None
    return _regle_de_la_situation(genre, fait)


def _regle_de_la_situation(genre: GenreEtape, fait: Fait) -> tuple[str, date, date | None]:
    """A job is looked at after a month, then every three; an action half-way, then before its end (life cycle)."""
    if genre is G.CONSOLIDER_EMPLOI and fait.genre is GenreEvenement.POINT_SITUATION:
        return "consolider_emploi_suite", fait.jour, None
    if genre is G.POINT_ACTION and (milieu := fait.date("mi_parcours_le")):
        return "point_action_mi_parcours", fait.jour, max(milieu, fait.jour)
    if genre is G.POINT_ACTION and (fin := fait.date("fin_le")):
        return ETAPES[genre].regle, fin, None
    return ETAPES[genre].regle, fait.jour, None


def _mois_du_contrat(s: Situation, o: Orientation, fait: Fait) -> tuple[str, date]:
    """The month runs from the certain reception (D5411-14-1), again from a refused reorientation (E12) and from the
    reception of a return (the contract ended with the exit, the orientation stands: E16).
    """
    if o.certaine_le is None:
        return "contrat_provisoire", o.envoyee_le or fait.jour
    organisme = GenreOrganismeReferent(o.categorie)
    regle = regle_du_contrat(organisme)
    departs = [(o.certaine_le, regle)]
    if s.recu_le is not None:
        departs.append((s.recu_le, regle))
    if o.repart_le is not None:
        refus = "contrat_apres_refus_reorientation" if delai_legal_du_contrat(organisme) else regle
        departs.append((o.repart_le, refus))
    depart, regle = max(departs, key=lambda d: d[0])
    return regle, depart


def _ecart_possible(s: Situation, genre: GenreEtape, fait: Fait) -> date | None:
    """A date fixed by the act itself (next contact agreed, end of the action, reorientation pending)."""
    if genre in (G.PROCHAIN_CONTACT, G.ACCOMPAGNEMENT_VOLONTAIRE):
        return s.prochain_contact_le
    if genre is G.REPRENDRE_CONTACT and s.etat is Etat.INTERROMPUE and s.revue_le:
        return echeance_interne(s.revue_le)
    if genre in (G.POINT_ACTION, G.CONSOLIDER_EMPLOI, G.POINT_ACTIVITE, G.BILAN_DROITS_HANDICAP):
        return s.revue_le
    return None


def ouvrir_etape(s: Situation, fait: Fait) -> Tache | None:
    """The étape principale of the current state, opened by ``fait``."""
    genre = s.genre_etape
    if genre is None:
        return None
    definition = ETAPES[genre]
    unite, structure, agent = proprietaire(s, definition.unites)
    regle, depart, convenue = _regle_et_depart(s, genre, fait)
    fin = delais.echeance(regle, depuis=depart, convenue=convenue)
    jour, terme = fin.date, fin.terme
    fixe = _ecart_possible(s, genre, fait)
    if fixe:
        jour = terme = fixe
    if genre is G.CONVOQUER and s.convocations and s.recu_le:
        limite = delais.echeance("orienter", depuis=s.recu_le).date
        if fait.jour <= limite < jour:
            jour = terme = limite
    tache = Tache(
        genre=str(genre), unite=unite, structure=structure, agent=agent, ouverte_le=fait.jour, echeance=jour,
        terme=terme, regle=fin.regle, nature=str(fin.nature), evenement=fait.id,
        provisoire=genre is G.ELABORER_CONTRAT and s.orientation is not None and s.orientation.certaine_le is None,
        attendu=_attendu(s, genre),
    )  # fmt: skip
    return suspendre_si_reorientation(s, tache)


def suspendre_si_reorientation(s: Situation, tache: Tache) -> Tache:
    """E12: while a reorientation is asked, the month of the contract is interrupted (D5411-8-2); a refused one starts
    it again once the refusal is notified.
    """
    en_attente = (GenreEcheance.DECIDER_REORIENTATION, GenreEcheance.NOTIFIER_REFUS)
    demande = next((s.echeances[genre] for genre in en_attente if genre in s.echeances), None)
    if demande is None or tache.genre != G.ELABORER_CONTRAT:
        return tache
    return replace(tache, echeance=max(tache.echeance, demande.echeance), provisoire=True)


def _attendu(s: Situation, genre: GenreEtape) -> str:
    if genre is not G.ATTENDRE_PARTENAIRE:
        return ""
    return "recue" if s.info_partenaire_le else "non_recue"


def ouvrir_echeance(
    s: Situation, genre: GenreEcheance, fait: Fait, *, depuis: date | None = None, convenue: date | None = None,
    regle: str = "", objet: int | None = None,
) -> None:  # fmt: skip
    """Open (or move) the échéance of a kind."""
    definition = ECHEANCES[genre]
    unite, structure, agent = proprietaire_echeance(s, genre)
    depart = depuis or fait.jour
    # History is never refused: a date agreed before the event that tells it counts from that day.
    fin = delais.echeance(
        regle or definition.regle, depuis=depart, convenue=max(convenue, depart) if convenue else None
    )
    s.echeances[genre] = Tache(
        genre=str(genre), unite=unite, structure=structure, agent=agent, ouverte_le=fait.jour, echeance=fin.date,
        terme=fin.terme, regle=fin.regle, nature=str(fin.nature), evenement=fait.id, objet=objet,
    )  # fmt: skip


def ouvrir_suites_du_contrat(s: Situation, fait: Fait, *, prolonge: bool) -> None:
    """After a signature or a revision: the agreed update and, in the social path, the joint diagnosis (L262-31)."""
    if s.actualisation_le:
        ouvrir_echeance(s, GenreEcheance.ACTUALISER_CONTRAT, fait, convenue=s.actualisation_le)
    else:
        s.echeances.pop(GenreEcheance.ACTUALISER_CONTRAT, None)
    if s.orientation and s.orientation.voie == Voie.SOCIAL:
        regle = "diagnostic_conjoint_prolonge" if prolonge else "diagnostic_conjoint"
        ouvrir_echeance(s, GenreEcheance.DIAGNOSTIC_CONJOINT, fait, regle=regle)
