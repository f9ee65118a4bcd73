from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

import letters.codes

CHUNK = 1000


def give_codes(apps, schema_editor):
    """Every letter that left before has its code too."""
    letters_of_old = apps.get_model("letters", "Letter")._base_manager.using(schema_editor.connection.alias)
    taken = set()
    while keys := list(letters_of_old.filter(code=None).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        for key in keys:
            code = letters.codes.new_code()
            while code in taken:
                code = letters.codes.new_code()
            taken.add(code)
            letters_of_old.filter(pk=key).update(code=code)


class Migration(migrations.Migration):
    # PostgreSQL alters no table that has rows just written in the same transaction.
    atomic = False

    dependencies = [
        ("letters", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="letter", name="one_letter_per_person"),
        migrations.RemoveConstraint(model_name="letter", name="one_letter_per_address"),
        migrations.AddField(
            model_name="letter",
            name="channel",
            field=models.CharField(
                choices=[("mail", "by e-mail"), ("text", "by text message")], default="mail", max_length=4
            ),
        ),
        migrations.AddField(model_name="letter", name="code", field=models.CharField(max_length=8, null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="letter",
            name="code",
            field=models.CharField(default=letters.codes.new_code, max_length=8, unique=True),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=Q(("to__isnull", False)),
                fields=("kind", "to", "occasion", "channel"),
                name="one_letter_per_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                condition=Q(("to", None)),
                fields=("kind", "address_hash", "occasion", "channel"),
                name="one_letter_per_address",
            ),
        ),
    ]
