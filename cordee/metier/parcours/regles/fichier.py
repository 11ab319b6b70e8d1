"""What files, identity and time do to a path."""

from __future__ import annotations

from collections.abc import Callable

from cordee.metier.parcours.cycle import ETAPES, ETATS
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, MotifSortie
from cordee.metier.parcours.regles.situation import Fait, Situation
from cordee.metier.parcours.regles.taches import ouvrir_echeance, ouvrir_suites_du_contrat

E = GenreEvenement
AVANT_ORIENTATION = frozenset({
    Etat.ATTENTE_DROIT, Etat.ENTRANTE, Etat.CONVOQUEE, Etat.RENCONTREE, Etat.INJOIGNABLE, Etat.A_ORIENTER_PAR_DEFAUT,
})  # fmt: skip
# Exits whose reason already says what follows: a job (its follow-up opens), a move, a death.
_SUITE_CONNUE = frozenset({MotifSortie.EMPLOI, MotifSortie.DEMENAGEMENT, MotifSortie.DECES})


def suspendre(s: Situation, etat: Etat) -> bool:
    """Put the path between parentheses. The same one again starts its étape again."""
    deja = bool(s.parentheses) and s.parentheses[-1] is etat
    s.parentheses = [e for e in s.parentheses if e is not etat] + [etat]
    return deja


def reprenables(s: Situation) -> list[Etat]:
    """Parentheses that the act « reprendre » closes, last first; the others have their own act (« localiser »…).

    A measure that runs ends by its own acts too (lifting, term): resuming the path does not end it.
    """
    mesure = GenreEcheance.SUIVRE_TERME_MESURE in s.echeances
    return [
        etat
        for etat in reversed(s.parentheses)
        if (genre := ETATS[etat]) is not None
        and E.REPRISE in ETAPES[genre].clot_par
        and not (mesure and etat in (Etat.REMOBILISATION, Etat.SUPPRIMEE))
    ]


def reprendre(s: Situation, *etats: Etat) -> bool:
    """Close these parentheses, or the last one when none is named."""
    vises = etats or tuple(s.parentheses[-1:])
    s.parentheses = [e for e in s.parentheses if e not in vises]
    return False


def quitter(s: Situation, fait: Fait, statut: Etat, motif: str = "") -> None:
    """Leave the path: no étape any more, the chemin is kept for a return. A doubt on who or on a death stays."""
    if Etat.IDENTITE_A_ARBITRER in s.parentheses:
        ouvrir_echeance(s, GenreEcheance.ARBITRER_IDENTITE, fait)
    if Etat.DECES_PRESUME in s.parentheses:
        ouvrir_echeance(s, GenreEcheance.DECES_A_VERIFIER, fait)
    if statut is Etat.SORTIE:
        oublier_contrat(s)
    s.statut, s.soumis, s.parentheses = statut, False, []
    s.sortie_le, s.motif_sortie = fait.jour, motif


def oublier_contrat(s: Situation) -> None:
    """An exit ends the contract; the orientation and the référent stand for a return (E16)."""
    s.contrat = s.contrat_le = s.actualisation_le = s.prochain_contact_le = None
    if s.chemin in (Etat.ACCOMPAGNEE, Etat.CONTRAT_EN_RETARD):
        s.chemin = Etat.CONTRAT_A_ELABORER if s.referent_agent else Etat.ATTENTE_REFERENT


def _entree_sdd(s: Situation, fait: Fait) -> bool:
    deja_sur_le_chemin = s.statut is None and s.chemin is not None
    en_attente = s.chemin is Etat.ATTENTE_DROIT
    if not deja_sur_le_chemin:
        s.orientation = s.contrat = s.contrat_le = s.actualisation_le = s.prochain_contact_le = None
        s.referent_structure = s.referent_agent = s.coreferent_structure = s.coreferent_agent = None
        s.rendez_vous = s.rencontree_le = None
        s.convocations = s.absences = s.tentatives = 0
        s.chemin = Etat.ENTRANTE
    elif en_attente:
        s.chemin = Etat.RENCONTREE if s.rencontree_le else Etat.CONVOQUEE if s.rendez_vous else Etat.ENTRANTE
    recu = fait.date("recu_le") or fait.jour
    s.recu_le = recu if s.recu_le is None or not deja_sur_le_chemin or en_attente else min(s.recu_le, recu)
    s.statut, s.soumis, s.sortie_le, s.motif_sortie = None, True, None, ""
    s.echeances.pop(GenreEcheance.CLOTURE_AVEC_CONTRAT, None)
    reprendre(s, Etat.SDD_INCONNU, Etat.NON_TRANSMISE)
    _situer(s, fait)
    _garder_le_deces(s)
    if fait.donnees.get("mutation"):
        ouvrir_echeance(s, GenreEcheance.RECUPERER_HISTORIQUE, fait)
    return not deja_sur_le_chemin or en_attente


