"""Entrants of eleven communes, quarter after quarter: three of them change what they do in March 2024."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from cordee.metier.contrats.enums import GenreContrat
from cordee.metier.contrats.models import Contrat
from cordee.metier.personnes.enums import EtatDroit, Localisation, RoleFoyer, Sexe, SourceDonnee
from cordee.metier.personnes.models import (
    Adresse,
    Appartenance,
    DroitFoyer,
    DroitPersonne,
    Foyer,
    OuvertureDroit,
    Personne,
)
from tests import fabriques as f
from tests.pilotage import gens

TRAITEES: Final = ("94028", "94017", "94079")
COMMUNES: Final = (*TRAITEES, *(f"942{k:02d}" for k in range(8)))
ENTREES: Final = tuple(date(annee, mois, 28) for annee in (2022, 2023, 2024) for mois in (1, 4, 7, 10))
DEPUIS: Final = date(2024, 3, 1)
PAR_ENTREE: Final = 10
EN_PLUS: Final = 3
EFFET: Final = 100 * EN_PLUS / PAR_ENTREE
"""The true one, in points."""
SALAIRE: Final = {"Activite": [{"ACT": "SAL", "NATCONTRTRA": "CDD"}]}
SANS: Final = {"Activite": [{"ACT": "ANP"}]}


def des_entrantes() -> None:
    """Ten a quarter in each commune; two of them, more or less one, are at work six months later.

    In the three communes since March 2024: three more, all under contract, and two contracts besides.
    """
    gens.soumise()  # the stock of the first file
    gens.soumise(depuis=date(2026, 1, 31))  # the last one
    lieux = [f.commune(code, f"Commune {code}") for code in COMMUNES]
    cles = [(c, t, k) for c in range(len(COMMUNES)) for t in range(len(ENTREES)) for k in range(PAR_ENTREE)]
    organisme, eds = f.organisme_payeur(), f.structure(nom="EDS fictif")
    foyers = Foyer.objects.bulk_create(
        Foyer(organisme=organisme, numdemrsa=f"9{n:010d}", matricule=f"9{n:06d}", demande_le=ENTREES[t].replace(day=3))
        for n, (_, t, _k) in enumerate(cles)
    )
    personnes = Personne.objects.bulk_create(
        Personne(nom=f"Fictif{n}", nom_naissance=f"Fictif{n}", prenom="Prénomfictif", cree_le=f.MAINTENANT,
                 sexe=(Sexe.FEMME, Sexe.HOMME)[(k + t) % 2], date_naissance=date(1985, 3, 12), source=SourceDonnee.FLUX)
        for n, (_, t, k) in enumerate(cles)
    )  # fmt: skip
    tous = list(zip(cles, personnes, foyers, strict=True))
    Appartenance.objects.bulk_create(
        Appartenance(personne=p, foyer=y, role=RoleFoyer.DEM, responsable=True, debut=ENTREES[t])
        for (_, t, _k), p, y in tous
    )
    DroitFoyer.objects.bulk_create(
        DroitFoyer(foyer=y, etat=EtatDroit.OUVERT_VERSABLE, montant="600", debut=ENTREES[t])
        for (_, t, _k), _, y in tous
    )
    Adresse.objects.bulk_create(
        Adresse(foyer=y, localisation=Localisation.SECTEUR, commune=lieux[c], code_insee=COMMUNES[c],
                source=SourceDonnee.FLUX, debut=ENTREES[t])
        for (c, t, _), _, y in tous
    )  # fmt: skip
    OuvertureDroit.objects.bulk_create(
        OuvertureDroit(personne=p, foyer=y, demande_le=ENTREES[t].replace(day=3), transmise_le=ENTREES[t],
                       recue_le=ENTREES[t])
        for (_, t, _k), p, y in tous
    )  # fmt: skip
    droits = []
    for (c, t, k), p, y in tous:
        travaille = k < _au_travail(c, t)
        change = ENTREES[t] + timedelta(days=90) if travaille else None
        droits.append(DroitPersonne(personne=p, foyer=y, sdd=True, detail=SANS, debut=ENTREES[t], fin=change))
        if change is not None:
            droits.append(DroitPersonne(personne=p, foyer=y, sdd=True, detail=SALAIRE, debut=change))
    DroitPersonne.objects.bulk_create(droits)
    par = f.systeme()
    signes = [(p, ENTREES[t] + timedelta(days=20)) for (c, t, k), p, _ in tous if k < 7 and _renove(c, t)]
    Contrat.objects.bulk_create(
        Contrat(personne=p, genre=GenreContrat.CER, structure=eds, intensite="reguliere", signe_personne_le=le,
                signe_referent_le=le, debut=le, cree_le=f.MAINTENANT, cree_par=par)
        for p, le in signes
    )  # fmt: skip


def _renove(c: int, t: int) -> bool:
    return COMMUNES[c] in TRAITEES and ENTREES[t] >= DEPUIS


def _au_travail(c: int, t: int) -> int:
    """How many of ten: one, two or three whatever the place, and three more where something changed."""
    return 1 + (c * c * 5 + t * t * 3 + c * t * 7) % 11 % 3 + (EN_PLUS if _renove(c, t) else 0)
