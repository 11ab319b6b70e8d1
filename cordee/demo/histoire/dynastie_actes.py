"""What may happen to a household, and what it becomes: rights, addresses, family. Jobs stand in ``dynastie_emploi``."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import Any, Final

from cordee.demo.histoire import dynastie_droits as droits
from cordee.demo.histoire import dynastie_emploi as emploi
from cordee.demo.histoire import dynastie_famille as famille
from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.histoire.dynastie_stock import MOTIFS_HISTOIRE
from cordee.demo.histoire.dynastie_vie import Acte, Foyer, au_mois_suivant, sans_arrivee
from cordee.demo.tirage import changer_etat, tirer

_DECES: Final = frozenset({"DG", "DH"})
Risques = list[tuple[float, Acte, Any]]


def preparer(foyer: Foyer) -> None:
    """Appointed days of a household at its first photo."""
    m, t = foyer.m, float(foyer.k)
    if m.cedant:
        foyer.minuter(au_mois_suivant(t), _oublier_l_arrivee)
    if m.etat == "0":
        foyer.minuter(au_mois_suivant(t) + foyer.alea.randint(0, 1), _decider)
    elif m.etat == "1":
        foyer.fermer(t)
    elif m.motif == "01":
        emploi.attendre_la_suite(foyer, t)
    famille.preparer(foyer, t)
    emploi.preparer_effet(foyer, t)


def risques(foyer: Foyer, t: float) -> Risques:
    """Chances of the month, one for each thing that may happen."""
    m = foyer.m
    if not m.transmis or m.etat == "0" or m.motif == "01" or m.motif in _DECES:
        return []
    classe = 0 if foyer.rapide else 1
    rythme = taux.rythme(foyer.monde.mois_de(t))[classe]
    if m.etat != "2":
        return [
            (taux.LEVEES[m.etat], _lever, None),
            (taux.CLOTURES_SUSPENDUES[classe] * rythme, _sortir, "ECH"),
        ]
    possibles: Risques = [
        (taux.AUTRES_SORTIES[classe] * rythme, _sortir, None),
        (taux.SUSPENSIONS["4"], _suspendre, "4"),
        (taux.SUSPENSIONS["3"], _suspendre, "3"),
        (taux.DEPARTS, _sortir, "MUT"),
        (taux.DEMENAGEMENTS, _demenager, None),
        (taux.NON_TRANSMIS, _ne_pas_transmettre, None),
        (taux.DISPARUS, _disparaitre, None),
    ]
    possibles += famille.risques(foyer, t)
    for rang, adulte in enumerate(m.adultes):
        possibles += emploi.risques(foyer, t, rang, adulte)
    return possibles


def _oublier_l_arrivee(foyer: Foyer, t: float, _: Any) -> None:
    foyer.poser(t, sans_arrivee(foyer.m))


def _decider(foyer: Foyer, t: float, _: Any) -> None:
    """A request is accepted (eight in ten) or refused."""
    if foyer.alea.random() < 0.8:
        adultes = tuple(emploi.soumettre(adulte) for adulte in foyer.m.adultes)
        foyer.poser(t, replace(foyer.m, etat="2", motif="", motif_depuis=None, adultes=adultes))
        return
    foyer.poser(t, changer_etat(foyer.alea, foyer.m, "1", foyer.monde.photos[ceil(t)]))
    foyer.fermer(t)


def _suspendre(foyer: Foyer, t: float, etat: str) -> None:
    motif = tirer(foyer.alea, MOTIFS_HISTOIRE[etat])
    foyer.poser(t, changer_etat(foyer.alea, foyer.m, etat, foyer.monde.photos[ceil(t)], motif))


def _lever(foyer: Foyer, t: float, _: Any) -> None:
    foyer.poser(t, replace(foyer.m, etat="2", motif="", motif_depuis=None))


def _sortir(foyer: Foyer, t: float, motif: str | None) -> None:
    """The right is closed; some come back later under a new request."""
    droits.clore(foyer, t, motif or tirer(foyer.alea, taux.MOTIFS_SORTIE))


def _demenager(foyer: Foyer, t: float, _: Any) -> None:
    alea, monde = foyer.alea, foyer.monde
    nouvelle = monde.lieux.adresse(alea, monde.jour(t) - timedelta(days=alea.randint(5, 40)))
    domicilie = alea.random() < 0.05
    if domicilie:
        nouvelle = replace(nouvelle, voie="DE LA MAIRIE", complement="CCAS")
    foyer.poser(t, replace(foyer.m, adresse=nouvelle, adresse_precedente=foyer.m.adresse, domicilie=domicilie))


def _ne_pas_transmettre(foyer: Foyer, t: float, _: Any) -> None:
    """Absence is not leaving (E02): it comes back, most often the next month."""
    foyer.poser(t, replace(foyer.m, transmis=False))
    retour = au_mois_suivant(t) + (0 if foyer.alea.random() < 0.85 else 1)
    foyer.minuter(retour, _transmettre)


def _transmettre(foyer: Foyer, t: float, _: Any) -> None:
    foyer.poser(t, replace(foyer.m, transmis=True))


def _disparaitre(foyer: Foyer, t: float, _: Any) -> None:
    """No longer sent, without a word."""
    foyer.fermer(t - 1)
