# Days on which an agent never works (R19); who has been interviewed, read from an index alone.

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orientation", "0011_reglages_suivent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reglagereferent",
            name="repos",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, db_default=[], default=list, size=None,
                verbose_name="jours non travaillés (0 : lundi)",
            ),
        ),
        migrations.AddIndex(
            model_name="diagnostic",
            index=models.Index(condition=models.Q(("brouillon", False)), fields=["personne"], name="diagnostic_menes"),
        ),
    ]  # fmt: skip