def _retour_sdd(s: Situation, fait: Fait) -> bool:
    if s.chemin is None or s.statut is None:
        return _entree_sdd(s, fait)
    s.statut, s.soumis, s.sortie_le, s.motif_sortie = None, True, None, ""
    s.recu_le = fait.date("recu_le") or fait.jour
    s.parentheses = []
    _situer(s, fait)
    if s.contrat_le is not None:  # the contract stood while she was not soumise: its clocks start again
        ouvrir_suites_du_contrat(s, fait, prolonge=False)
    deja = suspendre(s, Etat.RETOUR)
    _garder_le_deces(s)
    return deja


def _garder_le_deces(s: Situation) -> None:
    """Back on the path with a death still to check (E32): it is then the étape."""
    if s.echeances.pop(GenreEcheance.DECES_A_VERIFIER, None) is not None:
        suspendre(s, Etat.DECES_PRESUME)


def _situer(s: Situation, fait: Fait) -> None:
    """Where the address puts the person: her sector's structure, or the étape « localiser »."""
    d = fait.donnees
    if "structure" in d:
        s.structure_secteur = d["structure"]
    s.domiciliee = bool(d.get("domiciliee", s.domiciliee))
    if "localisation" not in d:
        return
    if d["localisation"] == "secteur":
        reprendre(s, Etat.A_LOCALISER)
    elif s.statut is None:
        suspendre(s, Etat.A_LOCALISER)


def _adresse_changee(s: Situation, fait: Fait) -> bool:
    _situer(s, fait)
    return False


def _localisee(s: Situation, fait: Fait) -> bool:
    reprendre(s, Etat.A_LOCALISER)
    if "structure" in fait.donnees:
        s.structure_secteur = fait.donnees["structure"]
    return False


def _sdd_inconnu(s: Situation, fait: Fait) -> bool:
    s.recu_le = s.recu_le or fait.date("recu_le") or fait.jour
    _situer(s, fait)
    return suspendre(s, Etat.SDD_INCONNU)


def _sdd_constate(s: Situation, fait: Fait) -> bool:
    reprendre(s, Etat.SDD_INCONNU)
    if fait.donnees.get("soumise"):
        return _entree_sdd(s, fait) if s.statut is not None or s.chemin is None else False
    if s.statut is None:
        demander_la_suite(s, fait)
        quitter(s, fait, Etat.HORS_SDD)
    return False


def demander_la_suite(s: Situation, fait: Fait) -> None:
    """The right or the duties end while a contract or appointments stand: somebody decides what follows."""
    if s.contrat_le is not None or fait.donnees.get("rendez_vous"):
        ouvrir_echeance(s, GenreEcheance.CLOTURE_AVEC_CONTRAT, fait)


def _fin_sdd(s: Situation, fait: Fait) -> bool:
    demander_la_suite(s, fait)
    quitter(s, fait, Etat.HORS_SDD)
    return False


def _droit_suspendu(s: Situation, fait: Fait) -> bool:
    if s.statut is None:
        ouvrir_echeance(s, GenreEcheance.RETABLIR_DROIT, fait)
    return False


def _droit_clos(s: Situation, fait: Fait) -> bool:
    motif = fait.donnees.get("motif_sortie", MotifSortie.AUTRE.value)
    if motif not in _SUITE_CONNUE:
        demander_la_suite(s, fait)
    quitter(s, fait, Etat.SORTIE, motif)
    if motif == MotifSortie.PIECES_MANQUANTES:
        ouvrir_echeance(s, GenreEcheance.NON_RECOURS, fait)
    elif motif == MotifSortie.EMPLOI and s.referent_structure:
        ouvrir_echeance(s, GenreEcheance.SUIVI_EMPLOI, fait)
    return False


def _sans_effet(s: Situation, fait: Fait) -> bool:
    return False


def _parenthese(etat: Etat) -> Callable[[Situation, Fait], bool]:
    def traiter(s: Situation, fait: Fait) -> bool:
        return suspendre(s, etat) if s.statut is None else False

    return traiter


def _deces_presume(s: Situation, fait: Fait) -> bool:
    """E32: on the path it is the étape; of anybody else it is checked beside. Sendings stop either way."""
    if s.statut is None:
        return suspendre(s, Etat.DECES_PRESUME)
    ouvrir_echeance(s, GenreEcheance.DECES_A_VERIFIER, fait)
    return False


