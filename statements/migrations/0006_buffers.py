"""Room for a later table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0005_what_hangs_on_editions")]
    operations = []
