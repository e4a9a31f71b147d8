"""Make what is signed immutable in the database itself."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from resolutions.models import immutability


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    immutability.install(schema_editor.connection)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    immutability.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("resolutions", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