def _retransmise(s: Situation, fait: Fait) -> bool:
    return reprendre(s, Etat.NON_TRANSMISE)


def _disparition_verifiee(s: Situation, fait: Fait) -> bool:
    resultat = fait.donnees.get("resultat")
    if resultat == "sortie":
        if fait.donnees.get("motif_sortie") not in _SUITE_CONNUE:
            demander_la_suite(s, fait)
        quitter(s, fait, Etat.SORTIE, fait.donnees.get("motif_sortie", MotifSortie.AUTRE.value))
    elif resultat == "attendre":
        return s.etat is Etat.NON_TRANSMISE
    return reprendre(s, Etat.NON_TRANSMISE)


def _dossier_transmis(s: Situation, fait: Fait) -> bool:
    quitter(s, fait, Etat.SORTIE, MotifSortie.DEMENAGEMENT.value)
    return False


def _deces(s: Situation, fait: Fait) -> bool:
    quitter(s, fait, Etat.DECEDEE, MotifSortie.DECES.value)
    return False


def _personne_creee(s: Situation, fait: Fait) -> bool:
    if s.chemin is None and s.statut in (Etat.HORS_SDD, Etat.SORTIE):
        s.statut, s.chemin = None, Etat.ATTENTE_DROIT
        _situer(s, fait)
        _garder_le_deces(s)
    return False


def _droit_confirme(s: Situation, fait: Fait) -> bool:
    if not fait.donnees.get("confirme"):
        quitter(s, fait, Etat.SORTIE, MotifSortie.AUTRE.value)
        s.chemin = None
        return False
    return _entree_sdd(s, fait)


def _identite_douteuse(s: Situation, fait: Fait) -> bool:
    if fait.donnees.get("candidate") or s.statut is not None:
        ouvrir_echeance(s, GenreEcheance.ARBITRER_IDENTITE, fait, objet=fait.donnees.get("arbitrage"))
        return False
    return suspendre(s, Etat.IDENTITE_A_ARBITRER)


def _identite_arbitree(s: Situation, fait: Fait) -> bool:
    return reprendre(s, Etat.IDENTITE_A_ARBITRER)


def _fusion_annulee(s: Situation, fait: Fait) -> bool:
    if fait.donnees.get("actes_a_revoir"):
        ouvrir_echeance(s, GenreEcheance.REVOIR_APRES_FUSION, fait)
    return False


def _delai_orientation_depasse(s: Situation, fait: Fait) -> bool:
    if s.statut is None and s.chemin in AVANT_ORIENTATION and s.chemin is not Etat.ATTENTE_DROIT:
        s.chemin = Etat.COMPETENCE_OPERATEUR_EMPLOI
    return False


def _delai_contrat_depasse(s: Situation, fait: Fait) -> bool:
    if s.chemin is Etat.CONTRAT_A_ELABORER:
        s.chemin = Etat.CONTRAT_EN_RETARD
    return False


TRAITEMENTS: dict[GenreEvenement, Callable[[Situation, Fait], bool]] = {
    E.ENTREE_SDD: _entree_sdd,
    E.RETOUR_SDD: _retour_sdd,
    E.SDD_INCONNU: _sdd_inconnu,
    E.SDD_CONSTATE: _sdd_constate,
    E.FIN_SDD: _fin_sdd,
    E.DROIT_SUSPENDU: _droit_suspendu,
    E.DROIT_RETABLI: _sans_effet,
    E.DROIT_CLOS: _droit_clos,
    E.NON_TRANSMISE: _parenthese(Etat.NON_TRANSMISE),
    E.RETRANSMISE: _retransmise,
    E.ADRESSE_CHANGEE: _adresse_changee,
    E.LOCALISEE: _localisee,
    E.MUTATION_SORTANTE: _parenthese(Etat.MUTATION_SORTANTE),
    E.DOSSIER_TRANSMIS: _dossier_transmis,
    E.DISPARITION_VERIFIEE: _disparition_verifiee,
    E.DECES_PRESUME: _deces_presume,
    E.DECES: _deces,
    E.PERSONNE_CREEE: _personne_creee,
    E.DROIT_CONFIRME: _droit_confirme,
    E.IDENTITE_DOUTEUSE: _identite_douteuse,
    E.IDENTITE_ARBITREE: _identite_arbitree,
    E.FUSION: _identite_arbitree,
    E.FUSION_ANNULEE: _fusion_annulee,
    E.DELAI_ORIENTATION_DEPASSE: _delai_orientation_depasse,
    E.DELAI_CONTRAT_DEPASSE: _delai_contrat_depasse,
}
