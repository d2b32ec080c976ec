"""The days on which a promise was written down and a view was said."""

from datetime import date
from importlib import import_module

from django.db import migrations, models

TABLES = ["exercises_promise", "exercises_promiseview"]
NEVER = date(2000, 1, 1)
"""There are no rows yet."""


def make_again(apps, schema_editor):
    """On SQLite a table with a new column is a new table, whose triggers are gone."""
    if schema_editor.connection.vendor == "sqlite":
        stays = import_module("exercises.migrations.0002_revisions_stay")
        for table in TABLES:
            schema_editor.execute(stays.SQLITE.format(table=table))


class Migration(migrations.Migration):
    dependencies = [("exercises", "0002_revisions_stay")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, make_again),
        migrations.AddField(
            "promise", "written_on", models.DateField(default=NEVER), preserve_default=False
        ),
        migrations.AddField(
            "promiseview", "said_on", models.DateField(default=NEVER), preserve_default=False
        ),
        migrations.RunPython(make_again, migrations.RunPython.noop),
    ]
