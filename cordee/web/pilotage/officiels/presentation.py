"""From the figures of a study to what is read: words for what is missing, numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cordee.pilotage.officiels.entetes import modeles
from cordee.pilotage.secret import SEUIL_PUBLICATION, petit
from cordee.reglementation.redaction import date_en_toutes_lettres
from cordee.socle.enums import EnumLibelle

DITS: Final[Mapping[str, str]] = {"": "", "x": "non alimenté", "h": "hors histoire", "s": "secret"}
"""What stands in a cell instead of a figure."""
COURTS: Final[Mapping[str, str]] = {"": "", "x": "n. al.", "h": "—", "s": "s"}
PEU: Final = "moins de onze"
ETROIT: Final = 6
"""Up to that many columns, what a line counts stands beside it; beyond, in the list under the table."""
TOUJOURS: Final = (
    "Chaque chiffre est lu dans l'histoire datée (droits, foyers, orientations, contrats, rendez-vous), jamais dans "
    "la situation d'aujourd'hui : la même année donne les mêmes chiffres.",
    "Le droit est celui que les fichiers du mois disaient (droit non consolidé). Un fichier ancien arrivé en retard "
    "complète l'histoire ; un état publié, lui, ne bouge pas.",
    "Les personnes décédées, ou dont le départ du département a été vérifié, ne sont plus comptées.",
    "Les lignes « non connu » sont imprimées et comptées : la somme des lignes d'un axe fait le total.",
    "Les délais négatifs sont comptés à part, jamais ramenés à des délais positifs.",
    "Depuis 2025 le contrat d'engagement remplace le CER et le PPAE chez tous les organismes : les deux séries "
    "restent côte à côte.",
    "France Travail signe dans son outil : ce qu'il n'a pas transmis est une information non reçue, non une absence "
    "de contrat.",
    "Niveau de formation : dit dans un entretien de diagnostic ; « non connu » sans entretien. Famille : composition "
    "datée du foyer, enfants à charge au sens du RSA. Ancienneté : dernière entrée de l'allocataire.",
    "« non alimenté » : les données ne portent pas cette information ; la raison est sous le tableau.",
)
_INSECABLE: Final = "\N{NARROW NO-BREAK SPACE}"


class Version(EnumLibelle):
    """Who the tables are for."""

    ETAT = "etat", "À transmettre à l'État", "Petits nombres compris : ne pas diffuser."
    PUBLICATION = (
        "publication",
        "Pour publication",
        "Moins de onze personnes : caché ; rien ne se retrouve.",
    )


@dataclass(frozen=True, slots=True)
class Cellule:
    """One figure. ``muet``: nothing to read there but why."""

    texte: str
    long: str
    muet: bool


def nombre(valeur: float | int | str) -> str:
    """A figure as it is read; nothing for a cell that holds none.

    >>> nombre(12345), nombre(94.0), nombre("x")
    ('12\\u202f345', '94,0', 'n. al.')
    """
    if isinstance(valeur, str):
        return COURTS[valeur]
    texte = f"{valeur:,.1f}" if isinstance(valeur, float) else f"{valeur:,}"
    return texte.replace(",", _INSECABLE).replace(".", ",")


def tables(resultat: Mapping[str, Any], version: Version) -> list[dict[str, Any]]:
    """What the page shows of each table."""
    return [_table(t, version) for t in resultat["tableaux"]]


def _table(t: Mapping[str, Any], version: Version) -> dict[str, Any]:
    grille = t["valeurs"] if version is Version.ETAT else t["publication"]
    colonnes = [c for c in t["colonnes"] if c["genre"] != "titre"]
    lignes = [
        {**li, "cellules": [_cellule(v) for v in valeurs], "titre": li["genre"] == "titre"}
        for li, valeurs in zip(t["lignes"], grille, strict=True)
    ]
    return {
        **{c: t[c] for c in ("code", "numero", "titre", "unite", "univers", "source", "notes")},
        "colonnes": colonnes,
        "lignes": lignes,
        "etroit": len(colonnes) <= ETROIT and any(li["definition"] for li in t["lignes"]),
        "definitions": list(_definitions(t)),
        "absents": [(e["libelle"], e["definition"]) for e in (*t["lignes"], *t["colonnes"]) if e["genre"] == "absent"],
        "sql": modeles()[t["code"]].sql if t["code"] in modeles() else "",
        "masquees": sum(1 for ligne in grille for v in ligne if v == "s"),
    }


def _cellule(valeur: float | int | str) -> Cellule:
    texte = nombre(valeur)
    return Cellule(texte, DITS[valeur] if isinstance(valeur, str) else texte, isinstance(valeur, str))


def _definitions(t: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What each column and each line counts."""
    for e in (*t["colonnes"], *t["lignes"]):
        if e["definition"] and e["genre"] != "absent":
            yield e["libelle"], e["definition"]


def perimetres(resultat: Mapping[str, Any], version: Version) -> dict[str, int | str]:
    """How many people each perimeter holds; what a publication must not say is not said."""
    n: dict[str, int | str] = dict(resultat["univers"])
    suspendues = resultat["univers"]["sdd_operationnel"] - resultat["univers"]["sdd_drees"]
    n["suspendues"] = suspendues
    if version is Version.PUBLICATION:
        if petit(suspendues, SEUIL_PUBLICATION):
            n["suspendues"] = n["sdd_operationnel"] = n["drapeau_seul"] = PEU
        if petit(resultat["univers"]["inconnues"], SEUIL_PUBLICATION):
            n["inconnues"] = PEU
    return n


def univers(resultat: Mapping[str, Any], version: Version) -> list[tuple[str, int | str, str]]:
    """The perimeters side by side (E30): (label, people, what it means)."""
    n = perimetres(resultat, version)
    return [
        ("Soumises, droit ouvert et non suspendu", n["sdd_drees"], "univers de la DREES et du suivi pauvreté"),
        ("Soumises, droit ouvert, versé ou suspendu", n["sdd_operationnel"], "univers du ministère (L262-28)"),
        ("dont droit ou versement suspendu", n["suspendues"], "comptées par le ministère, non par la DREES"),
        ("Indicateur « soumise » seul, quel que soit le droit", n["drapeau_seul"], "ce que dit le seul fichier"),
        ("Indicateur non connu", n["inconnues"], "droit ouvert, rien de transmis depuis deux mois : hors des tableaux"),
    ]


def quand(resultat: Mapping[str, Any]) -> str:
    """« au 31 décembre 2025 »."""
    return f"au {date_en_toutes_lettres(date.fromisoformat(resultat['au']))}"


def methode(resultat: Mapping[str, Any]) -> list[str]:
    """How these tables are made, for the page and the sheet « Notice »."""
    arrete = date_en_toutes_lettres(date.fromisoformat(resultat["arrete"]))
    faits = date_en_toutes_lettres(date.fromisoformat(resultat["faits_au"]))
    phrases = [*TOUJOURS, f"Rien de postérieur au {arrete} n'est lu. Faits connus au {faits}."]
    if resultat["famille"] == "pauvrete":
        phrases.append(
            "Chaque mois est lu à sa fin. « hors histoire » : le mois, ou celui d'avant, n'a pas de fichier."
        )
    if resultat.get("provisoire"):
        phrases.append("Chiffres provisoires : les délais des derniers mois ne sont pas tous écoulés.")
    if resultat.get("etat"):
        phrases.append(f"Faits tels que connus dans l'état publié : {resultat['etat']}.")
    return phrases
