"""Who is of an age is read from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("personnes", "0008_index_des_soumis"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="personne",
            name="personne_naissance",
        ),
        migrations.AddIndex(
            model_name="personne",
            index=models.Index(fields=["date_naissance", "id"], name="personne_naissance"),
        ),
    ]
