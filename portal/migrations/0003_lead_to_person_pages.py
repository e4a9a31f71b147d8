"""Search entries of persons lead to the persons' own pages."""

from django.db import migrations


def lead_to_pages(apps, schema_editor):
    """Write the new address into each person's entry; those of persons that are gone stay."""
    entries = apps.get_model("portal", "SearchEntry").objects.filter(kind="person")
    people = apps.get_model("council", "Person").objects.select_related("council")
    for person in people.only("slug", "council__slug").iterator():
        entries.filter(object_id=person.pk).update(
            path=f"/{person.council.slug}/dai-bieu/{person.slug}/"
        )


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0002_search_index_and_feed"),
        ("council", "0003_add_person_slugs"),
    ]

    operations = [migrations.RunPython(lead_to_pages, migrations.RunPython.noop)]
