"""Is it the same person? Matching order and its confidence, explicit, with the reasons in plain French.

1. NIR (13 characters): certain, unless the birth date or the sex contradict it.
2. Same dossier and role (paying body + matricule + role, or NUMDEMRSA + role) with an identity that agrees: someone
   else may take a place in a dossier (a new conjoint), so the key alone is nothing.
3. Birth name + first name + birth date: strong, unless something opposes them (another NIR, sex, birthplace, rank of
   birth) or the birth date tells little (1 January): then doubtful.
4. Phone or e-mail + first name: doubtful at most.

Same name and birth date with different first names are two people (twins); same names with different birth dates too
(father and son). A doubtful match never reuses a row: a human arbitrates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from cordee.metier.personnes.enums import Confiance, RoleFoyer
from cordee.metier.personnes.regles.identite import (
    Accord,
    EtatCivil,
    comparer_dates,
    comparer_noms,
    comparer_prenoms,
    comparer_sexes,
    comparer_valeurs,
    date_presumee,
)
from cordee.metier.personnes.regles.texte import cle_nom

_NIR_D_ATTENTE: Final = frozenset("3478")
_ORDRE: Final = (Confiance.AUCUNE, Confiance.DOUTEUSE, Confiance.FORTE, Confiance.CERTAINE)
_MEME: Final = (Accord.EGAL, Accord.PROCHE)


def nir_provisoire(nir13: str) -> bool:
    """Whether a NIR is one of those given while the definitive one is being attributed.

    >>> nir_provisoire("7880394028123"), nir_provisoire("2880394028123")
    (True, False)
    """
    return nir13[:1] in _NIR_D_ATTENTE


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentiteRecherchee:
    """Someone to find: a line of a file, or what is typed at the counter.

    Attributes:
        cle: the caller's own number, given back with the answer.
        empreinte_nir: keyed hash of the 13 characters (``selectors.empreinte_nir``).
        nir_provisoire: what ``nir_provisoire`` says of the clear number, which goes no further.
        numdemrsa: number of the RSA demand; ``organisme``: ``CAF941``; both are read with ``role``.
        contacts: phones and e-mails as ``contact_normalise`` gives them.
    """

    cle: int
    etat_civil: EtatCivil
    empreinte_nir: bytes | None = None
    nir_provisoire: bool = False
    numdemrsa: str = ""
    organisme: str = ""
    matricule: str = ""
    role: RoleFoyer | None = None
    contacts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentiteConnue:
    """A stored row. ``fiche``: the row; ``personne``: who it now is, once merged.

    ``dossiers``: pairs (number, role), the number being a NUMDEMRSA or ``CAF941:1234567``.
    """

    fiche: int
    personne: int
    etat_civil: EtatCivil
    empreintes_nir: frozenset[bytes] = frozenset()
    nir_provisoire: bool = False
    dossiers: frozenset[tuple[str, RoleFoyer]] = frozenset()
    contacts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure it is, and why. ``meme_dossier`` breaks ties."""

    confiance: Confiance
    raisons: tuple[str, ...] = ()
    meme_dossier: bool = False

    @property
    def rang(self) -> tuple[int, bool]:
        return _ORDRE.index(self.confiance), self.meme_dossier


@dataclass(frozen=True, slots=True)
class Appariement:
    """The stored person an identity was matched with.

    ``personne_id``: who she is now (events are written on it); ``fiche_id``: the row the paying body knows (facts of
    its files are written on it, so that undoing a merge gives each its own).
    """

    personne_id: int
    fiche_id: int
    confiance: Confiance
    raisons: tuple[str, ...]

    @property
    def sure(self) -> bool:
        """Whether the row may be used without asking anybody."""
        return self.confiance in (Confiance.CERTAINE, Confiance.FORTE)


