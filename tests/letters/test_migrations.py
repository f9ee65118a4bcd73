"""Letters that left before messages had codes have one afterwards."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE, AFTER = [("letters", "0001_initial")], [("letters", "0002_codes_and_texts")]


@pytest.mark.django_db(transaction=True)
def test_every_letter_of_old_gets_a_code_of_its_own():
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    try:
        old = executor.loader.project_state(BEFORE).apps.get_model("letters", "Letter")
        words = {"kind": "received", "address": "a@b.example", "address_hash": "x", "language": "en", "facts": {}}
        for number in range(3):
            old.objects.create(**words, occasion=str(number), message_id=f"<{number}@x>")
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(newest)
    new = executor.loader.project_state(AFTER).apps.get_model("letters", "Letter")
    assert len({letter.code for letter in new.objects.all()}) == 3
    assert {(len(letter.code), letter.channel) for letter in new.objects.all()} == {(8, "mail")}
    new.objects.all().delete()
