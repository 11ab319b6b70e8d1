"""Drawing one household. Shares are targets of ``population`` or working hypotheses, never published figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final, TypeVar

from cordee.demo import identites
from cordee.demo.modele import Adresse, Commune, Individu, Menage, fin_de_mois

T = TypeVar("T")

# Persons subject to rights and duties, by age and by kind of household (shares of persons).
AGES: Final = ((19, 24), (25, 29), (30, 39), (40, 49), (50, 59), (60, 66))
PART_AGES: Final = (0.02, 0.16, 0.295, 0.235, 0.19, 0.10)
PART_GENRES: Final = {"isole": 0.53, "parent_isole": 0.255, "couple_enfants": 0.155, "couple": 0.06}
_AFFINITES: Final = {
    "isole": (0.08, 1.2, 0.8, 0.8, 1.3, 1.6),
    "parent_isole": (1.3, 1.0, 1.4, 1.2, 0.4, 0.1),
    "couple_enfants": (0.6, 1.0, 1.4, 1.3, 0.5, 0.2),
    "couple": (0.05, 0.8, 0.6, 0.7, 1.5, 2.0),
}
_PART_FEMMES: Final = {"isole": 0.31, "parent_isole": 0.90, "couple_enfants": 0.5, "couple": 0.5}
_ANCIENNETES_JEUNES: Final = {(0, 12): 0.27, (12, 60): 0.73}
_ANCIENNETES: Final = {(0, 12): 0.125, (12, 60): 0.375, (60, 150): 0.50}
_ETATS: Final = {"2": 89.5, "4": 5.6, "3": 1.5, "5": 2.0, "6": 0.3, "0": 0.7, "1": 0.4}
MOTIFS: Final[dict[str, Mapping[str, float]]] = {
    "1": {"F02": 25, "F04": 25, "F09": 15, "DSD": 20, "FDD": 5, "PCG": 10},
    "3": {"DA": 15, "DB": 20, "DC": 15, "DL": 20, "DQ": 8, "GR": 10, "GX": 6, "GJ": 3, "GK": 3},
    "4": {"01": 30, "06": 30, "05": 9, "36": 8, "04": 4, "35": 5, "CV": 4, "44": 3, "70": 2, "AB": 3, "CG": 2},
    "5": {"ECH": 38, "RFD": 32, "RAU": 18, "RGD": 3, "PCG": 2, "MUT": 7},
    "6": {"ECH": 60, "RFD": 40},
}
_ACTIVITES: Final = {
    "emploi_court": 8.7, "emploi": 2.0, "independant": 8.0, "inscrit": 52.0, "chomage": 9.5, "sans": 13.5,
    "malade": 3.5, "formation": 2.0, "exempte": 0.8,
}  # fmt: skip
CODES_ACTIVITE: Final = {
    "emploi_court": ("SAL", "INT", "AMA", "CDD"), "emploi": ("SAL", "CDI"), "independant": ("ETI", "AEN"),
    "inscrit": ("ANP",), "chomage": ("CHO", "CNI", "ASS"), "sans": ("SAC", "SIN"), "malade": ("MAL", "MLD"),
    "formation": ("SFP",), "exempte": ("MAT", "CAC"),
}  # fmt: skip
NUMEROS_AILLEURS: Final = 90_000_000
"""Request numbers of other départements start here: never one of ours."""
LOI_PLEIN_EMPLOI: Final = date(2025, 1, 1)
"""From then on those who enter are registered with the employment operator (loi du 18 décembre 2023)."""
VOISINES: Final = tuple(
    Commune(insee, nom, code, 1.0)
    for insee, nom, code in (
        ("75112", "Paris 12e Arrondissement", "75012"), ("93048", "Montreuil", "93100"),
        ("91027", "Athis-Mons", "91200"), ("77083", "Champs-sur-Marne", "77420"), ("92002", "Antony", "92160"),
    )
)  # fmt: skip


def alea_de(graine: int, au: date, numero: int | str) -> Random:
    """The source of chance of one household for one month."""
    return Random(f"{graine}:{au.isoformat()}:{numero}")  # noqa: S311 - a demonstration, not a secret


def tirer(alea: Random, poids: Mapping[T, float]) -> T:
    return alea.choices(tuple(poids), tuple(poids.values()))[0]


def nouveau_menage(numero: int, *, graine: int, au: date, communes: Sequence[Commune], entrant: bool = False) -> Menage:
    """Draw a household: of the stock, or an entrant of the month (``entrant``)."""
    alea = alea_de(graine, au, numero)
    genre = tirer(alea, {g: part / (2 if g.startswith("couple") else 1) for g, part in PART_GENRES.items()})
    age_min, age_max = alea.choices(AGES, repartition()[genre])[0]
    ages = range(age_min, age_max + 1)
    age = alea.choices(ages, [1.0] * len(ages) if age_min < 60 else [9, 9, 7, 6, 4, 3, 1.5])[0]
    sexe = "2" if alea.random() < _PART_FEMMES[genre] or (genre == "isole" and age < 25) else "1"
    demandeur = adulte_au_hasard(alea, "DEM", sexe, age=age, au=au, ordre=numero * 10)
    demande = _date_demande(alea, demandeur, au, entrant=entrant)
    adultes: tuple[Individu, ...] = (demandeur,)
    if genre.startswith("couple"):
        age_conjoint = min(max(round(alea.gauss(age, 4)), 20), 70)
        autre = ("1" if sexe == "2" else "2") if alea.random() < 0.97 else sexe
        adultes += (adulte_au_hasard(alea, "CJT", autre, age=age_conjoint, au=au, ordre=numero * 10 + 1),)
    enfants = enfants_au_hasard(alea, adultes, au, numero) if "enfant" in genre or genre == "parent_isole" else ()
    adultes = tuple(activite_au_hasard(alea, adulte, au, seul=len(adultes) == 1) for adulte in adultes)
    menage = Menage(
        numero=numero,
        organisme="MSA" if alea.random() < 0.002 else "CAF",
        adultes=adultes,
        enfants=enfants,
        situation=situation_au_hasard(alea, genre),
        situation_depuis=jour_au_hasard(alea, date(2000, 1, 1), min(demande, date(2024, 1, 1))),
        date_demande=demande,
        entre_le=au if entrant else fin_de_mois(min(demande + timedelta(days=31), au)),
        adresse=adresse_au_hasard(
            alea, communes, jour_au_hasard(alea, date(2012, 1, 1), max(demande, date(2013, 1, 1)))
        ),
        grossesse=grossesse_au_hasard(alea, adultes, au, force=genre == "isole" and age < 25),
    )
    menage = _particularites(alea, menage, communes, entrant=entrant)
    return menage if entrant else _etat_du_stock(alea, menage, au)


@cache
def repartition() -> dict[str, tuple[float, ...]]:
    """Age weights by kind of household, fitted so that both marginals hold (iterative proportional fitting)."""
    table = {genre: list(ligne) for genre, ligne in _AFFINITES.items()}
    for _ in range(60):
        for genre, ligne in table.items():
            facteur = PART_GENRES[genre] / sum(ligne)
            ligne[:] = [valeur * facteur for valeur in ligne]
        for i, part in enumerate(PART_AGES):
            facteur = part / sum(ligne[i] for ligne in table.values())
            for ligne in table.values():
                ligne[i] *= facteur
    return {genre: tuple(ligne) for genre, ligne in table.items()}


def jour_au_hasard(alea: Random, debut: date, fin: date) -> date:
    return debut + timedelta(days=alea.randint(0, max((fin - debut).days, 0)))


def naissance_a(alea: Random, age: int, au: date) -> date:
    """A date of birth that gives ``age`` at ``au``."""
    anniversaire = date(au.year - age, au.month, min(au.day, 28))
    return jour_au_hasard(alea, anniversaire.replace(year=anniversaire.year - 1) + timedelta(days=1), anniversaire)


def adulte_au_hasard(alea: Random, role: str, sexe: str, *, age: int, au: date, ordre: int) -> Individu:
    naissance_nom = identites.nom(alea)
    usage = identites.nom(alea) if sexe == "2" and alea.random() < 0.3 else naissance_nom
    return Individu(
        ordre=ordre,
        role=role,
        sexe=sexe,
        nom=usage,
        nom_naissance=naissance_nom,
        prenom=identites.prenom(alea, sexe),
        naissance=naissance_a(alea, age, au),
    )


def activite_au_hasard(alea: Random, adulte: Individu, au: date, *, seul: bool) -> Individu:
    """Draw what the person does; under 500 € of earnings a month she is subject to rights and duties (CASF L262-28)."""
    genre = tirer(alea, _ACTIVITES)
    revenu, contrat = 0, ""
    if genre == "emploi_court":
        revenu, contrat = alea.randrange(80, 490, 10), tirer(alea, {"CDD": 4, "CDI": 3, "INT": 2, "CUI": 1})
    elif genre == "emploi":
        revenu, contrat = alea.randrange(510, 560 if seul else 800, 10), tirer(alea, {"CDD": 3, "CDI": 5})
    elif genre == "independant":
        revenu = alea.choice((0, 0, 60, 120, 200, 320, 450))
    return replace(
        adulte,
        activite=alea.choice(CODES_ACTIVITE[genre]),
        activite_depuis=jour_au_hasard(alea, date(au.year - 3, 1, 1), au),
        contrat=contrat,
        revenu=revenu,
        soumis=None if alea.random() < 0.003 else genre not in {"emploi", "exempte"},
        inscrit_emploi=genre == "inscrit" or alea.random() < (0.9 if au >= LOI_PLEIN_EMPLOI else 0.2),
    )


def _date_demande(alea: Random, demandeur: Individu, au: date, *, entrant: bool) -> date:
    if entrant:
        return jour_au_hasard(alea, au - timedelta(days=45), au - timedelta(days=3))
    mois = tirer(alea, _ANCIENNETES_JEUNES if demandeur.age(au) < 30 else _ANCIENNETES)
    plus_tot = max(date(2009, 6, 1), date(demandeur.naissance.year + 19, 1, 1))
    tire = au - timedelta(days=alea.randint(mois[0] * 30 + 5, mois[1] * 30))
    return min(max(tire, plus_tot), au - timedelta(days=5))


def enfants_au_hasard(alea: Random, adultes: Sequence[Individu], au: date, numero: int) -> tuple[Individu, ...]:
    jeune = min(adulte.age(au) for adulte in adultes)
    nom = adultes[-1].nom_naissance
    age_max = min(max(jeune - 19, 0), 19)
    nombre = min(tirer(alea, {1: 0.45, 2: 0.32, 3: 0.15, 4: 0.06, 5: 0.02}), age_max // 2 + 1)
    ages = sorted((alea.randint(0, age_max) for _ in range(nombre)), reverse=True)
    return tuple(enfant(alea, nom, age, au, numero * 10 + 2 + rang) for rang, age in enumerate(ages))


def enfant(alea: Random, nom: str, age: int, au: date, ordre: int) -> Individu:
    """A child of the household."""
    sexe = alea.choice("12")
    prenom, naissance = identites.prenom(alea, sexe), naissance_a(alea, age, au)
    return Individu(ordre=ordre, role="ENF", sexe=sexe, nom=nom, nom_naissance=nom, prenom=prenom, naissance=naissance)


def situation_au_hasard(alea: Random, genre: str) -> str:
    if genre.startswith("couple"):
        return tirer(alea, {"MAR": 45, "VIM": 40, "PAC": 8, "RVC": 7})
    if genre == "parent_isole":
        return tirer(alea, {"CEL": 45, "ISO": 25, "DIV": 15, "SEF": 13, "VEU": 2})
    return tirer(alea, {"CEL": 68, "DIV": 12, "ISO": 10, "SEF": 8, "VEU": 2})


def grossesse_au_hasard(alea: Random, adultes: Sequence[Individu], au: date, *, force: bool) -> date | None:
    en_age = [a for a in adultes if a.sexe == "2" and 19 <= a.age(au) <= 42]
    if not en_age or not (alea.random() < 0.8 if force else alea.random() < 0.035):
        return None
    return au - timedelta(days=alea.randint(60, 240))


def adresse_au_hasard(alea: Random, communes: Sequence[Commune], depuis: date) -> Adresse:
    type_voie, voie = alea.choice(identites.VOIES)
    commune = alea.choices(communes, [c.poids for c in communes])[0]
    complement = f"APPT {alea.randint(1, 90)}" if alea.random() < 0.3 else ""
    return Adresse(commune, str(alea.randint(1, 140)), type_voie, voie, complement, depuis)


def _particularites(alea: Random, menage: Menage, communes: Sequence[Commune], *, entrant: bool) -> Menage:
    """People domiciled, outside the département, abroad, recently moved, arrived from another payer."""
    sort = alea.random()
    adresse = menage.adresse
    if sort < 0.05:
        return replace(menage, domicilie=True, adresse=replace(adresse, voie="DE LA MAIRIE", complement="CCAS"))
    if sort < 0.054:
        return replace(menage, adresse=replace(adresse, commune=alea.choice(VOISINES)))
    if sort < 0.055:
        return replace(
            menage, adresse=Adresse(None, depuis=adresse.depuis, etranger=("RUE DU RELAIS 4", "ROYAUME DE NULLE PART"))
        )
    if sort < 0.155:
        ancienne = adresse_au_hasard(alea, communes, date(2010, 1, 1))
        return replace(menage, adresse_precedente=ancienne)
    if sort < 0.165 or (entrant and sort < 0.36):
        return replace(menage, cedant="CAF", numero_precedent=NUMEROS_AILLEURS + menage.numero)
    return menage


def _etat_du_stock(alea: Random, menage: Menage, au: date) -> Menage:
    etat = tirer(alea, _ETATS)
    return menage if etat == "2" else changer_etat(alea, menage, etat, au)


def changer_etat(alea: Random, menage: Menage, etat: str, au: date, motif: str = "") -> Menage:
    """Move a household to another état, with what goes with it (motive, date, flags)."""
    if etat == "2":
        return replace(menage, etat="2", motif="", motif_depuis=None)
    motif = motif or (tirer(alea, MOTIFS[etat]) if etat in MOTIFS else "")
    recule = alea.randint(0, 2) if etat in {"3", "4"} else 0
    depuis = max((au.replace(day=1) - timedelta(days=30 * recule)).replace(day=1), menage.date_demande)
    adultes = menage.adultes
    if etat in {"0", "1", "5", "6"}:
        adultes = tuple(replace(adulte, soumis=False) for adulte in adultes)
    elif motif == "01":
        adultes = (replace(adultes[0], revenu=1450, activite="SAL", contrat="CDI", soumis=False), *adultes[1:])
    prenant = "CAF" if motif == "MUT" else ""
    return replace(menage, etat=etat, motif=motif, motif_depuis=depuis, adultes=adultes, prenant=prenant)
