"""What is told of an import: one object, the same on the command line, on the page and in the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from cordee.echanges.fichiers.rapport import RapportFichier, accorder
from cordee.socle.enums import EnumLibelle


@dataclass(frozen=True, slots=True)
class RejetRapporte:
    """One household set aside. It names nobody (V1)."""

    ligne: int
    numdemrsa: str
    motif: str


class Sens(EnumLibelle):
    """Which way a movement goes (R34: « +412 −530, pourquoi »)."""

    ENTREE = "entree", "Entrées"
    SORTIE = "sortie", "Sorties"
    DEPART = "depart", "Départs en cours"
    SUSPENSION = "suspension", "Droits suspendus"
    ABSENCE = "absence", "Absences du fichier"
    CORRECTION = "correction", "Corrections d'un envoi précédent"


@dataclass(frozen=True, slots=True)
class Mouvement:
    """Persons who moved, and why. ``motif`` is a code: ``selectors.personnes_du_mouvement`` finds them back with it.

    Codes: ``nouvelle_demande``, ``devient_soumise``, ``mutation``, ``retour`` (entree); ``drapeau``,
    ``clos_<MOTICLORSA>``, ``refus_<MOTIREFURSA>`` (sortie); ``mutation`` (depart); ``droit_<MOTISUSDRORSA>``,
    ``versement_<MOTISUSVERSRSA>`` (suspension); ``absent``, ``regroupe`` (absence); ``entree_annulee``,
    ``sortie_annulee``, ``passage``, ``signalement_annule`` (correction).
    ``libelle`` is the sentence to show; ``sens`` is a ``Sens``.
    """

    sens: str
    motif: str
    libelle: str
    nombre: int


@dataclass(slots=True, kw_only=True)
class Rapport(RapportFichier):
    """Figures of one file.

    Counts are persons, except ``foyers_*``, ``non_transmis`` and ``changements_etat`` (households). ``jours_entames``:
    days already gone on the clocks that start at reception. ``mouvements``: why, most numerous first inside each
    ``sens``. ``codes_inconnus``: « BALISE=code » → times met. ``partie``: one part of a month sent in several files,
    whose month was not complete when it was loaded: nobody is counted absent yet.
    """

    organisme: str = ""
    foyers_annonces: int | None = None
    foyers_lus: int = 0
    foyers_inchanges: int = 0
    foyers_nouveaux: int = 0
    rejets: list[RejetRapporte] = field(default_factory=list)
    personnes_creees: int = 0
    nouveaux_entrants: int = 0
    retours: int = 0
    sortants: int = 0
    sortants_par_motif: dict[str, int] = field(default_factory=dict)
    non_transmis: int = 0
    changements_etat: int = 0
    changements_adresse: int = 0
    arbitrages: int = 0
    jours_entames: int = 0
    evenements: dict[str, int] = field(default_factory=dict)
    mouvements: list[Mouvement] = field(default_factory=list)
    codes_inconnus: dict[str, int] = field(default_factory=dict)
    partie: bool = False
    departement_accepte: str = ""

    def _relire(self, d: dict[str, Any]) -> None:
        self.rejets = [RejetRapporte(**rejet) for rejet in d.get("rejets", ())]
        self.mouvements = [Mouvement(**mouvement) for mouvement in d.get("mouvements", ())]

    def compter_avertissements(self, avertissements: Counter[str]) -> None:
        self.avertissements = dict(sorted(avertissements.items(), key=lambda paire: -paire[1]))

    def rediger(self) -> None:
        """The sentences for a human, in order of importance."""
        phrases = []
        if self.foyers_annonces is not None and self.foyers_annonces != self.foyers_lus:
            phrases.append(
                f"Le fichier annonce {accorder(self.foyers_annonces, 'foyer', 'foyers')} et en contient "
                f"{self.foyers_lus} : demandez confirmation à l'organisme."
            )
        if self.nouveaux_entrants and self.jours_entames > 0:
            entames = accorder(self.nouveaux_entrants, "échéance déjà entamée", "échéances déjà entamées")
            phrases.append(f"{entames} de {self.jours_entames} j.")
        if self.rejets:
            mis = accorder(len(self.rejets), "foyer mis de côté", "foyers mis de côté")
            phrases.append(f"{mis} : à corriger puis à rejouer.")
        if self.arbitrages:
            identites = accorder(self.arbitrages, "identité à arbitrer", "identités à arbitrer")
            phrases.append(f"{identites} : les envois sont suspendus en attendant.")
        if self.non_transmis:
            absents = accorder(self.non_transmis, "foyer absent", "foyers absents")
            phrases.append(f"{absents} de ce fichier : droit gardé tel que connu, absence à vérifier.")
        if self.partie:
            phrases.append("C'est une partie du mois : personne n'est compté absent avant que les autres ne viennent.")
        inconnus = sum(self.codes_inconnus.values())
        if inconnus:
            phrases.append(f"{accorder(inconnus, 'code inconnu', 'codes inconnus')} : valeurs gardées telles quelles.")
        if self.portee == "historique":
            phrases.append("Un fichier plus récent est déjà chargé : celui-ci ne complète que l'historique.")
        self.phrases = phrases
