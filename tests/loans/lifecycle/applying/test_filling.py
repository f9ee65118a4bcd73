import pytest

from loans.lifecycle.applying import filling
from loans.lifecycle.refusal import Refused
from loans.models import Answer
from loans.models.form import Form
from loans.purposes import PURPOSES

pytestmark = pytest.mark.django_db
ABOUT_ME = PURPOSES["training"].section("about-me")
COSTS = PURPOSES["training"].section("costs")


@pytest.fixture
def empty(amina, product):
    return filling.start(amina, product)


def save(case, by, section=ABOUT_ME, seq=0, **typed):
    return filling.save(case, section, [typed], by=by, seq=seq)


def test_what_is_wrong_is_kept_as_it_was_typed(empty, amina):
    form = save(empty, amina, born_on="31/2/1985")
    assert form.raw("about-me", "born_on") == "31/2/1985"
    assert form.value("about-me", "born_on") is None
    assert form.error("about-me", ABOUT_ME.field("born_on")) == "not_a_date"


def test_saving_the_same_again_writes_nothing(empty, amina):
    save(empty, amina, phone="613-555-0123")
    save(empty, amina, phone="613-555-0123")
    assert Answer.objects.count() == 1


def test_what_was_typed_last_wins_and_the_older_is_history(empty, amina):
    save(empty, amina, called="Ami", seq=10)
    form = save(empty, amina, called="Amina", seq=20)
    assert form.raw("about-me", "called") == "Amina"
    assert list(Answer.objects.order_by("pk").values_list("is_current", flat=True)) == [False, True]


def test_a_save_that_was_overtaken_is_kept_but_does_not_win(empty, amina):
    save(empty, amina, called="Amina", seq=20)
    form = save(empty, amina, called="Ami", seq=10)
    assert form.outdated == ["called"]
    assert form.raw("about-me", "called") == "Amina"
    assert {answer.raw for answer in Answer.objects.all()} == {"Amina", "Ami"}


def test_a_device_that_tells_no_time_wins_by_arrival(empty, amina):
    save(empty, amina, called="Amina", seq=20)
    assert save(empty, amina, called="Ami").raw("about-me", "called") == "Ami"


def test_huge_and_odd_texts_are_cut_not_lost(empty, amina):
    form = save(empty, amina, called="a\x00b" + "x" * 100_000)
    assert form.raw("about-me", "called").startswith("a\N{REPLACEMENT CHARACTER}b")
    assert form.error("about-me", ABOUT_ME.field("called")) == "too_long"


def test_an_emptied_line_goes_and_the_others_move_up(empty, amina):
    lines = [{"what": "exam", "cost": "100"}, {"what": "books", "cost": "50"}]
    filling.save(empty, COSTS, lines, by=amina)
    form = filling.save(empty, COSTS, [{"what": "", "cost": ""}, lines[1]], by=amina)
    assert form.lines("costs") == [0]
    assert form.value("costs", "cost") == 5000


def test_more_lines_than_the_page_holds_are_not_taken(empty, amina):
    form = filling.save(empty, COSTS, [{"what": "exam", "cost": "1"}] * 500, by=amina)
    assert len(form.lines("costs")) == COSTS.max_lines


def test_nobody_else_writes_in_a_draft(empty, bilal):
    with pytest.raises(Refused, match="not_open"):
        save(empty, bilal, called="Bilal")


def test_a_sent_form_is_closed(submitted, amina):
    with pytest.raises(Refused, match="not_open"):
        save(submitted, amina, called="Somebody else")


def test_only_the_page_that_was_asked_about_is_open(waiting, amina):
    with pytest.raises(Refused, match="not_open"):
        save(waiting, amina, called="Somebody else")
    form = filling.save(waiting, PURPOSES["training"].section("study-plan"), [{"school": "La Cité"}], by=amina)
    assert form.value("study-plan", "school") == "La Cité"


def test_three_open_drafts_are_enough(empty, amina, product):
    filling.start(amina, product)
    filling.start(amina, product)
    with pytest.raises(Refused, match="too_many_drafts"):
        filling.start(amina, product)


def test_a_paper_is_taken_out_of_a_draft_and_its_bytes_go(draft, amina):
    paper = draft.documents.get(kind="income")
    filling.remove_page(paper.pages.get(), by=amina)
    assert [gap.field for gap in Form(draft).all_gaps()] == ["income"]


def test_a_page_that_a_second_click_finds_gone_is_gone(draft, amina):
    page = draft.documents.get(kind="income").pages.get()
    for deed in (filling.remove_page, filling.remove_page, filling.move_page_up):
        deed(page, by=amina)
    assert not draft.documents.filter(kind="income").exists()


def test_a_sent_paper_is_not_taken_out(submitted, amina):
    with pytest.raises(Refused, match="not_open"):
        filling.remove_page(submitted.documents.first().pages.get(), by=amina)
