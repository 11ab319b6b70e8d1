"""From the result of a study to what the page says: sentences, tables, charts. No statistics here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cordee.pilotage.dessins.nombres import nombre
from cordee.pilotage.enums_evaluation import Covariable, Critere, Estimateur, Verdict
from cordee.pilotage.evaluation import dessins
from cordee.pilotage.evaluation.regles.conclusions import intervalle, points
from cordee.pilotage.evaluation.regles.protocole import Protocole

Resultat = Mapping[str, Any]
TONS: Final = {
    Verdict.EFFET_FAVORABLE: ("succes", "succes"), Verdict.EFFET_DEFAVORABLE: ("danger", "alerte"),
    Verdict.PAS_D_EFFET: ("info", "info"), Verdict.NON_CONCLUANT: ("attention", "aide"),
    Verdict.FRAGILE: ("attention", "alerte"), Verdict.IMPOSSIBLE: ("neutre", "masque"),
}  # fmt: skip
GROUPES: Final = {
    "ici_apres": "Concernées, depuis le début", "ici_avant": "Concernées, avant le début",
    "la_apres": "Comparaison, depuis le début", "la_avant": "Comparaison, avant le début",
}  # fmt: skip
MASQUE: Final = "non affiché"
PUBLICATION: Final = 11


@dataclass(frozen=True, slots=True)
class Methode:
    """One line of the table of estimates: interval first, point after."""

    libelle: str
    nature: str
    bas: float | None
    haut: float | None
    valeur: float | None
    adjuste: bool
    note: str = ""

    @property
    def intervalle(self) -> str:
        return intervalle(self.bas, self.haut) if self.bas is not None and self.haut is not None else "sans intervalle"

    @property
    def point(self) -> str:
        return signe(self.valeur)


def signe(valeur: float | None) -> str:
    """A number of points with its sign.

    >>> signe(2.51), signe(-0.4), signe(None)
    ('+2,5', '−0,4', '—')
    """
    if valeur is None:
        return "—"
    return ("+" if valeur > 0.05 else "") + points(valeur).rsplit(" ", 1)[0]


def jour_fr(jour: str) -> str:
    """A day of a protocol as people read it.

    >>> jour_fr("2024-03-01")
    '01/03/2024'
    """
    annee, mois, j = jour.split("-")
    return f"{j}/{mois}/{annee}"


def pour_cent(valeur: float | None) -> str:
    """A share, to one decimal.

    >>> pour_cent(12.345), pour_cent(None)
    ('12,3 %', 'inconnu')
    """
    return "inconnu" if valeur is None else f"{nombre(valeur, 1)} %"


def p_valeur(p: float | None) -> str:
    """A p-value as people read it.

    >>> p_valeur(0.0048), p_valeur(0.0001), p_valeur(None)
    ('0,005', 'moins de 0,001', 'non calculée')
    """
    if p is None:
        return "non calculée"
    return "moins de 0,001" if p < 0.001 else f"{p:.3f}".replace(".", ",")


def methodes(r: Resultat) -> list[Methode]:
    """Every gap and estimate, gaps first."""
    brut = "Un écart, pas un effet"
    lignes = [Methode(e["libelle"], brut, e["bas"], e["haut"], e["valeur"], False,
                      f"{pour_cent(e['ici'])} contre {pour_cent(e['la'])}") for e in r["ecarts"]]  # fmt: skip
    p = r["principal"]
    if r["methode"] == Estimateur.DIFFERENCES and r["estimation"] is not None:
        combien = nombre(p["ensembles"])
        tous = "toutes les" if p["exact"] else f"graine enregistrée, {combien} tirages parmi les"
        lignes.append(Methode(Estimateur.DIFFERENCES.libelle, "Estimation principale", p["bas"], p["haut"],
                              r["estimation"], True, f"Intervalle par permutation : {tous} façons de choisir les "
                              f"unités traitées ({combien}). Valeur p : {p_valeur(p['p'])}."))  # fmt: skip
        g = p.get("grappes")
        if g:
            lignes.append(Methode("La même, erreurs groupées par commune", "Pour comparaison", g["bas"], g["haut"],
                                  g["estimation"], True, "Peu fiable quand peu d'unités sont traitées."))  # fmt: skip
        s = r.get("synthetique")
        if s and s["estimation"] is not None:
            lignes.append(Methode(Estimateur.SYNTHETIQUE.libelle, "Second avis", None, None, s["estimation"], True,
                                  f"{s['donneurs']} communes. Valeur p : {p_valeur(s['p'])}."))  # fmt: skip
    elif r["methode"] == Estimateur.DOUBLE:
        e = p.get("entropie")
        if e:
            lignes.append(Methode(Estimateur.ENTROPIE.libelle, "Second avis", e["bas"], e["haut"], e["estimation"],
                                  True, "" if e["atteint"] else "Les moyennes n'ont pas été égalisées."))  # fmt: skip
        if r["estimation"] is not None:
            lignes.append(Methode(Estimateur.DOUBLE.libelle, "Estimation principale", p["bas"], p["haut"],
                                  r["estimation"], True, f"Valeur p : {p_valeur(p['p'])}."))  # fmt: skip
    return lignes


def diagnostics(r: Resultat, p: Protocole) -> list[tuple[str, str]]:
    """What makes the estimate believable or not, in words."""
    pr, lignes = r["principal"], []
    if pr.get("detectable") is not None:
        lignes.append(("Plus petit effet que l'étude peut voir", points(pr["detectable"])))
    lignes.append(("Plus petit effet qui compterait", points(p.effet_minimal)))
    if r.get("evenements"):
        t = r["evenements"]["tendance"]
        lignes.append(("Écarts d'avant le début", "stables" if t["p"] is None or t["p"] >= 0.05 else "instables"))
        lignes.append(("Test de stabilité", f"valeur p {p_valeur(t['p'])}, {t['trimestres']} trimestres"))
    if pr.get("unites"):
        lignes.append(("Unités", f"{pr['traitees']} traitées sur {pr['unites']}"))
    rec = pr.get("recouvrement")
    if rec:
        lignes.append(("Personnes comparables", "assez" if rec["suffisant"] else "trop peu : aucune conclusion"))
        lignes.append(("Concernées sans équivalent", pour_cent(rec["hors"])))
        lignes.append(("Taille efficace de la comparaison", f"{nombre(rec['taille'])} personnes"))
        lignes.append(("Plus grand écart restant", f"{nombre(rec['ecart_apres'], 2)} écart-type"))
    if pr.get("valeur_e"):
        lignes.append(("Cause cachée qui expliquerait tout (E-value)",
                       f"liée {nombre(pr['valeur_e'], 1)} fois aux deux ; {nombre(pr['valeur_e_borne'] or 1, 1)} "
                       "pour la borne de l'intervalle"))  # fmt: skip
    return lignes


def controles(r: Resultat) -> list[dict[str, str]]:
    """Placebo dates and negative controls, side by side."""
    dates = [("Date fictive", jour_fr(c["debut"]), c) for c in r.get("placebos", ())]
    temoins = [("Témoin", Critere(c["critere"]).libelle, c) for c in r["temoins"]]
    return [
        {"genre": genre, "libelle": libelle, "intervalle": intervalle(c["bas"], c["haut"]), "p": p_valeur(c["p"]),
         "lecture": "rien, comme attendu" if c["p"] is None or c["p"] >= 0.05 else "un écart : à regarder"}
        for genre, libelle, c in (*dates, *temoins)
        if c["estimation"] is not None
    ]  # fmt: skip


def effectifs(r: Resultat) -> list[dict[str, str]]:
    """Who is counted; a rate that would rest on fewer than eleven people either way is not shown."""
    lignes = []
    for g in r["effectifs"]["groupes"]:
        connues = g["personnes"] - g["inconnus"]
        oui = round(connues * (g["taux"] or 0) / 100)
        petit = min(oui, connues - oui) < PUBLICATION
        lignes.append({
            "groupe": GROUPES[g["groupe"]], "personnes": nombre(g["personnes"]), "inconnus": nombre(g["inconnus"]),
            "taux": MASQUE if petit else pour_cent(g["taux"]),
        })  # fmt: skip
    return lignes


def equilibre(r: Resultat) -> list[dict[str, Any]]:
    """Each trait in both groups, and how far apart before and after weighting."""
    return [
        {**ligne, "libelle": Covariable(ligne["covariable"]).libelle, "ici_texte": nombre(ligne["ici"], 2),
         "la_texte": nombre(ligne["la"], 2), "avant_texte": nombre(ligne["avant"], 2),
         "apres_texte": nombre(ligne["apres"], 2)}
        for ligne in r["principal"].get("equilibre", ())
    ]  # fmt: skip


def trimestres(r: Resultat) -> list[dict[str, Any]]:
    """The gaps around the start."""
    return [
        {**ligne, "rang": f"{'+' if ligne['trimestre'] >= 0 else '−'}{abs(ligne['trimestre'])}",
         "texte": signe(ligne["ecart"]), "intervalle": intervalle(ligne["bas"], ligne["haut"])}
        for ligne in (r.get("evenements") or {}).get("lignes", ())
    ]  # fmt: skip


def dessiner(r: Resultat, quel: str) -> dict[str, Any] | None:
    """The description of one chart; ``None``: this result has none."""
    p = r["principal"]
    if quel == "intervalles":
        barres = [
            dessins.Barre(_court(m), m.valeur, m.bas, m.haut, m.adjuste)
            for m in methodes(r)
            if m.valeur is not None and m.bas is not None and m.haut is not None
        ]
        return dessins.intervalles(barres, description=phrase_intervalles(r)) if barres else None
    if quel == "evenements" and r.get("evenements"):
        return dessins.evenements(r["evenements"]["lignes"], description="Écarts par trimestre autour du début")
    if quel == "placebos" and p.get("placebos"):
        return dessins.placebos(p["placebos"], r["estimation"], description="Ce que donne le hasard, et l'observé")
    if quel == "equilibre" and p.get("equilibre"):
        return dessins.equilibre(equilibre(r), description="Écarts entre les groupes avant et après pondération")
    if quel == "propension" and p.get("propension"):
        return dessins.propension(p["propension"], description="Chances d'être concernée dans les deux groupes")
    return None


COURTS: Final = {
    "Personnes accompagnées ici, toutes les entrantes ailleurs": "Accompagnées ici / ailleurs",
    "Toutes les entrantes, ici et ailleurs, depuis le début": "Ici / ailleurs",
    "Toutes les entrantes ici, depuis et avant le début": "Ici, depuis / avant",
    "La même, erreurs groupées par commune": "La même, groupée",
    "Personnes concernées et autres, telles qu'elles sont": "Telles qu'elles sont",
}
"""What fits beside a chart on a phone."""


def _court(m: Methode) -> str:
    return COURTS.get(m.libelle, m.libelle)


def phrase_intervalles(r: Resultat) -> str:
    """What the first chart shows, in one sentence."""
    brut = f"L'écart brut va {intervalle(r['naif']['bas'], r['naif']['haut'])}" if r["naif"] else "Pas d'écart brut"
    if not r["intervalle"]:
        return f"{brut} ; il n'y a pas d'estimation."
    return f"{brut} ; l'estimation va {intervalle(*r['intervalle'])}."


def lignes_export(r: Resultat) -> tuple[Sequence[str], list[list[Any]]]:
    """Everything estimated, as rows of a file."""
    entetes = ("Ce qui est estimé", "Nature", "De (points)", "À (points)", "Estimation (points)", "Précisions")
    lignes = [[m.libelle, m.nature, m.bas, m.haut, m.valeur, m.note] for m in methodes(r)]
    for c in (*r.get("placebos", ()), *r["temoins"]):
        nom = f"Date fictive {jour_fr(c['debut'])}" if "debut" in c else f"Témoin : {Critere(c['critere']).libelle}"
        lignes.append([nom, "Vérification", c["bas"], c["haut"], c["estimation"], f"valeur p {p_valeur(c['p'])}"])
    for t in trimestres(r):
        lignes.append([f"Trimestre {t['rang']}", "Écart autour du début", t["bas"], t["haut"], t["ecart"], ""])
    for e in equilibre(r):
        lignes.append([e["libelle"], "Écart entre groupes, en écarts-types", None, e["apres"], e["avant"],
                       "« À » : après pondération ; « Estimation » : avant"])  # fmt: skip
    lignes += [["Conclusion", "", None, None, None, r["conclusion"]["phrase"]],
               ["Ce qu'on ne peut pas dire", "", None, None, None, r["conclusion"]["interdit"]]]  # fmt: skip
    return entetes, lignes
