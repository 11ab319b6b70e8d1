"""The report of a loading, as a director reads it: how many came, how many left, why, what is to be done (R34)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cordee.echanges.caf.rapport import Rapport
from cordee.echanges.fichiers.models import FichierRecu, Portee
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement, MotifSortie
from cordee.web.composants.balises.marques import accord
from cordee.web.imports.apparences import AVERTISSEMENTS

E = GenreEvenement


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A figure of the report and the list behind it (``url`` empty where there is none)."""

    valeur: int
    libelle: str
    icone: str
    ton: str = ""
    url: str = ""
    note: str = ""

    @property
    def texte(self) -> str:
        """The words, agreed with the figure: « singulier|pluriel »."""
        return accord(self.valeur, self.libelle)


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What the page shows."""

    rapport: Rapport
    resume: str
    alertes: tuple[str, ...]
    mouvements: tuple[Chiffre, ...]
    a_faire: tuple[Chiffre, ...]
    sorties: tuple[tuple[str, int], ...]
    totaux: tuple[tuple[str, Any], ...]
    avertissements: tuple[tuple[str, int], ...]


def composer(fichier: FichierRecu) -> CompteRendu:
    """The report stored with the file, in words."""
    rapport = Rapport.de_json(fichier.rapport)
    historique = rapport.portee == Portee.HISTORIQUE
    return CompteRendu(
        rapport=rapport,
        resume=_resume(rapport, historique=historique),
        alertes=tuple(_alertes(rapport)),
        mouvements=() if historique else _mouvements(rapport),
        a_faire=_a_faire(rapport),
        sorties=tuple(_sorties(rapport)),
        totaux=tuple(_totaux(rapport)),
        avertissements=tuple((AVERTISSEMENTS.get(code, code), n) for code, n in rapport.avertissements.items()),
    )


def _resume(r: Rapport, *, historique: bool) -> str:
    """One sentence.

    >>> _resume(Rapport(nouveaux_entrants=400, retours=12, sortants=530), historique=False)
    '412 personnes entrent dans les droits et devoirs, 530 en sortent.'
    >>> _resume(Rapport(nouveaux_entrants=1), historique=False)
    "1 personne entre dans les droits et devoirs, aucune n'en sort."
    """
    if historique:
        return "L'historique des droits est complété. Personne n'entre ni ne sort, aucune étape ne s'ouvre."
    entrees = r.nouveaux_entrants + r.retours
    if not entrees and not r.sortants:
        return "Personne n'entre ni ne sort."
    qui = {0: "Personne n'entre", 1: "1 personne entre"}.get(entrees, f"{entrees} personnes entrent")
    sortent = {0: "aucune n'en sort", 1: "1 en sort"}.get(r.sortants, f"{r.sortants} en sortent")
    return f"{qui} dans les droits et devoirs, {sortent}."


def _alertes(r: Rapport) -> list[str]:
    """What the figures below do not say by themselves.

    >>> _alertes(Rapport(foyers_annonces=10, foyers_lus=9, nouveaux_entrants=312, jours_entames=15))[1]
    'Les délais des 312 personnes nouvelles sont déjà entamés de 15 jours : elles sont à convoquer en premier.'
    """
    alertes = []
    if r.foyers_annonces is not None and r.foyers_annonces != r.foyers_lus:
        alertes.append(
            f"Le fichier annonce {r.foyers_annonces} foyers et en contient {r.foyers_lus} : demandez confirmation à "
            "l'organisme."
        )
    if r.nouveaux_entrants > 1 and r.jours_entames > 1:
        alertes.append(
            f"Les délais des {r.nouveaux_entrants} personnes nouvelles sont déjà entamés de {r.jours_entames} jours : "
            "elles sont à convoquer en premier."
        )
    return alertes


def _liste(**filtres: str) -> str:
    return f"{reverse('personnes')}?{urlencode(filtres)}"


def _mouvements(r: Rapport) -> tuple[Chiffre, ...]:
    entame = f"délais entamés de {r.jours_entames} jours" if r.nouveaux_entrants and r.jours_entames > 1 else ""
    entrees = Chiffre(
        r.nouveaux_entrants,
        "nouvelle entrée|nouvelles entrées",
        "entree",
        "accent" if r.nouveaux_entrants else "",
        _liste(etat=Etat.ENTRANTE),
        entame,
    )
    return (
        entrees,
        Chiffre(r.retours, "retour", "relance", "", _liste(etat=Etat.RETOUR), "leur orientation tient toujours"),
        Chiffre(r.sortants, "sortie", "sortie", "", _liste(statut="sorties")),
        Chiffre(r.changements_etat, "foyer dont le droit change|foyers dont le droit change", "echange"),
        Chiffre(r.changements_adresse, "changement d'adresse|changements d'adresse", "lieu"),
        Chiffre(
            r.personnes_creees, "personne jusqu'ici inconnue|personnes jusqu'ici inconnues", "personnes",
            note="enfants compris",
        ),
    )  # fmt: skip


def _a_faire(r: Rapport) -> tuple[Chiffre, ...]:
    """What the file leaves to be done by a human, only where there is something."""
    genres: Mapping[str, int] = r.evenements

    def etape(genre: GenreEvenement, ouvre: GenreEtape, libelle: str, icone: str) -> Chiffre:
        return Chiffre(genres.get(genre, 0), libelle, icone, "accent", _liste(etape=ouvre, statut="toutes"))

    tout = (
        Chiffre(len(r.rejets), "foyer mis de côté|foyers mis de côté", "echec", "danger", "#mis-de-cote"),
        Chiffre(r.arbitrages, "identité à arbitrer|identités à arbitrer", "fusion", "accent", reverse("arbitrages")),
        Chiffre(
            r.non_transmis, "foyer absent, à vérifier|foyers absents, à vérifier", "recherche", "accent",
            _liste(etape=GenreEtape.VERIFIER_DISPARITION, statut="toutes"),
        ),
        etape(E.SDD_INCONNU, GenreEtape.VERIFIER_SDD, "situation à vérifier|situations à vérifier", "aide"),
        etape(E.MUTATION_SORTANTE, GenreEtape.TRANSMETTRE_DOSSIER, "départ à transmettre|départs à transmettre",
              "envoyer"),
        etape(E.DECES_PRESUME, GenreEtape.VERIFIER_DECES, "décès à vérifier|décès à vérifier", "info"),
        Chiffre(
            genres.get(E.DROIT_SUSPENDU, 0), "droit suspendu, à rétablir|droits suspendus, à rétablir", "alerte",
            "accent", _liste(echeance=GenreEcheance.RETABLIR_DROIT),
        ),
    )  # fmt: skip
    return tuple(chiffre for chiffre in tout if chiffre.valeur)


def _sorties(r: Rapport) -> list[tuple[str, int]]:
    lignes = [
        (MotifSortie(motif).libelle if motif in set(MotifSortie) else "Motif non transmis", n)
        for motif, n in r.sortants_par_motif.items()
    ]
    plus_soumises = r.evenements.get(E.FIN_SDD, 0)
    if plus_soumises:
        lignes.append(("Toujours au RSA, mais plus soumises aux droits et devoirs", plus_soumises))
    return sorted(lignes, key=lambda ligne: -ligne[1])


def _totaux(r: Rapport) -> list[tuple[str, Any]]:
    return [
        ("Foyers annoncés", r.foyers_annonces if r.foyers_annonces is not None else "non annoncé"),
        ("Foyers lus", r.foyers_lus),
        ("Foyers nouveaux", r.foyers_nouveaux),
        ("Foyers inchangés", r.foyers_inchanges),
        ("Mis de côté", len(r.rejets)),
        ("Durée", f"{round(r.duree_s)} s" if r.duree_s < 120 else f"{round(r.duree_s / 60)} min"),
    ]
