"""What the files say of a household, as hypotheses of an estimate: each with its source and date, unknowns said so.

The reader checks no perimeter: the person comes from ``personne_visible`` and the page asks for VOIR_DROITS (V2).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from cordee.metier.personnes.enums import EtatDroit, NatureAdresse, RoleFoyer
from cordee.metier.personnes.models import Appartenance, DroitFoyer, DroitPersonne, Foyer, Personne
from cordee.metier.personnes.selectors.fiche import adresse_courante, appartenance_courante
from cordee.metier.personnes.selectors.perimetre import ids_du_groupe
from cordee.metier.prestations.enums import Logement, Origine
from cordee.metier.prestations.regles import Adulte, Hypotheses
from cordee.metier.prestations.selectors.declarations import (
    Declaration,
    chemin,
    decimal_lu,
    declaration,
    grossesse,
    premier_du_mois_lu,
)
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.montants import forfait_logement
from cordee.reglementation.parametres import entier
from cordee.reglementation.redaction import date_en_toutes_lettres

NAISSANCE_SUPPOSEE: Final = 40
"""Age of an adult whose birth is unknown: between 25 and the age of retirement it changes nothing."""
_MAJOREES: Final = frozenset({"RSI", "RCI"})
_DOUZE: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Constat:
    """One hypothesis in words, with where it comes from. ``a_verifier``: the files disagree with the rules."""

    libelle: str
    valeur: str
    origine: Origine
    le: date | None = None
    a_verifier: bool = False

    @property
    def source(self) -> str:
        """« Fichier de l'organisme payeur, au 31 octobre 2026 »."""
        return f"{self.origine.libelle}, au {date_en_toutes_lettres(self.le)}" if self.le else self.origine.libelle


@dataclass(frozen=True, slots=True, kw_only=True)
class FoyerSuppose:
    """Hypotheses of a person's household. ``rang``: which adult she is. ``montant``: the right last transmitted."""

    hypotheses: Hypotheses
    constats: tuple[Constat, ...]
    rang: int = 0
    montant: Decimal | None = None
    montant_le: date | None = None

    @property
    def supposees(self) -> int:
        """How many things the files do not say."""
        return sum(c.origine is Origine.SUPPOSEE for c in self.constats)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lu:
    """Everything read of the household, before it is put into words."""

    foyer: Foyer | None
    adultes: list[Appartenance]
    enfants: list[Appartenance]
    droit: DroitFoyer | None
    declarations: list[Declaration]

    @property
    def le(self) -> date | None:
        return self.foyer.reference_le if self.foyer else None

    def montant(self, balise: str) -> Decimal | None:
        """An amount of the last calculation (``MontantsCalculDroitRSA``)."""
        detail = self.droit.detail if self.droit else {}
        return decimal_lu(chemin(detail, "DetailDroitRSA", "MontantsCalculDroitRSA", balise))


def hypotheses_du_foyer(personne: Personne, au: date, *, mois: int = 6) -> FoyerSuppose:
    """The hypotheses of the person's household on a day, for the months from that one on. Seven queries at most."""
    premier = au.replace(day=1)
    lu = _lire(personne)
    constats = _droit(lu, au)
    enceintes = [grossesse(d.detail, premier) for d in lu.declarations]
    adultes = _adultes(lu, personne, premier, enceintes, constats)
    enfants = _enfants(lu, premier, enceintes, constats)
    logement, aide = _logement(lu, personne, au, constats)
    hypotheses = Hypotheses(
        premier_mois=premier,
        mois=mois,
        adultes=adultes,
        enfants=enfants,
        isolement_jusqu_a=_isolement(lu, len(adultes), premier),
        logement=logement,
        aide_logement=aide,
        prestations_familiales=_prestations_familiales(lu, constats),
        cycle=_cycle(lu, premier, constats),
    )
    _majoration(lu, hypotheses, constats)
    groupe = set(ids_du_groupe(personne))
    return FoyerSuppose(
        hypotheses=hypotheses,
        constats=tuple(constats),
        rang=next((i for i, a in enumerate(lu.adultes) if a.personne_id in groupe), 0),
        montant=lu.droit.montant if lu.droit else None,
        montant_le=lu.le,
    )


