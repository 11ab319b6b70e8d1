"""The rope of a person: what happened, what comes next with its clock, what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle import ECHEANCES, ETAPES
from cordee.metier.parcours.enums import GenreEcheance, GenreEtape, GenreEvenement
from cordee.metier.parcours.models import Echeance, Etape
from cordee.metier.parcours.selectors import Explication, SituationDe, Souvenir, expliquer_ligne
from cordee.metier.rendezvous.models import RendezVous
from cordee.reglementation import delais
from cordee.socle import horloge
from cordee.web.composants.noeuds import Moment, Noeud
from cordee.web.parcours import apparences, table
from cordee.web.parcours.table import Acte
from cordee.web.personnes.panneaux import visible
from cordee.web.socle.acces import Dossier

G = GenreEtape
# What normally follows, told to the person and to the agent; only the étape has a date that binds.
SUITES: dict[GenreEtape, tuple[str, ...]] = {
    G.CONFIRMER_DROIT: ("Premier rendez-vous", "Orientation"),
    G.CONVOQUER: ("Orientation", "Contrat d'engagement"),
    G.ORIENTER: ("Remise de la décision", "Contrat d'engagement"),
    G.ALLER_VERS: ("Premier rendez-vous", "Orientation"),
    G.ORIENTER_PAR_DEFAUT: ("Remise de la décision", "Contrat d'engagement"),
    G.NOTIFIER: ("Nomination du référent", "Contrat d'engagement"),
    G.ETABLIR_DATE_CERTAINE: ("Nomination du référent", "Contrat d'engagement"),
    G.ACCEPTER_DOSSIER: ("Nomination du référent", "Contrat d'engagement"),
    G.NOMMER_REFERENT: ("Contrat d'engagement",),
    G.ELABORER_CONTRAT: ("Suivi régulier",),
    G.RELANCER_CONTRAT: ("Suivi régulier",),
}
_ICONES_SUITES = {
    "Orientation": "orientation",
    "Contrat d'engagement": "contrat",
    "Premier rendez-vous": "rendezvous",
    "Remise de la décision": "envoyer",
    "Nomination du référent": "referent",
    "Suivi régulier": "entretien",
}
# Recorded, but not a knot: the rope tells the path, the history tells everything.
_DISCRETS = frozenset({GenreEvenement.ANNULATION, GenreEvenement.ECHEANCE_TRAITEE, GenreEvenement.RETRANSMISE,
                        GenreEvenement.ECART_LEVE, GenreEvenement.ATTENTE_PROLONGEE})  # fmt: skip


@dataclass(frozen=True, slots=True)
class TacheAffichee:
    """An étape or an échéance as the page shows it: what, who, when, why, and the act that closes it."""

    tache: Etape | Echeance
    genre: GenreEtape | GenreEcheance
    qui: str
    explication: Explication
    acte: Acte | None
    url: str
    arbitrage: bool
    legal: delais.Echeance | None = None
    tiroir: bool = False


def tache_affichee(tache: Etape | Echeance, dossier: Dossier, s: SituationDe) -> TacheAffichee:
    """The task with the button of its act, where the agent may do it on this person."""
    genre = GenreEtape(tache.genre) if isinstance(tache, Etape) else GenreEcheance(tache.genre)
    acte = table.acte_pour(genre, s.etat)
    permis = acte is not None and dossier.peut(*acte.permissions)
    adresse = table.url(acte, dossier.personne.pk) if acte and permis else ""
    if adresse and acte and acte.cle == "echeance":
        adresse += f"?genre={genre}"
    return TacheAffichee(
        tache,
        genre,
        qui=responsable(tache),
        explication=expliquer_ligne(tache),
        acte=acte if permis else None,
        url=adresse,
        arbitrage=genre in table.PAR_ARBITRAGE,
        legal=_horloge_legale(genre, s),
        tiroir=table.en_tiroir(acte),
    )


def responsable(tache: Etape | Echeance) -> str:
    """Who must do it, as far as it is known: a person, her structure, else the unit."""
    unite = Unite(tache.unite).libelle
    if tache.agent:
        return f"{tache.agent}, {tache.structure.nom}" if tache.structure else str(tache.agent)
    return f"{unite}, {tache.structure.nom}" if tache.structure else unite


def _horloge_legale(genre: GenreEtape | GenreEcheance, s: SituationDe) -> delais.Echeance | None:
    """The legal clock that runs behind an internal date (E06, E08)."""
    recu = s.situation.recu_le if s.situation else None
    if not isinstance(genre, GenreEtape) or recu is None or not ETAPES[genre].regle_affichee:
        return None
    return delais.echeance(ETAPES[genre].regle_affichee, depuis=recu)


def noeuds(souvenirs: list[Souvenir], s: SituationDe, dossier: Dossier) -> list[Noeud]:
    """The knots, oldest first."""
    racontes = [e for e in souvenirs if not e.annule and e.genre not in _DISCRETS and visible(e.genre, dossier)]
    rendez_vous = _rendez_vous({e.objet_id for e in racontes if e.objet_type == "rendez_vous" and e.objet_id})
    passe = [
        Noeud(
            e.titre,
            horloge.jour(e.survenu_le),
            apparences.icone_evenement(e.genre),
            detail=_detail(e, rendez_vous),
            par=e.par,
        )
        for e in racontes
    ]
    return passe + _devant(s)


def _detail(e: Souvenir, rendez_vous: dict[int, RendezVous]) -> str:
    rdv = rendez_vous.get(e.objet_id or 0) if e.objet_type == "rendez_vous" else None
    if e.genre is GenreEvenement.CONVOCATION and rdv is not None:
        debut = rdv.debut.astimezone(horloge.PARIS)
        return f"Rendez-vous le {debut:%d/%m/%Y} à {debut:%H:%M}, {rdv.structure.nom}."
    return e.detail


def _devant(s: SituationDe) -> list[Noeud]:
    etape = s.etape
    if etape is None:
        return []
    genre = GenreEtape(etape.genre)
    explication = expliquer_ligne(etape)
    prochain = Noeud(
        genre.libelle,
        etape.echeance,
        apparences.icone_tache(genre),
        Moment.PROCHAIN,
        par=responsable(etape),
        nature=etape.nature,
        regle=explication.reference if etape.nature == "legale" else "",
    )
    suite = [Noeud(texte, None, _ICONES_SUITES[texte], Moment.A_VENIR) for texte in SUITES.get(genre, ())]
    actualiser = next((e for e in s.echeances if e.genre == GenreEcheance.ACTUALISER_CONTRAT), None)
    if actualiser is not None:
        suite.append(
            Noeud("Actualisation du contrat", actualiser.echeance, "contrat", Moment.A_VENIR, nature=actualiser.nature)
        )
    return [prochain, *suite]


def _rendez_vous(ids: set[int]) -> dict[int, RendezVous]:
    return RendezVous.objects.select_related("structure").in_bulk(ids) if ids else {}


def en_retard_avec_escalade(tache: Etape | Echeance, au: date) -> str:
    """Who is warned when it is late, and since when."""
    definition = ETAPES[GenreEtape(tache.genre)] if isinstance(tache, Etape) else ECHEANCES[GenreEcheance(tache.genre)]
    retard = (au - tache.echeance).days
    if retard <= 0 or retard < definition.escalade.apres_jours:
        return ""
    return definition.escalade.unite.libelle
