"""Whoever signed before their account was kept beside the signature let us draw from the one they had told by then."""

from django.db import migrations
from django.db.models import Q


def name_the_account(apps, schema_editor):
    """The newest one of the borrower that stood at that moment; of others no box for the debit was ticked."""
    accounts, signatures = apps.get_model("loans", "BankAccount").objects, apps.get_model("loans", "Signature").objects
    rows = signatures.filter(party__kind="borrower").values_list("pk", "party", "event")
    for key, party, event in rows.iterator():
        told = accounts.filter(party=party, event__lt=event).filter(Q(refused=None) | Q(refused__gt=event))
        stood = told.order_by("-pk").values_list("pk", flat=True).first()
        if stood is not None:
            signatures.filter(pk=key).update(account=stood)


class Migration(migrations.Migration):

    dependencies = [
        ('loans', '0043_debit_signatures'),
    ]

    operations = [
        migrations.RunPython(name_the_account, migrations.RunPython.noop),
    ]
