"""What is drawn is a thing of its own: amounts held until a change was announced, and the changes to announce."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loans", "0038_accepting")]

    operations = [
        migrations.AddField("loan", "held_debits", models.JSONField(default=dict)),
        migrations.CreateModel(
            name="DebitChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("occasion", models.CharField(max_length=60)),
                ("why", models.CharField(choices=[("index", "Index"), ("rate", "Rate"), ("fee", "Fee")], max_length=5)),
                ("debits", models.JSONField()),
                ("made_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(null=True)),
                (
                    "loan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="debit_changes", to="loans.loan"
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.AddIndex(
            "debitchange",
            models.Index(condition=models.Q(("told_at", None)), fields=["loan"], name="debits_to_announce"),
        ),
        migrations.AddConstraint(
            "debitchange",
            models.UniqueConstraint(fields=("loan", "occasion"), name="debits_change_once_an_occasion"),
        ),
    ]
