from django.db import migrations

from resolutions.models import immutability


def install(apps, schema_editor):
    immutability.install(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('resolutions', '0006_archive_sessions'),
    ]

    operations = [
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
