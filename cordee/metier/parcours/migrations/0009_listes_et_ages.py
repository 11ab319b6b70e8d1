"""Lists of those who left are read from the same index, in order."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organismes", "0001_initial"),
        ("parcours", "0008_files_ouvertes"),
        ("personnes", "0009_listes_et_ages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="situation",
            name="situation_liste",
        ),
        migrations.AddIndex(
            model_name="situation",
            index=models.Index(
                models.F("soumis"),
                models.F("echeance"),
                models.OrderBy(models.F("dernier_contact_le"), nulls_first=True),
                models.F("personne"),
                include=(
                    "etat",
                    "voie",
                    "oriente_le",
                    "contrat_le",
                    "actualisation_le",
                    "structure_secteur",
                    "referent_structure",
                    "referent_agent",
                ),
                name="situation_liste",
            ),
        ),
    ]
