"""The hours of the desk, why an absence is excused, why somebody nobody expected came."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rendezvous", "0004_liens"),
    ]

    operations = [
        migrations.AddField(
            model_name="rendezvous",
            name="arrive_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="arrivée à"),
        ),
        migrations.AddField(
            model_name="rendezvous",
            name="motif_excuse",
            field=models.CharField(
                blank=True,
                choices=[
                    ("non_recue", "N'a pas reçu la convocation"),
                    ("sante", "Santé"),
                    ("garde_enfant", "Garde d'un enfant"),
                    ("transport", "Transport"),
                    ("travail", "Travail ou formation"),
                    ("autre_rendez_vous", "Autre rendez-vous qui ne se déplace pas"),
                    ("famille", "Événement familial"),
                    ("partie_avant", "Départ avant l'entretien"),
                    ("autre", "Autre raison"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="motif d'excuse",
            ),
        ),
        migrations.AddField(
            model_name="rendezvous",
            name="parti_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="repartie à"),
        ),
        migrations.AddField(
            model_name="rendezvous",
            name="recu_le",
            field=models.DateTimeField(blank=True, null=True, verbose_name="reçue à"),
        ),
        migrations.AddField(
            model_name="rendezvous",
            name="retard_annonce",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="retard annoncé (minutes)"),
        ),
        migrations.AddField(
            model_name="rendezvous",
            name="venue",
            field=models.CharField(
                blank=True,
                choices=[
                    ("sans_rendez_vous", "Sans rendez-vous"),
                    ("autre_jour", "Rendez-vous un autre jour"),
                    ("autre_site", "Rendez-vous sur un autre site"),
                    ("nouvelle", "Pas encore dans le fichier"),
                ],
                db_default="",
                default="",
                max_length=20,
                verbose_name="venue sans être attendue",
            ),
        ),
        migrations.AddConstraint(
            model_name="rendezvous",
            constraint=models.CheckConstraint(
                condition=models.Q(("motif_excuse", ""), ("statut", "excuse"), _connector="OR"),
                name="rdv_motif_d_une_excuse",
                violation_error_message="Un motif d'excuse ne se note que pour une absence excusée.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rendezvous",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recu_le__isnull", True),
                    ("arrive_le__isnull", True),
                    ("recu_le__gte", models.F("arrive_le")),
                    _connector="OR",
                ),
                name="rdv_recue_apres_arrivee",
                violation_error_message="Une personne est reçue après son arrivée.",
            ),
        ),
    ]
