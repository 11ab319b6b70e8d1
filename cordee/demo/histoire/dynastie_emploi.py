"""Jobs of an adult: they begin and end, cross 500 € in both directions, and take a household out of RSA.

A person in activity is one who has a salaried contract, or left RSA on a salary and has not come back
(``calibrage.en_activite``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from cordee.demo.histoire import dynastie_droits as droits
from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.histoire.dynastie_vie import Acte, Foyer, au_mois_suivant
from cordee.demo.modele import Individu
from cordee.demo.tirage import LOI_PLEIN_EMPLOI, tirer

SEUIL: Final = 500
"""Monthly earnings under which one is subject to rights and duties (CASF L262-28, D262-65)."""
_INDEPENDANTS: Final = frozenset({"ETI", "AEN"})
_INACTIFS: Final = frozenset({"RET", "MAT", "CAC"})
_CONTRATS: Final = {"CDD": 6, "INT": 3, "CDI": 2}


def risques(foyer: Foyer, t: float, rang: int, adulte: Individu) -> list[tuple[float, Acte, Any]]:
    """Chances of the month of one adult."""
    if adulte.soumis is None:
        return [(taux.DRAPEAU_RENDU, _rendre_le_drapeau, rang)]
    if adulte.activite == "RET":
        return []
    possibles: list[tuple[float, Acte, Any]] = [(taux.DRAPEAU_PERDU, _perdre_le_drapeau, rang)]
    if adulte.contrat:
        genre = "petit" if adulte.revenu < SEUIL else "fort"
        possibles.append((taux.FINS_EMPLOI[genre], _finir, rang))
        possibles.append((taux.BASCULES[genre], _basculer, rang))
    else:
        chance = taux.EMBAUCHES[0 if foyer.rapide else 1] * taux.elan(foyer.traits[adulte.ordre])
        possibles.append((chance, _embaucher, rang))
        if adulte.activite in _INDEPENDANTS:
            possibles.append((taux.CESSATIONS, _cesser, rang))
        else:
            possibles.append((taux.CREATIONS, _creer, rang))
    if adulte.activite in {"MAL", "MLD"}:
        possibles.append((taux.AAH, _aah, rang))
    if adulte.inscrit_emploi:
        possibles.append((taux.RADIATIONS, _desinscrire, rang))
    else:
        tous = foyer.monde.mois_de(t) >= LOI_PLEIN_EMPLOI
        possibles.append((taux.INSCRIPTIONS_2025 if tous else taux.INSCRIPTIONS, _inscrire, rang))
    return possibles


def soumettre(adulte: Individu) -> Individu:
    """The flag that her earnings and activity give."""
    return replace(adulte, soumis=adulte.revenu < SEUIL and adulte.activite not in _INACTIFS)


def _changer(foyer: Foyer, t: float, rang: int, adulte: Individu) -> None:
    adultes = (*foyer.m.adultes[:rang], adulte, *foyer.m.adultes[rang + 1 :])
    foyer.poser(t, replace(foyer.m, adultes=adultes))


def _perdre_le_drapeau(foyer: Foyer, t: float, rang: int) -> None:
    _changer(foyer, t, rang, replace(foyer.m.adultes[rang], soumis=None))


def _rendre_le_drapeau(foyer: Foyer, t: float, rang: int) -> None:
    _changer(foyer, t, rang, soumettre(foyer.m.adultes[rang]))


def _embaucher(foyer: Foyer, t: float, rang: int) -> None:
    """A job begins. Too high a salary stops the payment (état 4, motive 01) before it closes the right."""
    adulte = foyer.m.adultes[rang]
    if foyer.freine.get(adulte.ordre, -1.0) > t:
        return
    alea, genre = foyer.alea, tirer(foyer.alea, taux.PART_EMPLOI[0 if foyer.rapide else 1])
    revenu = {
        "petit": alea.randrange(100, 490, 10),
        "fort": alea.randrange(510, 560 if len(foyer.m.adultes) == 1 else 800, 10),
        "sortie": alea.randrange(1250, 2100, 50),
    }[genre]
    jour = foyer.monde.jour(t)
    contrat = tirer(alea, _CONTRATS)
    adulte = replace(
        adulte, revenu=revenu, activite="SAL", contrat=contrat, activite_depuis=jour, soumis=revenu < SEUIL
    )
    _changer(foyer, t, rang, adulte)
    if genre == "sortie":
        foyer.poser(t, replace(foyer.m, etat="4", motif="01", motif_depuis=jour.replace(day=1)))
        attendre_la_suite(foyer, t)


def attendre_la_suite(foyer: Foyer, t: float) -> None:
    """Payment is stopped for resources: closed within four months, or paid again when the job is over."""
    foyer.minuter(au_mois_suivant(t) + foyer.alea.randint(0, 2), _conclure)


def _conclure(foyer: Foyer, t: float, _: Any) -> None:
    if foyer.m.motif != "01":
        return
    adultes = foyer.m.adultes
    garanti = any(foyer.garanti.get(a.ordre, -1.0) > t for a in adultes)
    if garanti or foyer.alea.random() >= taux.RETOUR_DE_SUSPENSION_01:
        droits.clore(foyer, t, "RFD" if foyer.alea.random() < 0.8 else "ECH")
        return
    repris = tuple(_sans_emploi(a) if a.revenu >= SEUIL else a for a in adultes)
    foyer.poser(t, replace(foyer.m, etat="2", motif="", motif_depuis=None, adultes=repris))


def _sans_emploi(adulte: Individu) -> Individu:
    return replace(adulte, revenu=0, activite="ANP", contrat="", soumis=True)


def _finir(foyer: Foyer, t: float, rang: int) -> None:
    adulte = foyer.m.adultes[rang]
    if foyer.garanti.get(adulte.ordre, -1.0) > t:
        return
    _changer(foyer, t, rang, replace(_sans_emploi(adulte), activite_depuis=foyer.monde.jour(t)))


def _basculer(foyer: Foyer, t: float, rang: int) -> None:
    """Hours change: over 500 € one month, under another."""
    adulte, alea = foyer.m.adultes[rang], foyer.alea
    revenu = alea.randrange(510, 560, 10) if adulte.revenu < SEUIL else alea.randrange(300, 490, 10)
    _changer(foyer, t, rang, replace(adulte, revenu=revenu, soumis=revenu < SEUIL))


def _creer(foyer: Foyer, t: float, rang: int) -> None:
    activite = "AEN" if foyer.alea.random() < 0.7 else "ETI"
    revenu = foyer.alea.choice((0, 0, 60, 120, 200, 320))
    adulte = replace(foyer.m.adultes[rang], activite=activite, activite_depuis=foyer.monde.jour(t), revenu=revenu)
    _changer(foyer, t, rang, soumettre(adulte))


def _cesser(foyer: Foyer, t: float, rang: int) -> None:
    adulte = replace(foyer.m.adultes[rang], activite="ANP", activite_depuis=foyer.monde.jour(t), revenu=0)
    _changer(foyer, t, rang, soumettre(adulte))


def _aah(foyer: Foyer, t: float, _: int) -> None:
    droits.clore(foyer, t, "RAU")


def _inscrire(foyer: Foyer, t: float, rang: int) -> None:
    _changer(foyer, t, rang, replace(foyer.m.adultes[rang], inscrit_emploi=True))


def _desinscrire(foyer: Foyer, t: float, rang: int) -> None:
    if foyer.monde.jour(t) < LOI_PLEIN_EMPLOI:
        _changer(foyer, t, rang, replace(foyer.m.adultes[rang], inscrit_emploi=False))


def preparer_effet(foyer: Foyer, t: float) -> None:
    """The true effect (population.md): an entrant of the pilot communes finds a job she would not have found.

    A draw is made for each adult whatever the effect, so that two histories of one seed differ by the effect alone.
    """
    m, monde, alea = foyer.m, foyer.monde, foyer.alea
    if m.etat not in {"0", "2", "4"} or m.entre_le < taux.DEBUT_PILOTE or m.entre_le != monde.photos[foyer.k]:
        return
    insee = m.adresse.commune.insee if m.adresse.commune else ""
    for rang, adulte in enumerate(m.adultes):
        sort, quand = alea.random(), t + 2.5 + 3.0 * alea.random()
        if insee in taux.COMMUNES_PILOTES and sort < monde.effet * taux.CORRECTION_EFFET:
            foyer.minuter(quand, _trouver, (rang, adulte.ordre, t + taux.HORIZON_EFFET + 1))
        elif insee in taux.COMMUNES_VOISINES and sort < monde.deplacement * taux.CORRECTION_DEPLACEMENT:
            foyer.freine[adulte.ordre] = t + taux.HORIZON_EFFET


def _trouver(foyer: Foyer, t: float, quoi: tuple[int, int, float]) -> None:
    rang, ordre, jusqu_a = quoi
    m = foyer.m
    foyer.garanti[ordre] = jusqu_a
    if rang < len(m.adultes) and m.adultes[rang].ordre == ordre and not m.adultes[rang].contrat and m.etat == "2":
        _embaucher(foyer, t, rang)
