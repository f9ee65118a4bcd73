"""The night: what fails of it stands in no other job's way."""

import pytest

from loans import tasks
from loans.models import Root

pytestmark = pytest.mark.django_db


def test_a_job_that_fails_keeps_no_other_from_being_done_and_the_night_counts_as_missed(
    active, monkeypatch, settings, tmp_path
):
    def fails(day):
        raise ValueError("a row nobody foresaw")

    settings.VAR_DIR = tmp_path
    monkeypatch.setattr(tasks, "NIGHTLY", {**tasks.NIGHTLY, "count_flags": fails})
    with pytest.raises(ExceptionGroup) as missed:
        tasks.nightly()
    assert [str(error) for error in missed.value.exceptions] == ["a row nobody foresaw"]
    assert Root.objects.exists()
    assert not (tmp_path / "nightly-done").exists()
