"""Make signed files immutable in the database itself."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from resolutions.models import immutability


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    immutability.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("resolutions", "0006_add_signed_files")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
