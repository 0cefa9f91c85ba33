"""Letters that wait to be sent, and what each person wants to hear of."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0011_remarks")]

    operations = []
