"""What the report of a year says: chapters made from one published state of the lake, notes put in their place.

Nothing is mended in silence: what is hidden, unknown or contradictory is printed as such (``domain`` §4.1; E30).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from cordee.pilotage.contradictions import CONTRADICTIONS, PRINCIPES
from cordee.pilotage.entetes import FAMILLES, Definition, definition, definitions
from cordee.pilotage.enums import Niveau
from cordee.pilotage.enums_rapports import Chapitre, GenreNote
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.rapports import blocs, mots, territoires, une_page
from cordee.pilotage.rapports.blocs import Bloc
from cordee.pilotage.rapports.engagements import promis, vises
from cordee.pilotage.rapports.evaluations import blocs_des_evaluations
from cordee.pilotage.rapports.lecture import Releve
from cordee.pilotage.rapports.officiels import blocs_officiels
from cordee.pilotage.secret import SEUIL_PUBLICATION
from cordee.reglementation.redaction import date_en_toutes_lettres

METHODE: Final = "1"
"""Raised when the way a report is put together changes."""
C = Chapitre
CHAPITRE_DES_FAMILLES: Final = {
    "publics": C.PUBLICS, "mouvements": C.PUBLICS, "delais": C.ORIENTATION, "orientation": C.ORIENTATION,
    "accompagnement": C.ACCOMPAGNEMENT, "contrats": C.ACCOMPAGNEMENT, "emploi": C.EMPLOI, "moyens": C.EMPLOI,
    "devoirs": C.DEVOIRS, "donnees": C.METHODE,
}  # fmt: skip
"""A family of indicators that is not here stands with the accompaniment."""
CHAPITRES_DE_CHIFFRES: Final = (C.PUBLICS, C.ORIENTATION, C.ACCOMPAGNEMENT, C.EMPLOI, C.DEVOIRS)
COURBES: Final = {
    C.PUBLICS: ("personnes_sdd", "entrants"), C.ORIENTATION: ("en_attente_orientation", "delai_orientation"),
    C.ACCOMPAGNEMENT: ("taux_contrat", "stock_sans_contrat_engagement"), C.EMPLOI: ("sorties_emploi",),
}  # fmt: skip
SOUS_LES_TABLEAUX: Final = (
    "Sur : le dénominateur. Inconnues : comptées à part, ni réussites ni échecs. « Non affiché » : moins de "
    f"{SEUIL_PUBLICATION} personnes, ou un nombre qui le ferait connaître. Définitions en annexe."
)
CLES_CSV: Final = ("code", "indicateur", "unite", "perimetre", "territoire_code", "territoire", "niveau", "au",
                   "valeur", "numerateur", "denominateur", "inconnus", "pourquoi_non_affiche")  # fmt: skip


def suivis() -> list[str]:
    """The indicators followed month by month: those of the first page, those whose curve is drawn."""
    return list(
        dict.fromkeys([*une_page.codes(), *(c for codes in COURBES.values() for c in codes if c in definitions())])
    )


@dataclass(frozen=True, slots=True)
class Note:
    """A qualitative note as it is printed."""

    chapitre: Chapitre
    genre: GenreNote
    texte: str
    source: str
    recueillie_le: date
    auteur: str


def chiffres(manifeste: Manifeste, releve: Releve, jours: Sequence[date]) -> dict[str, Any]:
    """The chapters without the notes, and every figure printed, as data."""
    au = jours[-1]
    chapitres: dict[Chapitre, list[Bloc]] = {
        C.ESSENTIEL: [{"genre": "chiffres", "chiffres": une_page.chiffres(releve, jours)}, _carte(releve, au)],
        **{c: _familles(c, releve, jours) for c in CHAPITRES_DE_CHIFFRES},
        C.TERRITOIRES: territoires.blocs_des_territoires(releve, au),
        C.PROMESSES: _promesses(releve, au),
        C.EVALUATIONS: blocs_des_evaluations(au),
        C.OFFICIELS: blocs_officiels(manifeste, au.year),
        C.CONTRADICTIONS: _contradictions(),
        C.METHODE: [*_methode(), *_familles(C.METHODE, releve, jours)],
    }
    return {
        "chapitres": {cle.value: [b for b in lus if b] for cle, lus in chapitres.items()},
        "donnees": [list(x) for x in _donnees(releve, jours)],
    }


def assembler(lus: Mapping[str, Any], notes: Iterable[Note]) -> list[dict[str, Any]]:
    """The chapters in their order, each with its notes; a chapter with nothing to say is left out."""
    par_chapitre: dict[Chapitre, list[Note]] = {}
    for note in notes:
        par_chapitre.setdefault(note.chapitre, []).append(note)
    chapitres = []
    for c in Chapitre:
        contenu = [*lus["chapitres"].get(c.value, []), *_notes(par_chapitre.get(c, []))]
        if contenu:
            chapitres.append(blocs.chapitre(c.value, c.libelle, contenu))
    return chapitres


# Chapters -----------------------------------------------------------------------------------------------------------
def _carte(releve: Releve, au: date) -> Bloc:
    lue = une_page.carte(releve, une_page.CARTE, au, Niveau.DEPARTEMENT, "")
    return blocs.dessin(lue["spec"], lue["phrase"], largeur=460, hauteur=330) if lue else {}


def _familles(c: Chapitre, releve: Releve, jours: Sequence[date]) -> list[Bloc]:
    """Curves of what matters, then a table by family: every indicator, none chosen for looking good."""
    lus: list[Bloc] = []
    for code in COURBES.get(c, ()):
        if code in definitions():
            lus += territoires.courbe(releve.serie(code, jours))
    for famille, titre in FAMILLES.items():
        if CHAPITRE_DES_FAMILLES.get(famille, C.ACCOMPAGNEMENT) is c:
            siennes = [d for d in definitions().values() if d.famille == famille]
            lus += _tableau(titre, siennes, releve, jours)
    return lus


def _tableau(titre: str, siennes: Collection[Definition], releve: Releve, jours: Sequence[date]) -> list[Bloc]:
    lignes, donnees = [], []
    for d in siennes:
        v, avant = releve.valeur(d.code, jours[-1]), releve.valeur(d.code, jours[0])
        if v is None:
            continue
        ecart = mots.evolution_courte(v, avant)
        inconnues = mots.compte(v.inconnu) if v.inconnu else ""
        lignes.append([_nom(d), mots.court(v), mots.court(avant), ecart, mots.compte(v.denominateur), inconnues])
        passee = avant.valeur if avant is not None else None
        donnees.append([_nom(d), v.valeur, passee, ecart, v.denominateur, v.inconnu])
    if not lignes:
        return []
    colonnes = ["Indicateur", f"Au {jours[-1]:%d/%m/%Y}", f"Au {jours[0]:%d/%m/%Y}", "En un an", "Sur", "Inconnues"]
    return [blocs.tableau(titre, colonnes, lignes, donnees=donnees, note=SOUS_LES_TABLEAUX)]


def _nom(d: Definition) -> str:
    """Its name and, unless it says it or counts people, its unit."""
    unite = d.unite.libelle
    return d.libelle if unite in ("personnes", "%") or unite in d.libelle.lower() else f"{d.libelle} ({unite})"


def _promesses(releve: Releve, au: date) -> list[Bloc]:
    """Last year's promises beside what was done, then what is aimed at: kept or not, in the same type (REQ-82)."""
    codes = list(definitions())
    tenues, suites = promis(codes, releve, territoire="", au=au), vises(codes, releve, territoire="", au=au)
    lus: list[Bloc] = []
    if tenues:
        lignes = [
            [definition(c).libelle, e.texte, e.echeance, mots.texte(releve.valeur(c, au)), e.verdict, e.origine]
            for c, e in tenues.items()
        ]
        lus.append(
            blocs.tableau(
                "Ce qui était promis et ce qui est constaté",
                ["Indicateur", "Promis", "Pour le", "Constaté", "Verdict", "Texte d'origine"],
                lignes,
                textes=6,
                note="Ce qui ne peut pas être vérifié n'est compté ni comme tenu, ni comme manqué.",
            )
        )
    else:
        lus.append(blocs.paragraphe("Aucun objectif chiffré n'avait été fixé pour cette année."))
    if suites:
        lignes = [
            [definition(c).libelle, e.texte, e.echeance or "permanent", mots.texte(releve.valeur(c, au)), e.origine]
            for c, e in suites.items()
        ]
        lus.append(
            blocs.tableau(
                "Ce qui est visé maintenant",
                ["Indicateur", "Visé", "Pour le", "Aujourd'hui", "Texte d'origine"],
                lignes,
                textes=5,
            )
        )
    return lus


