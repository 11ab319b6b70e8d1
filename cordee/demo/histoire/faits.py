"""What files tell of each adult: the same events, in the same order, as ``echanges.caf.differences`` would have said.

Two steps: :func:`vues`, what each photo shows of one adult (levels: is she present, subject…; edges: what this photo
changed); :func:`lire`, what the file says of it, given where her path stands (:class:`Chemin`).

:func:`faits` chains both for a path that files alone move. Agents' acts move it too, so it also gives what the file
would say then, marked ``sous_reserve``: whoever lives a life keeps what makes sense where she stands, in order. Entries
are all ``ENTREE_SDD``: only the simulator of lives knows the orientation, and makes a return of them
(:func:`comme_retour`) when :func:`est_un_retour` says so (E16).

The photo of a month is received on the 6th of the next one, and says its events at noon (Europe/Paris).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

from cordee.demo.foyers import majore
from cordee.demo.histoire.faits_vues import Vue, vues
from cordee.demo.histoire.modele import PREMIERE_PHOTO, AdulteHistoire, FaitDeFichier, Trajectoire
from cordee.demo.histoire.photos import photo_precedente
from cordee.demo.modele import Adresse, Menage
from cordee.echanges.caf.rapport import Sens
from cordee.metier.parcours.enums import Etat, GenreEcheance, GenreEvenement, MotifSortie
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier
from cordee.reglementation.sdd import ETATS_OUVERTS, MOTIFS_DROIT_REEL
from cordee.socle.horloge import PARIS

E = GenreEvenement
Secteur = Callable[[Menage, date], Mapping[str, Any]]
"""``secteur(menage, au)`` → ``{"structure": id or None, "localisation": …, "domiciliee": …}`` (a ``Localisation``)."""

RECEPTION: Final = 6
_MIDI: Final = time(12, 0)
_PREMIERE_ENTREE: Final = date(2012, 4, 2)
"""The rule « orienter » has no version before 2012-04-01: who was there already entered the day after."""
_MOTIFS_SORTIE: Final = {
    "ECH": MotifSortie.PIECES_MANQUANTES,
    "MUT": MotifSortie.DEMENAGEMENT,
    "F97": MotifSortie.RETRAITE_AAH,
}
_DECES: Final = {"DG": "2", "DH": "1"}
_CLOS: Final = frozenset("156")


@dataclass(slots=True)
class Chemin:
    """Where the path of a person stands, as far as files ask.

    ``en_chemin``: ``Situation.soumis``; ``parentheses``: ``Situation.parentheses``; ``structure``: of her sector;
    ``signale``: a death is already to be checked (échéance), ``hors_chemin``: known, and reachable (E32);
    ``attendue``: the payer waits for a decision (échéance, E31).
    """

    en_chemin: bool = False
    parentheses: set[Etat] = field(default_factory=set)
    structure: int | None = None
    signale: bool = False
    hors_chemin: bool = False
    attendue: bool = False


@cache
def recu_le(reference: date) -> datetime:
    """When the file of a photo says its events.

    >>> recu_le(date(2024, 1, 31)).isoformat()
    '2024-02-06T12:00:00+01:00'
    """
    return datetime.combine(reference + timedelta(days=RECEPTION), _MIDI, tzinfo=PARIS)


def est_un_retour(*, orientee: bool, sortie_le: date | None, recu: date) -> bool:
    """Coming back with a live orientation less than ``retour_mois`` after leaving (E16).

    >>> est_un_retour(orientee=True, sortie_le=date(2024, 3, 6), recu=date(2024, 12, 6))
    True
    >>> est_un_retour(orientee=True, sortie_le=date(2024, 3, 6), recu=date(2025, 3, 6))
    False
    """
    return orientee and sortie_le is not None and sortie_le > ajouter_mois(recu, -entier("retour_mois", au=recu))


def comme_retour(fait: FaitDeFichier) -> FaitDeFichier:
    """The entry of a person whose orientation still stands."""
    donnees = {cle: valeur for cle, valeur in fait.donnees.items() if cle != "mutation"}
    return replace(fait, genre=E.RETOUR_SDD, donnees={**donnees, "sens": str(Sens.ENTREE), "mouvement": "retour"})


def faits(
    trajectoires: Sequence[Trajectoire],
    *,
    personne_id: Callable[[int], int],
    secteur: Secteur,
    jusqu_au: date,
) -> list[AdulteHistoire]:
    """The adults of one dynasty, with what files told of them.

    Args:
        trajectoires: all the households of a dynasty.
        personne_id: the id of a person by her ``ordre``.
        jusqu_au: the last photo received.
    """
    employabilites = {o: h for t in trajectoires for o, h in t.employabilite.items()}
    adultes = []
    for ordre in sorted({a.ordre for t in trajectoires for tranche in t.tranches for a in tranche.menage.adultes}):
        lues = list(vues(trajectoires, ordre, jusqu_au=jusqu_au))
        photos = [(v.reference, v.menage, v.individu) for v in lues if v.presente]
        if not photos:
            continue
        adultes.append(
            AdulteHistoire(
                personne_id=personne_id(ordre),
                individu=photos[-1][2],
                employabilite=employabilites.get(ordre, 0.5),
                photos=tuple(photos),
                faits=tuple(_sans_agent(lues, secteur, personne_id)),
            )
        )
    return adultes


def _sans_agent(lues: Sequence[Vue], secteur: Secteur, personne_id: Callable[[int], int]) -> Iterator[FaitDeFichier]:
    """What files say when no agent acts: a departure and a death take out of the path in their own time."""
    chemin = Chemin()
    for vue in lues:
        yield from lire(vue, chemin, secteur, personne_id)
        if vue.prenant or vue.menage.etat in _CLOS:
            chemin.en_chemin, chemin.parentheses = False, set()


def lire(vue: Vue, chemin: Chemin, secteur: Secteur, personne_id: Callable[[int], int]) -> list[FaitDeFichier]:
    """What the file of a photo says of her, in the order in which it applies. ``chemin`` is moved accordingly.

    Facts ``sous_reserve`` leave it where it stands.
    """
    dits = [*_dits(vue, chemin, secteur), *_constats(vue, chemin, personne_id)]
    genres = {genre for genre, _ in dits}
    reserves = [(genre, donnees) for genre, donnees in _reserves(vue, secteur) if genre not in genres]
    for genre, _ in dits:
        _avancer(chemin, genre)
    if genres & {E.ENTREE_SDD, E.ADRESSE_CHANGEE}:
        chemin.structure = secteur(vue.menage, vue.reference).get("structure")
    lus = [_dater(vue, genre, donnees) for genre, donnees in dits]
    lus += [replace(_dater(vue, genre, donnees), sous_reserve=True) for genre, donnees in reserves]
    return sorted(lus, key=lambda fait: _ORDRE[fait.genre])


_ORDRE: Final = {
    genre: rang
    for rang, genre in enumerate((
        E.RETRANSMISE, E.ENTREE_SDD, E.ADRESSE_CHANGEE, E.SDD_INCONNU, E.DROIT_CLOS, E.FIN_SDD, E.DROIT_SUSPENDU,
        E.DROIT_RETABLI, E.MUTATION_SORTANTE, E.DECES_PRESUME, E.NON_TRANSMISE, E.DECISION_ATTENDUE, E.ECART_LEVE,
        E.MAJORATION_EN_DOUTE,
    ))
}  # fmt: skip


def _constats(
    vue: Vue, chemin: Chemin, personne_id: Callable[[int], int]
) -> Iterator[tuple[GenreEvenement, dict[str, Any]]]:
    """What ``caf.constats`` adds, of the demandeur: a request not decided (E31), a raised allowance in doubt (R67)."""
    m = vue.menage
    if not vue.presente or vue.individu.role != "DEM":
        return
    attendue = m.etat == "0"
    if attendue and not chemin.attendue:
        yield E.DECISION_ATTENDUE, {"objets": ["etat_0"]}
    if chemin.attendue and not attendue:
        yield E.ECART_LEVE, {"echeance": str(GenreEcheance.DECISION_ATTENDUE_CAF)}
    chemin.attendue = attendue
    if vue.avant is None or len(vue.avant.enfants) <= len(m.enfants) or not (chemin.en_chemin and vue.soumise):
        return
    restes = {enfant.ordre for enfant in m.enfants}
    if majore(vue.avant, photo_precedente(vue.reference)) or majore(m, vue.reference):
        for enfant in vue.avant.enfants:
            if enfant.ordre not in restes:
                yield E.MAJORATION_EN_DOUTE, {"enfant": personne_id(enfant.ordre)}


def _reserves(vue: Vue, secteur: Secteur) -> Iterator[tuple[GenreEvenement, dict[str, Any]]]:
    """What the file says to a path that an agent has moved meanwhile."""
    if vue.soumise and vue.reapparait:
        yield E.ENTREE_SDD, _entree(vue, secteur)
        if _suspendu(vue.menage):
            yield E.DROIT_SUSPENDU, _suspension(vue.menage)
    if vue.muette and vue.a_verifier and not vue.prenant:
        yield E.SDD_INCONNU, _doute(vue, secteur)
    if not vue.presente and vue.menage.etat in ETATS_OUVERTS and vue.menage.motif not in _DECES:
        yield E.NON_TRANSMISE, _ABSENCE


def _dits(vue: Vue, chemin: Chemin, secteur: Secteur) -> Iterator[tuple[GenreEvenement, dict[str, Any]]]:
    m, parentheses = vue.menage, chemin.parentheses
    en_chemin = chemin.en_chemin
    entre = vue.soumise and (not en_chemin or Etat.SDD_INCONNU in parentheses)
    quitte = (
        vue.presente
        and not (vue.soumise or vue.prenant or vue.muette or vue.attente)
        and (en_chemin or Etat.SDD_INCONNU in parentheses)
    )
    morte = vue.presente and m.etat == "3" and _DECES.get(m.motif, "") == vue.individu.sexe
    if vue.presente and en_chemin and Etat.NON_TRANSMISE in parentheses and not quitte:
        yield E.RETRANSMISE, {}
    if entre:
        yield E.ENTREE_SDD, _entree(vue, secteur)
    if en_chemin and not entre and not quitte and vue.presente and _deplacee(vue, chemin, secteur):
        yield E.ADRESSE_CHANGEE, dict(secteur(m, vue.reference))
    if vue.muette and not vue.prenant and vue.a_verifier and Etat.SDD_INCONNU not in parentheses:
        yield E.SDD_INCONNU, _doute(vue, secteur)
    if quitte and not vue.ouverte and not morte:
        yield E.DROIT_CLOS, _sortie(m)
    if quitte and vue.ouverte:
        yield E.FIN_SDD, {"sens": str(Sens.SORTIE), "mouvement": "drapeau"}
    yield from _suspensions(vue, en_chemin=en_chemin, entre=entre, quitte=quitte)
    if en_chemin and vue.prenant and not vue.soumise and Etat.MUTATION_SORTANTE not in parentheses:
        yield E.MUTATION_SORTANTE, {"sens": str(Sens.DEPART), "mouvement": "mutation"}
    deja = Etat.DECES_PRESUME in parentheses or chemin.signale
    if morte and (en_chemin or entre or chemin.hors_chemin) and not deja and m.motif != _motif_avant(vue):
        yield E.DECES_PRESUME, {}
    if not vue.presente and en_chemin and not parentheses & _ABSENCES_EXPLIQUEES:
        yield E.NON_TRANSMISE, _ABSENCE


_ABSENCE: Final = {"sens": str(Sens.ABSENCE), "mouvement": "absent"}
_ABSENCES_EXPLIQUEES: Final = frozenset({Etat.NON_TRANSMISE, Etat.MUTATION_SORTANTE, Etat.DECES_PRESUME})


def _suspensions(
    vue: Vue, *, en_chemin: bool, entre: bool, quitte: bool
) -> Iterator[tuple[GenreEvenement, dict[str, Any]]]:
    m = vue.menage
    if quitte or not vue.presente:
        return
    avant = vue.avant is not None and _suspendu(vue.avant)
    if _suspendu(m) and (en_chemin or entre) and (not avant or m.motif != _motif_avant(vue) or entre):
        yield E.DROIT_SUSPENDU, _suspension(m)
    reel = m.etat == "2" or (m.etat == "4" and m.motif in MOTIFS_DROIT_REEL)
    if en_chemin and avant and reel:
        yield E.DROIT_RETABLI, {}


def _suspension(menage: Menage) -> dict[str, Any]:
    genre = "droit_" if menage.etat == "3" else "versement_"
    return {
        "motif": menage.motif, "etat": menage.etat, "sens": str(Sens.SUSPENSION), "mouvement": genre + menage.motif,
    }  # fmt: skip


def _doute(vue: Vue, secteur: Secteur) -> dict[str, Any]:
    return {**secteur(vue.menage, vue.reference), "recu_le": recu_le(vue.reference).date().isoformat()}


def _suspendu(menage: Menage) -> bool:
    return menage.etat in {"3", "4"} and menage.motif != "" and menage.motif not in MOTIFS_DROIT_REEL


def _motif_avant(vue: Vue) -> str | None:
    return vue.avant.motif if vue.avant is not None else None


def _entree(vue: Vue, secteur: Secteur) -> dict[str, Any]:
    m = vue.menage
    entree = {**secteur(m, vue.reference), "recu_le": _jour_d_entree(vue).isoformat()}
    motif = "mutation" if m.cedant else "nouvelle_demande" if vue.nouveau else "devient_soumise"
    if m.cedant:
        entree["mutation"] = True
    return {**entree, "sens": str(Sens.ENTREE), "mouvement": motif}


def _jour_d_entree(vue: Vue) -> date:
    """The 6th of the month after her household's first photo, for the stock; never before the rule exists."""
    if vue.reference > PREMIERE_PHOTO:
        return recu_le(vue.reference).date()
    return max(recu_le(vue.menage.entre_le).date(), _PREMIERE_ENTREE)


