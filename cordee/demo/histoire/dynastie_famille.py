"""Births, separations, couples, children who grow up, deaths, the end of working age."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import ceil
from typing import Any, Final

from cordee.demo.histoire import dynastie_taux as taux
from cordee.demo.histoire.dynastie_depart import trait
from cordee.demo.histoire.dynastie_vie import Acte, Foyer, Suite, au_mois_suivant
from cordee.demo.modele import Individu, Menage
from cordee.demo.tirage import adulte_au_hasard, changer_etat, enfant

_TERME: Final = 280
_DECLARATION: Final = 75
_DERNIER_RANG: Final = 9
PLAFOND_NUMERO: Final = 200_000


def preparer(foyer: Foyer, t: float) -> None:
    """Births to come, twenty-first birthdays, retirements."""
    m, monde = foyer.m, foyer.monde
    if m.grossesse is not None:
        foyer.minuter(max(monde.mois(m.grossesse) + _TERME / 30.44, t + 0.1), _accoucher)
    for e in m.enfants:
        foyer.minuter(max(monde.mois(_anniversaire(e.naissance, taux.MAJORITE)), t + 0.01), _grandir)
    for adulte in m.adultes:
        _prevoir_la_retraite(foyer, t, adulte)


def _anniversaire(naissance: date, age: int) -> date:
    return date(naissance.year + age, naissance.month, min(naissance.day, 28))


def _prevoir_la_retraite(foyer: Foyer, t: float, adulte: Individu) -> None:
    debut, fin = taux.AGE_RETRAITE
    tot, part = taux.AVANT_L_AGE
    naissance = foyer.monde.mois(adulte.naissance)
    sort, u = foyer.alea.random(), foyer.alea.random()
    quand = naissance + 12 * (tot + (debut - tot) * u)
    if sort >= part or quand < t:
        quand = naissance + 12 * (debut + (fin - debut) * u)
    if quand <= foyer.monde.horizon:
        foyer.minuter(max(quand, t + 0.5 + 6 * u), _retraite, adulte.ordre)


def risques(foyer: Foyer, t: float) -> list[tuple[float, Acte, Any]]:
    """Chances of the month."""
    m = foyer.m
    annee = 2022 + t / 12
    ages = [annee - a.naissance.year - (a.naissance.month - 1) / 12 for a in m.adultes]
    possibles: list[tuple[float, Acte, Any]] = [
        (taux.DECES * taux.facteur_deces(int(age)), _mourir, a.ordre) for age, a in zip(ages, m.adultes, strict=True)
    ]
    if len(m.adultes) > 1:
        possibles.append((taux.SEPARATIONS, _separer, None))
    elif foyer.seul_au_depart and ages[0] < 55 and m.numero < PLAFOND_NUMERO:
        possibles.append((taux.MISES_EN_COUPLE, _se_mettre_en_couple, None))
    if m.grossesse is None and any(a.sexe == "2" and 19 <= age <= 42 for age, a in zip(ages, m.adultes, strict=True)):
        possibles.append((taux.GROSSESSES, _attendre_un_enfant, None))
    return possibles


def _attendre_un_enfant(foyer: Foyer, t: float, _: Any) -> None:
    foyer.poser(t, replace(foyer.m, grossesse=foyer.monde.jour(t) - timedelta(days=_DECLARATION)))
    foyer.minuter(t + (_TERME - _DECLARATION) / 30.44, _accoucher)


def _accoucher(foyer: Foyer, t: float, _: Any) -> None:
    m, jour = foyer.m, foyer.monde.jour(t)
    if m.grossesse is None:
        return
    if foyer.rang >= _DERNIER_RANG:
        foyer.poser(t, replace(m, grossesse=None))
        return
    foyer.rang += 1
    bebe = enfant(foyer.alea, m.adultes[-1].nom_naissance, 0, jour, m.numero * 10 + foyer.rang)
    foyer.poser(t, replace(m, grossesse=None, enfants=(*m.enfants, replace(bebe, naissance=jour))))
    foyer.minuter(foyer.monde.mois(_anniversaire(jour, taux.MAJORITE)), _grandir)


def _grandir(foyer: Foyer, t: float, _: Any) -> None:
    """A child is 21: no longer of the household; rarely a young parent with a request of her own."""
    m, monde = foyer.m, foyer.monde
    k = max(ceil(t), foyer.k)
    au = monde.photos[k]
    partis = [e for e in m.enfants if e.age(au) >= taux.MAJORITE]
    if not partis:
        return
    foyer.poser(t, replace(m, enfants=tuple(e for e in m.enfants if e not in partis)))
    for jeune in partis:
        if foyer.alea.random() < taux.JEUNE_PARENT and m.etat == "2":
            _demander_a_son_tour(foyer, k + 1, jeune)


def _demander_a_son_tour(foyer: Foyer, k: int, jeune: Individu) -> None:
    au = foyer.monde.photos[k]
    demandeur = replace(jeune, role="DEM", soumis=True, activite="ANP", activite_depuis=au.replace(day=1),
                        inscrit_emploi=True)  # fmt: skip
    sexe = jeune.sexe
    menage = Menage(
        numero=0,
        organisme=foyer.m.organisme,
        adultes=(demandeur,),
        enfants=(),
        situation="CEL",
        situation_depuis=jeune.naissance,
        date_demande=au - timedelta(days=foyer.alea.randint(4, 25)),
        entre_le=au,
        adresse=replace(foyer.m.adresse, complement="CHEZ SES PARENTS"),
        domicilie=foyer.m.domicilie,
        grossesse=au - timedelta(days=foyer.alea.randint(80, 200)) if sexe == "2" else None,
    )
    foyer.suites.append(Suite(k, menage, rapide=True, traits={jeune.ordre: trait(foyer.alea, True)}, entrant=True))


def _separer(foyer: Foyer, t: float, _: Any) -> None:
    """A couple parts: the claimant keeps the file, the other opens one that names the former. Children go with her."""
    m, alea, monde = foyer.m, foyer.alea, foyer.monde
    reste, part = m.adultes
    k = ceil(t)
    au, jour = monde.photos[k], monde.jour(t)
    suit = {("1", "2"): 0.85, ("2", "1"): 0.12}.get((reste.sexe, part.sexe), 0.5)
    enfants = m.enfants if alea.random() < suit else ()
    enceinte = m.grossesse if part.sexe == "2" and (reste.sexe == "1" or alea.random() < 0.5) else None
    nouveau = replace(
        m,
        numero=0,
        adultes=(replace(part, role="DEM"),),
        enfants=enfants,
        situation="SEF" if m.situation == "MAR" else "ISO",
        situation_depuis=jour,
        adresse=replace(m.adresse, numero="1", complement="CHEZ UN TIERS", depuis=jour)
        if alea.random() < 0.6
        else monde.lieux.adresse(alea, jour),
        adresse_precedente=m.adresse,
        domicilie=False,
        date_demande=jour,
        entre_le=au,
        grossesse=enceinte,
        cedant="",
        numero_precedent=m.numero,
    )
    restes = tuple(e for e in m.enfants if e not in enfants)
    foyer.poser(
        t,
        replace(m, adultes=(reste,), enfants=restes, situation=nouveau.situation, situation_depuis=jour,
                grossesse=m.grossesse if enceinte is None and reste.sexe == "2" else None),
    )  # fmt: skip
    traits = {part.ordre: foyer.traits[part.ordre]}
    foyer.suites.append(Suite(k, nouveau, foyer.rapide, traits))


def _se_mettre_en_couple(foyer: Foyer, t: float, _: Any) -> None:
    """Someone joins the household: a person the payer did not know."""
    m, alea, jour = foyer.m, foyer.alea, foyer.monde.jour(t)
    demandeur = m.adultes[0]
    age = min(max(round(alea.gauss(demandeur.age(jour), 4)), 20), 60)
    sexe = "1" if demandeur.sexe == "2" else "2"
    autre = adulte_au_hasard(alea, "CJT", sexe, age=age, au=jour, ordre=m.numero * 10 + 1)
    autre = replace(autre, soumis=True, activite="ANP", activite_depuis=jour.replace(day=1), inscrit_emploi=True)
    foyer.traits[autre.ordre] = trait(alea, foyer.rapide)
    foyer.seul_au_depart = False
    foyer.poser(t, replace(m, adultes=(demandeur, autre), situation="VIM", situation_depuis=jour))
    _prevoir_la_retraite(foyer, t, autre)


def _mourir(foyer: Foyer, t: float, ordre: int) -> None:
    """The payer suspends the right (DG a woman, DH a man), then closes it or keeps the other adult."""
    m = foyer.m
    mort = next((a for a in m.adultes if a.ordre == ordre), None)
    if mort is None:
        return
    motif = "DG" if mort.sexe == "2" else "DH"
    foyer.poser(t, changer_etat(foyer.alea, m, "3", foyer.monde.photos[ceil(t)], motif))
    foyer.minuter(au_mois_suivant(t), _regler_le_deces, ordre)


def _regler_le_deces(foyer: Foyer, t: float, ordre: int) -> None:
    m = foyer.m
    restants = tuple(replace(a, role="DEM") for a in m.adultes if a.ordre != ordre)
    if not restants:
        foyer.poser(t, changer_etat(foyer.alea, m, "5", foyer.monde.photos[ceil(t)], "RAU"))
        foyer.fermer(t)
        return
    grossesse = m.grossesse if any(a.sexe == "2" for a in restants) else None
    foyer.poser(
        t,
        replace(m, adultes=restants, etat="2", motif="", motif_depuis=None, situation="VEU",
                situation_depuis=foyer.monde.jour(t - 1), grossesse=grossesse),
    )  # fmt: skip


def _retraite(foyer: Foyer, t: float, ordre: int) -> None:
    """ASPA or a pension replaces RSA; in a couple the other may go on."""
    m = foyer.m
    if all(a.ordre != ordre for a in m.adultes) or m.etat not in {"2", "3", "4"} or not m.transmis:
        return
    if len(m.adultes) > 1 and foyer.alea.random() < 0.4:
        adultes = tuple(
            replace(a, soumis=False, activite="RET", contrat="", revenu=0) if a.ordre == ordre else a for a in m.adultes
        )
        foyer.poser(t, replace(m, adultes=adultes))
        return
    foyer.poser(t, changer_etat(foyer.alea, m, "5", foyer.monde.photos[ceil(t)], "RFD"))
    foyer.fermer(t)
