"""Parallel duties: who treats them, when, and how they end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from cordee.demo.histoire.vies import accueil, actes, politique, situations, suivi
from cordee.demo.histoire.vies.temps import au_bureau, duree, entre, ouvre
from cordee.demo.histoire.vies.vie import MESURE, Vie
from cordee.demo.modele import fin_de_mois
from cordee.metier.devoirs.enums import MotifMesure, NatureMesure, StatutMesure
from cordee.metier.organismes.enums import RoleAgent
from cordee.metier.orientation.enums import Demandeur, MotifRefusReorientation, MotifReorientation
from cordee.metier.parcours.enums import (
    AideDroit,
    Etat,
    GenreEcheance,
    GenreEvenement,
    Intensite,
    MotifSortie,
    ReponseCaisse,
    ReponseSanction,
    SuiteCloture,
)

E, H = GenreEvenement, GenreEcheance
Traitement = Callable[[Vie, datetime], None]
_NOUVELLE_LOI: Final = date(2025, 1, 1)
DERNIERE_MESURE: Final = date(2026, 3, 1)
"""Measures of the history all end before the last files: they leave no disagreement with the paying body."""


def planifier(vie: Vie) -> None:
    """Give each duty just opened a day to be treated: around its date, a third later."""
    for genre in vie.nouvelles_echeances():
        traitement = _TRAITEMENTS.get(genre)
        if traitement is None:
            continue
        tache = vie.situation.echeances[genre]
        laissees = 0.5 if genre is H.RETABLIR_DROIT and vie.jour.year < 2026 else _LAISSEES.get(genre, 0.02)
        if vie.alea.random() >= laissees:
            quand = _quand(vie, genre, tache.echeance)
        elif genre is H.RETABLIR_DROIT:
            continue  # the payer restores it, or closes it
        else:
            quand = au_bureau(max(tache.echeance, vie.jour) + entre(vie.alea, 60, 400), vie.alea)
        vie.plus_tard(quand, partial(_traiter, genre=genre, evenement=tache.evenement))


def _quand(vie: Vie, genre: GenreEcheance, echeance: date) -> datetime:
    alea, jour = vie.alea, vie.jour
    if echeance < jour:  # a life that goes on: it is late already
        return au_bureau(jour + duree(alea, 10, 0.8), alea)
    if alea.random() < (0.3 if jour.year < 2025 else 0.1):
        return au_bureau(echeance + duree(alea, 30 if jour.year < 2026 else 8, 0.8), alea)
    reste = max((echeance - jour).days, 2)
    if genre in (H.ACTUALISER_CONTRAT, H.DIAGNOSTIC_CONJOINT):
        return au_bureau(echeance - entre(alea, 1, 15), alea)
    return au_bureau(jour + entre(alea, 1, reste), alea)


def _traiter(vie: Vie, le: datetime, *, genre: GenreEcheance, evenement: int) -> None:
    tache = vie.situation.echeances.get(genre)
    if tache is not None and tache.evenement == evenement:
        _TRAITEMENTS[genre](vie, le)


_LAISSEES: Final = {H.DIAGNOSTIC_CONJOINT: 0.05, H.ACTUALISER_CONTRAT: 0.03, H.NON_RECOURS: 0.04, H.SUIVI_EMPLOI: 0.04}


def _simple(vie: Vie, le: datetime, *, genre: GenreEcheance) -> None:
    actes.simple(vie, E.ECHEANCE_TRAITEE, le, par=actes.accompagnant(vie), echeance=str(genre))


def _retablir(vie: Vie, le: datetime) -> None:
    aides = (AideDroit.ENSEMBLE, AideDroit.ENSEMBLE, AideDroit.SEULE, AideDroit.SANS_AIDE)
    aide = str(aides[int(vie.alea.random() * 4)])
    actes.simple(vie, E.ECHEANCE_TRAITEE, le, par=actes.accompagnant(vie), echeance=str(H.RETABLIR_DROIT), aide=aide)


def _cloturer(vie: Vie, le: datetime) -> None:
    """The accompaniment ends, goes on at her request, or becomes a follow-up in the job."""
    s, tirage = vie.situation, vie.alea.random()
    par = actes.accompagnant(vie)
    if tirage < 0.07:
        prochain = ouvre(le.date() + entre(vie.alea, 25, 45)).isoformat()
        actes.simple(vie, E.ACCOMPAGNEMENT_VOLONTAIRE, le, par=par, prochain_contact_le=prochain)
        return
    suite = SuiteCloture.FIN
    if s.referent_structure is not None and s.motif_sortie in ("", MotifSortie.AUTRE) and tirage < 0.45:
        suite = SuiteCloture.SUIVI_EMPLOI
    actes.simple(vie, E.CLOTURE_DECIDEE, le, par=par, suite=str(suite))
    if suite is SuiteCloture.FIN:
        actes.annuler_a_venir(vie, vie.maintenant, par=par)
    actes.clore_contrats(vie, vie.jour)


# Reorientation -------------------------------------------------------------------------------------------------------
def demander_reorientation(vie: Vie, le: datetime) -> None:
    """Asked by the person or by the body that follows her."""
    s = vie.situation
    possible = s.statut is None and not s.parentheses and not _reorientee(vie)
    if possible and s.orientation is not None and s.chemin in suivi.REORIENTABLES:
        personne = vie.alea.random() < 0.45
        demandeur = Demandeur.PERSONNE if personne else Demandeur.ORGANISME
        motifs = (MotifReorientation.SITUATION, MotifReorientation.FREINS, MotifReorientation.PROGRES,
                  MotifReorientation.DEMENAGEMENT, MotifReorientation.SOUHAIT)  # fmt: skip
        motif = str(motifs[int(vie.alea.random() * len(motifs))])
        actes.simple(
            vie, E.REORIENTATION_DEMANDEE, le, par=actes.accompagnant(vie), demandeur=str(demandeur), motif=motif
        )
    vie.plus_tard(accueil.tirer_selon(vie, politique.REORIENTATION), demander_reorientation)


def _decider_reorientation(vie: Vie, le: datetime) -> None:
    s = vie.situation
    par = vie.contexte.de_role(RoleAgent.ENCADRANT, le.date(), vie.alea)
    # Before 2025, no rule says where the clock starts again after a refusal.
    if vie.alea.random() < 0.25 and (le.date() >= _NOUVELLE_LOI or s.chemin is not Etat.CONTRAT_A_ELABORER):
        motif = str(MotifRefusReorientation.ADAPTEE)
        actes.simple(vie, E.REORIENTATION_REFUSEE, le, par=par, motif=motif)
        return
    if s.statut is None:
        accueil.decider(vie, le, par=par)


# Contracts -----------------------------------------------------------------------------------------------------------
def _actualiser(vie: Vie, le: datetime) -> None:
    s = vie.situation
    if s.chemin is not Etat.ACCOMPAGNEE or s.statut is not None or s.parentheses or le.date() < _NOUVELLE_LOI:
        vie.plus_tard(au_bureau(le.date() + entre(vie.alea, 25, 60), vie.alea), _actualiser_plus_tard)
        return
    if s.contrat_le is None or s.contrat_le < _NOUVELLE_LOI or s.referent_agent is None or _reorientee(vie):
        return
    actes.signer(
        vie, le, Intensite(s.intensite), mois=6 if vie.alea.random() < 0.5 else 12,
        prochain_contact_le=suivi.prochain_contact(vie, le.date(), s.intensite),
    )  # fmt: skip


def _actualiser_plus_tard(vie: Vie, le: datetime) -> None:
    if H.ACTUALISER_CONTRAT in vie.situation.echeances or H.DIAGNOSTIC_CONJOINT in vie.situation.echeances:
        _actualiser(vie, le)


def _reorientee(vie: Vie) -> bool:
    return H.DECIDER_REORIENTATION in vie.situation.echeances


_SANS_CONTRAT: Final = frozenset({Etat.CONTRAT_A_ELABORER, Etat.CONTRAT_EN_RETARD})


# Duties --------------------------------------------------------------------------------------------------------------
def proposer_sanction(vie: Vie, le: datetime) -> None:
    """A contract refused, twice offered: the devoirs unit looks at it (hypothesis: two per cent of people a year)."""
    s = vie.situation
    notifiee = s.orientation is not None and s.orientation.certaine_le is not None
    if s.statut is None and not s.parentheses and notifiee and s.chemin in _SANS_CONTRAT:
        forme = "ecrit" if vie.alea.random() < 0.4 else "oral"
        le_jour = max(le, vie.maintenant).date().isoformat()
        actes.simple(vie, E.CONTRAT_REFUSE, le, par=actes.accompagnant(vie), forme=forme, le=le_jour)
    vie.plus_tard(accueil.tirer_selon(vie, politique.PROCEDURE), proposer_sanction)


def _examiner(vie: Vie, le: datetime) -> None:
    """Closed for a good reason, or a measure is decided in the former tool, applied, lifted."""
    par = vie.contexte.de_role(RoleAgent.DEVOIRS, le.date(), vie.alea)
    jour = max(le, vie.maintenant).date()
    if vie.alea.random() < politique.PROCEDURE_CLASSEE or jour >= DERNIERE_MESURE or vie.situation.statut is not None:
        actes.simple(vie, E.PROCEDURE_CLOSE, le, par=par, motif="opportunite")
        return
    suppression = vie.alea.random() < 0.12
    debut = (jour.replace(day=28) + timedelta(days=4)).replace(day=1)
    fin = (debut + timedelta(days=100 if suppression else 58)).replace(day=1)
    ligne = vie.ligne(
        MESURE, nature=str(NatureMesure.SUPPRESSION if suppression else NatureMesure.SUSPENSION),
        motif=str(MotifMesure.CONTRAT_NON_ETABLI), taux=100 if suppression else 50, montant=None, decidee_le=jour,
        debut=debut, fin=fin, transmise_le=ouvre(jour + timedelta(days=1)), statut=str(StatutMesure.LEVEE),
        preuve=f"Arrêté {jour:%Y}-{vie.adulte.personne_id}", vue_le=fin_de_mois(debut), saisie_le=le,
        saisie_par_id=par,
    )  # fmt: skip
    actes.simple_objet(
        vie, E.MESURE_REPRISE, le, "mesure", ligne["id"], par=par, mesure=ligne["id"],
        nature=ligne["nature"], debut=debut.isoformat(),
    )  # fmt: skip
    etat = Etat.SUPPRIMEE if suppression else Etat.REMOBILISATION
    situations.constater(vie, vie.maintenant, etat=etat)


# Answers to the paying body ------------------------------------------------------------------------------------------
def _repondre(vie: Vie, le: datetime) -> None:
    par = vie.contexte.de_role(RoleAgent.DEVOIRS, le.date(), vie.alea)
    reponse = str(ReponseCaisse.ACCORD if vie.alea.random() < 0.7 else ReponseCaisse.REFUS)
    actes.simple(vie, E.DECISION_TRANSMISE, le, par=par, reponse=reponse, le=max(le, vie.maintenant).date().isoformat())


def _rapprocher(vie: Vie, le: datetime) -> None:
    par = vie.contexte.de_role(RoleAgent.DEVOIRS, le.date(), vie.alea)
    actes.simple(vie, E.SANCTION_RAPPROCHEE, le, par=par, reponse=str(ReponseSanction.TERMINEE))


def _identifier(vie: Vie, le: datetime) -> None:
    actes.simple(vie, E.REPRESENTANT_IDENTIFIE, le, par=actes.accompagnant(vie))


_TRAITEMENTS: Final[dict[GenreEcheance, Traitement]] = {
    H.RETABLIR_DROIT: _retablir,
    H.CLOTURE_AVEC_CONTRAT: _cloturer,
    H.DECIDER_REORIENTATION: _decider_reorientation,
    H.ACTUALISER_CONTRAT: _actualiser,
    H.DIAGNOSTIC_CONJOINT: _actualiser,
    H.PROCEDURE_REFUS: _examiner,
    H.DECISION_ATTENDUE_CAF: _repondre,
    H.SANCTION_A_RAPPROCHER: _rapprocher,
    H.IDENTIFIER_REPRESENTANT: _identifier,
    H.DECES_A_VERIFIER: situations.verifier_deces,
    **{genre: partial(_simple, genre=genre) for genre in (
        H.SUIVI_EMPLOI, H.NON_RECOURS, H.RECUPERER_HISTORIQUE, H.MAJORATION_A_REVOIR, H.STATUER_RAPO,
    )},
}  # fmt: skip
