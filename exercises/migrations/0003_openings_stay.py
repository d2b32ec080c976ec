"""Triggers that keep the access record: no opening is changed, and none deleted before its owner.

Tamper-resistant, not tamper-proof: whoever may drop a trigger can do as they please.
"""

from django.db import migrations

SQLITE = [
    """
CREATE TRIGGER exercises_opening_stays BEFORE UPDATE ON exercises_opening
BEGIN SELECT RAISE(ABORT, 'the access record is never changed'); END
""",
    """
CREATE TRIGGER exercises_opening_is_kept BEFORE DELETE ON exercises_opening
WHEN EXISTS (SELECT 1 FROM accounts_user WHERE id = OLD.owner_id AND NOT erasing)
BEGIN SELECT RAISE(ABORT, 'the access record is kept as long as its owner is here'); END
""",
]
POSTGRESQL = [
    """
CREATE FUNCTION exercises_opening_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  RAISE EXCEPTION 'the access record is never changed' USING ERRCODE = 'check_violation';
END $$
""",
    """
CREATE FUNCTION exercises_opening_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF EXISTS (SELECT 1 FROM accounts_user WHERE id = OLD.owner_id AND NOT erasing) THEN
    RAISE EXCEPTION 'the access record is kept as long as its owner is here'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN OLD;
END $$
""",
    """
CREATE TRIGGER exercises_opening_stays BEFORE UPDATE ON exercises_opening
FOR EACH ROW EXECUTE FUNCTION exercises_opening_stays()
""",
    """
CREATE TRIGGER exercises_opening_is_kept BEFORE DELETE ON exercises_opening
FOR EACH ROW EXECUTE FUNCTION exercises_opening_is_kept()
""",
]
NAMES = ["exercises_opening_stays", "exercises_opening_is_kept"]


def make(apps, schema_editor):
    """Two triggers, in the words of the database at hand."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if postgresql else SQLITE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """The table as it was."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name in NAMES:
        schema_editor.execute(
            f"DROP TRIGGER {name}" + (" ON exercises_opening" if postgresql else "")
        )
        if postgresql:
            schema_editor.execute(f"DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("exercises", "0002_revisions_stay"), ("accounts", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
