"""The end of a right, and coming back under a new request."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from math import ceil

from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.histoire.dynastie_vie import Foyer, Suite
from cordee.demo.modele import Individu, Menage
from cordee.demo.tirage import changer_etat


def clore(foyer: Foyer, t: float, motif: str) -> None:
    """Close the right at ``t``."""
    avant = foyer.m
    foyer.poser(t, changer_etat(foyer.alea, avant, "5", foyer.monde.photos[ceil(t)], motif))
    foyer.fermer(t)
    _revenir_peut_etre(foyer, t, avant, motif)


def _revenir_peut_etre(foyer: Foyer, t: float, avant: Menage, motif: str) -> None:
    alea, court, long = foyer.alea, *taux.DELAI_RETOUR
    if alea.random() >= taux.RETOURS[motif]:
        return
    k = ceil(t + court * (long / court) ** alea.random())
    au = foyer.monde.photos[k]
    demande = au - timedelta(days=alea.randint(4, 40))
    adresse = avant.adresse
    if alea.random() < 0.25 or motif == "MUT":
        adresse = foyer.monde.lieux.adresse(alea, demande - timedelta(days=alea.randint(10, 200)))
    adultes = tuple(_de_retour(adulte, avant) for adulte in avant.adultes)
    if max(adulte.age(au) for adulte in adultes) >= taux.AGE_RETRAITE[0]:
        return
    menage = replace(
        avant,
        adultes=adultes,
        enfants=tuple(enfant for enfant in avant.enfants if enfant.age(au) < taux.MAJORITE),
        etat="2",
        motif="",
        motif_depuis=None,
        date_demande=demande,
        entre_le=au,
        adresse=adresse,
        adresse_precedente=None if adresse is avant.adresse else avant.adresse,
        domicilie=avant.domicilie and adresse is avant.adresse,
        grossesse=None,
        cedant="CAF" if motif == "MUT" else "",
        numero_precedent=avant.numero,
    )
    foyer.suites.append(Suite(k, menage, foyer.rapide, foyer.traits, entrant=True))


def _de_retour(adulte: Individu, avant: Menage) -> Individu:
    """No job any more, subject again."""
    return replace(adulte, soumis=True, revenu=0, contrat="", activite="ANP", activite_depuis=avant.motif_depuis)
