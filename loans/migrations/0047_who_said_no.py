"""Everybody who ever said no to a case is remembered there, as a second no overwrites who said the first."""

from django.db import migrations, models


def remember(apps, schema_editor):
    """Read from the story: whoever declined, in the order in which they did."""
    said = apps.get_model("loans", "Event").objects.filter(verb="decline", subject_kind="application", actor="user")
    of_case = {}
    for case, person in said.order_by("pk").values_list("case", "by").iterator():
        keys = of_case.setdefault(case, [])
        if person not in keys:
            keys.append(person)
    applications = apps.get_model("loans", "Application").objects
    for case, keys in of_case.items():
        applications.filter(pk=case).update(decliners=keys)


class Migration(migrations.Migration):

    dependencies = [
        ('loans', '0046_fees_given_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='decliners',
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(remember, migrations.RunPython.noop),
    ]
