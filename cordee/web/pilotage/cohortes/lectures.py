"""A study of cohorts in words and tables: what is read first, before any chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from cordee.pilotage.cohortes.definition import mois_en_mots
from cordee.pilotage.cohortes.enums import Cause, EtatMois, Jalon
from cordee.web.pilotage.cohortes.demande import LETTRES
from cordee.web.pilotage.nombres import nombre

INSECABLE: Final = "\u00a0"
CACHE: Final = "n. a."
MOIS_TABLEAU: Final = (0, 3, 6, 12, 18, 24, 36, 48, 60)
ECARTES: Final = {
    "jamais_soumises": "n’ont jamais été soumises aux droits et devoirs après cet événement",
    "deja_parties": "étaient déjà sorties à la photo de départ",
    "trop_tot": "ont une photo de départ qui n’est pas encore observée",
}


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table under a chart: headings, rows whose first cell names them."""

    legende: str
    entetes: list[str]
    lignes: list[list[str]]


def pour_cent(part: float | None, decimales: int = 1) -> str:
    """A share in words.

    >>> pour_cent(0.6837), pour_cent(None)
    ('68,4\\xa0%', 'n. a.')
    """
    return CACHE if part is None else f"{nombre(100 * part, decimales)}{INSECABLE}%"


def avec_intervalle(valeur: float | None, bas: float | None, haut: float | None) -> str:
    """« 68,4 % (67,4 à 69,3) »."""
    if valeur is None or bas is None or haut is None:
        return CACHE
    return f"{pour_cent(valeur)} ({nombre(100 * bas, 1)} à {nombre(100 * haut, 1)})"


def compte(n: int | None) -> str:
    return "moins de 5" if n is None else nombre(n)


def p_en_mots(p: float) -> str:
    """A p-value as people read it.

    >>> p_en_mots(0.00001), p_en_mots(0.2)
    ('p < 0,001', 'p = 0,200')
    """
    return "p < 0,001" if p < 0.001 else f"p = {nombre(p, 3)}"


# What each cohort is ------------------------------------------------------------------------------------------------
def ecartes(c: dict[str, Any]) -> list[str]:
    """Who is designated by the event and not followed, and why."""
    return [
        f"{compte(n)} {mots}" for cle, mots in ECARTES.items() if (n := c["ecartes"].get(cle)) is None or n > 0
    ]  # fmt: skip


def suivi(c: dict[str, Any], observation: str) -> str:
    """How long its people could be followed."""
    fin = mois_en_mots(observation)
    if c["suivi_complet"] == c["mois"]:
        return f"Toutes peuvent être suivies {c['mois']} mois ; l’observation s’arrête en {fin}."
    return (
        f"Toutes peuvent être suivies {c['suivi_complet']} mois, les premières {c['mois']} ; l’observation s’arrête en "
        f"{fin} : celles qui sont encore là à leur dernière photo sont censurées, ni sorties, ni restées."
    )


# Retention ----------------------------------------------------------------------------------------------------------
def phrase_maintien(cohortes: Sequence[dict[str, Any]]) -> str:
    """What the retention curves say."""
    morceaux = []
    for lettre, c in _montrees(cohortes):
        k = 12 if c["mois"] >= 12 else c["mois"]
        m = c["maintien"]
        texte = f"{lettre} : à {k} mois, {avec_intervalle(m['valeur'][k], m['bas'][k], m['haut'][k])} sont encore là"
        mediane = c["mediane"]
        texte += f" ; la moitié est sortie au bout de {mediane} mois" if mediane else " ; moins de la moitié est sortie"
        morceaux.append(texte)
    return ". ".join(morceaux) + "." if morceaux else "Aucune cohorte n’est assez grande pour être montrée."


def tableau_maintien(cohortes: Sequence[dict[str, Any]]) -> Tableau:
    """Retention and people still followed, at some photos."""
    vues = _montrees(cohortes)
    entetes = ["Mois"]
    for lettre, _ in vues:
        entetes += [f"{lettre} : encore là", f"{lettre} : suivies"]
    lignes = []
    for k in MOIS_TABLEAU:
        if all(k > c["mois"] for _, c in vues):
            break
        ligne = [str(k)]
        for _, c in vues:
            if k > c["mois"]:
                ligne += ["non observé", ""]
                continue
            m = c["maintien"]
            risque = c["risque"].get(str(k), 0)
            ligne += [avec_intervalle(m["valeur"][k], m["bas"][k], m["haut"][k]),
                      "" if str(k) not in c["risque"] else compte(risque)]  # fmt: skip
        lignes.append(ligne)
    return Tableau("Part encore dans les droits et devoirs (intervalle à 95 %) et personnes encore suivies",
                   entetes, lignes)  # fmt: skip


