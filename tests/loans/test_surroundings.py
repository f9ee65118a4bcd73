"""What stands in the way and who sent me: asked, understood, frozen with the baseline, read by the officer."""

import html

import pytest
from django.urls import reverse
from django.utils.translation import override

from applicants.models import Partner
from config import clock
from loans.fields import understand
from loans.lifecycle.applying import filling, submission
from loans.models.form import Form
from loans.surroundings import IN_MY_WAY, SENT_BY, senders
from loans.views.summary import shown
from tests.cases import again, fill_in

pytestmark = pytest.mark.django_db
BARRIERS, PARTNER = IN_MY_WAY.field("barriers"), SENT_BY.field("partner")


@pytest.fixture
def partner(db):
    """A settlement agency that sends people to us."""
    return Partner.objects.create(
        code="rideau-settles",
        kind=Partner.Kind.SETTLEMENT,
        name_en="⟦Rideau Settlement⟧",
        name_fr="⟦Accueil Rideau⟧",
        refers=True,
        source="⟦Notice⟧",
        as_of=clock.today(),
    )


def asked(section, **values):
    return [field.name for field in section.fields if field.applies(values)]


@pytest.mark.parametrize(
    ("raw", "value", "error"),
    [
        ("language licence_cost", ["licence_cost", "language"], ""),
        ("licence_cost licence_cost", ["licence_cost"], ""),
        ("none", ["none"], ""),
        ("none language", None, "not_together"),
        ("licence_cost rain", None, "not_a_choice"),
        ("<script>", None, "not_a_choice"),
        ("", None, ""),
    ],
)
def test_several_barriers_may_be_chosen(raw, value, error):
    assert understand(BARRIERS, raw) == (value, error)


def test_words_are_asked_for_only_where_the_list_does_not_fit():
    assert asked(IN_MY_WAY, barriers=["language"]) == ["barriers"]
    assert asked(IN_MY_WAY, barriers=["language", "other"]) == ["barriers", "in_words"]
    assert asked(SENT_BY, partner="nobody") == ["partner"]
    assert asked(SENT_BY, partner="other") == ["partner", "sender"]
    assert asked(SENT_BY, partner="rideau-settles") == ["partner", "tell_partner"]


def test_partners_who_send_people_are_offered_by_name_in_the_readers_language(partner):
    for language, name in (("en", "⟦Rideau Settlement⟧"), ("fr", "⟦Accueil Rideau⟧")):
        with override(language):
            assert dict(senders())["rideau-settles"] == name
    Partner.objects.update(refers=False)
    assert [code for code, _name in senders()] == ["nobody", "other"]


def test_a_partner_that_is_past_is_not_offered_but_still_named(partner):
    Partner.objects.update(ended_on="2020-01-01")
    assert "rideau-settles" not in dict(senders())
    assert understand(PARTNER, "rideau-settles") == (None, "not_a_choice")
    assert shown(PARTNER, "rideau-settles") == "⟦Rideau Settlement⟧"


def test_barriers_and_sender_are_frozen_with_the_baseline(amina, product, partner):
    case = fill_in(
        filling.start(amina, product),
        amina,
        in_my_way={"barriers": "child_care licence_cost"},
        sent_by={"partner": "rideau-settles", "tell_partner": "yes"},
    )
    baseline = submission.submit(case, by=amina).baseline
    assert (baseline.barriers, baseline.sent_by) == (["licence_cost", "child_care"], "rideau-settles")
    assert again(case).submissions.get().answers["sent-by"][0]["tell_partner"]["value"] is True


def test_to_tell_the_partner_is_never_agreed_to_beforehand(client, amina, product, partner):
    client.force_login(amina)
    case = filling.start(amina, product)
    filling.save(case, SENT_BY, [{"partner": "rideau-settles"}], by=amina)
    page = html.unescape(client.get(reverse("section", args=[case.reference, "sent-by"])).content.decode())
    assert 'name="tell_partner"' in page
    assert "checked" not in page
    assert Form(case).gaps(SENT_BY) == []


def test_the_officer_reads_both(client, amina, product, partner, omar):
    said = {"in_my_way": {"barriers": "regulator other", "in_words": "My papers burned."}}
    case = fill_in(filling.start(amina, product), amina, sent_by={"partner": "rideau-settles"}, **said)
    submission.submit(case, by=amina)
    client.force_login(omar)
    page = html.unescape(client.get(reverse("case", args=[case.reference])).content.decode())
    for words in ("The rules or the long wait", "My papers burned.", "⟦Rideau Settlement⟧"):
        assert words in page


def test_ticks_are_kept_without_a_script_and_shown_again(client, amina, product):
    client.force_login(amina)
    case = filling.start(amina, product)
    url = reverse("section", args=[case.reference, "in-my-way"])
    wrong = client.post(url, {"barriers": ["none", "language"]})
    assert wrong.status_code == 422
    assert wrong.content.decode().count(" checked") == 2
    assert client.post(url, {"barriers": ["language", "credit_file"]}).status_code == 302
    assert Form(case).value("in-my-way", "barriers") == ["credit_file", "language"]
    assert client.post(url, {}).status_code == 422
    assert Form(case).raw("in-my-way", "barriers") == ""
