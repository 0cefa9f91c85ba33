"""The bin for drafts, and what bulk actions did."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0013_calendar")]

    operations = []
