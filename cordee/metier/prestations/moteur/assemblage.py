"""Households as the arrays of the model: one row per person, one column of inputs per month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import numpy as np

from cordee.metier.prestations.enums import Logement, NatureRevenu
from cordee.metier.prestations.moteur.systeme import charger
from cordee.metier.prestations.regles.hypotheses import Emploi, Hypotheses
from cordee.reglementation.calendrier import ajouter_mois
from cordee.reglementation.parametres import entier

VARIABLES: Final = {
    NatureRevenu.SALAIRE: "salaire_net",
    NatureRevenu.NON_SALARIE: "rpns_auto_entrepreneur_benefice",
    NatureRevenu.CHOMAGE: "chomage_net",
    NatureRevenu.INDEMNITES: "indemnites_journalieres_maladie",
    NatureRevenu.PENSION: "pensions_invalidite",
    NatureRevenu.PENSION_ALIMENTAIRE: "pensions_alimentaires_percues",
    NatureRevenu.AUTRE: "prestation_compensatoire",  # counted by both benefits as it is, and by nothing else
}
"""Where the model reads each kind of resource."""
NULLES: Final = (
    "aah", "caah", "asi", "ass", "retraite_nette", "hsup", "etr", "remuneration_apprenti",
    "revenus_stage_formation_pro", "indemnites_volontariat", "indemnites_chomage_partiel", "bourse_recherche",
    "gains_exceptionnels", "allocation_securisation_professionnelle", "dedommagement_victime_amiante",
    "retraite_combattant", "prime_forfaitaire_mensuelle_reprise_activite", "rsa_base_ressources_patrimoine_individu",
    "prestations_familiales_base_ressources_individu", "rsa_revenus_determination_enfant_a_charge",
    "indemnites_journalieres_maternite", "indemnites_journalieres_paternite", "indemnites_journalieres_adoption",
    "indemnites_journalieres_accident_travail", "indemnites_journalieres_maladie_professionnelle",
)  # fmt: skip
"""Resources that these households have not, or that are given among ours: the model would work them out from years of
incomes that nobody has."""
NULLES_DU_FOYER: Final = (
    "aspa", "paje_clca", "paje_prepare", "paje_colca",
    "prestations_familiales_base_ressources_communes",
    "prestations_familiales_base_ressources",  # under every ceiling: people on RSA two years ago too
)  # fmt: skip
FAUSSES: Final = ("etudiant", "stagiaire", "apprenti")
REMPLACEMENT: Final = (NatureRevenu.SALAIRE, NatureRevenu.NON_SALARIE, NatureRevenu.CHOMAGE, NatureRevenu.INDEMNITES)
"""What takes the place of an income that stops: with any of them nothing is neutralised (CASF R262-13)."""
_ROLES: Final = {
    "famille": ("demandeur", "conjoint", "enfant"),
    "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
    "menage": ("personne_de_reference", "conjoint", "enfant"),
}
_AIDE_ENTIERE: Final = 10_000.0
"""A housing benefit above any deduction: the whole deduction applies."""


class Assemblage:
    """A batch of households that share their months, ready to be computed.

    Attributes: ``simulation``, the model's; ``foyers``, how many; ``rangs``, row of each household's first adult.
    """

    def __init__(self, lot: Sequence[Hypotheses], salaires: Sequence[Decimal | None]) -> None:
        self.lot, self.foyers = lot, len(lot)
        tailles = [len(h.adultes) + len(h.enfants) for h in lot]
        self.rangs = np.concatenate(([0], np.cumsum(tailles)[:-1])).astype(int)
        self.personnes = sum(tailles)
        self.mois = mois_lus(lot)
        self.index = {m: i for i, m in enumerate(self.mois)}
        self.revenus = self._revenus(salaires)
        self.simulation = self._structure(tailles)
        self._remplir()

    def _structure(self, tailles: Sequence[int]) -> Any:
        from openfisca_core.simulation_builder import SimulationBuilder  # noqa: PLC0415 - heavy, see the package

        systeme, fabrique = charger(), SimulationBuilder()
        fabrique.create_entities(systeme)
        fabrique.declare_person_entity("individu", np.arange(self.personnes))
        appartenance = np.repeat(np.arange(self.foyers), tailles)
        for entite, (premier, second, enfant) in _ROLES.items():
            roles = [r for h in self.lot for r in [premier, second][: len(h.adultes)] + [enfant] * len(h.enfants)]
            fabrique.declare_entity(entite, np.arange(self.foyers))
            fabrique.join_with_persons(fabrique.populations[entite], appartenance, np.array(roles))
        return fabrique.build(systeme)

    def _revenus(self, salaires: Sequence[Decimal | None]) -> dict[NatureRevenu, Any]:
        """Per kind: months × persons, in euros."""
        tables = {nature: np.zeros((len(self.mois), self.personnes)) for nature in NatureRevenu}
        for h, rang, salaire in zip(self.lot, self.rangs, salaires, strict=True):
            for i, adulte in enumerate(h.adultes):
                for r in adulte.revenus:
                    for mois in self._mois_de(r.depuis, r.jusqu_a):
                        tables[r.nature][self.index[mois], rang + i] += float(r.montant)
            if h.emploi and salaire is not None:
                self._emploi(h.emploi, rang + h.emploi.adulte, float(salaire), tables)
        return tables

    def _emploi(self, emploi: Emploi, ligne: int, salaire: float, tables: dict[NatureRevenu, Any]) -> None:
        for mois in self._mois_de(emploi.debut.replace(day=1), emploi.fin):
            tables[NatureRevenu.SALAIRE][self.index[mois], ligne] += round(
                salaire * float(emploi.part_du_mois(mois)), 2
            )
            if mois > emploi.debut and not emploi.garde_chomage:
                tables[NatureRevenu.CHOMAGE][self.index[mois], ligne] = 0

    def _mois_de(self, depuis: date | None, jusqu_a: date | None) -> Iterator[date]:
        return (m for m in self.mois if (depuis is None or depuis <= m) and (jusqu_a is None or m <= jusqu_a))

    def _remplir(self) -> None:
        naissances = [n for h in self.lot for n in [*(a.naissance for a in h.adultes), *h.enfants]]
        self.poser("date_naissance", "ETERNITY", np.array(naissances, dtype="datetime64[D]"))
        adultes = np.zeros(self.personnes, dtype=bool)
        for h, rang in zip(self.lot, self.rangs, strict=True):
            adultes[rang : rang + len(h.adultes)] = True
        nulle, rien = np.zeros(self.personnes), np.zeros(self.foyers)
        personne = np.zeros(self.personnes, dtype=bool)
        naissance = np.array(naissances, dtype="datetime64[D]")
        for i, mois in enumerate(self.mois):
            cle = periode(mois)
            for nature, variable in VARIABLES.items():
                self.poser(variable, cle, self.revenus[nature][i])
            for variable in NULLES:
                self.poser(variable, cle, nulle)
            for variable in NULLES_DU_FOYER:
                self.poser(variable, cle, rien)
            self.poser("biactivite", cle, rien.astype(bool))
            for variable in FAUSSES:
                self.poser(variable, cle, personne)
            present = sum(self.revenus[nature][i] for nature in REMPLACEMENT) > 0
            self.poser("rsa_has_ressources_substitution", cle, present)
            self.poser("rsa_jeune_condition_heures_travail_remplie", cle, adultes)  # the right is open already
            self.poser("autonomie_financiere", cle, naissance > np.datetime64(mois))  # not born yet: nobody's child
            self.poser("departement_experimentation_rsa", cle, np.full(self.foyers, decale(mois)))
            self.poser("aide_logement", cle, np.array([aide(h) for h in self.lot]))
            self.poser("rsa_isolement_recent", cle, np.array([isole(h, mois) for h in self.lot]))
            self.poser("enceinte", cle, self._enceintes(mois))
        for annee in {m.year - ecart for m in self.mois for ecart in (0, 2)}:
            self._fermer_l_annee(annee, rien, nulle)

    def _fermer_l_annee(self, annee: int, rien: Any, nulle: Any) -> None:
        """Incomes of property and of past years that the prime d'activité would look for: there are none."""
        self.poser("assiette_csg_plus_values", str(annee), rien)
        self.poser("ppa_rsa_derniers_revenus_tns_annuels_connus", str(annee), nulle)
        for m in range(1, 13):
            cle = f"{annee}-{m:02d}"
            self.poser("rente_viagere_titre_onereux", cle, rien)
            for variable in ("revenus_capital", "revenus_locatifs"):
                self.poser(variable, cle, nulle)

    def _enceintes(self, mois: date) -> Any:
        """The adults who are pregnant in a month: hers is the first row of a household, as its hypotheses say it."""
        lignes = np.zeros(self.personnes, dtype=bool)
        for h, rang in zip(self.lot, self.rangs, strict=True):
            nee = any(h.premier_mois < n <= mois for n in h.enfants)
            for i, adulte in enumerate(h.adultes):
                lignes[rang + i] = adulte.enceinte and not nee
        return lignes

    def poser(self, variable: str, cle: str, valeurs: Any) -> None:
        self.simulation.set_input(variable, cle, valeurs)

    def lire(self, variable: str, mois: date) -> Any:
        """A monthly variable of the households, as float64."""
        return self.simulation.calculate(variable, periode(mois)).astype(float)

    def lire_par_foyer(self, variable: str, mois: date) -> Any:
        """A monthly variable of the persons, summed by household."""
        return np.add.reduceat(self.simulation.calculate(variable, periode(mois)).astype(float), self.rangs)

    def par_foyer(self, natures: Sequence[NatureRevenu], mois: date) -> Any:
        """Our own inputs of a month, summed by household."""
        ligne = sum(self.revenus[nature][self.index[mois]] for nature in natures)
        return np.add.reduceat(ligne, self.rangs)


