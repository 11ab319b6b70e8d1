"""Nobody is forgotten, whatever happens and in whatever order: the engine under random lives, without a database.

Each life is a random sequence of facts of files, of acts of agents and of deadlines. An act that does not fit is
refused and changes nothing; after each step the promise of the life cycle is checked against its own table.
"""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle import (
    A_TOUT_MOMENT,
    ECHEANCES,
    ETAPES,
    ETATS,
    POINTS,
    PROLONGEABLES,
    QUITTENT,
    SITUATIONS_PARTICULIERES,
)
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement, MotifSortie
from cordee.metier.parcours.regles import Fait, Situation, TransitionInterdite, appliquer, verifier
from cordee.metier.parcours.regles.conditions import ACTES, DEPUIS
from cordee.metier.parcours.regles.moteur import meme_tache
from cordee.metier.parcours.regles.relais import DU_RELAIS
from cordee.metier.parcours.regles.situation import STATUTS_SANS_ETAPE
from cordee.reglementation.organismes_referents import GenreOrganismeReferent
from cordee.socle.horloge import PARIS

E = GenreEvenement
EDS, CCAS, AGENCE, MISSION = 1, 2, 3, 4
LEA, MALIK = 11, 12
DEBUT = datetime(2026, 1, 9, 9, tzinfo=PARIS)
UNITES_DE_STRUCTURE = {Unite.REFERENT, Unite.CHEF_STRUCTURE, Unite.STRUCTURE_RECEVANTE}

Evenement = tuple[GenreEvenement, dict[str, Any]]


def _avec(genre: GenreEvenement, *donnees: dict[str, Any]) -> list[Evenement]:
    return [(genre, d) for d in donnees]


