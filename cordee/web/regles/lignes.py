"""The rules in the words of their reader: rows made from the life cycle and from the catalogue of the law. No query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cordee.metier.organismes.enums import Unite
from cordee.metier.parcours.cycle import A_TOUT_MOMENT, ECHEANCES, ETAPES, ETATS, Escalade
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEtape, GenreEvenement
from cordee.reglementation.catalogue import RegleAffichee, toutes_les_regles
from cordee.reglementation.delais import DelaiInconnu, delai, expliquer
from cordee.reglementation.enums import Nature
from cordee.socle.enums import EnumLibelle
from cordee.web.composants.delais import duree

# Other clocks that the engine starts for the same étape, and when.
VARIANTES: Mapping[GenreEtape, tuple[tuple[str, str], ...]] = {
    GenreEtape.CONVOQUER: (("Personne domiciliée", "convoquer_domicilie"),),
    GenreEtape.ELABORER_CONTRAT: (
        ("Cap emploi référent", "contrat_organisme_handicap"),
        ("Notification sans date certaine", "contrat_provisoire"),
    ),
    GenreEtape.PROCHAIN_CONTACT: (
        ("Accompagnement intensif", "prochain_contact_intensif"),
        ("Accompagnement léger", "prochain_contact_leger"),
    ),
    GenreEtape.REPRENDRE_CONTACT: (("Accompagnement interrompu", "reprendre_contact_interruption"),),
}
_BLOCAGES = {"envois": "les envois à la personne", "procedures": "les procédures", "contrat": "la signature du contrat"}


class Onglet(EnumLibelle):
    """The parts of the page."""

    ETAPES = "etapes", "Étapes"
    ECHEANCES = "echeances", "Échéances parallèles"
    DELAIS = "delais", "Tous les délais"


@dataclass(frozen=True, slots=True)
class Horloge:
    """One clock: when it applies (empty: always), the delay in words, what it is worth and where it comes from."""

    quand: str
    phrase: str
    nature: Nature | None
    reference: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class LigneTache:
    """One kind of étape or échéance."""

    cle: str
    titre: str
    situations: tuple[str, ...]
    responsables: tuple[str, ...]
    horloges: tuple[Horloge, ...]
    retard: str
    clot_par: tuple[str, ...]
    bloque: tuple[str, ...] = ()
    externe: bool = False

    @property
    def texte(self) -> str:
        """All that a search looks in."""
        morceaux = [self.titre, *self.situations, *self.responsables, *self.clot_par, *self.bloque]
        return " ".join(morceaux + [f"{h.quand} {h.phrase} {h.reference}" for h in self.horloges])

    @property
    def natures(self) -> frozenset[Nature]:
        return frozenset(h.nature for h in self.horloges if h.nature)


def etapes(au: date) -> list[LigneTache]:
    """Every kind of étape principale, in the order of the path."""
    lignes = []
    for genre in GenreEtape:
        definition = ETAPES[genre]
        horloges = [_horloge(definition.regle, au)]
        horloges += [_horloge(regle, au, quand) for quand, regle in VARIANTES.get(genre, ())]
        if definition.regle_affichee:
            horloges.append(_horloge(definition.regle_affichee, au, "Délai légal rappelé à côté"))
        lignes.append(
            LigneTache(
                cle=str(genre),
                titre=genre.libelle,
                situations=tuple(etat.libelle for etat in Etat if ETATS[etat] is genre),
                responsables=_libelles(definition.unites),
                horloges=tuple(horloges),
                retard=_retard(definition.escalade),
                clot_par=_evenements(definition.clot_par - A_TOUT_MOMENT),
                externe=definition.externe,
            )
        )
    return lignes


def echeances(au: date) -> list[LigneTache]:
    """Every kind of parallel duty: it never displaces the étape principale (E03)."""
    return [
        LigneTache(
            cle=str(genre),
            titre=genre.libelle,
            situations=(),
            responsables=_libelles(ECHEANCES[genre].unites),
            horloges=(_horloge(ECHEANCES[genre].regle, au),),
            retard=_retard(ECHEANCES[genre].escalade),
            clot_par=_evenements(ECHEANCES[genre].clot_par),
            bloque=tuple(_BLOCAGES[b] for b in ECHEANCES[genre].bloque),
        )
        for genre in GenreEcheance
    ]


def a_tout_moment() -> tuple[str, ...]:
    """Facts that may stop any étape: what a file says, a death, a move, a correction."""
    return _evenements(A_TOUT_MOMENT)


def regles(au: date) -> list[RegleAffichee]:
    """Every deadline and parameter in force."""
    return toutes_les_regles(au)


def garder_taches(lignes: Iterable[LigneTache], *, texte: str, nature: str, qui: str) -> list[LigneTache]:
    """The rows that hold every typed word, that kind of clock and that owner."""
    unite = Unite(qui).libelle if qui else ""
    return [
        ligne
        for ligne in lignes
        if _contient(ligne.texte, texte)
        and (not nature or Nature(nature) in ligne.natures)
        and (not unite or unite in ligne.responsables)
    ]


def garder_regles(lignes: Iterable[RegleAffichee], *, texte: str, nature: str) -> list[RegleAffichee]:
    """The rules that hold every typed word, of that nature."""
    return [
        ligne
        for ligne in lignes
        if _contient(f"{ligne.libelle} {ligne.valeur} {ligne.reference} {ligne.perimetre} {ligne.si_manque}", texte)
        and (not nature or ligne.nature == nature)
    ]


def _contient(ou: str, texte: str) -> bool:
    return all(mot in ou.casefold() for mot in texte.casefold().split())


def _libelles(unites: Iterable[Unite]) -> tuple[str, ...]:
    return tuple(unite.libelle for unite in unites)


def _evenements(genres: Iterable[GenreEvenement]) -> tuple[str, ...]:
    retenus = set(genres)
    return tuple(genre.libelle for genre in GenreEvenement if genre in retenus)


def _retard(escalade: Escalade) -> str:
    """Who is warned of a late task, and when.

    >>> _retard(Escalade(Unite.ENCADREMENT, 0)), _retard(Escalade(Unite.CHEF_STRUCTURE, 15))
    ('Encadrement, dès le lendemain', 'Responsable de la structure, après 15\\xa0jours de retard')
    """
    quand = f"après {duree(escalade.apres_jours)} de retard" if escalade.apres_jours else "dès le lendemain"
    return f"{escalade.unite.libelle}, {quand}"


def _horloge(regle: str, au: date, quand: str = "") -> Horloge:
    try:
        version: Any = delai(regle, au=au)
    except DelaiInconnu:
        return Horloge(quand, "aucun délai à cette date", None, "")
    phrase = expliquer(version, avec_reference=False)
    return Horloge(quand, phrase, version.nature, version.reference, version.id)
