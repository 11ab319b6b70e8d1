"""The tables of files received now belong to ``fichiers``: they leave this package without moving."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("caf", "0004_type_plus_long"), ("fichiers", "0001_reprise_de_caf")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel("FoyerRejete"), migrations.DeleteModel("FichierRecu")]
        ),
    ]
