"""The two tables of files received leave the CAF's package, as they stand: every kind of file shares them."""

from django.conf import settings
from django.db import migrations, models

TABLES = (("caf_fichierrecu", "fichiers_fichierrecu"), ("caf_foyerrejete", "fichiers_elementrejete"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("caf", "0004_type_plus_long"),
        ("organismes", "0001_initial"),
        ("personnes", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(f"ALTER TABLE {avant} RENAME TO {apres}", f"ALTER TABLE {apres} RENAME TO {avant}")
                for avant, apres in TABLES
            ],
            state_operations=[
                migrations.CreateModel(
                    name="FichierRecu",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("empreinte", models.CharField(max_length=64, unique=True, verbose_name="sha-256")),
                        ("nom", models.CharField(max_length=200, verbose_name="nom du fichier")),
                        ("type", models.CharField(max_length=30, verbose_name="type")),
                        (
                            "reference_le",
                            models.DateField(blank=True, null=True, verbose_name="date de référence (DTREF)"),
                        ),
                        ("cree_le", models.DateTimeField(blank=True, null=True, verbose_name="créé par l'émetteur le")),
                        ("recu_le", models.DateField(verbose_name="reçu le")),
                        ("depose_le", models.DateTimeField(verbose_name="déposé le")),
                        ("taille", models.BigIntegerField(verbose_name="taille (octets)")),
                        ("statut", models.CharField(default="recu", max_length=20, verbose_name="statut")),
                        ("portee", models.CharField(blank=True, max_length=12, verbose_name="portée")),
                        ("erreur", models.CharField(blank=True, max_length=500, verbose_name="erreur")),
                        ("avancement", models.PositiveIntegerField(default=0, verbose_name="éléments traités")),
                        ("etape_traitement", models.CharField(blank=True, max_length=60, verbose_name="en train de")),
                        ("rapport", models.JSONField(default=dict, verbose_name="rapport")),
                        ("charge_le", models.DateTimeField(blank=True, null=True, verbose_name="chargé le")),
                        (
                            "depose_par",
                            models.ForeignKey(on_delete=models.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL),
                        ),
                        (
                            "organisme",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=models.RESTRICT,
                                related_name="fichiers",
                                to="personnes.organismepayeur",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "fichier reçu",
                        "indexes": [models.Index(fields=["organisme", "-reference_le"], name="fichier_organisme")],
                    },
                ),
                migrations.CreateModel(
                    name="ElementRejete",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ligne", models.PositiveIntegerField(verbose_name="ligne")),
                        ("numdemrsa", models.CharField(blank=True, max_length=11, verbose_name="numéro de demande")),
                        ("motif", models.CharField(max_length=300, verbose_name="motif")),
                        ("bloc_chiffre", models.BinaryField(verbose_name="bloc chiffré")),
                        ("cree_le", models.DateTimeField(verbose_name="mis de côté le")),
                        ("rejoue_le", models.DateTimeField(blank=True, null=True, verbose_name="rejoué le")),
                        (
                            "fichier",
                            models.ForeignKey(
                                on_delete=models.CASCADE, related_name="rejets", to="fichiers.fichierrecu"
                            ),
                        ),
                    ],
                    options={"verbose_name": "élément mis de côté"},
                ),
            ],
        ),
    ]
