"""Fields typed on several devices: late, twice, out of order. The right one stands, all are in the history."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loans.fields import LONGEST_RAW
from loans.lifecycle.applying import filling
from loans.lifecycle.applying.keeping import Typed
from loans.lifecycle.refusal import Refused
from loans.models import Answer
from loans.models.form import Form
from loans.purposes import PURPOSES

pytestmark = pytest.mark.django_db
ABOUT_ME = PURPOSES["training"].section("about-me")
COSTS = PURPOSES["training"].section("costs")
CALLED = ABOUT_ME.field("called")
PHONE, LAPTOP = "phone-0001", "laptop-0001"


@pytest.fixture
def empty(amina, product):
    return filling.start(amina, product)


def types(case, by, raw, *, device=PHONE, seq=0, field=CALLED, section=ABOUT_ME, line=0):
    return filling.keep(case, section, [Typed(field, line, raw, seq)], by=by, device=device)


def called(case):
    return Form(case).raw("about-me", "called")


def history(case, field="called"):
    return list(Answer.objects.filter(application=case, field=field).order_by("pk").values_list("device", "seq"))


def test_of_one_device_what_was_typed_last_wins_however_late_the_rest_comes(empty, amina):
    assert types(empty, amina, "Amina", seq=20).saved
    late = types(empty, amina, "Ami", seq=10)
    assert [each.raw for each in late.stale] == ["Ami"]
    assert called(empty) == "Amina"
    assert {each.raw for each in Answer.objects.filter(field="called")} == {"Ami", "Amina"}


def test_between_devices_the_later_arrival_wins_whatever_they_count(empty, amina):
    types(empty, amina, "Amina", device=PHONE, seq=1000)
    assert types(empty, amina, "Mina", device=LAPTOP, seq=1).saved
    assert called(empty) == "Mina"
    assert types(empty, amina, "Ami", device=PHONE, seq=999).stale
    assert called(empty) == "Mina"


def test_the_same_save_twice_is_one_and_saved_both_times(empty, amina):
    for _ in range(2):
        assert types(empty, amina, "Amina", seq=5).saved
    assert history(empty) == [(PHONE, 5)]


def test_a_repeated_save_does_not_undo_what_another_device_said_since(empty, amina):
    types(empty, amina, "Amina", seq=5)
    types(empty, amina, "Mina", device=LAPTOP, seq=1)
    assert types(empty, amina, "Amina", seq=5).stale
    assert called(empty) == "Mina"
    assert history(empty) == [(PHONE, 5), (LAPTOP, 1)]


def test_what_was_typed_and_typed_back_is_not_undone_by_a_save_on_its_way(empty, amina):
    types(empty, amina, "Amina", seq=1)
    types(empty, amina, "Amina", seq=3)
    assert types(empty, amina, "Amin", seq=2).stale
    assert called(empty) == "Amina"


def test_what_was_emptied_again_is_not_undone_by_a_save_on_its_way(empty, amina):
    types(empty, amina, "", seq=3)
    assert types(empty, amina, "Amina", seq=2).stale
    assert called(empty) == ""


def test_who_typed_it_and_on_what_is_known(empty, amina):
    types(empty, amina, "Amina", seq=7)
    answer = Answer.objects.get(field="called")
    assert (answer.saved_by, answer.device, answer.seq, answer.is_current) == (amina, PHONE, 7, True)


def test_a_half_typed_or_wrong_answer_is_kept_alone(empty, amina):
    types(empty, amina, "31/2/", field=ABOUT_ME.field("born_on"), seq=1)
    form = Form(empty)
    assert form.raw("about-me", "born_on") == "31/2/"
    assert form.raw("about-me", "phone") == ""


saves = st.lists(
    st.tuples(st.sampled_from((PHONE, LAPTOP)), st.integers(0, 6), st.sampled_from(("", "a", "b", "c", "d"))),
    max_size=14,
)


def expected(said):
    """The field by the rule alone: told in the order of arrival."""
    newest, seen, value = {}, set(), ""
    for device, seq, raw in said:
        if seq and seq < newest.get(device, 0):
            continue
        repeats = seq and (device, seq, raw) in seen
        if repeats and value != raw:
            continue
        newest[device] = max(newest.get(device, 0), seq)
        seen.add((device, seq, raw))
        value = raw
    return value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(said=saves)
def test_however_saves_of_two_devices_mingle_the_right_one_stands_and_all_are_known(empty, amina, said):
    with transaction.atomic():
        for device, seq, raw in said:
            kept = types(empty, amina, raw, device=device, seq=seq)
            assert len(kept.saved) + len(kept.stale) == 1
            assert not kept.saved or called(empty) == raw, "told as saved, but it does not stand there"
        assert called(empty) == expected(said)
        rows = list(Answer.objects.filter(application=empty))
        assert sum(row.is_current for row in rows) <= 1
        assert {raw for _device, _seq, raw in said} - {""} <= {row.raw for row in rows}
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    "raw",
    ["a\x00b", "\ud800", "a\udfff\ud800b", "\U0001f98b" * 30, "\x1b[31m", "نادية", "a" * LONGEST_RAW],
    ids=["NUL", "half a sign", "two halves", "emoji", "escape", "Arabic", "long"],
)
def test_hostile_words_are_kept_and_nothing_breaks(empty, amina, raw):
    assert types(empty, amina, raw, seq=1).saved
    answer = Answer.objects.get(field="called")
    assert answer.raw
    assert "\x00" not in answer.raw
    assert answer.raw.encode()


def test_of_ten_megabytes_the_beginning_is_kept_and_that_is_told(empty, amina):
    assert types(empty, amina, "x" * 10_000_000, seq=1).cut
    assert called(empty) == "x" * LONGEST_RAW


@pytest.mark.parametrize("line", [-1, 1000, 10**6, 10**12])
def test_a_line_that_no_page_has_is_refused(empty, amina, line):
    kept = types(empty, amina, "exam", field=COSTS.field("what"), section=COSTS, line=line)
    assert kept.refused
    assert not Answer.objects.exists()
    assert types(empty, amina, "x", line=1).refused  # a plain page has one line only


def test_a_full_page_refuses_a_further_line_and_still_takes_the_others(empty, amina):
    filling.save(empty, COSTS, [{"what": "exam", "cost": "1"}] * COSTS.max_lines, by=amina)
    assert types(empty, amina, "5", field=COSTS.field("cost"), section=COSTS, line=500).refused
    assert types(empty, amina, "5", field=COSTS.field("cost"), section=COSTS, line=3).saved


def test_a_line_keeps_its_number_when_one_before_it_goes(empty, amina):
    filling.save(empty, COSTS, [{"what": "exam", "cost": "1"}, {"what": "books", "cost": "2"}], by=amina)
    filling.keep(empty, COSTS, [Typed(field, 0, "") for field in COSTS.fields], by=amina, device=PHONE)
    form = Form(empty)
    assert form.lines("costs") == [1]
    assert form.fresh_line("costs") == 2
    assert [line["cost"]["value"] for line in form.as_said()["costs"]] == [200]
    assert types(empty, amina, "3", field=COSTS.field("cost"), section=COSTS, line=1, seq=1).saved
    assert Form(empty).value("costs", "cost", 1) == 300


def test_the_thousandth_line_gives_way_to_a_number_that_is_free(empty, amina):
    types(empty, amina, "5", field=COSTS.field("cost"), section=COSTS, line=999)
    assert Form(empty).fresh_line("costs") == 0


def test_nobody_else_keeps_anything_here(empty, bilal):
    with pytest.raises(Refused, match="not_open"):
        types(empty, bilal, "Bilal")


def test_a_social_insurance_number_leaves_no_history_and_is_shown_by_its_end_only(empty, amina):
    sin = ABOUT_ME.field("sin")
    types(empty, amina, "912 34", field=sin, seq=1)
    types(empty, amina, "912 345 675", field=sin, seq=2)
    answer = Answer.objects.get(field="sin")
    assert "675" in answer.raw
    assert "345" not in answer.raw
    assert types(empty, amina, "912 34", field=sin, seq=1).stale
    assert types(empty, amina, answer.raw, field=sin, seq=3).saved
    assert Answer.objects.get(field="sin").value == answer.value


# --- A page sent by its button -----------------------------------------------------------------------


def sends(case, by, seen, device="", **said):
    typed = [Typed(ABOUT_ME.field(name), 0, raw) for name, raw in said.items()]
    return filling.keep_page(case, ABOUT_ME, typed, by=by, seen=seen, device=device)


def test_a_page_opened_before_does_not_undo_what_was_typed_elsewhere_meanwhile(empty, amina):
    seen = sends(empty, amina, None, called="Ami", phone="613-555-0123").newest
    types(empty, amina, "Amina", device=PHONE, seq=1)
    form = sends(empty, amina, seen, called="Ami", phone="613-555-9999")
    assert form.outdated == ["called"]
    assert form.raw("about-me", "called") == "Amina"
    assert form.raw("about-me", "phone") == "613-555-9999"


def test_an_empty_page_opened_before_does_not_empty_the_fields(empty, amina):
    types(empty, amina, "Amina", device=PHONE, seq=1)
    form = sends(empty, amina, 0, called="", phone="")
    assert (form.outdated, form.raw("about-me", "called")) == (["called"], "Amina")


def test_what_is_really_changed_on_an_older_page_wins(empty, amina):
    seen = sends(empty, amina, None, called="Ami").newest
    types(empty, amina, "Amina", device=PHONE, seq=1)
    form = sends(empty, amina, seen, called="Mina")
    assert (form.outdated, form.raw("about-me", "called")) == ([], "Mina")


def test_one_may_type_back_what_one_saved_on_the_same_page(empty, amina):
    seen = sends(empty, amina, None, called="Ami").newest
    types(empty, amina, "Amina", device=PHONE, seq=1)
    typed = [Typed(CALLED, 0, "Ami", 2)]
    form = filling.keep_page(empty, ABOUT_ME, typed, by=amina, seen=seen, device=PHONE)
    assert (form.outdated, form.raw("about-me", "called")) == ([], "Ami")
