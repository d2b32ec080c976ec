"""A response names the day since which what it is about was shared."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    """One field."""

    dependencies = [("exercises", "0004_keeping")]

    operations = [
        migrations.AddField(
            model_name="response",
            name="shared_on",
            field=models.DateField(default=datetime.date(2026, 1, 1)),
            preserve_default=False,
        ),
    ]
