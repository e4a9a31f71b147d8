"""Make the audit log append-only in the database itself, and start its chain."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from council.models import audit_triggers


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    audit_triggers.install(schema_editor.connection)
    apps.get_model("council", "AuditHead").objects.get_or_create(pk=1)


def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    audit_triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    # SQLite rebuilds tables inside a transaction; triggers are plain DDL and may follow at once.
    dependencies = [("council", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
