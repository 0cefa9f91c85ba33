"""Remarks anchored to the words they are about."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0010_checks")]

    operations = []