LIEUX: list[dict[str, Any]] = [
    {"structure": EDS, "localisation": "secteur"},
    {"structure": CCAS, "localisation": "secteur", "domiciliee": True},
    {"structure": None, "localisation": "hors_secteur"},
    {"structure": None, "localisation": "etranger"},
]
ORGANISMES = [
    (EDS, GenreOrganismeReferent.CONSEIL_DEPARTEMENTAL, False),
    (CCAS, GenreOrganismeReferent.DELEGATAIRE, True),
    (AGENCE, GenreOrganismeReferent.OPERATEUR_EMPLOI, True),
    (MISSION, GenreOrganismeReferent.MISSION_LOCALE, True),
]
DECISIONS = [
    {"orientation": n, "voie": voie, "categorie": str(categorie), "structure": structure, "acceptation": acceptation}
    for n, (structure, categorie, acceptation) in enumerate(ORGANISMES, start=1)
    for voie in ("emploi", "social")
]
FICHIER: list[Evenement] = [
    *_avec(E.ENTREE_SDD, *LIEUX[:3], {**LIEUX[0], "mutation": True}),
    *_avec(E.RETOUR_SDD, *LIEUX[:3]),
    *_avec(E.SDD_INCONNU, {}, LIEUX[0]),
    *_avec(E.ADRESSE_CHANGEE, *LIEUX),
    *_avec(E.DROIT_CLOS, *({"motif_sortie": str(m)} for m in (MotifSortie.EMPLOI, MotifSortie.PIECES_MANQUANTES))),
    *_avec(E.FIN_SDD, {"rendez_vous": True}),
    *_avec(E.DECISION_ATTENDUE, {"objets": ["etat_0"]}),
    *_avec(E.SANCTION_CONSTATEE, {"sens": "absente", "mesure": 1}),
    *_avec(E.MAJORATION_EN_DOUTE, {"enfant": 3}),
    *_avec(E.ECART_LEVE, *({"echeance": str(g)} for g in ECHEANCES if E.ECART_LEVE in ECHEANCES[g].clot_par)),
    *((genre, {}) for genre in (E.FIN_SDD, E.DROIT_SUSPENDU, E.DROIT_RETABLI, E.NON_TRANSMISE, E.RETRANSMISE,
                                E.MUTATION_SORTANTE, E.DECES_PRESUME)),
]  # fmt: skip
IDENTITE: list[Evenement] = [
    *_avec(E.IDENTITE_DOUTEUSE, {"arbitrage": 1}, {"arbitrage": 1, "candidate": True}),
    *((genre, {}) for genre in (E.PERSONNE_CREEE, E.IDENTITE_ARBITREE)),
]
TEMPS: list[Evenement] = [(E.DELAI_ORIENTATION_DEPASSE, {}), (E.DELAI_CONTRAT_DEPASSE, {})]
ACCUEIL: list[Evenement] = [
    *_avec(E.CONVOCATION, {"rendez_vous": 1}, {"rendez_vous": 2}),
    *_avec(E.RENDEZ_VOUS_ANNULE, {"rendez_vous": 1}, {"rendez_vous": 2}),
    *_avec(E.PRESENCE, {"rendez_vous": 1}),
    *_avec(E.ABSENCE, {"rendez_vous": 1}, {"rendez_vous": 2, "excusee": True}),
    *_avec(E.ALLER_VERS, {"resultat": "jointe"}, *[{"resultat": "sans_reponse"}] * 3,
           {"resultat": "adresse_fausse"}),
    *_avec(E.DIAGNOSTIC, {"diagnostic": 1}),
    *_avec(E.ORIENTATION_DECIDEE, *DECISIONS),
    *_avec(E.ORIENTATION_OPERATEUR, *DECISIONS[:6]),
    *((genre, {}) for genre in (E.COURRIER_REVENU, E.ORIENTATION_ACCUSEE, E.NOTIFICATION_ENVOYEE, E.DATE_CERTAINE,
                                E.DOSSIER_ACCEPTE, E.DOSSIER_REFUSE)),
]  # fmt: skip
SUIVI: list[Evenement] = [
    *_avec(E.REFERENT_NOMME, *({"structure": s, "agent": LEA} for s, *_ in ORGANISMES)),
    *_avec(E.COREFERENT_NOMME, {"structure": MISSION, "agent": MALIK}),
    *_avec(E.CONTRAT_SIGNE, {"contrat": 1}, {"contrat": 2, "prolonge": True, "intensite": "legere"}),
    *_avec(E.CONTRAT_ACTUALISE, {"contrat": 3}),
    *_avec(E.CONTACT, {"resultat": "jointe"}, {"resultat": "message"}),
    *_avec(E.SITUATION_PARTICULIERE, *({"etat": str(e)} for e in SITUATIONS_PARTICULIERES)),
    *_avec(E.REPRISE, {}, {"etat": str(Etat.INTERROMPUE)}),
    *_avec(E.PROTECTION_SIGNALEE, {"representant": None}),
    *_avec(E.SDD_CONSTATE, {"soumise": True, **LIEUX[0]}, {"soumise": False}),
    *_avec(E.DROIT_CONFIRME, {"confirme": True, **LIEUX[0]}, {"confirme": False}),
    *_avec(E.LOCALISEE, *LIEUX),
    *_avec(E.DISPARITION_VERIFIEE, {"resultat": "presente"}, {"resultat": "attendre"},
           {"resultat": "sortie", "motif_sortie": "autre"}),
    *_avec(E.ECHEANCE_TRAITEE, *({"echeance": str(g)} for g in ECHEANCES)),
    *_avec(E.ATTENTE_PROLONGEE, *({"echeance": str(g)} for g in (*sorted(PROLONGEABLES), GenreEcheance.SUIVI_EMPLOI))),
    *_avec(E.CLOTURE_DECIDEE, {"suite": "fin"}, {"suite": "suivi_emploi"}),
    *((genre, {}) for genre in (E.DECISION_TRANSMISE, E.SANCTION_RAPPROCHEE, E.MESURE_REPRISE)),
    *((genre, {}) for genre in (E.REFERENT_PARTI, E.CONTRAT_REFUSE, E.INFORMATION_PARTENAIRE, E.INTERRUPTION,
                                E.REORIENTATION_DEMANDEE, E.REORIENTATION_REFUSEE, E.REPRESENTANT_IDENTIFIE,
                                E.DOSSIER_TRANSMIS, E.ACCOMPAGNEMENT_VOLONTAIRE, E.FIN_ACCOMPAGNEMENT)),
]  # fmt: skip
SUIVI += [
    *_avec(E.POINT_SITUATION, *({"etat": str(e)} for e in POINTS), *({"etat": str(e), "suite": "fin"} for e in POINTS)),
    *_avec(E.REVUE_CONJOINTE, {}, {"prolonge": True}),
    *_avec(E.PIECE_NOTEE, {"prochaine_le": "2027-01-10"}, {}),
    *((genre, {}) for genre in (E.RECLAMATION_RECUE, E.RECLAMATION_REPONDUE, E.GLOBAL_CLOS)),
]  # fmt: skip
RELAIS: list[Evenement] = [
    *_avec(E.RELAIS_PROPOSE, {"relais": 1, "structure": EDS, "agent": MALIK}, {"relais": 2, "structure": CCAS}),
    *_avec(E.RELAIS_ACCEPTE, {"structure": EDS, "agent": MALIK}, {"structure": EDS, "agent": None}),
    *_avec(E.ACCUEIL_TERMINE, {"structure": CCAS}, {"structure": EDS}),
    *_avec(E.REORIENTATION_REFUSEE, {"a_notifier": True}),
    *((genre, {}) for genre in (E.RELAIS_RECU, E.RELAIS_REFUSE, E.RELAIS_RETIRE, E.RELAIS_EXPIRE, E.REFUS_NOTIFIE,
                                E.CHANGEMENT_DEMANDE, E.CHANGEMENT_REFUSE)),
]  # fmt: skip
DEVOIRS: list[Evenement] = [
    *_avec(E.MANQUEMENT_SIGNALE, {"manquement": 1}),
    *_avec(E.MOTIF_EXAMINE, {"retenu": True}, {"retenu": True, "restent": 1}, {"retenu": False}),
    *_avec(E.PROCEDURE_OUVERTE, {"procedure": 1}, {"procedure": 2, "restent": 1}),
    *_avec(E.PROCEDURE_CLOSE, {"procedure": 1}, {"manquement": 2, "restent": 1}),
    *_avec(E.MESURE_NOTIFIEE, *({"mesure": 1, "nature": n} for n in ("suspension", "suppression", "fin_de_droit"))),
    *((fin, d) for fin in (E.MESURE_LEVEE, E.MESURE_TERMINEE, E.MESURE_ANNULEE)
      for d in ({"mesure": 1, "a_transmettre": True}, {"mesure": 1, "en_cours": True})),
    *_avec(E.AVIS_EP, {"avis": "favorable"}, {}), (E.EP_INSCRITE, {}), (E.EP_RETIREE, {}),
    *_avec(E.RECOURS_DEPOSE, {"genre": "rapo"}, {"genre": "tribunal"}),
    *_avec(E.RECOURS_STATUE, {"genre": "rapo"}, {"genre": "tribunal"}),
    *((genre, {}) for genre in (E.GRIEFS_ENVOYES, E.GRIEFS_RECUS, E.OBSERVATION_RECUE, E.AUDITION_TENUE,
                                E.CONTRADICTOIRE_CLOS, E.MESURE_DECIDEE, E.CONFORMITE_CONSTATEE, E.MESURE_TRANSMISE,
                                E.DROIT_FINI)),
]  # fmt: skip
# What a procedure under way waits for, so that some go to their end.
SUITES = {
    GenreEcheance.INSTRUIRE_MANQUEMENT: E.PROCEDURE_OUVERTE, GenreEcheance.PROCEDURE_REFUS: E.PROCEDURE_OUVERTE,
    GenreEcheance.CONDUIRE_CONTRADICTOIRE: E.CONTRADICTOIRE_CLOS, GenreEcheance.DECIDER_MESURE: E.MESURE_DECIDEE,
    GenreEcheance.NOTIFIER_MESURE: E.MESURE_NOTIFIEE, GenreEcheance.DECIDER_REORIENTATION: E.REORIENTATION_REFUSEE,
}  # fmt: skip
# Deaths are rare, so that lives are long; acts of the path are drawn more often than accidents.
TIRAGES: list[Evenement] = [*FICHIER, *IDENTITE, *TEMPS, *ACCUEIL * 3, *SUIVI * 2, *RELAIS, *DEVOIRS,
                            (E.DECES, {})]  # fmt: skip
