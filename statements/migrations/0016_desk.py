from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0015_bulk")]
    operations = []