@dataclass(slots=True)
class _Comparaison:
    """All that the two sides say, once."""

    recherchee: IdentiteRecherchee
    connue: IdentiteConnue
    date: Accord = field(init=False)
    prenom: Accord = field(init=False)
    nom: Accord = field(init=False)
    sexe: Accord = field(init=False)
    nir: Accord = field(init=False)
    dossier: bool = field(init=False)
    contact: bool = field(init=False)

    def __post_init__(self) -> None:
        a, b = self.recherchee.etat_civil, self.connue.etat_civil
        self.date, self.prenom = comparer_dates(a, b), comparer_prenoms(a, b)
        self.nom, self.sexe = comparer_noms(a, b), comparer_sexes(a, b)
        self.nir = _comparer_nir(self.recherchee, self.connue)
        self.dossier = bool(dossiers_de(self.recherchee) & self.connue.dossiers)
        self.contact = bool(self.connue.contacts.intersection(self.recherchee.contacts))

    @property
    def adulte(self) -> bool:
        return self.recherchee.role in (RoleFoyer.DEM, RoleFoyer.CJT)

    def oppositions(self) -> list[str]:
        """What, beside names and birth date, says these are two people."""
        a, b = self.recherchee.etat_civil, self.connue.etat_civil
        communes = comparer_valeurs(cle_nom(a.commune_naissance), cle_nom(b.commune_naissance))
        naissances = comparer_valeurs(cle_nom(a.nom_naissance), cle_nom(b.nom_naissance))
        rangs = comparer_valeurs(a.rang_naissance, b.rang_naissance)
        constats = (
            (self.nir, "numéro de sécurité sociale différent"),
            (self.sexe, "sexe différent"),
            (naissances, "nom de naissance différent"),
            (communes, "commune de naissance différente"),
            (rangs, "rang de naissance différent (jumeaux ?)"),
        )
        return [phrase for accord, phrase in constats if accord is Accord.CONTRAIRE]


def dossiers_de(recherchee: IdentiteRecherchee) -> frozenset[tuple[str, RoleFoyer]]:
    """The keys of a dossier, each with the role held in it.

    >>> lea = IdentiteRecherchee(cle=1, etat_civil=EtatCivil(nom="A", prenom="B"), numdemrsa="123", role=RoleFoyer.DEM)
    >>> dossiers_de(lea)
    frozenset({('123', <RoleFoyer.DEM: 'dem'>)})
    """
    if recherchee.role is None:
        return frozenset()
    numeros = [recherchee.numdemrsa]
    if recherchee.organisme and recherchee.matricule:
        numeros.append(f"{recherchee.organisme}:{recherchee.matricule}")
    return frozenset((numero, recherchee.role) for numero in numeros if numero)


def comparer(recherchee: IdentiteRecherchee, connue: IdentiteConnue) -> Verdict:
    """Whether they are one person.

    >>> from datetime import date
    >>> def qui(prenom, jour, nom="Martin", **autres):
    ...     return EtatCivil(nom=nom, nom_naissance=nom, prenom=prenom, date_naissance=jour, **autres)
    >>> def avis(a, b, nir=(None, None)):
    ...     c = IdentiteConnue(fiche=1, personne=1, etat_civil=b, empreintes_nir=frozenset(filter(None, nir[1:])))
    ...     return comparer(IdentiteRecherchee(cle=1, etat_civil=a, empreinte_nir=nir[0]), c).confiance.value
    >>> mars, janvier = date(1988, 3, 12), date(1988, 1, 1)
    >>> avis(qui("Léa", mars), qui("LEA", mars))
    'forte'
    >>> avis(qui("Léa", mars), qui("Zoé", mars))  # twins
    'aucune'
    >>> avis(qui("Jean", mars), qui("Jean", date(1960, 3, 12)))  # father and son
    'aucune'
    >>> avis(qui("Léa", janvier), qui("Léa", janvier))  # presumed date
    'douteuse'
    >>> avis(qui("Léa", mars), qui("Léa", mars), nir=(b"a", b"b"))
    'douteuse'
    >>> avis(qui("Léa", mars, nom="Durand"), qui("Léa", mars), nir=(b"a", b"a"))
    'certaine'
    >>> avis(qui("Léa", mars), qui("Marc", date(1951, 7, 4)), nir=(b"a", b"a"))
    'douteuse'
    """
    c = _Comparaison(recherchee, connue)
    for regle in _CASCADE:
        verdict = regle(c)
        if verdict is not None:
            return verdict
    return Verdict(Confiance.AUCUNE)


def choisir(verdicts: Iterable[tuple[IdentiteConnue, Verdict]]) -> Appariement | None:
    """The best match of one identity. Two people who match as well as each other make it doubtful."""
    par_personne: dict[int, tuple[IdentiteConnue, Verdict]] = {}
    for connue, verdict in verdicts:
        tenant = par_personne.get(connue.personne)
        if verdict.confiance is not Confiance.AUCUNE and (tenant is None or verdict.rang > tenant[1].rang):
            par_personne[connue.personne] = (connue, verdict)
    if not par_personne:
        return None
    classement = sorted(par_personne.values(), key=lambda v: (*v[1].rang, -v[0].personne), reverse=True)
    connue, verdict = classement[0]
    confiance, raisons = verdict.confiance, verdict.raisons
    if len(classement) > 1 and classement[1][1].rang == verdict.rang and confiance is not Confiance.DOUTEUSE:
        confiance, raisons = Confiance.DOUTEUSE, (*raisons, "Plusieurs fiches correspondent aussi bien.")
    return Appariement(connue.personne, connue.fiche, confiance, raisons)


