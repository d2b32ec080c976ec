"""Of keepsakes, too, only the live ones must be one of their kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exercises", "0002_revisions_stay")]
    operations = [
        migrations.RemoveConstraint(model_name="keepsake", name="one_keepsake_of_a_piece"),
        migrations.AddConstraint(
            model_name="keepsake",
            constraint=models.UniqueConstraint(
                fields=["author", "source"],
                condition=models.Q(deleted_at=None),
                name="one_keepsake_of_a_piece",
            ),
        ),
    ]
