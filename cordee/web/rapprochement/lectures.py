"""The queue in queries: what the agent answers for, or all of her perimeter when she manages it.

Each source (étapes, échéances, contacts of files) gives the same columns; the database puts them together, sorts and
cuts the page. The number of queries does not depend on the number of lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate

from cordee.metier.organismes.enums import Unite
from cordee.metier.organismes.models import Agent
from cordee.metier.organismes.roles import Permission
from cordee.metier.organismes.selectors import Habilitation
from cordee.metier.parcours.models import Echeance, Etape
from cordee.metier.parcours.selectors import q_repond_de
from cordee.metier.personnes.models import CleRecherche, ContactPropose, Personne
from cordee.metier.personnes.selectors import contacts_proposes, personnes_visibles, q_visibles
from cordee.metier.personnes.selectors.recherche import cle_de_personne
from cordee.reglementation.delais import delai
from cordee.socle import horloge
from cordee.web.rapprochement.sujets import CONTACT, ECHEANCE, ETAPE, REGLE_CONTACT, Sujet, genres_de, sujet_de

COLONNES_LUES = (
    "source", "pk", "genre", "qui", "nom", "prenom", "echeance", "ouverte_le", "unite", "structure_id", "agent_id",
    "regle", "terme", "nature", "evenement_id", "objet",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demande:
    """Who asks, on which day, with which filters."""

    pour: Agent
    au: date
    droits: Habilitation
    sujet: Sujet | None = None
    unite: Unite | None = None
    retard: bool = False
    structure: int | None = None
    texte: str = ""

    @property
    def tout(self) -> bool:
        """A manager sees every kind in her perimeter; the others what they answer for."""
        return self.droits.peut(Permission.ENCADRER)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line as the database gives it."""

    source: str
    pk: int
    genre: str
    qui: int
    nom: str
    prenom: str
    echeance: date
    ouverte_le: date
    unite: str
    structure_id: int | None
    agent_id: int | None
    regle: str
    terme: date
    nature: str
    evenement_id: int | None
    objet: int | None

    @property
    def sujet(self) -> Sujet:
        return sujet_de(self.source, self.genre)


def lignes(d: Demande, ordre: Iterable[str]) -> QuerySet[Any, Any]:
    """The lines in order, as tuples of ``COLONNES_LUES``: to be cut into pages."""
    morceaux = [_colonnes(base, source) for source, base in _sources(d, sujet=d.sujet)]
    return morceaux[0].union(*morceaux[1:], all=True).order_by(*ordre)


def lire(valeurs: Iterable[tuple[Any, ...]]) -> list[Ligne]:
    """Rows of ``lignes``, named."""
    return [Ligne(*v) for v in valeurs]


def compter(d: Demande) -> dict[Sujet, tuple[int, int]]:
    """Subject → (lines, late lines), whatever subject is chosen: one query per source."""
    comptes: Counter[Sujet] = Counter()
    retards: Counter[Sujet] = Counter()
    for source, base in _sources(d, sujet=None):
        genre = Value("", output_field=CharField()) if source == CONTACT else F("genre")
        groupes = base.order_by().values(genre_lu=genre).annotate(
            n=Count("pk"), r=Count("pk", filter=Q(echeance_lue__lt=d.au))
        )  # fmt: skip
        for groupe in groupes:
            sujet = sujet_de(source, groupe["genre_lu"])
            comptes[sujet] += groupe["n"]
            retards[sujet] += groupe["r"]
    return {sujet: (comptes[sujet], retards[sujet]) for sujet in Sujet if comptes[sujet]}


def personnes_de(d: Demande, source: str, ids: Iterable[int] | None) -> list[int]:
    """The people of these lines (or of all those of the list) on whom the agent may act: for a bulk act."""
    base = dict(_sources(d, sujet=d.sujet)).get(source)
    if base is None:
        return []
    choisies = base if ids is None else base.filter(pk__in=list(ids))
    return list(choisies.order_by("personne_id").values_list("personne_id", flat=True))


