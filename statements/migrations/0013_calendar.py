"""A private address for the calendar of what goes out."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0012_mail")]

    operations = []
