"""Extensions first, then the immutable search key that indexes can use (``unaccent`` alone is only stable)."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension, UnaccentExtension
from django.db import migrations

CLE_RECHERCHE = """
CREATE OR REPLACE FUNCTION cle_recherche(texte text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
AS $$ SELECT btrim(regexp_replace(public.unaccent('public.unaccent'::regdictionary, lower(texte)), '[^a-z0-9]+', ' ', 'g')) $$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(CLE_RECHERCHE, "DROP FUNCTION cle_recherche(text)"),
    ]
