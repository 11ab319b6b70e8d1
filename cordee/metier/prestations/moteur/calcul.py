"""Estimates of many households at once: the model gives the parts, the law of the quarter puts them together.

- The resources of a quarter of right are those examined at its first month; lump sum, majoration and housing follow
  the month (CASF R262-4): a job taken in the middle of a quarter changes the RSA of the next one.
- Family benefits count net of CRDS (the model counts them before it); amounts leave as exact cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

import numpy as np

from cordee.metier.prestations.enums import NatureRevenu
from cordee.metier.prestations.moteur.assemblage import Assemblage
from cordee.metier.prestations.moteur.salaire import salaires_nets
from cordee.metier.prestations.regles.hypotheses import Adulte, Emploi, Hypotheses
from cordee.metier.prestations.regles.resultats import MoisEstime, Resultat
from cordee.reglementation.montants import CENTIME, forfait_logement, montant_forfaitaire, seuil_de_versement
from cordee.reglementation.parametres import decimale

TAILLE_LOT: Final = 10_000
"""Households computed together: 200 MB and three seconds of processor for six months (measured on 2026-11-22)."""
TRAVAIL: Final = tuple(n for n in NatureRevenu if n.activite)
HORS_TRAVAIL: Final = tuple(n for n in NatureRevenu if not n.activite)


def estimer(foyers: Sequence[Hypotheses]) -> list[Resultat]:
    """One result per household, in the order given."""
    resultats: dict[int, Resultat] = {}
    for rangs in _lots(foyers):
        lot = [foyers[i] for i in rangs]
        resultats.update(zip(rangs, _estimer_lot(lot), strict=True))
    return [resultats[i] for i in range(len(foyers))]


def echauffer(au: date) -> None:
    """Load the model and the law of these months, so that the first agent does not wait for them."""
    emploi = Emploi(debut=au.replace(day=1), heures_hebdo=Decimal(20), salaire_horaire_brut=Decimal(12))
    adulte = Adulte(naissance=date(1990, 1, 1))
    enfant = date(au.year - 5, 1, 1)
    estimer([Hypotheses(premier_mois=au.replace(day=1), adultes=(adulte,), enfants=(enfant,), emploi=emploi)])


def _lots(foyers: Sequence[Hypotheses]) -> Iterable[list[int]]:
    """Rows that share their months, ten thousand at most."""
    groupes: dict[tuple[date, int], list[int]] = {}
    for i, h in enumerate(foyers):
        groupes.setdefault((h.premier_mois, h.mois), []).append(i)
    for rangs in groupes.values():
        for debut in range(0, len(rangs), TAILLE_LOT):
            yield rangs[debut : debut + TAILLE_LOT]


def _estimer_lot(lot: Sequence[Hypotheses]) -> list[Resultat]:
    salaires = salaires_nets(lot)
    a = Assemblage(lot, salaires)
    pf = _prestations_familiales(a)
    examens = sorted({m for h in lot for m in h.mois_examines})
    ressources = {q: _ressources(a, q) for q in examens}
    primes = {q: _centimes(a.lire("ppa", q)) for q in examens}
    colonnes = [_colonnes(a, mois, pf) for mois in lot[0].mois_montres]
    return [
        Resultat(
            mois=tuple(
                _mois(
                    h,
                    mois,
                    {nom: valeurs[i] for nom, valeurs in colonne.items()},
                    ressources=ressources[h.examen(mois)][i],
                    prime=primes[h.examen(mois)][i],
                )
                for mois, colonne in zip(h.mois_montres, colonnes, strict=True)
            ),
            salaire_net=salaire,
        )
        for i, (h, salaire) in enumerate(zip(lot, salaires, strict=True))
    ]


def _prestations_familiales(a: Assemblage) -> dict[date, tuple[Any, Any]]:
    """Per month, what is counted among resources and what is paid, net of CRDS; what the payer counts comes first."""
    connues = np.array([h.prestations_familiales is not None for h in a.lot])
    donnees = np.array([float(h.prestations_familiales or 0) for h in a.lot])
    resultat = {}
    for mois in a.mois:
        comptees = versees = donnees
        if not connues.all():
            reste = 1 - float(decimale("crds_prestations", au=mois))
            forfait = a.lire("rsa_forfait_asf", mois)  # a fixed share, counted as it is (CASF R262-10-1)
            brutes = a.lire("rsa_base_ressources_prestations_familiales", mois)
            payees = sum(a.lire(nom, mois) for nom in ("af", "cf", "paje_base", "asf"))
            comptees = np.where(connues, donnees, (brutes - forfait) * reste + forfait)
            versees = np.where(connues, donnees, payees * reste)
        a.poser("ppa_base_ressources_prestations_familiales", f"{mois:%Y-%m}", comptees)
        resultat[mois] = (comptees, versees)
    return resultat


def _ressources(a: Assemblage, examen: date) -> list[Decimal]:
    """Monthly average of the quarter of reference, benefits of the household aside."""
    return _centimes(
        a.lire_par_foyer("rsa_base_ressources_individu", examen)
        + a.lire_par_foyer("rsa_revenu_activite_individu", examen)
    )


def _colonnes(a: Assemblage, mois: date, pf: dict[date, tuple[Any, Any]]) -> dict[str, list[Any]]:
    comptees, versees = pf[mois]
    majores = a.lire("rsa_socle_majore", mois)
    return {
        "montant_forfaitaire": _centimes(np.maximum(a.lire("rsa_socle", mois), majores)),
        "majore": list(majores > 0),
        "forfait_logement": _centimes(a.lire("rsa_forfait_logement", mois)),
        "comptees": _centimes(comptees),
        "prestations_familiales": _centimes(versees),
        "salaires": _centimes(a.par_foyer(TRAVAIL, mois)),
        "autres_revenus": _centimes(a.par_foyer(HORS_TRAVAIL, mois)),
    }


def _mois(h: Hypotheses, mois: date, colonne: Mapping[str, Any], *, ressources: Decimal, prime: Decimal) -> MoisEstime:
    retenues = ressources + colonne["comptees"]
    forfait, logement = _forfaits(h, mois, colonne)
    return MoisEstime(
        mois=mois,
        examen=h.examen(mois),
        personnes=h.foyer(mois).personnes,
        majore=bool(colonne["majore"]),
        rsa=seuil_de_versement(forfait - logement - retenues, au=mois),
        prime_activite=prime,
        salaires=colonne["salaires"],
        autres_revenus=colonne["autres_revenus"],
        prestations_familiales=colonne["prestations_familiales"],
        ressources_retenues=retenues,
        forfait_logement=logement,
        montant_forfaitaire=forfait,
    )


def _forfaits(h: Hypotheses, mois: date, colonne: Mapping[str, Any]) -> tuple[Decimal, Decimal]:
    """Lump sum and housing deduction in exact decimals: the model's floats fall on either side of a half cent.

    Where the model says something else (a right it does not open, a benefit smaller than the deduction), it prevails.
    """
    foyer, au = h.foyer(mois), mois
    exact = montant_forfaitaire(
        adultes=len(h.adultes), enfants=len(h.enfants_nes(mois)), au=au, majore=bool(colonne["majore"])
    )
    deduction = forfait_logement(personnes=foyer.personnes, au=au)
    return (
        _plus_exact(colonne["montant_forfaitaire"], exact),
        _plus_exact(colonne["forfait_logement"], deduction),
    )


def _plus_exact(modele: Decimal, exact: Decimal) -> Decimal:
    """
    >>> _plus_exact(Decimal("977.53"), Decimal("977.54")), _plus_exact(Decimal("0"), Decimal("977.54"))
    (Decimal('977.54'), Decimal('0'))
    """
    return exact if abs(modele - exact) <= CENTIME else modele


def _centimes(valeurs: Any) -> list[Decimal]:
    """Floats of the model as exact cents.

    >>> _centimes(np.array([651.69, 774.9971], dtype=np.float32))
    [Decimal('651.69'), Decimal('775.00')]
    """
    return [Decimal(f"{valeur:.4f}").quantize(CENTIME, ROUND_HALF_UP) for valeur in valeurs]
