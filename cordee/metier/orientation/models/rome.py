"""The national repertoire of jobs (ROME 4.0): métiers, names of jobs, skills. Reference data, replaced by loading."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from cordee.metier.personnes.models.bases import CleRecherche


class VersionRome(models.Model):
    """A load of the tables: which version, of how many lines, with what could not be read. The last one is in use."""

    version = models.CharField("version", max_length=20)
    source = models.CharField("source", max_length=120)
    empreinte = models.CharField("empreinte des fichiers", max_length=64)
    chargee_le = models.DateTimeField("chargée le")
    comptes = models.JSONField("lignes par table", default=dict)
    rejets = models.JSONField("lignes non lues", default=list)

    class Meta:
        verbose_name = "version du répertoire des métiers"

    class Confidentialite:
        neutre = {"id", "version", "source", "empreinte", "chargee_le", "comptes", "rejets"}


class DomaineRome(models.Model):
    """A family of jobs: a letter (great domain) or a letter and two digits (professional domain)."""

    code = models.CharField("code", max_length=3, primary_key=True)
    libelle = models.CharField("libellé", max_length=120)
    retire = models.BooleanField("retiré de la dernière version", default=False)

    class Meta:
        verbose_name = "domaine professionnel"

    class Confidentialite:
        neutre = {"code", "libelle", "retire"}


class MetierRome(models.Model):
    """A métier (« K1304 »). What the repertoire no longer holds is marked, never deleted: people's projects cite it."""

    code = models.CharField("code ROME", max_length=5, primary_key=True)
    libelle = models.CharField("libellé", max_length=300)
    code_ogr = models.CharField("code OGR", max_length=10, blank=True)
    fiche = models.CharField("code de la fiche", max_length=10, blank=True)
    parent = models.CharField("métier de rattachement", max_length=5, blank=True)
    transition_ecologique = models.CharField("transition écologique", max_length=80, blank=True)
    reglemente = models.BooleanField("emploi réglementé", default=False)
    cadre = models.BooleanField("emploi cadre", default=False)
    retire = models.BooleanField("retiré de la dernière version", default=False)

    class Meta:
        verbose_name = "métier"

    class Confidentialite:
        neutre = {"code", "libelle", "code_ogr", "fiche", "parent", "transition_ecologique", "reglemente", "cadre",
                  "retire"}  # fmt: skip


class AppellationRome(models.Model):
    """A name people give to a job; several name one métier. ``cle``: what words are searched in, accents aside."""

    code_ogr = models.CharField("code OGR", max_length=10, primary_key=True)
    metier = models.ForeignKey(MetierRome, models.RESTRICT, related_name="appellations")
    libelle = models.CharField("appellation", max_length=300)
    libelle_court = models.CharField("appellation courte", max_length=300, blank=True)
    classification = models.CharField("classification", max_length=20, blank=True)
    peu_usitee = models.BooleanField("peu usitée", default=False)
    retire = models.BooleanField("retirée de la dernière version", default=False)
    cle = models.GeneratedField(
        expression=CleRecherche("libelle"), output_field=models.TextField(), db_persist=True, verbose_name="clé"
    )

    class Meta:
        verbose_name = "appellation"
        indexes = [GinIndex(fields=["cle"], opclasses=["gin_trgm_ops"], name="appellation_rome_cle")]

    class Confidentialite:
        neutre = {"code_ogr", "metier", "libelle", "libelle_court", "classification", "peu_usitee", "retire", "cle"}


class ItemRome(models.Model):
    """A skill, a knowledge or a working condition of the repertoire."""

    code_ogr = models.CharField("code OGR", max_length=10, primary_key=True)
    nature = models.CharField("nature", max_length=40)
    libelle = models.CharField("libellé", max_length=300)
    categorie = models.CharField("catégorie", max_length=80, blank=True)
    sous_categorie = models.CharField("sous-catégorie", max_length=80, blank=True)
    macro = models.CharField("macro-compétence", max_length=10, blank=True)
    retire = models.BooleanField("retiré de la dernière version", default=False)
    cle = models.GeneratedField(
        expression=CleRecherche("libelle"), output_field=models.TextField(), db_persist=True, verbose_name="clé"
    )

    class Meta:
        verbose_name = "élément du répertoire"
        indexes = [GinIndex(fields=["cle"], opclasses=["gin_trgm_ops"], name="item_rome_cle")]

    class Confidentialite:
        neutre = {"code_ogr", "nature", "libelle", "categorie", "sous_categorie", "macro", "retire", "cle"}


class ItemMetierRome(models.Model):
    """What a métier asks for. ``coeur``: « Principale » or « Émergente » for the heart of the job, else empty.

    No foreign key to the item: the tables also link knowledge whose own table is published apart.
    """

    metier = models.ForeignKey(MetierRome, models.CASCADE, related_name="items", db_index=False)
    code_ogr = models.CharField("code OGR", max_length=10)
    coeur = models.CharField("cœur de métier", max_length=20, blank=True)

    class Meta:
        verbose_name = "élément d'un métier"
        constraints = [models.UniqueConstraint(fields=["metier", "code_ogr"], name="item_metier_rome_unique")]

    class Confidentialite:
        neutre = {"id", "metier", "code_ogr", "coeur"}


class MobiliteRome(models.Model):
    """A métier one may move to from another, the nearest first."""

    metier = models.ForeignKey(MetierRome, models.CASCADE, related_name="mobilites", db_index=False)
    cible = models.ForeignKey(MetierRome, models.CASCADE, related_name="+")
    ordre = models.PositiveSmallIntegerField("ordre")

    class Meta:
        verbose_name = "mobilité entre métiers"
        constraints = [models.UniqueConstraint(fields=["metier", "cible"], name="mobilite_rome_unique")]

    class Confidentialite:
        neutre = {"id", "metier", "cible", "ordre"}