# The cascade --------------------------------------------------------------------------------------------------------
def _par_nir(c: _Comparaison) -> Verdict | None:
    if c.nir is not Accord.EGAL:
        return None
    contraires = [
        phrase
        for accord, phrase in ((c.date, "date de naissance différente"), (c.sexe, "sexe différent"))
        if accord is Accord.CONTRAIRE
    ]
    meme_nom = c.nom is Accord.EGAL and c.prenom in _MEME
    if not contraires:
        if c.date is Accord.PROCHE and c.prenom not in _MEME:
            return _verdict(c, Confiance.DOUTEUSE, "Même numéro de sécurité sociale", "date de naissance différente")
        return _verdict(c, Confiance.CERTAINE, "Même numéro de sécurité sociale")
    # One correction of the civil status at a time is ordinary when everything else agrees (R65).
    if len(contraires) == 1 and meme_nom and (c.dossier or c.date is Accord.EGAL):
        return _verdict(c, Confiance.FORTE, "Même numéro de sécurité sociale et mêmes noms", *contraires)
    return _verdict(c, Confiance.DOUTEUSE, "Même numéro de sécurité sociale", *contraires)


def _par_dossier(c: _Comparaison) -> Verdict | None:
    if not c.dossier:
        return None
    cle = "Même dossier et même rôle"
    autre_nir = ["numéro de sécurité sociale différent"] if c.nir is Accord.CONTRAIRE else []
    if c.prenom in _MEME and c.date is Accord.EGAL:
        oppose = [*autre_nir, *(["sexe différent"] if c.sexe is Accord.CONTRAIRE else [])]
        confiance = Confiance.FORTE if oppose else Confiance.CERTAINE
        return _verdict(c, confiance, f"{cle}, même prénom, même date de naissance", *oppose)
    if c.prenom in _MEME and c.nom in _MEME:
        sure = c.date in (Accord.PROCHE, Accord.INCONNU) and not autre_nir
        oppose = [] if c.date is Accord.INCONNU else ["date de naissance différente"]
        confiance = Confiance.FORTE if sure else Confiance.DOUTEUSE
        return _verdict(c, confiance, f"{cle}, mêmes noms", *oppose, *autre_nir)
    if c.adulte and c.date is Accord.EGAL and c.nom is Accord.EGAL:
        return _verdict(c, Confiance.DOUTEUSE, f"{cle}, même nom, même date de naissance", "prénom différent")
    return None


def _par_etat_civil(c: _Comparaison) -> Verdict | None:
    if c.date is not Accord.EGAL or c.nom not in _MEME or c.prenom not in _MEME:
        return None
    oppositions = c.oppositions()
    presumee = date_presumee(c.recherchee.etat_civil) or date_presumee(c.connue.etat_civil)
    identiques = c.nom is Accord.EGAL and c.prenom is Accord.EGAL
    if c.nir is Accord.CONTRAIRE and (presumee or not identiques):
        return Verdict(Confiance.AUCUNE)
    if presumee:
        oppositions.append("date de naissance incomplète ou présumée")
    if not identiques:
        oppositions.append("noms ou prénoms proches sans être identiques")
    confiance = Confiance.DOUTEUSE if oppositions else Confiance.FORTE
    return _verdict(c, confiance, "Même nom, même prénom, même date de naissance", *oppositions)


def _par_contact(c: _Comparaison) -> Verdict | None:
    """A shared number may be a couple's or a hostel's: with the first name, it is a reason to look, no more."""
    if not c.contact or c.prenom not in _MEME or Accord.CONTRAIRE in (c.date, c.nir, c.sexe):
        return None
    return _verdict(c, Confiance.DOUTEUSE, "Même téléphone ou courriel, même prénom")


_CASCADE: Final[tuple[Callable[[_Comparaison], Verdict | None], ...]] = (
    _par_nir,
    _par_dossier,
    _par_etat_civil,
    _par_contact,
)


def _verdict(c: _Comparaison, confiance: Confiance, pour: str, *contre: str) -> Verdict:
    phrases = [f"{pour}."]
    if contre:
        phrases.append(f"Mais {', '.join(contre)}.")
    return Verdict(confiance, tuple(phrases), c.dossier)


def _comparer_nir(recherchee: IdentiteRecherchee, connue: IdentiteConnue) -> Accord:
    """A provisional NIR says nothing against another one: it gives way to the definitive (R65)."""
    if recherchee.empreinte_nir is None or not connue.empreintes_nir:
        return Accord.INCONNU
    if recherchee.empreinte_nir in connue.empreintes_nir:
        return Accord.EGAL
    return Accord.INCONNU if recherchee.nir_provisoire or connue.nir_provisoire else Accord.CONTRAIRE