def tableau_risque(cohortes: Sequence[dict[str, Any]]) -> Tableau:
    """How many are still followed, under the curve."""
    vues = _montrees(cohortes)
    mois = sorted({int(k) for _, c in vues for k in c["risque"]})
    return Tableau(
        "Personnes encore suivies et pas encore sorties, à chaque photo",
        ["Cohorte", *(f"{k} mois" for k in mois)],
        [[lettre, *(compte(c["risque"][str(k)]) if str(k) in c["risque"] else "—" for k in mois)]
         for lettre, c in vues],
    )  # fmt: skip


def comparaison(resultat: dict[str, Any]) -> list[str]:
    """What may be said of two cohorts side by side, and what may not."""
    lue = resultat["comparaison"]
    if lue is None:
        return []
    phrases = []
    for cle, quoi, test in (
        ("maintien_p", "les courbes de maintien", "log-rank"),
        ("emploi_p", "les sorties avec un emploi dit", "test de Gray"),
    ):
        p = lue[cle]
        if p is not None:
            verbe = "diffèrent plus que le hasard seul ne l’expliquerait" if p < 0.05 else (
                "ne se distinguent pas : l’écart observé peut venir du hasard seul")  # fmt: skip
            phrases.append(f"Sur {lue['mois']} mois, {quoi} {verbe} ({test}, {p_en_mots(p)}).")
    for e in lue["ecarts"]:
        nom = "encore là" if e["quoi"] == "maintien" else "sorties avec un emploi dit"
        phrases.append(
            f"À {e['k']} mois, {LETTRES[e['cohorte']]} moins {LETTRES[e['contre']]}, {nom} : "
            f"{_points(e['ecart'])} (intervalle à 95 % : {_points(e['bas'], unite=False)} à {_points(e['haut'])})."
        )
    phrases.append(
        "Ces cohortes n’ont ni la même composition, ni vécu les mêmes années : un écart ne dit pas ce qui l’a causé."
    )
    return phrases


# Causes -------------------------------------------------------------------------------------------------------------
def phrase_causes(c: dict[str, Any]) -> str:
    """How people left, at the last photo that everybody reached (two years at most)."""
    k = _repere(c)
    parts = [
        f"{pour_cent(c['causes'][cause.value]['valeur'][k])} {_de_cause(cause)}"
        for cause in Cause
        if cause.value in c["causes"]
    ]
    reste = c["maintien"]["valeur"][k]
    return f"À {k} mois : {', '.join(parts)} ; {pour_cent(reste)} sont encore là."


def tableau_causes(c: dict[str, Any]) -> Tableau:
    """Cumulative incidence of each cause at some photos, and how many in all."""
    mois = [k for k in (6, 12, 24, 36, 48, 60) if k <= c["mois"]] or [c["mois"]]
    lignes = []
    for cause in Cause:
        total = c["totaux"].get(cause.value)
        if not total:
            continue
        ligne = [nom_de_cause(cause, c), compte(total)]
        courbe = c["causes"].get(cause.value)
        ligne += [
            avec_intervalle(courbe["valeur"][k], courbe["bas"][k], courbe["haut"][k]) if courbe else CACHE for k in mois
        ]
        lignes.append(ligne)
    return Tableau("Part sortie pour chaque motif, les autres motifs étant possibles (Aalen–Johansen)",
                   ["Motif de sortie", "Personnes", *(f"à {k} mois" for k in mois)], lignes)  # fmt: skip


# States -------------------------------------------------------------------------------------------------------------
def phrase_etats(c: dict[str, Any]) -> str:
    """Where people stand at the reference photo."""
    k = _repere(c)
    du_mois = next((e for e in c["etats"] if e["k"] == k), None)
    if du_mois is None:
        return "Trop peu de personnes sont suivies pour montrer leur répartition."
    rangees = sorted(
        ((n, EtatMois(etat)) for etat, n in du_mois["nombres"].items() if n), key=lambda x: x[0], reverse=True
    )
    somme = sum(n for n, _ in rangees)
    parts = [f"{pour_cent(n / somme)} {_bas(etat.libelle)}" for n, etat in rangees[:4]]
    return f"À {k} mois, parmi {nombre(du_mois['total'])} personnes suivies jusque-là : {', '.join(parts)}."


