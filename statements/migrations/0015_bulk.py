from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statements", "0014_mail")]
    operations = []
