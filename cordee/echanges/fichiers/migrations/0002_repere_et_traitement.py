"""A line can be set aside as a household can; what became of it is kept."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("fichiers", "0001_reprise_de_caf"), ("caf", "0005_tables_partagees")]

    operations = [
        migrations.RenameField("elementrejete", "numdemrsa", "repere"),
        migrations.RenameField("elementrejete", "rejoue_le", "traite_le"),
        migrations.RunSQL(
            "UPDATE fichiers_fichierrecu SET type = 'beneficiaires_exceptionnel' WHERE type = 'beneficiaires_reprise'",
            migrations.RunSQL.noop,
        ),
    ]