PAR_GENRE = {genre: [t for t in TIRAGES if t[0] is genre] for genre in {t[0] for t in TIRAGES}}
vies = st.lists(st.tuples(st.sampled_from(TIRAGES), st.integers(0, 15)), min_size=1, max_size=60)


def _donnees(genre: GenreEvenement, donnees: dict[str, Any], le: datetime) -> dict[str, Any]:
    """The dates an event carries, relative to its own day."""
    dates = {
        E.ENTREE_SDD: {"recu_le": le - timedelta(days=3)},
        E.RETOUR_SDD: {"recu_le": le - timedelta(days=1)},
        E.CONTRAT_SIGNE: {"actualisation_le": le + timedelta(days=180)},
        E.CONTRAT_ACTUALISE: {"actualisation_le": le + timedelta(days=90)},
        E.CONTACT: {"prochain_contact_le": le + timedelta(days=20)},
        E.INTERRUPTION: {"revue_le": le + timedelta(days=100)},
        E.DATE_CERTAINE: {"le": le - timedelta(days=1)},
        E.GRIEFS_RECUS: {"jusquau": le + timedelta(days=10)},
        E.MESURE_NOTIFIEE: {"fin": le + timedelta(days=60)},
    }.get(genre, {})
    return {**donnees, **{cle: quand.date().isoformat() for cle, quand in dates.items()}}


