"""One step of the path. ``appliquer`` is total: history is never refused, only acts are (``conditions``)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle import ECHEANCES, ETAPES, NOMMENT
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement
from cordee.metier.parcours.regles import accueil, devoirs, ecarts, fichier, relais, suivi
from cordee.metier.parcours.regles.situation import STATUTS_SANS_ETAPE, Fait, Situation, Tache
from cordee.metier.parcours.regles.taches import (
    ouvrir_etape,
    proprietaire,
    proprietaire_echeance,
    suspendre_si_reorientation,
)

# A handler changes the situation in place and says whether the étape must start again.
Traitement = Callable[[Situation, Fait], bool]
TRAITEMENTS: dict[GenreEvenement, Traitement] = {
    **fichier.TRAITEMENTS, **accueil.TRAITEMENTS, **suivi.TRAITEMENTS, **ecarts.TRAITEMENTS,
    **relais.TRAITEMENTS, **devoirs.TRAITEMENTS,
}  # fmt: skip
# Events of the chemin: behind a parenthesis they do not start its étape again.
_DU_CHEMIN = frozenset({
    *accueil.TRAITEMENTS, GenreEvenement.CONTRAT_SIGNE, GenreEvenement.CONTRAT_ACTUALISE,
    GenreEvenement.INFORMATION_PARTENAIRE, GenreEvenement.REORIENTATION_REFUSEE, GenreEvenement.REFUS_NOTIFIE,
    GenreEvenement.ENTREE_SDD,
    GenreEvenement.SDD_CONSTATE, GenreEvenement.DROIT_CONFIRME,
})  # fmt: skip
_SURVIVENT_A_LA_SORTIE = frozenset({
    GenreEcheance.NON_RECOURS, GenreEcheance.SUIVI_EMPLOI, GenreEcheance.ARBITRER_IDENTITE,
    GenreEcheance.REVOIR_APRES_FUSION, GenreEcheance.STATUER_RAPO, GenreEcheance.CLOTURE_AVEC_CONTRAT,
    GenreEcheance.DECISION_ATTENDUE_CAF, GenreEcheance.SANCTION_A_RAPPROCHER, GenreEcheance.DECES_A_VERIFIER,
    GenreEcheance.LEVER_MESURE, GenreEcheance.SUIVRE_TERME_MESURE, GenreEcheance.TRANSMETTRE_MESURE,
    GenreEcheance.REPONDRE_RECLAMATION,
})  # fmt: skip


def appliquer(situation: Situation, fait: Fait) -> Situation:
    """The situation after one event. The given one is left untouched.

    >>> from datetime import datetime
    >>> from cordee.socle.horloge import PARIS
    >>> recue = datetime(2026, 1, 9, 8, tzinfo=PARIS)
    >>> s = appliquer(Situation(), Fait(1, GenreEvenement.ENTREE_SDD, recue, {"recu_le": "2026-01-09"}))
    >>> s.etat.value, s.etape.genre, s.etape.echeance.isoformat()
    ('entrante', 'convoquer', '2026-01-23')
    """
    if situation.statut is Etat.DECEDEE:  # a late file does not bring anybody back: only a correction does
        return situation
    s = situation.copie()
    etat_avant, echeances_avant = s.etat, dict(s.echeances)
    traitement = TRAITEMENTS.get(fait.genre)
    rouvrir = traitement(s, fait) if traitement else False
    if s.parentheses and fait.genre in _DU_CHEMIN:
        rouvrir = False
    if s.etat is not etat_avant:
        s.depuis = fait.jour
    _fermer_echeances(s, fait, echeances_avant)
    devoirs.garder_ouvertes(s, fait, echeances_avant)
    relais.clore_relais(s)
    s.etape = _etape(s, fait, rouvrir=rouvrir)
    _raviver_proprietaires(s)
    return s


def meme_tache(a: Tache, b: Tache) -> bool:
    """Whether two values are the same row at two moments (its owner or its date may have moved)."""
    return a.genre == b.genre and a.evenement == b.evenement


def _etape(s: Situation, fait: Fait, *, rouvrir: bool) -> Tache | None:
    voulue = s.genre_etape
    if voulue is None:
        return None
    if s.etape is not None and s.etape.genre == voulue and not rouvrir:
        return suspendre_si_reorientation(s, s.etape)
    return ouvrir_etape(s, fait)


def _fermer_echeances(s: Situation, fait: Fait, avant: dict[GenreEcheance, Tache]) -> None:
    """Close what this event closes, unless the handler has just opened it again."""
    for genre, tache in avant.items():
        if s.echeances.get(genre) is not tache:
            continue
        vise = fait.donnees.get("echeance")
        if fait.genre in NOMMENT and vise != str(genre):
            continue
        if fait.genre in ECHEANCES[genre].clot_par:
            del s.echeances[genre]
    if s.statut in STATUTS_SANS_ETAPE:
        garde = frozenset() if s.statut is Etat.DECEDEE else _SURVIVENT_A_LA_SORTIE
        s.echeances = {genre: tache for genre, tache in s.echeances.items() if genre in garde}


def _raviver_proprietaires(s: Situation) -> None:
    """Tasks follow the référent: a change of référent moves what she owned."""
    if s.etape is not None:
        s.etape = _avec_proprietaire(s.etape, *proprietaire(s, ETAPES[s.etape.genre].unites))  # type: ignore[index]
    for genre, tache in s.echeances.items():
        s.echeances[genre] = _avec_proprietaire(tache, *proprietaire_echeance(s, genre))


def _avec_proprietaire(tache: Tache, unite: Unite, structure: int | None, agent: int | None) -> Tache:
    if (tache.unite, tache.structure, tache.agent) == (unite, structure, agent):
        return tache
    return replace(tache, unite=unite, structure=structure, agent=agent)
