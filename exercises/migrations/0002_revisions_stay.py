"""Triggers that refuse to change a revision: even a faulty line of code cannot rewrite history."""

from django.db import migrations

TABLES = [
    "exercises_answerrevision",
    "exercises_pulserevision",
    "exercises_weeknoterevision",
    "exercises_jointrevision",
    "exercises_keepsakerevision",
    "exercises_sessionnoterevision",
    "exercises_ownlessonversion",
    "exercises_promise",
    "exercises_promiseview",
]

SQLITE = """
CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END
"""
POSTGRESQL = """
CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table}
FOR EACH ROW EXECUTE FUNCTION exercises_revision_stays()
"""
POSTGRESQL_FUNCTION = """
CREATE FUNCTION exercises_revision_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'a revision is never changed' USING ERRCODE = 'check_violation'; END $$
"""


def make(apps, schema_editor):
    """One trigger a table, in the words of the database at hand."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(POSTGRESQL_FUNCTION)
    for table in TABLES:
        schema_editor.execute((POSTGRESQL if postgresql else SQLITE).format(table=table))


def drop(apps, schema_editor):
    """The tables as they were."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_stays" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        schema_editor.execute("DROP FUNCTION exercises_revision_stays()")


class Migration(migrations.Migration):
    dependencies = [("exercises", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
