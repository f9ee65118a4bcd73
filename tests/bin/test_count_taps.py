"""An application asks little of a person: counted on the pages as they are rendered, in both languages."""

from dataclasses import replace

import pytest

from bin.count_taps import APPLICATION, HOME_TO_SENT, Applicant, Step, table, total
from bin.rendered_forms import Rendered
from loans.fields import Field
from loans.furnishing.office import furnish
from loans.purposes import PURPOSES

MOST = {"training": 75, "business": 80}
MOST_MINUTES = 12
PAGE = """<nav><a href="/elsewhere/">Elsewhere</a></nav><main>
<ul><li><a href="/one/">One</a> <span class="tag tag-good">Done</span></li><li><a href="/two/">Two</a></li></ul>
<form method="post" action="/there/"><input type="hidden" name="token" value="x">
<div class="field"><label>Name</label><input name="name" value="Amina"></div>
<div class="field"><label>Nickname <span class="optional">(optional)</span></label><input name="called"></div>
<fieldset class="field"><legend>Born <span class="optional">(optional)</span></legend><input name="born_on-day">
<input name="born_on-month"></fieldset>
<div class="field"><input type="checkbox" name="news" value="yes"><label>News <i class="optional">(optional)</i></label>
</div><fieldset class="field"><input type="radio" name="has" value="yes">
<input type="radio" name="has" value="no" checked></fieldset>
<div class="field"><select name="kind"><option value="">Choose</option><option value="a">A</option></select></div>
<button class="button">Go on</button><button class="button-quiet" name="add" value="1">Add</button></form></main>"""


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("purpose", MOST)
def test_an_application_asks_little(purpose, language):
    furnish()
    steps = Applicant(purpose, language).walks()
    print(table(steps))
    assert total(steps).interactions <= MOST[purpose]
    assert total(steps, HOME_TO_SENT).minutes <= MOST_MINUTES


@pytest.mark.django_db
def test_the_whole_road_is_walked():
    furnish()
    amina = Applicant("training", "en")
    names = [step.name for step in amina.walks()]
    assert amina.case.state == "submitted"
    sections = [section.slug for section in PURPOSES["training"].sections if not section.may_be_empty]
    assert [name for name in dict.fromkeys(names) if name in sections] == sections
    assert names[-1] == "my_case"
    told_apart = [step for step in amina.steps if step.name in ("home", "about-me", "my_case")]
    assert [(step.is_application, step.is_after) for step in told_apart] == [(0, 0), (1, 0), (0, 1)]


def test_the_model_of_the_time():
    step = Step("a page", words=200, taps=3, boxes=2, signs=200)
    assert step.interactions == 5
    assert step.minutes == pytest.approx(1 + 3 * 2 / 60 + 200 / 5 / 40)
    steps = [step, Step("inside", 40, taps=1, is_application=True), Step("sent", 30, is_after=True)]
    assert (total(steps).interactions, total(steps, APPLICATION).interactions) == (6, 1)
    assert [total(steps, name).words for name in (APPLICATION, HOME_TO_SENT, "in all")] == [40, 240, 270]
    assert len(table(steps).splitlines()) == 7


def test_a_page_is_read_as_it_was_rendered():
    page = Rendered(PAGE)
    form = page.forms[0]
    assert (form.action, form.method) == ("/there/", "post")
    assert {name: each.kind for name, each in form.questions.items()} == {
        "token": "hidden", "name": "typed", "called": "typed", "born_on-day": "typed", "born_on-month": "typed",
        "news": "ticked", "has": "chosen", "kind": "chosen",
    }  # fmt: skip
    optional = {name for name, each in form.questions.items() if each.is_optional}
    assert optional == {"called", "born_on-day", "born_on-month", "news"}
    assert (form.questions["name"].value, form.questions["has"].value) == ("Amina", "no")
    assert form.questions["kind"].values == ["", "a"]
    assert form.button()["class"] == "button"
    assert form.button("button-quiet", "add")["value"] == "1"
    assert form.button("button-quiet", "nothing") is None
    assert [(link["href"], link.get("tag")) for link in page.links] == [("/one/", "tag tag-good"), ("/two/", None)]
    assert page.controls == ["One", "Two", "Go on", "Add"]


@pytest.mark.django_db
def test_a_question_more_costs_its_interactions(monkeypatch):
    """Whoever adds a question finds it in the count: it is read off the page."""
    furnish()
    before = total(Applicant("training", "en").walks()).interactions
    training = PURPOSES["training"]
    about = training.sections[0]
    longer = replace(about, fields=(*about.fields, Field("since", "date", "Since when?"), Field("who", "text", "Who?")))
    monkeypatch.setitem(PURPOSES, "training", replace(training, sections=(longer, *training.sections[1:])))
    assert total(Applicant("training", "fr").walks()).interactions == before + 4