def _lire(personne: Personne) -> _Lu:
    place = appartenance_courante(personne)
    if place is None:
        return _Lu(foyer=None, adultes=[], enfants=[], droit=None, declarations=[])
    membres = list(
        Appartenance.objects.filter(foyer=place.foyer, fin__isnull=True).select_related("personne").order_by("pk")
    )
    ordre = {RoleFoyer.DEM: 0, RoleFoyer.CJT: 1}
    adultes = sorted((m for m in membres if m.role in ordre), key=lambda m: ordre[RoleFoyer(m.role)])[:2]
    if not adultes:  # she is a child of this household: it is not hers
        return _Lu(foyer=None, adultes=[], enfants=[], droit=None, declarations=[])
    droits = {
        d.personne_id: d for d in DroitPersonne.objects.filter(foyer=place.foyer, fin__isnull=True).order_by("debut")
    }
    return _Lu(
        foyer=place.foyer,
        adultes=adultes,
        enfants=[m for m in membres if m.role not in ordre and m.a_charge is not False and m.personne.date_naissance],
        droit=DroitFoyer.objects.filter(foyer=place.foyer, fin__isnull=True).order_by("-debut").first(),
        declarations=[declaration(droits.get(m.personne_id)) for m in adultes],
    )


def _droit(lu: _Lu, au: date) -> list[Constat]:
    """Why the files may not say the present: a right that is not paid, a household not transmitted for months."""
    constats = []
    if lu.droit and lu.droit.etat != EtatDroit.OUVERT_VERSABLE:
        valeur = f"{EtatDroit(lu.droit.etat).libelle} ; l'estimation suppose un droit ouvert et versable"
        constats.append(
            Constat(libelle="État du droit", valeur=valeur, origine=Origine.FICHIER, le=lu.le, a_verifier=True)
        )
    if lu.le and ajouter_mois(lu.le, entier("non_transmis_mensuels", au=au)) < au:
        constats.append(
            Constat(
                libelle="Dernier fichier de ce foyer",
                valeur="ancien : ressources, loyer et famille ont pu changer",
                origine=Origine.FICHIER,
                le=lu.le,
                a_verifier=True,
            )
        )
    return constats


def _adultes(
    lu: _Lu, personne: Personne, premier: date, enceintes: list[date | None], constats: list[Constat]
) -> tuple[Adulte, ...]:
    if not lu.adultes:
        constats.append(
            Constat(libelle="Foyer", valeur="une personne seule, sans ressources", origine=Origine.SUPPOSEE)
        )
        return (Adulte(naissance=_naissance(personne, premier, constats, "Âge")),)
    nombre = "une personne seule" if len(lu.adultes) == 1 else "un couple"
    constats.append(Constat(libelle="Foyer", valeur=nombre, origine=Origine.FICHIER, le=lu.le))
    adultes = []
    for place, lue, attendue in zip(lu.adultes, lu.declarations, enceintes, strict=True):
        qui = RoleFoyer(place.role).libelle if len(lu.adultes) > 1 else "Personne"
        constats.append(
            Constat(
                libelle=f"Ressources : {qui.lower()}",
                valeur=lue.en_mots(),
                origine=Origine.FICHIER if lue.connue else Origine.SUPPOSEE,
                le=lu.le if lue.connue else None,
            )
        )
        naissance = _naissance(place.personne, premier, constats, f"Âge : {qui.lower()}")
        adultes.append(Adulte(naissance=naissance, revenus=lue.revenus(), enceinte=attendue is not None))
    return tuple(adultes)


def _naissance(personne: Personne, premier: date, constats: list[Constat], libelle: str) -> date:
    if personne.date_naissance and personne.date_naissance < premier:
        return personne.date_naissance.replace(day=1)
    constats.append(Constat(libelle=libelle, valeur="entre 25 ans et l'âge de la retraite", origine=Origine.SUPPOSEE))
    return ajouter_mois(premier, -_DOUZE * NAISSANCE_SUPPOSEE)


def _enfants(lu: _Lu, premier: date, enceintes: list[date | None], constats: list[Constat]) -> tuple[date, ...]:
    nes = tuple(m.personne.date_naissance.replace(day=1) for m in lu.enfants if m.personne.date_naissance)
    attendus = tuple(n for n in enceintes if n is not None)
    if lu.foyer:
        compte = f"{len(nes)} enfant{'s' if len(nes) > 1 else ''} ou autre personne à charge" if nes else "aucun"
        declares = lu.foyer.nb_enfants_autres
        constats.append(
            Constat(
                libelle="Enfants à charge", valeur=compte, origine=Origine.FICHIER, le=lu.le,
                a_verifier=declares is not None and declares != len(nes),
            )
        )  # fmt: skip
    for naissance in attendus:
        constats.append(
            Constat(
                libelle="Naissance attendue", valeur=f"{naissance:%m/%Y}, d'après le début de la grossesse déclarée",
                origine=Origine.FICHIER, le=lu.le,
            )
        )  # fmt: skip
    return tuple(n for n in nes if n <= premier) + tuple(attendus)