def tableau_etats(c: dict[str, Any]) -> Tableau:
    """The share in each state at some photos."""
    vus = [e for e in c["etats"] if e["k"] in MOIS_TABLEAU]
    lignes = []
    for etat in EtatMois:
        if not any(e["nombres"].get(etat.value) for e in vus):
            continue
        lignes.append([etat.libelle, *(_part_de(e, etat) for e in vus)])
    lignes.append(["Personnes suivies jusque-là", *(nombre(e["total"]) for e in vus)])
    return Tableau("Part des personnes dans chaque état à la fin du mois (effectifs arrondis à cinq)",
                   ["État", *(f"{e['k']} mois" for e in vus)], lignes)  # fmt: skip


def tableau_passages(passage: dict[str, Any]) -> Tableau:
    """The transition matrix: where those of each state stand later, in share of their line."""
    cellules = {(a, b): n for a, b, n in passage["cellules"]}
    departs = [e for e in EtatMois if any(a == e.value for a, _ in cellules)]
    arrivees = [e for e in EtatMois if any(b == e.value for _, b in cellules)]
    lignes = []
    for a in departs:
        du_rang = [cellules.get((a.value, b.value), 0) for b in arrivees]
        total = sum(du_rang)
        lignes.append([a.libelle, nombre(total), *(_part_ligne(n, total) for n in du_rang)])
    return Tableau(
        f"Ligne : état à {passage['de']} mois. Colonne : état à {passage['vers']} mois. Part de la ligne, effectifs "
        "arrondis à cinq.",
        ["De \\ vers", "Personnes", *(b.libelle for b in arrivees)], lignes,
    )  # fmt: skip


def phrase_passages(passage: dict[str, Any], *, cites: int = 3) -> str:
    """The largest moves between two different states."""
    mouvements = sorted(
        ((n, EtatMois(a), EtatMois(b)) for a, b, n in passage["cellules"] if n and a != b), reverse=True,
        key=lambda x: x[0],
    )  # fmt: skip
    restees = sum(n for a, b, n in passage["cellules"] if a == b)
    total = sum(n for _, _, n in passage["cellules"])
    part = pour_cent(restees / max(total, 1), 0)
    texte = f"De {passage['de']} à {passage['vers']} mois, {part} n’ont pas changé d’état"
    if mouvements:
        dits = ", ".join(f"{_cite(a)} vers {_cite(b)} ({nombre(n)})" for n, a, b in mouvements[:cites])
        texte += f" ; passages les plus nombreux : {dits}" if cites > 1 else f" ; passage le plus nombreux : {dits}"
    return texte + "."


# Delays and returns -------------------------------------------------------------------------------------------------
def phrase_jalon(jalon: Jalon, cohortes: Sequence[dict[str, Any]]) -> str:
    """How long until the first one, in each cohort."""
    morceaux = []
    for lettre, c in _montrees(cohortes):
        lu = c["jalons"].get(jalon.value)
        if lu is None:
            morceaux.append(f"{lettre} : sans objet, c’est le départ du suivi")
        elif lu["courbe"] is None:
            morceaux.append(f"{lettre} : trop peu de personnes")
        else:
            k = 12 if c["mois"] >= 12 else c["mois"]
            texte = f"{lettre} : {pour_cent(lu['courbe']['valeur'][k])} à {k} mois"
            texte += f", la moitié au bout de {lu['moitie']} mois" if lu["moitie"] is not None else ""
            if lu["deja"]:
                texte += f" ({nombre(lu['deja'])} l’avaient déjà, mises à part)"
            morceaux.append(texte)
    return " ; ".join(morceaux) + "."


def tableau_jalon(jalon: Jalon, cohortes: Sequence[dict[str, Any]]) -> Tableau:
    """The share that has had it at some photos."""
    vues = [(x, c, c["jalons"][jalon.value]) for x, c in _montrees(cohortes) if c["jalons"].get(jalon.value)]
    vues = [(x, c, lu) for x, c, lu in vues if lu["courbe"]]
    mois = [k for k in MOIS_TABLEAU if any(k <= c["mois"] for _, c, _ in vues)]
    lignes = []
    for k in mois:
        ligne = [str(k)]
        for _, c, lu in vues:
            m = lu["courbe"]
            vu = k <= c["mois"]
            ligne.append(avec_intervalle(m["valeur"][k], m["bas"][k], m["haut"][k]) if vu else "non observé")
        lignes.append(ligne)
    entetes = ["Mois", *(f"{x}, sur {nombre(lu['effectif'])} personnes" for x, _, lu in vues)]
    return Tableau(f"{jalon.libelle} : part qui l’a eu (intervalle à 95 %)", entetes, lignes)