def _contradictions() -> list[Bloc]:
    debut = (
        "Des chiffres publiés sur les mêmes personnes ne s'accordent pas toujours. Ils ne sont pas corrigés en "
        "silence : voici ce qui diffère, et ce qui est retenu ici."
    )
    return [
        blocs.paragraphe(debut),
        *(blocs.encadre(c.titre, [c.constat, f"Ce qui est retenu. {c.retenu}"]) for c in CONTRADICTIONS),
    ]


def _methode() -> list[Bloc]:
    """The definition of every figure printed, word for word that of the code that computes it."""
    lus = [blocs.intertitre("Ce qui vaut pour tous les chiffres"), blocs.puces(PRINCIPES)]
    for famille, titre in FAMILLES.items():
        siennes = [d for d in definitions().values() if d.famille == famille and Niveau.DEPARTEMENT in d.niveaux]
        if siennes:
            lus.append(blocs.intertitre(titre))
            lus += [blocs.definitions(paires(d), titre=d.libelle) for d in siennes]
    return lus


def paires(d: Definition) -> list[tuple[str, str]]:
    """A definition, line by line."""
    return [
        ("Définition", d.definition), ("Numérateur", d.numerateur), ("Dénominateur", d.denominateur),
        ("Périmètre", d.libelle_perimetre), ("Mesure", f"{d.agregat.libelle}, en {d.unite.libelle}"),
        ("Limites", d.limites), ("Source", d.source), ("Code", d.code),
    ]  # fmt: skip


def _notes(notes: Sequence[Note]) -> list[Bloc]:
    if not notes:
        return []
    return [
        blocs.intertitre("Ce que l'année a fait entendre"),
        *(
            blocs.citation(
                f"« {n.texte} »" if n.genre is GenreNote.VERBATIM else n.texte,
                titre=n.genre.libelle,
                source=f"{n.source}, {date_en_toutes_lettres(n.recueillie_le)}. Note de {n.auteur}.",
            )
            for n in notes
        ),
    ]


def _donnees(releve: Releve, jours: Sequence[date]) -> Iterable[tuple[Any, ...]]:
    """Every figure printed, one line each: the département month by month, its territories on the day."""
    for d in definitions().values():
        lues = releve.serie(d.code, jours)
        for niveau in (Niveau.EPT, Niveau.COMMUNE):
            lues += releve.carte(d.code, jours[-1], niveau)
        for v in lues:
            yield (d.code, d.libelle, d.unite.libelle, d.libelle_perimetre, v.territoire, v.nom_territoire,
                   v.niveau.value, v.au.isoformat(), v.valeur, v.numerateur, v.denominateur,
                   None if v.secret else v.inconnu, v.secret.libelle if v.secret else "")  # fmt: skip
