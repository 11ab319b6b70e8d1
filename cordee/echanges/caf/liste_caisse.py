"""The list of decisions as a paying body reads it, and what it sends back (E23). Never the NIR.

One line per decision. The body finds the household by its request and beneficiary numbers, acts on the months asked,
and may send the list back with an answer on each line.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from cordee.metier.devoirs.enums import GenreLigne, MotifRejetCaisse
from cordee.metier.devoirs.models import LigneCaisse
from cordee.metier.devoirs.regles.transmission import mois_entre
from cordee.socle.erreurs import ErreurMetier

ENTETES: Final = (
    "Numéro de demande RSA", "Numéro allocataire", "Nom", "Prénom", "Demande", "Part (%)", "Montant par mois",
    "Nombre de mois", "À partir du", "Jusqu'au mois de (exclu)", "À rendre depuis", "Base légale", "Décision",
    "Radiation proposée", "Ligne",
)  # fmt: skip
TAILLE_MAXIMALE: Final = 2_000_000
_OUI: Final = frozenset({"accepte", "acceptee", "oui", "ok", "prise en compte", "traitee", "1"})
_NON: Final = frozenset({"rejete", "rejetee", "rejet", "non", "ko", "refusee", "0"})
_MOTIFS: Final = {
    "inconnu": MotifRejetCaisse.DOSSIER_INCONNU, "clos": MotifRejetCaisse.DROIT_CLOS,
    "ferme": MotifRejetCaisse.DROIT_CLOS, "mutation": MotifRejetCaisse.AUTRE_CAISSE,
    "autre caisse": MotifRejetCaisse.AUTRE_CAISSE, "incomplet": MotifRejetCaisse.INCOMPLETE,
    "illisible": MotifRejetCaisse.INCOMPLETE, "delai": MotifRejetCaisse.HORS_DELAI, "tard": MotifRejetCaisse.HORS_DELAI,
}  # fmt: skip


class RetourIllisible(ErreurMetier):
    """The file sent back says nothing that can be used."""


def rang(ligne: LigneCaisse) -> tuple[Any, ...]:
    """One line as it leaves (``mesure__personne`` loaded); cells are made safe where the file is written."""
    personne = ligne.mesure.personne
    return (
        ligne.numdemrsa, ligne.matricule, personne.nom, personne.prenom, GenreLigne(ligne.genre).libelle, ligne.part,
        ligne.montant, None if ligne.jusquau is None else mois_entre(ligne.effet, ligne.jusquau), ligne.effet,
        ligne.jusquau, ligne.rappel_du, ligne.base_legale, ligne.decision, ligne.radiation, ligne.pk,
    )  # fmt: skip


# What comes back ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Retour:
    """What a returned file says: ids of the lines taken, of those refused and why, and how many rows say nothing."""

    acceptees: frozenset[int] = frozenset()
    rejets: dict[int, MotifRejetCaisse] = field(default_factory=dict)
    muettes: int = 0


def lire_retour(octets: bytes) -> Retour:
    """The list sent back with the columns « Réponse » and, for a refusal, « Motif ».

    >>> lire_retour("Ligne;Réponse;Motif\\n7;acceptée;\\n8;rejetée;dossier inconnu\\n".encode())
    Retour(acceptees=frozenset({7}), rejets={8: <MotifRejetCaisse.DOSSIER_INCONNU: 'dossier_inconnu'>}, muettes=0)

    Raises:
        RetourIllisible: not a table, columns missing, too big.
    """
    acceptees, rejets, muettes = set(), {}, 0
    for cellules in _tableau(octets, exige=("ligne", "reponse")):
        numero, reponse = cellules["ligne"], _simple(cellules["reponse"])
        if not numero.isdecimal() or reponse not in _OUI | _NON:
            muettes += 1
        elif reponse in _OUI:
            acceptees.add(int(numero))
        else:
            rejets[int(numero)] = _motif(cellules.get("motif", ""))
    if not acceptees and not rejets:
        raise RetourIllisible("Ce fichier ne dit rien d'aucune ligne : vérifiez la colonne « Réponse ».")
    return Retour(frozenset(acceptees) - set(rejets), rejets, muettes)


def _motif(texte: str) -> MotifRejetCaisse:
    simple = _simple(texte)
    return next((motif for mot, motif in _MOTIFS.items() if mot in simple), MotifRejetCaisse.AUTRE)


# The list, read by the body (demonstration) ---------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class LigneLue:
    """One line as the body understands it."""

    numdemrsa: str
    genre: GenreLigne
    part: int | None
    montant: Decimal | None
    effet: date
    jusquau: date | None


def lire_liste(octets: bytes) -> list[LigneLue]:
    """The lines of a list that was exported, in order.

    Raises:
        RetourIllisible: not such a list.
    """
    genres = {_simple(genre.libelle): genre for genre in GenreLigne}
    lues = []
    for c in _tableau(octets, exige=tuple(_simple(nom) for nom in ENTETES[:10])):
        genre = genres.get(_simple(c["demande"]))
        effet = _jour(c["a partir du"])
        if genre is None or effet is None:
            raise RetourIllisible("Une ligne de la liste n'a pas de demande ou de mois d'effet lisible.")
        lues.append(
            LigneLue(
                c["numero de demande rsa"].zfill(11), genre, int(c["part (%)"]) if c["part (%)"] else None,
                _euros(c["montant par mois"]), effet, _jour(c["jusqu'au mois de (exclu)"]),
            )
        )  # fmt: skip
    return lues


# Tables -------------------------------------------------------------------------------------------------------------
def _tableau(octets: bytes, *, exige: Sequence[str]) -> Iterator[dict[str, str]]:
    if len(octets) > TAILLE_MAXIMALE:
        raise RetourIllisible("Ce fichier est trop lourd pour un retour de liste.")
    texte = _texte(octets)
    separateur = ";" if texte.partition("\n")[0].count(";") else ","
    lignes = csv.reader(io.StringIO(texte), delimiter=separateur)
    try:
        entetes = [_simple(nom) for nom in next(lignes, [])]
        manquent = [nom for nom in exige if nom not in entetes]
        if manquent:
            raise RetourIllisible(f"Colonne absente : « {manquent[0]} ». Renvoyez la liste avec ses colonnes.")
        for cellules in _pleines(lignes):
            yield dict(zip(entetes, [*cellules, *[""] * len(entetes)], strict=False))
    except csv.Error:
        raise RetourIllisible("Ce fichier n'est pas un tableau lisible : enregistrez-le en CSV.") from None


def _pleines(lignes: Iterable[list[str]]) -> Iterator[list[str]]:
    for cellules in lignes:
        nettes = [cellule.strip().removeprefix("'") for cellule in cellules]
        if any(nettes):
            yield nettes


def _texte(octets: bytes) -> str:
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            return octets.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise RetourIllisible("Ce fichier n'est pas un texte lisible : enregistrez-le en CSV.")


def _simple(texte: str) -> str:
    nu = unicodedata.normalize("NFKD", texte).encode("ascii", "ignore").decode()
    return " ".join(nu.lower().split())


def _jour(texte: str) -> date | None:
    if not texte:
        return None
    try:
        return datetime.strptime(texte, "%d/%m/%Y").date()  # noqa: DTZ007 - a day, no clock
    except ValueError:
        raise RetourIllisible(f"« {texte} » n'est pas une date.") from None


def _euros(texte: str) -> Decimal | None:
    try:
        return Decimal(texte.replace(",", ".")) if texte else None
    except InvalidOperation:
        raise RetourIllisible(f"« {texte} » n'est pas un montant.") from None
