"""The individual file of a cohort: one line per person under a pseudonym, what could recognise her made coarser.

Nobody in it can be joined to another export: each has its own key (``pseudonymes.pour_sortie``). What happened is
coded by photo (states at 6, 12, 24 months) and by half-year, never by date.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cordee.pilotage.cohortes import requetes
from cordee.pilotage.cohortes.anonymat import SUPPRIME, Echelle, K, anonymiser
from cordee.pilotage.cohortes.definition import Definition, DefinitionIllisible, mois_du_rang
from cordee.pilotage.cohortes.enums import EtatMois
from cordee.pilotage.lac.lecture import Session
from cordee.pilotage.lac.manifeste import Manifeste
from cordee.pilotage.lac.pseudonymes import pour_sortie

IDENTIFIANTES: Final = ("mois_depart", "lieu", "sexe", "age", "famille", "formation", "voie")
SUIVIES: Final = ("freins", "contrat", "etat_6_mois", "etat_12_mois", "etat_24_mois", "motif_sortie", "semestre_sortie",
                  "semestre_contrat", "semestre_emploi")  # fmt: skip
ENTETES: Final = ("pseudonyme", *IDENTIFIANTES, *SUIVIES)
TOUS: Final = "tous"
NIVEAUX: Final = {
    "mois_depart": ("mois", "trimestre", "année", "non donné"), "lieu": ("commune", "EPT", "département"),
    "sexe": ("détail", "non donné"), "age": ("cinq tranches", "trois tranches", "non donné"),
    "famille": ("détail", "avec ou sans enfant", "non donné"), "formation": ("détail", "non donné"),
    "voie": ("détail", "non donné"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fichier:
    """``lignes``: one each, in the order of pseudonyms, which says nothing. ``niveaux``: how fine columns are."""

    lignes: list[tuple[str, ...]]
    niveaux: tuple[tuple[str, str], ...]
    supprimees: int


def composer(manifeste: Manifeste, d: Definition, *, usage: str) -> Fichier:
    """Make the file.

    Args:
        usage: the name of this export: its key. Two exports of the same people share no pseudonym.

    Raises:
        DefinitionIllisible: fewer than ``K`` people.
    """
    with requetes.session(manifeste) as lac:
        requetes.choisir(lac, d, requetes.fenetre(manifeste))
        requetes.suivre(lac)
        lus = _lignes(lac)
        connues = lac.duck.execute("SELECT commune, ept FROM communes WHERE ept <> ''").fetchall()
    epts = {str(commune): str(ept) for commune, ept in connues}
    if len(lus) < K:
        raise DefinitionIllisible(f"Moins de {K} personnes : aucun fichier ne peut sortir. Élargissez la cohorte.")
    n = len(IDENTIFIANTES)
    rendu = anonymiser([ligne[1 : n + 1] for ligne in lus], _echelles(epts))
    noms = pour_sortie([int(ligne[0]) for ligne in lus], usage)
    lignes = sorted(
        (f"{noms[int(ligne[0])]:016x}", *grosse, *ligne[n + 1 :])
        for ligne, grosse in zip(lus, rendu.lignes, strict=True)
    )  # fmt: skip
    niveaux = tuple((nom, NIVEAUX[nom][rang]) for nom, rang in zip(IDENTIFIANTES, rendu.niveaux, strict=True))
    return Fichier(lignes, niveaux, rendu.supprimees)


def _lignes(lac: Session) -> list[tuple[str, ...]]:
    """Number of the lake, columns that could recognise, columns that follow: all texts."""
    etats = " ".join(f"WHEN {i} THEN '{e}'" for i, e in enumerate(EtatMois, start=1))
    suivis = ", ".join(
        f"CASE WHEN m.suivi < {k} THEN 'non_observe' ELSE coalesce(e{k}.etat, '') END AS etat_{k}" for k in (6, 12, 24)
    )
    jointures = " ".join(
        f"LEFT JOIN (SELECT personne_id, CASE poids {etats} END AS etat FROM etats WHERE k = {k}) e{k} "
        f"ON e{k}.personne_id = m.personne_id"
        for k in (6, 12, 24)
    )
    lues = lac.duck.execute(
        f"""
        SELECT m.personne_id, m.depart_m, coalesce(t.commune, 'inconnue'), t.sexe, t.age, t.famille, t.formation,
               coalesce(t.voie, 'aucune'), t.freins, t.contrat, {suivis},
               CASE WHEN m.fin_m - m.depart_m <= m.suivi THEN x.cause ELSE '' END AS motif,
               {_semestre("m.fin_m - m.depart_m")}, {_semestre("c.k")}, {_semestre("j.k")}
        FROM membres m
        JOIN traits t ON t.personne_id = m.personne_id
        LEFT JOIN sorties x ON x.personne_id = m.personne_id AND x.fin_m = m.fin_m
        LEFT JOIN jalons c ON c.personne_id = m.personne_id AND c.jalon = 'contrat'
        LEFT JOIN jalons j ON j.personne_id = m.personne_id AND j.jalon = 'emploi'
        {jointures}
        """
    ).fetchall()
    return [(str(p), mois_du_rang(mois), *(str(x or "") for x in reste)) for p, mois, *reste in lues]


def _semestre(mois: str) -> str:
    """« 1 » for the first six months; nothing when it has not been seen."""
    return f"CASE WHEN {mois} <= m.suivi THEN CAST(1 + greatest({mois} - 1, 0) // 6 AS VARCHAR) ELSE '' END"


def _echelles(epts: dict[str, str]) -> Sequence[Echelle]:
    def tous(_: str) -> str:
        return TOUS

    def trois(age: str) -> str:
        return {"30_39": "30_49", "40_49": "30_49", "50_59": "50_plus", "60_plus": "50_plus"}.get(age, age)

    def enfants(famille: str) -> str:
        return {"seule": "sans_enfant", "couple": "sans_enfant", "inconnue": "inconnue"}.get(famille, "avec_enfant")

    def trimestre(mois: str) -> str:
        return f"{mois[:4]}-T{(int(mois[5:]) + 2) // 3}"

    def annee(mois: str) -> str:
        return mois[:4]

    def ept(commune: str) -> str:
        return epts.get(commune, "inconnu")

    echelles: dict[str, list[Callable[[str], str]]] = {
        "mois_depart": [trimestre, annee, tous], "lieu": [ept, tous], "sexe": [tous], "age": [trois, tous],
        "famille": [enfants, tous], "formation": [tous], "voie": [tous],
    }  # fmt: skip
    return [echelles[nom] for nom in IDENTIFIANTES]


def notice(d: Definition, phrase: str, fichier: Fichier, *, numero: int, usage: str, qui: str, quand: str) -> list[str]:
    """What goes with the file, line by line."""
    finesse = " ; ".join(f"{nom} : {niveau}" for nom, niveau in fichier.niveaux)
    return [
        f"Fichier individuel pseudonymisé, export n° {numero}, fait le {quand} par {qui}.",
        f"Usage déclaré : {usage}",
        phrase,
        f"{len(fichier.lignes)} lignes, une par personne. Suivi : {d.horizon} mois au plus.",
        "Le pseudonyme est une empreinte à clé, propre à cet export : il ne se rapproche d'aucun autre fichier.",
        f"Chaque combinaison de {', '.join(IDENTIFIANTES)} est celle de {K} personnes au moins.",
        f"Finesse retenue : {finesse}.",
        f"{fichier.supprimees} lignes ont perdu ces colonnes (« {SUPPRIME} ») : elles auraient été trop rares.",
        "etat_N_mois : état à la fin du mois N (non_observe : photo pas encore prise). semestre_* : 1 pour les six "
        "premiers mois après la photo de départ, vide si cela n'a pas été observé. motif_sortie vide : pas sortie.",
        "La k-anonymité n'empêche pas toute déduction : ne rapprochez ce fichier d'aucune autre source, ne le publiez "
        "pas, détruisez-le quand l'usage déclaré est rempli.",
    ]