def tableau_retours(cohortes: Sequence[dict[str, Any]]) -> Tableau:
    """Who came back within 6 and 12 months, by cause of exit; only those gone for long enough."""
    lignes = []
    for lettre, c in _montrees(cohortes):
        for cle, libelle in (("toutes", "Toutes les sorties"), *((x.value, x.libelle) for x in Cause)):
            lus = {r["recul"]: r for r in c["retours"] if r["cause"] == cle}
            if not lus or cle == Cause.DECES.value:
                continue
            ligne = [f"{lettre} : {libelle}"]
            for recul in (6, 12):
                r = lus.get(recul)
                ligne += ["", ""] if r is None else [
                    compte(r["sorties"]),
                    avec_intervalle(r["part"], r.get("bas"), r.get("haut")),
                ]  # fmt: skip
            lignes.append(ligne)
    return Tableau(
        "Revenues dans les droits et devoirs après leur sortie (seules comptent les sorties assez anciennes)",
        ["Motif de la sortie", "Sorties (6 mois de recul)", "Revenues à 6 mois", "Sorties (12 mois de recul)",
         "Revenues à 12 mois"], lignes,
    )  # fmt: skip


def phrase_retours(cohortes: Sequence[dict[str, Any]]) -> str:
    morceaux = []
    for lettre, c in _montrees(cohortes):
        lus = {r["recul"]: r for r in c["retours"] if r["cause"] == "toutes" and r["part"] is not None}
        parts = [f"{pour_cent(r['part'])} à {recul} mois" for recul, r in sorted(lus.items())]
        morceaux.append(f"{lettre} : {', '.join(parts)}" if parts else f"{lettre} : trop peu de sorties anciennes")
    return "Parmi les personnes sorties, revenues : " + " ; ".join(morceaux) + "."


# Parts --------------------------------------------------------------------------------------------------------------
def _montrees(cohortes: Sequence[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    return [(LETTRES[i], c) for i, c in enumerate(cohortes) if c["montree"]]


def _repere(c: dict[str, Any]) -> int:
    """The photo a sentence speaks of: two years, or the last that everybody reached."""
    complet = max(c["suivi_complet"], min(c["mois"], 1))
    return int(next((k for k in (24, 12, 6, 3) if k <= complet), min(c["mois"], complet)))


def _part_de(du_mois: dict[str, Any], etat: EtatMois) -> str:
    return pour_cent(du_mois["nombres"].get(etat.value, 0) / sum(du_mois["nombres"].values()))


def _part_ligne(n: int, base: int) -> str:
    return "—" if n == 0 else pour_cent(n / base, 0)


def nom_de_cause(cause: Cause, c: dict[str, Any]) -> str:
    """The rare causes are counted with « autre », and said so."""
    if cause is not Cause.AUTRE or not c["reunies"]:
        return cause.libelle
    return f"{cause.libelle}, et motifs trop rares : {', '.join(_bas(Cause(x).libelle) for x in c['reunies'])}"


def _de_cause(cause: Cause) -> str:
    return {
        Cause.EMPLOI: "sorties avec un emploi dit", Cause.RESSOURCES: "pour leurs ressources, emploi non dit",
        Cause.NON_SOUMISE: "plus soumises, droit ouvert", Cause.PAPIERS: "après quatre mois sans droit (pas un succès)",
        Cause.SANCTION: "par décision du Département (pas un succès)", Cause.DEMENAGEMENT: "parties ailleurs",
        Cause.DECES: "décédées", Cause.AUTRE: "pour un autre motif", Cause.INCONNUE: "sans motif connu",
    }[cause]  # fmt: skip


def _bas(texte: str) -> str:
    return texte[0].lower() + texte[1:]


def _cite(etat: EtatMois) -> str:
    return f"«{INSECABLE}{etat.libelle}{INSECABLE}»"


def _points(x: float, *, unite: bool = True) -> str:
    signe = "+" if x > 0 else ""
    return f"{signe}{nombre(100 * x, 1)}" + (f"{INSECABLE}points" if unite else "")
