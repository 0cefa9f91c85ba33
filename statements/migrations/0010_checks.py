"""Findings of the check that somebody silenced."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0009_links")]

    operations = []
