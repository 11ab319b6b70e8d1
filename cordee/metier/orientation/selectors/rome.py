"""Finding a job by the words people use, and the skills at its heart."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import BooleanField, Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Length

from cordee.metier.orientation.models import AppellationRome, ItemMetierRome, ItemRome, VersionRome
from cordee.metier.personnes.regles.texte import cle_nom

LETTRES_MIN = 2
SEUIL = 0.45


@dataclass(frozen=True, slots=True)
class Appellation:
    """A name of a job, with its métier."""

    code: str
    libelle: str
    rome: str
    metier: str


def chercher_appellations(texte: str, *, limite: int = 8) -> list[Appellation]:
    """Names of jobs that hold every word typed, accents and case aside; if none does, those that resemble it.

    Names that begin with the first word come first, then the shortest, then the main name of a métier.
    """
    mots = [m for m in cle_nom(texte).split() if m]
    if sum(map(len, mots)) < LETTRES_MIN:
        return []
    lignes = AppellationRome.objects.filter(retire=False, metier__retire=False)
    tous = Q()
    for mot in mots:
        tous &= Q(cle__startswith=mot) | Q(cle__contains=f" {mot}")
    debut = Case(When(cle__startswith=mots[0], then=Value(0)), default=Value(1))
    principale = ExpressionWrapper(~Q(classification="PRINCIPALE"), output_field=BooleanField())
    trouvees = _lues(lignes.filter(tous).order_by(debut, "peu_usitee", Length("cle"), principale, "cle"), limite)
    if trouvees:
        return trouvees
    return _ressemblantes(lignes, " ".join(mots), limite)


def _ressemblantes(lignes: QuerySet[AppellationRome], cle: str, limite: int) -> list[Appellation]:
    """Names that hold something like these words. The threshold of the index is the transaction's."""
    proches = lignes.filter(cle__trigram_word_similar=cle).annotate(rang=TrigramWordSimilarity(cle, "cle"))
    with transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(SEUIL)])
        return _lues(proches.order_by("-rang", "peu_usitee", Length("cle"), "cle"), limite)


def _lues(lignes: QuerySet[AppellationRome], limite: int) -> list[Appellation]:
    colonnes = lignes.values_list("code_ogr", "libelle", "metier_id", "metier__libelle")
    return [Appellation(*ligne) for ligne in colonnes[:limite]]


def appellations_de(codes: list[str]) -> dict[str, Appellation]:
    """Names by code, retired ones included: a project may cite one of a former version."""
    lignes = AppellationRome.objects.filter(code_ogr__in=[c for c in codes if c])
    lues = lignes.values_list("code_ogr", "libelle", "metier_id", "metier__libelle")
    return {ligne[0]: Appellation(*ligne) for ligne in lues}


def competences_des_metiers(codes: list[str], *, limite: int = 12) -> list[tuple[str, str]]:
    """Skills at the heart of these métiers: (code, label), those that several of them ask for first. Two queries."""
    liens = ItemMetierRome.objects.filter(metier__in=[c for c in codes if c]).exclude(coeur="")
    nombres: dict[str, int] = {}
    for code in liens.order_by("pk").values_list("code_ogr", flat=True):
        nombres[code] = nombres.get(code, 0) + 1
    connues = dict(
        ItemRome.objects.filter(code_ogr__in=nombres, nature="Compétence", retire=False).values_list(
            "code_ogr", "libelle"
        )
    )
    rangees = sorted((c for c in nombres if c in connues), key=lambda c: (-nombres[c], len(connues[c]), c))
    return [(code, connues[code]) for code in rangees[:limite]]


def libelles_des_competences(codes: list[str]) -> dict[str, str]:
    """Labels by code: only what the repertoire knows is kept."""
    return dict(ItemRome.objects.filter(code_ogr__in=codes).values_list("code_ogr", "libelle"))


def version_rome() -> VersionRome | None:
    """The load in use."""
    return VersionRome.objects.order_by(F("chargee_le").desc(), "-pk").first()
