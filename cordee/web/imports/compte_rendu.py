"""The report of a loading, as a director reads it: how many came, how many left, why, what is to be done (R34)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from cordee.echanges.caf.rapport import Rapport, Sens
from cordee.echanges.fichiers.models import FichierRecu, Portee, TypeFichier
from cordee.echanges.fichiers.regles import mois_en_mots
from cordee.echanges.fichiers.selectors import fichier_precedent
from cordee.metier.parcours.enums import GenreEvenement
from cordee.web.composants.balises.marques import accord
from cordee.web.imports.apparences import AVERTISSEMENTS, nombre, titre
from cordee.web.imports.controle import ecart
from cordee.web.socle.export import en_csv

E = GenreEvenement
SENS = {
    Sens.ENTREE: ("entree", "+"),
    Sens.SORTIE: ("sortie", "−"),
    Sens.DEPART: ("envoyer", ""),
    Sens.SUSPENSION: ("alerte", ""),
    Sens.ABSENCE: ("recherche", ""),
    Sens.CORRECTION: ("relance", ""),
}


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
class Groupe:
    """The movements of one direction, and their sum."""

    sens: Sens
    icone: str
    signe: str
    total: int
    lignes: tuple[Chiffre, ...]


@dataclass(frozen=True, slots=True)
class CompteRendu:
    """What the page shows. ``comparaison``: label, the month before, this one, the difference in words."""

    rapport: Rapport
    resume: str
    alertes: tuple[str, ...]
    groupes: tuple[Groupe, ...]
    changements: tuple[Chiffre, ...]
    a_faire: tuple[Chiffre, ...]
    totaux: tuple[tuple[str, Any], ...]
    avertissements: tuple[tuple[str, int], ...]
    precedent: FichierRecu | None
    comparaison: tuple[tuple[str, int, int, str], ...]


def composer(fichier: FichierRecu) -> CompteRendu:
    """The report stored with the file, in words. One query: the file before."""
    rapport = Rapport.de_json(fichier.rapport)
    historique = rapport.portee == Portee.HISTORIQUE
    precedent = None if historique else fichier_precedent(fichier)
    return CompteRendu(
        rapport=rapport,
        resume=_resume(rapport, quand=_quand(fichier), historique=historique),
        alertes=tuple(_alertes(rapport)),
        groupes=() if historique else tuple(_groupes(fichier.pk, rapport)),
        changements=() if historique else _changements(fichier.pk, rapport),
        a_faire=_a_faire(fichier.pk, rapport, _rejets_en_attente(fichier, rapport)),
        totaux=tuple(_totaux(rapport)),
        avertissements=tuple(
            (AVERTISSEMENTS.get(code, code.replace("_", " ")), n) for code, n in rapport.avertissements.items()
        ),
        precedent=precedent,
        comparaison=tuple(_comparer(rapport, precedent)) if precedent else (),
    )


def en_tableau(fichier: FichierRecu) -> HttpResponse:
    """The movements and the totals as a table: what, why, how many. No person is in it."""
    vu = composer(fichier)
    lignes: list[tuple[str, str, Any]] = [
        (groupe.sens.libelle, ligne.texte, ligne.valeur) for groupe in vu.groupes for ligne in groupe.lignes
    ]
    lignes += [("À faire", chiffre.texte, chiffre.valeur) for chiffre in vu.a_faire]
    lignes += [("Changements", chiffre.texte, chiffre.valeur) for chiffre in vu.changements]
    lignes += [("Fichier", nom, valeur) for nom, valeur in vu.totaux]
    lignes += [("Anomalies acceptées", libelle, n) for libelle, n in vu.avertissements]
    return en_csv(f"rapport-{fichier.pk}", [titre(fichier), "Quoi", "Nombre"], lignes)


def _quand(f: FichierRecu) -> str:
    """« En octobre 2026 » for a monthly: the month its rights are those of."""
    if f.reference_le is None:
        return ""
    if f.type == TypeFichier.BENEFICIAIRES_MENSUEL:
        return f"En {mois_en_mots(f.reference_le)}"
    return f"Le {f.reference_le:%d/%m/%Y}"


def _resume(r: Rapport, *, quand: str, historique: bool) -> str:
    """One sentence.

    >>> _resume(Rapport(nouveaux_entrants=400, retours=12, sortants=530), quand="En octobre 2026", historique=False)
    'En octobre 2026, 412 personnes sont entrées dans les droits et devoirs, 530 en sont sorties.'
    >>> _resume(Rapport(nouveaux_entrants=1), quand="", historique=False)
    "1 personne est entrée dans les droits et devoirs, aucune n'en est sortie."
    """
    if historique:
        return "L'historique des droits est complété. Personne n'entre ni ne sort, aucune étape ne s'ouvre."
    entrees = r.nouveaux_entrants + r.retours
    if not entrees and not r.sortants:
        phrase = "personne n'est entré ni sorti"
    else:
        qui = {0: "personne n'est entré", 1: "1 personne est entrée"}.get(
            entrees, f"{nombre(entrees)} personnes sont entrées"
        )
        sortent = {0: "aucune n'en est sortie", 1: "1 en est sortie"}.get(
            r.sortants, f"{nombre(r.sortants)} en sont sorties"
        )
        phrase = f"{qui} dans les droits et devoirs, {sortent}"
    return f"{quand}, {phrase}." if quand else f"{phrase[0].upper()}{phrase[1:]}."


def _alertes(r: Rapport) -> list[str]:
    """What the figures below do not say by themselves.

    >>> _alertes(Rapport(foyers_annonces=10, foyers_lus=9, nouveaux_entrants=312, jours_entames=15))[1]
    'Les délais des 312 personnes nouvelles sont déjà entamés de 15 jours : elles sont à convoquer en premier.'
    """
    alertes = []
    if r.foyers_annonces is not None and r.foyers_annonces != r.foyers_lus:
        alertes.append(
            f"Le fichier annonce {accord_de(r.foyers_annonces, 'foyer|foyers')} et en contient "
            f"{nombre(r.foyers_lus)} : demandez confirmation à l'organisme."
        )
    if r.nouveaux_entrants and r.jours_entames:
        jours = accord_de(r.jours_entames, "jour|jours")
        alertes.append(
            f"Les délais des {nombre(r.nouveaux_entrants)} personnes nouvelles sont déjà entamés de {jours} : "
            "elles sont à convoquer en premier."
            if r.nouveaux_entrants > 1
            else f"Les délais de la personne nouvelle sont déjà entamés de {jours} : elle est à convoquer en premier."
        )
    if r.partie:
        alertes.append(
            "Ce fichier n'est qu'une partie du mois : les absences seront comptées quand toutes les parties seront là."
        )
    return alertes


def accord_de(n: int, formes: str) -> str:
    """A count and its noun.

    >>> accord_de(1, "foyer|foyers"), accord_de(3, "foyer|foyers")
    ('1 foyer', '3 foyers')
    """
    return f"{nombre(n)} {accord(n, formes)}"


def _groupes(pk: int, r: Rapport) -> list[Groupe]:
    """The movements by direction, in the order of ``Sens``; each opens exactly its people."""
    groupes = []
    for sens, (icone, signe) in SENS.items():
        lignes = tuple(
            Chiffre(m.nombre, m.libelle, "", url=reverse("import_personnes", args=[pk, m.sens, m.motif]))
            for m in r.mouvements
            if m.sens == sens
        )
        if lignes:
            groupes.append(Groupe(sens, icone, signe, sum(ligne.valeur for ligne in lignes), lignes))
    return groupes


def _evenement(pk: int, r: Rapport, genre: GenreEvenement) -> str:
    """The people to whom the file brought this event; nothing when it brought none."""
    return reverse("import_personnes", args=[pk, "evenement", genre]) if r.evenements.get(genre) else ""


def _changements(pk: int, r: Rapport) -> tuple[Chiffre, ...]:
    return (
        Chiffre(r.changements_etat, "foyer dont le droit change|foyers dont le droit change", "echange"),
        Chiffre(
            r.changements_adresse, "changement d'adresse|changements d'adresse", "lieu",
            url=_evenement(pk, r, E.ADRESSE_CHANGEE),
        ),
        Chiffre(
            r.personnes_creees, "personne jusqu'ici inconnue|personnes jusqu'ici inconnues", "personnes",
            note="enfants compris",
        ),
    )  # fmt: skip


def _rejets_en_attente(fichier: FichierRecu, r: Rapport) -> int:
    """Households set aside that still wait: fewer than at the loading once some were played again or dropped."""
    suites = fichier.rapport.get("rejets_suites", {})
    return int(suites.get("en_attente", len(r.rejets)))


def _a_faire(pk: int, r: Rapport, rejets: int) -> tuple[Chiffre, ...]:
    """What the file leaves to be done by a human, only where there is something; each opens its people."""

    def etape(genre: GenreEvenement, libelle: str, icone: str) -> Chiffre:
        return Chiffre(r.evenements.get(genre, 0), libelle, icone, "accent", _evenement(pk, r, genre))

    tout = (
        Chiffre(rejets, "foyer mis de côté|foyers mis de côté", "echec", "danger", "#mis-de-cote"),
        Chiffre(r.arbitrages, "identité à arbitrer|identités à arbitrer", "fusion", "accent", reverse("arbitrages")),
        Chiffre(
            r.non_transmis, "foyer absent, à vérifier|foyers absents, à vérifier", "recherche", "accent",
            _evenement(pk, r, E.NON_TRANSMISE),
        ),
        etape(E.SDD_INCONNU, "situation à vérifier|situations à vérifier", "aide"),
        etape(E.MUTATION_SORTANTE, "départ à transmettre|départs à transmettre", "envoyer"),
        etape(E.DECES_PRESUME, "décès à vérifier|décès à vérifier", "info"),
        etape(E.DROIT_SUSPENDU, "droit suspendu, à rétablir|droits suspendus, à rétablir", "alerte"),
    )  # fmt: skip
    return tuple(chiffre for chiffre in tout if chiffre.valeur)


def _totaux(r: Rapport) -> list[tuple[str, Any]]:
    totaux = [
        ("Foyers annoncés", r.foyers_annonces if r.foyers_annonces is not None else "non annoncé"),
        ("Foyers lus", r.foyers_lus),
        ("Foyers nouveaux", r.foyers_nouveaux),
        ("Foyers inchangés", r.foyers_inchanges),
        ("Mis de côté", len(r.rejets)),
        ("Durée", duree(r.duree_s)),
    ]
    totaux += [("Code inconnu, gardé tel quel", f"{code} ({n} fois)") for code, n in r.codes_inconnus.items()]
    return totaux


def duree(secondes: float) -> str:
    """« 12 s », « 4 min ».

    >>> duree(0.4), duree(260)
    ('1 s', '4 min')
    """
    return f"{max(round(secondes), 1)} s" if secondes < 120 else f"{round(secondes / 60)} min"


def _comparer(r: Rapport, precedent: FichierRecu) -> list[tuple[str, int, int, str]]:
    """This file beside the one before, of the same kind and body."""
    avant = Rapport.de_json(precedent.rapport)
    premier = avant.foyers_lus == avant.foyers_nouveaux  # everybody was new then: its movements compare with nothing
    paires = [
        ("Foyers lus", avant.foyers_lus, r.foyers_lus),
        ("Entrées (retours compris)", avant.nouveaux_entrants + avant.retours, r.nouveaux_entrants + r.retours),
        ("Sorties", avant.sortants, r.sortants),
        ("Foyers absents", avant.non_transmis, r.non_transmis),
        ("Foyers dont le droit change", avant.changements_etat, r.changements_etat),
        ("Changements d'adresse", avant.changements_adresse, r.changements_adresse),
        ("Foyers mis de côté", len(avant.rejets), len(r.rejets)),
    ]
    if premier:
        paires = [paires[0], paires[-1]]
    return [(nom, x, y, ecart(y, x) if x else ("autant" if x == y else f"+{y}")) for nom, x, y in paires]