def mois_lus(lot: Sequence[Hypotheses]) -> tuple[date, ...]:
    """Every month the model may look at: from the quarter of reference of the first examination to the last shown."""
    premier = min(h.trimestre(m)[0] for h in lot for m in h.mois_montres[:1])
    dernier = max(h.mois_montres[-1] for h in lot)
    n = (dernier.year - premier.year) * 12 + dernier.month - premier.month
    return tuple(ajouter_mois(premier, i) for i in range(-1, n + 1))


def periode(mois: date) -> str:
    return f"{mois:%Y-%m}"


def decale(mois: date) -> bool:
    """Whether the quarter of reference of a month leaves the month before aside (since 2025-03-01)."""
    return entier("trimestre_reference_decalage", au=mois) > 1


def aide(h: Hypotheses) -> float:
    """The housing benefit as the deduction reads it: none, its amount, or more than the whole deduction."""
    if h.logement in (Logement.SANS_AIDE, Logement.SANS_DOMICILE):
        return 0.0
    if h.logement is Logement.AVEC_AIDE and h.aide_logement is not None:
        return float(h.aide_logement)
    return _AIDE_ENTIERE


def isole(h: Hypotheses, mois: date) -> bool:
    return h.isolement_jusqu_a is not None and mois <= h.isolement_jusqu_a
