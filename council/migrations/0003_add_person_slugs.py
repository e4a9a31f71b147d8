"""An address for each person's public page, made of the name; namesakes get a number."""

from itertools import groupby

from django.db import migrations, models

from council.rules import names


def give_addresses(apps, schema_editor):
    """Give every person an address, council by council, the oldest entry first."""
    person = apps.get_model("council", "Person")
    rows = person.objects.order_by("council_id", "pk").only("council_id", "full_name")
    for _council, found in groupby(rows.iterator(), key=lambda row: row.council_id):
        taken = set()
        for row in found:
            row.slug = names.free_slug(row.full_name, taken)
            taken.add(row.slug)
            row.save(update_fields=["slug"])


class Migration(migrations.Migration):
    dependencies = [("council", "0002_audit_triggers")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="slug",
            field=models.SlugField(
                db_index=False,
                default="",
                editable=False,
                help_text="Chữ trong địa chỉ trang công khai; giữ nguyên khi đổi tên.",
                max_length=80,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(give_addresses, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(
                fields=("council", "slug"),
                name="council_person_one_slug",
                violation_error_message="Địa chỉ này đã thuộc về người khác.",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug", ""), _negated=True),
                name="council_person_has_slug",
                violation_error_message="Người này chưa có địa chỉ trang công khai.",
            ),
        ),
    ]
