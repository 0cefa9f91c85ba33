"""Room for a later table."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0011_links")]
    operations = []
