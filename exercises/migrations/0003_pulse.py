"""Notes on a week, and the trigger that keeps their revisions as they are."""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


before = import_module("exercises.migrations.0002_revisions_stay")
TABLE = "exercises_weeknoterevision"


def make(apps, schema_editor):
    """The trigger, in the words of the database at hand."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    trigger = before.POSTGRESQL if postgresql else before.SQLITE
    schema_editor.execute(trigger.format(table=TABLE))


def drop(apps, schema_editor):
    """The table as it was."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(f"DROP TRIGGER {TABLE}_stays" + (f" ON {TABLE}" if postgresql else ""))


class Migration(migrations.Migration):

    dependencies = [
        ('exercises', '0002_revisions_stay'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='WeekNote',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('week', models.DateField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='WeekNoteRevision',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('base', models.UUIDField(null=True)),
                ('token', models.UUIDField()),
                ('aside', models.BooleanField(default=False)),
                ('sealed', models.BinaryField()),
                ('saved_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='exercises.weeknote')),
            ],
        ),
        migrations.AddField(
            model_name='weeknote',
            name='head',
            field=models.OneToOneField(on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='exercises.weeknoterevision'),
        ),
        migrations.AddConstraint(
            model_name='weeknoterevision',
            constraint=models.UniqueConstraint(fields=('row', 'token'), name='one_note_revision_per_token'),
        ),
        migrations.AddConstraint(
            model_name='weeknote',
            constraint=models.UniqueConstraint(fields=('author', 'week'), name='one_note_per_week'),
        ),
        migrations.RunPython(make, drop),
    ]
