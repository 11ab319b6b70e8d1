"""The page for the assembly: the figures that matter on one sheet, by territory, last year's promise beside (REQ-82).

The content is made here, from kept figures, at once; the sheet is drawn by the worker (``pdf.une_page``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cordee.pilotage.cibles.regles import PAR_HABITUDE
from cordee.pilotage.dessins import graphiques
from cordee.pilotage.dessins.nombres import accorder
from cordee.pilotage.entetes import definitions
from cordee.pilotage.enums import Agregat, Niveau
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.rapports import mots
from cordee.pilotage.rapports.engagements import promis, vises
from cordee.pilotage.rapports.lecture import Releve, du_jour, mois_de_l_an
from cordee.pilotage.secret import SEUIL_PUBLICATION
from cordee.pilotage.selectors import Valeur
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.territoires.models import Commune


@dataclass(frozen=True, slots=True)
class Question:
    """What the assembly asks, and the indicators that may answer: the first measured for the territory is printed."""

    titre: str
    codes: tuple[str, ...]


QUESTIONS: Final = (
    Question("Combien de personnes ?", ("personnes_sdd",)),
    Question("Combien attendent une orientation ?", ("en_attente_orientation",)),
    Question("Au bout de combien de temps sont-elles orientées ?", ("delai_orientation", "attente_orientation")),
    Question("Combien ont un contrat ?", ("taux_contrat",)),
    Question("Combien n'ont jamais été accompagnées ?", ("jamais_accompagnees",)),
    Question("Combien sont parties vers un emploi ?", ("sorties_emploi",)),
    Question("Combien n'en sont pas revenues dans les six mois ?", ("maintien_six_mois",)),
    Question("L'échéance du 1er janvier 2027 sera-t-elle tenue ?", ("stock_sans_contrat_engagement",)),
)
CARTE: Final = "en_attente_orientation"
PAR_JOUR: Final = "contrats_par_jour_ouvre"
COLONNES: Final = 3
RECALCUL: Final = "Un fichier ou une méthode a changé depuis : certains de ces chiffres sont en cours de recalcul."
RESERVE: Final = (
    f"Un nombre inférieur à {SEUIL_PUBLICATION} n'est pas publié, ni celui qui le ferait connaître. Ce qui n'est pas "
    "connu est compté à part, jamais comme un échec ni comme une réussite."
)


def contenu(manifeste: Manifeste, *, territoire: str, au: date, departement: str, fait_le: date) -> dict[str, Any]:
    """All that the sheet says, as JSON: the same for the page on a screen and for the PDF.

    Args:
        territoire: code of the département (« »), of an EPT, of a commune.
        departement: its name, printed at the top.
    """
    jours = mois_de_l_an(au)
    releve = du_jour(manifeste, jours, codes=codes(), territoire=territoire)
    niveau, nom = releve.situer(territoire)
    lus = chiffres(releve, jours, territoire=territoire)
    return {
        "titre": "L'insertion en une page", "departement": departement, "territoire": nom,
        "niveau": niveau.libelle, "quand": f"au {date_en_toutes_lettres(au)}",
        "fait_le": date_en_toutes_lettres(fait_le), "connu_le": date_en_toutes_lettres(manifeste.rafraichi_le.date()),
        "etat": manifeste.version[:8], "chiffres": lus, "carte": carte(releve, CARTE, au, niveau, territoire),
        "ailleurs": _ailleurs(releve, lus, au, territoire) if niveau is Niveau.COMMUNE else [],
        "recalcul": RECALCUL if releve.a_refaire else "",
        "notes": en_colonnes([c["definition"] for c in lus] + [RESERVE]),
    }  # fmt: skip


def codes() -> list[str]:
    """The indicators that the sheet reads."""
    return [c for c in (*(code for q in QUESTIONS for code in q.codes), PAR_JOUR) if c in definitions()]


def chiffres(releve: Releve, jours: Sequence[date], *, territoire: str = "") -> list[dict[str, Any]]:
    """The figures that matter, each with its year, its sentence, its promise, its definition."""
    au = jours[-1]
    promesses, cibles = (lire(codes(), releve, territoire=territoire, au=au) for lire in (promis, vises))
    lus = []
    for question in QUESTIONS:
        connus = (releve.valeur(c, au, territoire) for c in question.codes if c in definitions())
        v = next((v for v in connus if v is not None), None)
        if v is not None:
            avant = releve.valeur(v.code, jours[0], territoire)
            serie = releve.serie(v.code, jours, territoire)
            lus.append(
                {
                    "titre": question.titre, "code": v.code, "libelle": v.libelle, "muet": v.valeur is None,
                    "valeur": mots.texte(v, avec_unite=False),
                    "unite": "" if v.valeur is None else accorder(v.valeur, v.unite),
                    "phrase": mots.phrase(v, avant), "repose": repose(v, releve, territoire), "courbe": courbe(serie),
                    "definition": definition_ecrite(v), **_promesse(promesses.get(v.code)), **_vise(cibles.get(v.code)),
                }
            )  # fmt: skip
    return lus


def _promesse(e: mots.Engagement | None) -> dict[str, Any]:
    if e is None:
        return {"promis": "", "promis_pour": "", "promis_de": "", "verdict": "", "tenu": None}
    return {"promis": e.texte, "promis_pour": e.echeance, "promis_de": e.de, "verdict": e.verdict, "tenu": e.tenu}


def _vise(e: mots.Engagement | None) -> dict[str, str]:
    return {"vise": e.texte if e else "", "vise_pour": (e.echeance or e.origine) if e else ""}


def _ailleurs(releve: Releve, lus: Sequence[dict[str, Any]], au: date, territoire: str) -> list[str]:
    """Rates and delays of a commune beside those of the whole département."""
    phrases = []
    for c in lus:
        ici, partout = releve.valeur(c["code"], au, territoire), releve.valeur(c["code"], au)
        if ici is None or partout is None or ici.valeur is None or partout.valeur is None:
            continue
        if ici.definition.unite in PAR_HABITUDE:
            phrases.append(f"{ici.libelle} : {mots.texte(ici)} ici, {mots.texte(partout)} dans le département.")
    return phrases


def repose(v: Valeur, releve: Releve, territoire: str) -> str:
    """What a figure rests on; for the backlog, the pace its term asks for."""
    parties = [mots.repose_sur(v)]
    if v.code == "stock_sans_contrat_engagement" and v.valeur:
        rythme = releve.valeur(PAR_JOUR, v.au, territoire)
        if rythme is not None and rythme.valeur is not None:
            parties.append(f"il faudrait {mots.texte(rythme)}")
    return " ; ".join(p for p in parties if p)


def en_colonnes(textes: Sequence[str], nombre: int = COLONNES) -> list[list[str]]:
    """Texts in order, in columns about as long as one another.

    >>> en_colonnes(["aaaa", "bb", "cc", "dddd"], 3)
    [['aaaa'], ['bb', 'cc'], ['dddd']]
    """
    colonnes: list[list[str]] = [[] for _ in range(nombre)]
    total, lu = sum(map(len, textes)) or 1, 0.0
    for texte in textes:
        colonnes[min(int((lu + len(texte) / 2) * nombre / total), nombre - 1)].append(texte)
        lu += len(texte)
    return colonnes


def courbe(serie: Sequence[Valeur]) -> graphiques.Graphique | None:
    """Thirteen months, small, with no axis; nothing when fewer than two are known."""
    if sum(v.valeur is not None for v in serie) < 2:
        return None
    points = [graphiques.Point(v.au, v.valeur, mots.texte(v)) for v in serie]
    return graphiques.etincelle(points, description=serie[-1].libelle)


def carte(releve: Releve, code: str, au: date, niveau: Niveau, territoire: str) -> dict[str, Any] | None:
    """Communes as circles, those outside the territory left out; nothing for a single commune.

    Which communes are hidden is seen: they keep their place, without a size.
    """
    if niveau is Niveau.COMMUNE:
        return None
    lues = releve.carte(code, au, Niveau.COMMUNE)
    dedans = dict(
        Commune.objects.filter(**({"ept_id": territoire} if niveau is Niveau.EPT else {})).values_list("pk", "nom")
    )
    places = {c.pk: c.point for c in Commune.objects.filter(pk__in=dedans)}
    lieux = [
        graphiques.Lieu(
            v.nom_territoire, point[0], point[1], v.valeur if v.secret is None else None,
            f"{v.nom_territoire} : {mots.texte(v)}", None,
        )
        for v in lues
        if (point := places.get(v.territoire)) is not None
    ]  # fmt: skip
    connus = sorted((v for v in lues if v.valeur and v.territoire in dedans), key=lambda v: -(v.valeur or 0))
    if not lieux or not connus:
        return None
    hauts = ", ".join(f"{v.nom_territoire} ({mots.texte(v, avec_unite=False)})" for v in connus[:3])
    caches = sum(v.secret is not None for v in lues if v.territoire in dedans)
    phrase = f"{connus[0].libelle}, par commune. Les plus nombreuses : {hauts}."
    if caches:
        phrase += f" {caches} {'commune n’est pas montrée' if caches == 1 else 'communes ne sont pas montrées'} : "
        phrase += "trop peu de personnes, ou un nombre qui en ferait connaître un autre."
    return {"spec": graphiques.carte(lieux, description=phrase), "phrase": phrase, "titre": connus[0].libelle}


def definition_ecrite(v: Valeur) -> str:
    """What a figure measures, on what, of whom."""
    d = v.definition
    parties = [f"{d.libelle} : {d.definition}"]
    if d.agregat is Agregat.TAUX:
        parties.append(f"Sur : {d.denominateur}.")
    parties.append(f"Périmètre : {d.libelle_perimetre}.")
    if d.limites:
        parties.append(d.limites)
    return " ".join(parties)
