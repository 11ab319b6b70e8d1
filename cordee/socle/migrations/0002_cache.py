"""The shared cache lives in the database: rate limits hold whatever the number of processes."""

from django.db import migrations

TABLE = """
CREATE UNLOGGED TABLE cache_partage (
    cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL
);
CREATE INDEX cache_partage_expires ON cache_partage (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("socle", "0001_initial")]
    operations = [migrations.RunSQL(TABLE, "DROP TABLE cache_partage")]
