"""What becomes of a piece set aside: why it is dropped, what it touched once played; who read it; several at once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("fichiers", "0004_calendrier"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="elementrejete",
            name="raison_ecart",
            field=models.CharField(
                blank=True,
                choices=[
                    ("renvoi_attendu", "L'émetteur le renverra corrigé"),
                    ("deja_pris", "Déjà pris par un autre fichier"),
                    ("hors_perimetre", "Ne concerne pas notre département"),
                    ("inexploitable", "Inexploitable, l'émetteur le confirme"),
                    ("autre", "Autre raison"),
                ],
                default="",
                max_length=20,
                verbose_name="raison de l'écart",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="elementrejete",
            name="suites",
            field=models.JSONField(blank=True, default=dict, verbose_name="ce que le rejeu a touché"),
        ),
        migrations.AddField(
            model_name="elementrejete",
            name="echec",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="dernier essai"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="LectureElement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("element_id", models.BigIntegerField()),
                ("agent_id", models.BigIntegerField()),
                ("lue_le", models.DateTimeField(verbose_name="lue le")),
            ],
            options={
                "verbose_name": "lecture d'un élément mis de côté",
                "indexes": [models.Index(fields=["lue_le"], name="lecture_element_date")],
            },
        ),
        migrations.CreateModel(
            name="Rejeu",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("demande_le", models.DateTimeField(verbose_name="demandé le")),
                ("elements", models.JSONField(default=list, verbose_name="éléments")),
                ("traites", models.PositiveIntegerField(default=0, verbose_name="éléments traités")),
                ("reussis", models.PositiveIntegerField(default=0, verbose_name="éléments rejoués")),
                ("echecs", models.JSONField(blank=True, default=list, verbose_name="échecs")),
                ("termine_le", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                (
                    "demande_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"verbose_name": "rejeu"},
        ),
    ]