def _logement(lu: _Lu, personne: Personne, au: date, constats: list[Constat]) -> tuple[Logement, Decimal | None]:
    deduit = lu.montant("MTALRSA")
    adresse = adresse_courante(personne, au)
    if deduit is None:
        sans = adresse is not None and adresse.nature in (NatureAdresse.SANS_DOMICILE, NatureAdresse.DOMICILIATION)
        if sans:
            constats.append(
                Constat(libelle="Logement", valeur=Logement.SANS_DOMICILE.libelle, origine=Origine.FICHE,
                        le=adresse.debut if adresse else None)
            )  # fmt: skip
            return Logement.SANS_DOMICILE, None
        constats.append(
            Constat(libelle="Logement", valeur="déduction entière du forfait logement", origine=Origine.SUPPOSEE)
        )
        return Logement.AVEC_AIDE, None
    if not deduit:
        constats.append(Constat(libelle="Logement", valeur="aucune déduction", origine=Origine.FICHIER, le=lu.le))
        return Logement.SANS_AIDE, None
    entier_ = forfait_logement(personnes=len(lu.adultes) + len(lu.enfants), au=(lu.le or au).replace(day=1))
    constats.append(
        Constat(libelle="Logement", valeur=f"{_euros(deduit)} déduits chaque mois", origine=Origine.FICHIER, le=lu.le)
    )
    return Logement.AVEC_AIDE, deduit if deduit < entier_ - Decimal("0.05") else None


def _prestations_familiales(lu: _Lu, constats: list[Constat]) -> Decimal | None:
    comptees = lu.montant("MTPFRSA")
    if comptees is not None:
        constats.append(
            Constat(
                libelle="Prestations familiales comptées", valeur=f"{_euros(comptees)} par mois",
                origine=Origine.FICHIER, le=lu.le,
            )
        )  # fmt: skip
    elif lu.enfants:
        constats.append(
            Constat(
                libelle="Prestations familiales", valeur="calculées comme si toutes avaient été demandées",
                origine=Origine.SUPPOSEE,
            )
        )  # fmt: skip
    return comptees


def _cycle(lu: _Lu, premier: date, constats: list[Constat]) -> date | None:
    """First month of the quarter of right that follows the last quarter declared."""
    fins = [d.fin for d in lu.declarations if d.fin]
    if not fins:
        constats.append(
            Constat(
                libelle="Prochaine déclaration", valeur="les droits sont réexaminés à partir du premier mois montré",
                origine=Origine.SUPPOSEE,
            )
        )  # fmt: skip
        return None
    fin = max(fins)
    cycle = ajouter_mois(fin, entier("trimestre_reference_decalage", au=premier))
    constats.append(
        Constat(libelle="Dernier trimestre déclaré", valeur=f"jusqu'à {fin:%m/%Y}", origine=Origine.FICHIER, le=lu.le)
    )
    return cycle


def _nature(lu: _Lu) -> tuple[str, date | None]:
    """NATPF of the right and the first day of its present form."""
    calculs: Any = chemin(lu.droit.detail if lu.droit else {}, "DetailDroitRSA", "DetailCalculDroitRSA")
    bloc = calculs[0] if isinstance(calculs, list) and calculs else {}
    return str(bloc.get("NATPF", "")), premier_du_mois_lu(bloc.get("DDNATDRO"))


def _isolement(lu: _Lu, adultes: int, premier: date) -> date | None:
    """Last month of a majoration of twelve months: only when the payer says the RSA is increased."""
    nature, depuis = _nature(lu)
    if adultes > 1 or nature not in _MAJOREES or depuis is None:
        return None
    dernier = ajouter_mois(depuis, _DOUZE - 1)
    return dernier if dernier >= premier else None


def _majoration(lu: _Lu, h: Hypotheses, constats: list[Constat]) -> None:
    nature, _ = _nature(lu)
    calculee = h.majore(h.premier_mois)
    if not nature:
        if calculee:
            constats.append(Constat(libelle="Majoration", valeur="oui, d'après le foyer", origine=Origine.SUPPOSEE))
        return
    versee = nature in _MAJOREES
    valeur = "oui" if versee else "non"
    if versee != calculee:
        valeur += " d'après le fichier ; la composition du foyer dit le contraire"
    if versee or calculee:
        constats.append(
            Constat(
                libelle="Majoration pour isolement", valeur=valeur, origine=Origine.FICHIER, le=lu.le,
                a_verifier=versee != calculee,
            )
        )  # fmt: skip


def _euros(montant: Decimal) -> str:
    return f"{montant:.2f} €".replace(".", ",")
