"""The kinds of disagreement of the queue: which étapes and échéances each gathers, and what it means. No query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle import ECHEANCES, ETAPES
from cordee.metier.parcours.enums import GenreEcheance, GenreEtape
from cordee.socle.enums import EnumLibelle

G, H = GenreEtape, GenreEcheance
ETAPE, ECHEANCE, CONTACT = "etape", "echeance", "contact"
REGLE_CONTACT = "contact_propose"


class Sujet(EnumLibelle):
    """One kind, in the order of the page: what hurts most first."""

    DECES = "deces", "Décès à vérifier", "Signalé par un fichier ou un agent : les envois sont déjà suspendus."
    DECISION = "decision", "Décisions attendues par la caisse", "Des personnes attendent une réponse du Département."
    SANCTION = "sanction", "Sanctions à rapprocher", "Appliquées sans décision d'ici, ou décidées et pas appliquées."
    FERMETURE = "fermeture", "Droits qui vont se fermer", "Une pièce manque : le droit se ferme au bout de quatre mois."
    CLOTURE = "cloture", "Fins de droit avec un contrat", "La suite de l'accompagnement est à décider."
    MUTATION = "mutation", "Arrivées et départs", "Dossiers à transmettre ou à demander à un autre Département."
    IDENTITE = "identite", "Identités à arbitrer", "Deux fiches se ressemblent : les envois attendent."
    ABSENCE = "absence", "Absentes du fichier", "Être absente n'est pas sortir : il faut vérifier."
    SDD = "sdd", "Droits et devoirs à vérifier", "L'indicateur du fichier manque ou se contredit."
    LIEU = "lieu", "Lieux de vie à établir", "L'adresse est inconnue ou hors de tout secteur."
    DROIT = "droit", "Demandes à confirmer", "Reçues au guichet, dans aucun fichier encore."
    MAJORATION = "majoration", "Majorations à revoir", "Un enfant ne figure plus dans le foyer."
    CONTACT = "contact", "Contacts différents du fichier", "Le fichier donne autre chose que ce qu'un agent a noté."


TACHES: Mapping[Sujet, tuple[GenreEtape | GenreEcheance, ...]] = {
    Sujet.DECES: (G.VERIFIER_DECES, H.DECES_A_VERIFIER),
    Sujet.DECISION: (H.DECISION_ATTENDUE_CAF,),
    Sujet.SANCTION: (H.SANCTION_A_RAPPROCHER,),
    Sujet.FERMETURE: (H.RETABLIR_DROIT,),
    Sujet.CLOTURE: (H.CLOTURE_AVEC_CONTRAT,),
    Sujet.MUTATION: (G.TRANSMETTRE_DOSSIER, H.RECUPERER_HISTORIQUE),
    Sujet.IDENTITE: (G.ARBITRER_IDENTITE, H.ARBITRER_IDENTITE, H.REVOIR_APRES_FUSION),
    Sujet.ABSENCE: (G.VERIFIER_DISPARITION,),
    Sujet.SDD: (G.VERIFIER_SDD,),
    Sujet.LIEU: (G.LOCALISER,),
    Sujet.DROIT: (G.CONFIRMER_DROIT,),
    Sujet.MAJORATION: (H.MAJORATION_A_REVOIR,),
    Sujet.CONTACT: (),
}
ICONES: Mapping[Sujet, str] = {
    Sujet.DECES: "recherche", Sujet.DECISION: "echange", Sujet.SANCTION: "decision", Sujet.FERMETURE: "droits",
    Sujet.CLOTURE: "sortie", Sujet.MUTATION: "envoyer", Sujet.IDENTITE: "fusion", Sujet.ABSENCE: "recherche",
    Sujet.SDD: "droits", Sujet.LIEU: "lieu", Sujet.DROIT: "droits", Sujet.MAJORATION: "associer",
    Sujet.CONTACT: "appel",
}  # fmt: skip
_PAR_TACHE: Mapping[tuple[str, str], Sujet] = {
    (ETAPE if isinstance(genre, GenreEtape) else ECHEANCE, str(genre)): sujet
    for sujet, genres in TACHES.items()
    for genre in genres
}


@dataclass(frozen=True, slots=True)
class GestePourPlusieurs:
    """One act that serves many people of the same kind."""

    cle: str
    bouton: str
    icone: str


POUR_PLUSIEURS: Mapping[Sujet, tuple[GestePourPlusieurs, ...]] = {
    Sujet.DECISION: (
        GestePourPlusieurs("transmise", "Décision transmise…", "envoyer"),
        GestePourPlusieurs("attente", "Toujours en attente", "attente"),
    ),
    Sujet.SANCTION: (GestePourPlusieurs("attente", "Toujours en attente", "attente"),),
    Sujet.ABSENCE: (GestePourPlusieurs("attendre", "Attendre le prochain fichier", "attente"),),
}


def genres_de(sujet: Sujet | None, source: str) -> list[str]:
    """Kinds of étapes or of échéances of a subject, or of all.

    >>> genres_de(Sujet.MUTATION, ECHEANCE)
    ['recuperer_historique']
    """
    return [cle for (origine, cle), de in _PAR_TACHE.items() if origine == source and sujet in (None, de)]


def sujet_de(source: str, genre: str) -> Sujet:
    """The subject of a line."""
    return Sujet.CONTACT if source == CONTACT else _PAR_TACHE[source, genre]


def unites() -> list[Unite]:
    """Units that may own a line."""
    toutes = {u for (source, cle) in _PAR_TACHE for u in _unites(source, cle)} | {Unite.DONNEES}
    return [u for u in Unite if u in toutes]


def _unites(source: str, cle: str) -> tuple[Unite, ...]:
    return ETAPES[GenreEtape(cle)].unites if source == ETAPE else ECHEANCES[GenreEcheance(cle)].unites