def verifier_promesse(avant: Situation, fait: Fait, s: Situation) -> None:
    """What must hold after any event: the promise of the house, read in the table of the life cycle."""
    if s.soumis:
        assert s.etape is not None, "une personne soumise n'a pas d'étape"
    if s.etat in STATUTS_SANS_ETAPE:
        assert s.etape is None
        assert not s.soumis
    assert len(set(s.parentheses)) == len(s.parentheses)
    if s.etape is not None:
        definition = ETAPES[s.etape.genre]  # type: ignore[index]
        assert s.etape.genre == ETATS[s.etat]
        assert s.etape.unite in definition.unites
        assert s.etape.structure is not None or s.etape.unite not in UNITES_DE_STRUCTURE
    if avant.etape is not None and (s.etape is None or not meme_tache(avant.etape, s.etape)):
        quittee = ETAPES[avant.etape.genre]  # type: ignore[index]
        quitte = s.etape is None and fait.genre in QUITTENT
        assert quitte or fait.genre in quittee.clot_par, f"{fait.genre} ne peut pas fermer {avant.etape.genre}"
        suivante = s.etape.genre if s.etape else None
        assert suivante in quittee.suites, f"{avant.etape.genre} ne peut pas mener à {suivante}"
    for genre, tache in s.echeances.items():
        assert tache.genre == genre
        assert tache.unite in ECHEANCES[genre].unites
    assert (s.relais is None) == (not any(g in s.echeances for g in DU_RELAIS)), "un relais sans échéance"
    if avant.etat is Etat.DECEDEE:
        assert s == avant, "un fichier en retard ne ressuscite personne"
    if s.etat is Etat.DECEDEE:
        assert not s.echeances


def avancer(s: Situation, fait: Fait) -> Situation | None:
    """One event: ``None`` when refused. Either way the situation given is left as it was."""
    avant = s.vers_json()
    try:
        verifier(s, fait)
    except TransitionInterdite:
        assert fait.genre in ACTES, "un fait de fichier n'est jamais refusé"
        suivante = None
    else:
        suivante = appliquer(s, fait)
        verifier_promesse(s, fait, suivante)
    assert s.vers_json() == avant
    return suivante


@settings(max_examples=200)
@given(vies)
def test_nobody_is_ever_forgotten(vie: list[tuple[Evenement, int]]) -> None:
    s, le = Situation(), DEBUT
    for rang, ((genre, donnees), jours) in enumerate(vie, start=1):
        le += timedelta(days=jours)
        s = avancer(s, Fait(rang, genre, le, _donnees(genre, donnees, le))) or s
        assert Situation.de_json(json.loads(json.dumps(s.vers_json()))) == s


def _tirer(alea: random.Random, s: Situation) -> Evenement:
    """Mostly an event that the open étape waits for, so that lives go far; else anything. Few die young."""
    tirage = _tirer_sans_frein(alea, s)
    return tirage if tirage[0] is not E.DECES or alea.random() < 0.2 else _tirer(alea, s)


def _tirer_sans_frein(alea: random.Random, s: Situation) -> Evenement:
    if s.relais is not None and alea.random() < 0.3:
        return alea.choice([t for t in RELAIS if t[0] in (E.RELAIS_RECU, E.RELAIS_EXPIRE, E.RELAIS_ACCEPTE)])
    if s.referent_agent is not None and alea.random() < 0.15:
        return alea.choice(RELAIS)
    if s.orientation is not None and alea.random() < 0.05:
        return alea.choice(DEVOIRS)
    if (suites := [SUITES[genre] for genre in s.echeances if genre in SUITES]) and alea.random() < 0.3:
        return alea.choice(PAR_GENRE[alea.choice(suites)])
    if s.etape is not None and alea.random() < 0.75:
        attendus = ETAPES[s.etape.genre].clot_par - A_TOUT_MOMENT  # type: ignore[index]
        attendus |= {genre for genre, depuis in DEPUIS.items() if s.chemin in depuis and len(depuis) < len(Etat) / 2}
        return alea.choice([t for genre in sorted(attendus) for t in PAR_GENRE.get(genre, [])] or TIRAGES)
    return alea.choice(TIRAGES)


def test_nobody_is_forgotten_in_thousands_of_lives() -> None:
    """Lives that go far: together they visit every state, every étape and every parallel duty."""
    etats, etapes, echeances = set(), set(), set()
    for graine in range(2000):
        alea = random.Random(graine)  # noqa: S311 - lives, not secrets
        s, le = Situation(), DEBUT
        for rang in range(1, alea.randint(10, 60)):
            genre, donnees = _tirer(alea, s)
            le += timedelta(days=alea.randint(0, 15))
            try:
                s = avancer(s, Fait(rang, genre, le, _donnees(genre, donnees, le))) or s
            except AssertionError as erreur:
                raise AssertionError(f"vie {graine}, événement {rang} ({genre}) : {erreur}") from erreur
            etats.add(s.etat)
            etapes.add(s.etape.genre if s.etape else None)
            echeances |= set(s.echeances)
    assert etats == set(Etat)
    assert etapes == {None, *GenreEtape}
    assert echeances == set(GenreEcheance) - {GenreEcheance.REVOIR_APRES_FUSION}  # the database
