"""Lists sorted by risk without the étapes; indexes that answer from themselves; indexes that nothing reads, removed.

- ``situation.echeance``: drawn by the database from the complete situation, so that whoever writes a row writes it.
- ``situation_liste``: counts and pages of people subject to droits et devoirs, without opening rows of a thousand bytes.
- Foreign keys of which another index already starts with the same column, or that no query looks people up by.
"""

import cordee.metier.parcours.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A cast from text to date depends on the session's settings; the digits of an ISO date do not.
JOUR = """
CREATE FUNCTION parcours_jour(texte text) RETURNS date LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN make_date(left(texte, 4)::int, substr(texte, 6, 2)::int, substr(texte, 9, 2)::int)
"""
RETOUR = "DROP FUNCTION parcours_jour(text)"


class Migration(migrations.Migration):
    dependencies = [
        ("organismes", "0001_initial"),
        ("parcours", "0006_index_des_listes"),
        ("personnes", "0006_foyer_precedent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(JOUR, RETOUR),
        migrations.RemoveIndex(
            model_name="etape",
            name="etape_file_echeance",
        ),
        migrations.RemoveIndex(
            model_name="situation",
            name="situation_etat",
        ),
        migrations.RemoveIndex(
            model_name="situation",
            name="situation_secteur",
        ),
        migrations.RemoveIndex(
            model_name="situation",
            name="situation_soumise",
        ),
        migrations.AddField(
            model_name="situation",
            name="echeance",
            field=models.GeneratedField(
                db_persist=True,
                expression=cordee.metier.parcours.models._JourDeLEtape(),
                output_field=models.DateField(null=True),
                verbose_name="à faire avant le",
            ),
        ),
        migrations.AlterField(
            model_name="echeance",
            name="agent",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="echeance",
            name="structure",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="organismes.structure",
            ),
        ),
        migrations.AlterField(
            model_name="etape",
            name="agent",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="etape",
            name="structure",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="organismes.structure",
            ),
        ),
        migrations.AlterField(
            model_name="evenement",
            name="par",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="evenement",
            name="personne",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="evenements",
                to="personnes.personne",
            ),
        ),
        migrations.AlterField(
            model_name="situation",
            name="referent_agent",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="situation",
            name="referent_structure",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="organismes.structure",
            ),
        ),
        migrations.AlterField(
            model_name="situation",
            name="structure_secteur",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="organismes.structure",
            ),
        ),
        migrations.AddIndex(
            model_name="etape",
            index=models.Index(
                condition=models.Q(("fermee_le__isnull", True)),
                fields=["echeance", "personne"],
                name="etape_file_echeance",
            ),
        ),
        migrations.AddIndex(
            model_name="situation",
            index=models.Index(
                models.F("echeance"),
                models.OrderBy(models.F("dernier_contact_le"), nulls_first=True),
                models.F("personne"),
                condition=models.Q(("soumis", True)),
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
