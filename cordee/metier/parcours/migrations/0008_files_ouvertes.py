"""What is open is read from an index alone; how many are open, unit by unit, is known to the planner.

Almost every étape is closed and the open ones are not like them: guessed from the whole table, a queue of five hundred
lines was expected to hold five thousand, and the whole table was read for it.
"""

from django.conf import settings
from django.db import migrations, models

STATISTIQUES = """
CREATE STATISTICS etape_ouvertes (mcv) ON unite, genre, fermee_le FROM parcours_etape;
CREATE STATISTICS echeance_ouvertes (mcv) ON unite, genre, fermee_le FROM parcours_echeance;
"""
RETOUR = "DROP STATISTICS etape_ouvertes; DROP STATISTICS echeance_ouvertes;"


class Migration(migrations.Migration):
    dependencies = [
        ("organismes", "0001_initial"),
        ("parcours", "0007_liste_par_risque"),
        ("personnes", "0008_index_des_soumis"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="etape",
            name="etape_file_echeance",
        ),
        migrations.AddIndex(
            model_name="echeance",
            index=models.Index(
                condition=models.Q(("fermee_le__isnull", True)),
                fields=["echeance", "personne"],
                include=("id", "unite", "structure", "agent", "genre"),
                name="echeance_file_echeance",
            ),
        ),
        migrations.AddIndex(
            model_name="etape",
            index=models.Index(
                condition=models.Q(("fermee_le__isnull", True)),
                fields=["echeance", "personne"],
                include=("id", "unite", "structure", "agent", "genre"),
                name="etape_file_echeance",
            ),
        ),
        migrations.RunSQL(STATISTIQUES, RETOUR),
    ]
