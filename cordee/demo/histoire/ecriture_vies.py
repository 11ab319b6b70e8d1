"""Writing simulated lives by the hundred thousand: the path through the product's own act, other rows by COPY.

Columns, their order and their defaults are read in the Django models: a field added to a model is written with its
default without a line here. ``mettre_en_forme`` needs no database (it runs in the processes that simulate);
``ecrire`` runs on the connection that holds the load. Tables of ``TABLES`` may be set aside meanwhile
(``socle.chargement.verifiees_a_la_fin`` with ``DECLENCHEURS``): no other trigger of theirs looks at new rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models, transaction

from cordee.demo.histoire.modele import Numeros, VieVecue
from cordee.metier.parcours.services import reprise
from cordee.metier.parcours.services.copie import vers_json
from cordee.metier.parcours.services.garanties import UNE_ETAPE_OUVERTE
from cordee.socle.chargement import ECHAPPES, NUL

TABLES_DES_OBJETS: Final = (
    "personnes_rattachement", "rendezvous_rendezvous", "orientation_diagnostic", "orientation_orientation",
    "contrats_contrat", "contrats_engagement", "suivi_contactsuivi", "suivi_informationpartenaire",
    "devoirs_mesuredecidee",
)  # fmt: skip
TABLES: Final = (*reprise.COLONNES, *TABLES_DES_OBJETS)
DECLENCHEURS: Final = UNE_ETAPE_OUVERTE


@dataclass(slots=True)
class LignesDuLot:
    """The rows of some lives, as COPY reads them. ``objets``: table → rows. Travels between processes."""

    vies: reprise.LignesDeVies
    objets: dict[str, str]


def mettre_en_forme(vies: Sequence[VieVecue], *, numeros: Numeros) -> LignesDuLot:
    """The rows of these lives, as text. No database.

    Raises:
        ValueError: see ``reprise.mettre_en_forme`` and ``texte_de``.
    """
    par_table: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for vie in vies:
        for nom, lignes in vie.objets.items():
            par_table[nom] += lignes
    objets = {nom: texte_de(nom, par_table[nom]) for nom in sorted(par_table)}
    return LignesDuLot(reprise.mettre_en_forme(vies, numero=numeros.suivant), objets)


@transaction.atomic
def ecrire(lot: LignesDuLot) -> None:
    """Hand the rows to COPY, on this thread's connection."""
    reprise.ecrire(lot.vies)
    for nom, texte in lot.objets.items():
        copier(nom, texte)


def copier(nom: str, texte: str) -> None:
    """Hand rows made by ``texte_de`` to COPY."""
    colonnes = ", ".join(f'"{colonne}"' for colonne in _table(nom).colonnes)
    with (
        connection.cursor() as curseur,
        connection.wrap_database_errors,
        curseur.cursor.copy(f'COPY "{nom}" ({colonnes}) FROM STDIN') as copie,
    ):
        copie.write(texte)


def texte_de(nom: str, lignes: Iterable[Mapping[str, Any]]) -> str:
    """Rows of a table, as COPY takes them in text form.

    Args:
        nom: table of any model.
        lignes: column → value. A column left out takes its model's default, or is empty where the model allows it.

    Raises:
        ValueError: no such table, unknown column, required column left out, or a value that its closed list lacks.
    """
    table = _table(nom)
    return "\n".join([*map(table.ligne, lignes), ""])


@dataclass(frozen=True, slots=True)
class _Colonne:
    """``defaut``: as COPY reads it; ``None``: a value is required."""

    nom: str
    adapter: Callable[[Any], str]
    defaut: str | None


@dataclass(frozen=True, slots=True)
class _Table:
    nom: str
    colonnes: dict[str, _Colonne]
    plan: tuple[tuple[str, Callable[[Any], str], str | None], ...]

    def ligne(self, valeurs: Mapping[str, Any]) -> str:
        if not valeurs.keys() <= self.colonnes.keys():
            raise ValueError(f"{self.nom}: no column {sorted(valeurs.keys() - self.colonnes.keys())}")
        textes = []
        for nom, adapter, defaut in self.plan:
            valeur = valeurs.get(nom, self)
            if valeur is None:
                textes.append(NUL)
            elif valeur is not self:
                textes.append(adapter(valeur))
            elif defaut is not None:
                textes.append(defaut)
            else:
                raise ValueError(f"{self.nom}: {nom} is required")
        return "\t".join(textes)


@cache
def _table(nom: str) -> _Table:
    for modele in apps.get_models():
        options = modele._meta  # noqa: SLF001 - Django's own name for a model's description
        if options.db_table == nom:
            colonnes = [_colonne(champ) for champ in options.concrete_fields if not champ.generated]
            plan = tuple((c.nom, c.adapter, c.defaut) for c in colonnes)
            return _Table(nom, {c.nom: c for c in colonnes}, plan)
    raise ValueError(f"no table {nom}")


def _colonne(champ: Any) -> _Colonne:
    adapter = _adaptateur(champ)
    defaut: str | None = None
    if champ.has_default():
        valeur = champ.get_default()
        defaut = NUL if valeur is None else adapter(valeur)
    elif champ.null:
        defaut = NUL
    elif champ.blank and champ.empty_strings_allowed:
        defaut = ""
    return _Colonne(champ.column, adapter, defaut)


def _adaptateur(champ: Any) -> Callable[[Any], str]:
    """How values of a field are written. Values are those the model holds; days and instants may be ISO texts."""
    cible = champ.target_field if champ.is_relation else champ
    if isinstance(cible, models.CharField) and cible.choices:
        permis = {str(valeur): str(valeur) for valeur, _ in cible.choices} | ({"": ""} if cible.blank else {})
        return partial(_choix, f"{cible.model._meta.db_table}.{cible.column}", permis)  # noqa: SLF001
    return next((adapter for genres, adapter in _ADAPTATEURS if isinstance(cible, genres)), str)


def _choix(colonne: str, permis: Mapping[str, str], valeur: str) -> str:
    """No constraint of the database holds closed lists: a misspelt value would stay."""
    try:
        return permis[valeur]
    except KeyError:
        raise ValueError(f"{colonne}: {valeur!r} is none of {', '.join(permis)}") from None


def _texte(valeur: str) -> str:
    return valeur.translate(ECHAPPES)


def _json(valeur: Any) -> str:
    return vers_json(valeur).replace("\\", r"\\")


def _tableau(valeurs: Sequence[Any]) -> str:
    """A flat array, each element quoted."""
    elements = ("NULL" if v is None else '"' + str(v).replace("\\", r"\\").replace('"', r"\"") + '"' for v in valeurs)
    return _texte("{" + ",".join(elements) + "}")


def _octets(valeur: bytes) -> str:
    return r"\\x" + valeur.hex()


def _booleen(valeur: bool) -> str:
    return "t" if valeur else "f"


def _date(valeur: Any) -> str:
    return valeur if isinstance(valeur, str) else valeur.isoformat()


_ADAPTATEURS: Final[tuple[tuple[Any, Callable[[Any], str]], ...]] = (
    (models.JSONField, _json),
    (ArrayField, _tableau),
    (models.BinaryField, _octets),
    (models.BooleanField, _booleen),
    (models.DateField, _date),  # instants too
    ((models.CharField, models.TextField), _texte),
)