def _sortie(menage: Menage) -> dict[str, Any]:
    sens = "refus_" if menage.etat == "1" else "clos_"
    motif = _MOTIFS_SORTIE.get(menage.motif, MotifSortie.AUTRE)
    return {"motif_sortie": str(motif), "sens": str(Sens.SORTIE), "mouvement": sens + menage.motif}


def _deplacee(vue: Vue, chemin: Chemin, secteur: Secteur) -> bool:
    if vue.avant is not None:
        return _lieu(vue.avant.adresse) != _lieu(vue.menage.adresse)
    structure = secteur(vue.menage, vue.reference).get("structure")
    return vue.nouveau and structure is not None and structure != chemin.structure


def _lieu(adresse: Adresse) -> tuple[Any, ...]:
    return (
        adresse.commune.insee if adresse.commune else None, adresse.numero, adresse.type_voie, adresse.voie,
        adresse.complement, adresse.etranger,
    )  # fmt: skip


def _avancer(chemin: Chemin, genre: GenreEvenement) -> None:
    match genre:
        case E.ENTREE_SDD | E.RETOUR_SDD:
            chemin.en_chemin = True
            chemin.parentheses -= {Etat.SDD_INCONNU, Etat.NON_TRANSMISE}
        case E.DROIT_CLOS | E.FIN_SDD:
            chemin.signale = chemin.signale or Etat.DECES_PRESUME in chemin.parentheses
            chemin.en_chemin, chemin.parentheses = False, set()
        case E.RETRANSMISE:
            chemin.parentheses.discard(Etat.NON_TRANSMISE)
        case E.NON_TRANSMISE | E.SDD_INCONNU | E.MUTATION_SORTANTE | E.DECES_PRESUME:
            chemin.parentheses.add(Etat(str(genre)))
        case _:
            pass


def _dater(vue: Vue, genre: GenreEvenement, donnees: dict[str, Any]) -> FaitDeFichier:
    recu = recu_le(vue.reference)
    reference = vue.reference
    if genre is E.ENTREE_SDD:
        recu = datetime.combine(_jour_d_entree(vue), _MIDI, tzinfo=PARIS)
        reference = min(reference, vue.menage.entre_le) if vue.reference == PREMIERE_PHOTO else reference
    return FaitDeFichier(genre=genre, reference=reference, recu_le=recu, menage=vue.menage, donnees=donnees)