# Parts --------------------------------------------------------------------------------------------------------------
def _sources(d: Demande, *, sujet: Sujet | None) -> list[tuple[str, QuerySet[Any]]]:
    visibles = personnes_visibles(pour=d.pour, au=d.au, droits=d.droits)
    perimetre = q_visibles("personne", pour=d.pour, au=d.au, droits=d.droits)
    for mot in d.texte.split():
        cle = CleRecherche(Value(mot, output_field=CharField()))
        visibles = visibles.alias(cle=cle_de_personne()).filter(cle__contains=cle)
    if d.texte.split():
        perimetre &= Q(personne__in=visibles.values("pk"))
    sources: list[tuple[str, QuerySet[Any]]] = []
    for source, modele in ((ETAPE, Etape), (ECHEANCE, Echeance)):
        genres = genres_de(sujet, source)
        base = modele.objects.filter(perimetre, fermee_le__isnull=True, genre__in=genres)
        if not d.tout:
            base = base.filter(q_repond_de(d.pour, d.droits))
        sources.append((source, _filtrer(base.annotate(echeance_lue=F("echeance")), d)))
    if sujet in (None, Sujet.CONTACT) and (d.tout or Unite.DONNEES in d.droits.unites):
        sources.append((CONTACT, _contacts(d, visibles)))
    return sources


def _contacts(d: Demande, visibles: QuerySet[Personne]) -> QuerySet[ContactPropose]:
    jours = delai(REGLE_CONTACT, au=d.au).valeur
    assert isinstance(jours, int)  # noqa: S101 - a rule counted in days
    ouvert = TruncDate("propose_le", tzinfo=horloge.PARIS)
    base = contacts_proposes(pour=d.pour, au=d.au).annotate(
        qui_id=Coalesce("personne__canonique_id", "personne_id"), ouvert=ouvert,
        echeance_lue=Cast(
            ExpressionWrapper(ouvert + Value(timedelta(days=jours)), output_field=DateField()), DateField()
        ),
    )  # fmt: skip
    base = base.filter(qui_id__in=visibles.values("pk"))
    if d.retard:
        base = base.filter(echeance_lue__lt=d.au)
    if d.unite not in (None, Unite.DONNEES):
        return base.none()
    if d.structure:
        return base.filter(_q_structure("personne__situation__", d.structure))
    return base


def _filtrer(base: QuerySet[Any], d: Demande) -> QuerySet[Any]:
    if d.retard:
        base = base.filter(echeance__lt=d.au)
    if d.unite:
        base = base.filter(unite=str(d.unite))
    if d.structure:
        base = base.filter(Q(structure=d.structure) | _q_structure("personne__situation__", d.structure))
    return base


def _q_structure(prefixe: str, structure: int) -> Q:
    return Q(**{f"{prefixe}referent_structure": structure}) | Q(**{f"{prefixe}structure_secteur": structure})


def _colonnes(base: QuerySet[Any], source: str) -> QuerySet[Any, Any]:
    texte, entier = CharField(), BigIntegerField(null=True)
    vide: dict[str, Any] = {"nom": F("personne__nom"), "prenom": F("personne__prenom"), "echeance_u": F("echeance_lue")}
    if source == CONTACT:
        regle = delai(REGLE_CONTACT, au=horloge.aujourdhui())
        vide |= {
            "qui": F("qui_id"), "ouverte_u": F("ouvert"), "unite_u": Value(str(Unite.DONNEES), texte),
            "structure_u": Value(None, entier), "agent_u": Value(None, entier),
            "regle_u": Value(REGLE_CONTACT, texte), "terme_u": F("echeance_lue"),
            "nature_u": Value(str(regle.nature), texte), "evenement_u": Value(None, entier), "objet_u": F("pk"),
            "genre_u": Value("", texte),
        }  # fmt: skip
    else:
        vide |= {
            "qui": F("personne_id"), "ouverte_u": F("ouverte_le"), "unite_u": F("unite"),
            "structure_u": F("structure_id"), "agent_u": F("agent_id"), "regle_u": F("regle"), "terme_u": F("terme"),
            "nature_u": F("nature"), "evenement_u": F("evenement_id"),
            "objet_u": F("objet_id") if source == ECHEANCE else Value(None, entier), "genre_u": F("genre"),
        }  # fmt: skip
    return base.order_by().annotate(source_u=Value(source, texte), **vide).values_list(
        "source_u", "pk", "genre_u", "qui", "nom", "prenom", "echeance_u", "ouverte_u", "unite_u", "structure_u",
        "agent_u", "regle_u", "terme_u", "nature_u", "evenement_u", "objet_u",
    )  # fmt: skip
