import pytest
from django.urls import reverse
from django_fsm import can_proceed

from loans.models import Application
from tests.cases import seen

pytestmark = pytest.mark.django_db
State = Application.State
ELSEWHERE = {  # deeds that have a page of their own
    "write_to_applicant", "add_task", "move_task", "finish_task", "cancel_task", "contact_reference",
    "declare_conflict", "lift_conflict", "assign", "hand_over", "offer_referral", "send_referral", "close_referral",
    "note_paper", "adjust", "take_back", "confirm_finding", "enter_credit_report", "take_back_credit_report",
    "answer_checklist", "answer_flag", "add_condition", "drop_condition", "meet_condition", "waive_condition",
    "reopen_condition", "enter_bank_details", "verify_bank_details", "refuse_bank_details",
    "post_letter", "print_letter", "return_letter", "post_instead",
    "assist", "invite_helper", "pass_on", "end_help", "send_confirmation",
    "confirm_by_code", "print_summary", "check_signed_page", "confirm_signed_page", "turn_down_signed_page",
}  # fmt: skip
TERMS = {"principal_cents": "4000", "study_months": "6", "repayment_months": "24"}


def here(case):
    return reverse("case", args=[case.reference])


def read(client, user, case):
    client.force_login(user)
    return client.get(here(case))


def send(client, user, case, to, **data):
    """Send the form of a page that was opened just now."""
    client.force_login(user)
    return client.post(reverse(to, args=[case.reference]), {"seen": seen(case), **data})


def afresh(row):
    return type(row).objects.get(pk=row.pk)


def deeds(response):
    return [deed["key"] for deed in response.context["deeds"]]


# --- The officer's deeds -------------------------------------------------------------------------


def test_an_officer_takes_a_case(client, omar, submitted):
    assert deeds(read(client, omar, submitted)) == ["take", "add-note"]
    response = send(client, omar, submitted, "review")
    assert (response.status_code, response.url) == (302, here(submitted))
    assert afresh(submitted).reviewer == omar


def test_whoever_may_not_take_a_case_is_told_so(client, mariam, submitted):
    assert send(client, mariam, submitted, "review").status_code == 403


def test_taking_a_case_that_was_taken_meanwhile_shows_how_it_stands(client, omar, in_review):
    response = send(client, omar, in_review, "review")
    assert (response.status_code, response.url) == (302, here(in_review))
    assert afresh(in_review).state == State.IN_REVIEW


def test_the_officer_asks_about_two_pages(client, omar, in_review):
    asked = {"ask-budget": "yes", "why-budget": "Is the rent right?", "ask-papers": "yes", "why-papers": "Page 2?"}
    assert send(client, omar, in_review, "questions", **asked).status_code == 302
    case = afresh(in_review)
    assert case.state == State.WAITING
    assert set(case.questions.values_list("topic", flat=True)) == {"budget", "papers"}


def test_a_question_without_a_reason_is_not_sent_and_nothing_typed_is_lost(client, omar, in_review):
    asked = {"ask-budget": "yes", "why-budget": "", "ask-papers": "yes", "why-papers": "Page two is missing"}
    response = send(client, omar, in_review, "questions", **asked)
    assert response.status_code == 422
    assert "Page two is missing" in response.content.decode()
    assert afresh(in_review).state == State.IN_REVIEW


def test_a_reason_without_its_tick_is_not_thrown_away(client, omar, in_review):
    response = send(client, omar, in_review, "questions", **{"why-work": "Since when?"})
    assert response.status_code == 422
    assert "Since when?" in response.content.decode()


def test_asking_nothing_is_refused(client, omar, in_review):
    response = send(client, omar, in_review, "questions")
    assert response.status_code == 422
    assert "Choose at least one page" in response.content.decode()


def test_a_note_is_kept_once_though_sent_twice(client, omar, in_review):
    for _ in range(2):
        assert send(client, omar, in_review, "notes", note="Called the school", once_key="k1").status_code == 302
    assert in_review.events.filter(verb="add_note").count() == 1
    assert "Called the school" in read(client, omar, in_review).content.decode()


def test_an_empty_note_is_refused_beside_its_field(client, omar, in_review):
    response = send(client, omar, in_review, "notes", note=" ")
    assert response.status_code == 422
    assert 'href="#id-add-note-note"' in response.content.decode()


# --- The recommendation --------------------------------------------------------------------------


def test_the_terms_begin_with_what_was_asked(client, omar, in_review):
    [sheet] = [deed for deed in read(client, omar, in_review).context["deeds"] if deed["key"] == "recommend"]
    typed = {field["name"]: field["value"] for field in sheet["terms"]}
    submission = in_review.submissions.last()
    assert typed["principal_cents"] == f"{submission.requested_cents / 100:.2f}"
    assert typed["repayment_months"] == str(submission.repayment_months)
    [proposal] = sheet["proposals"]
    assert proposal.figures.cost.apr > 0


def test_working_out_shows_figures_and_does_nothing(client, omar, in_review):
    response = send(client, omar, in_review, "recommendation", work_out="yes", note="half a thou", **TERMS)
    [sheet] = [deed for deed in response.context["deeds"] if deed["key"] == "recommend"]
    assert response.status_code == 200
    [proposal] = sheet["proposals"]
    assert proposal.loan.principal_cents == 400_000
    assert "half a thou" in response.content.decode()
    assert afresh(in_review).state == State.IN_REVIEW


def test_working_out_impossible_terms_says_why(client, omar, in_review):
    for months in ("0", "999999999", "x", ""):
        terms = TERMS | {"repayment_months": months}
        response = send(client, omar, in_review, "recommendation", work_out="yes", **terms)
        assert response.status_code == 200
        assert 'href="#id-recommend-repayment_months"' in response.content.decode()


def test_the_officer_recommends_with_reasons(client, omar, in_review):
    words = {"reason-affordable": "yes", "reason-enrolled": "yes", "note": "Good plan", "once_key": "k2"}
    assert send(client, omar, in_review, "recommendation", **TERMS, **words).status_code == 302
    case = afresh(in_review)
    assert (case.state, case.recommended_by) == (State.RECOMMENDED, omar)
    assert case.recommendations.get().reasons == ["affordable", "enrolled"]


def test_a_second_click_recommends_once(client, omar, in_review):
    words = {"reason-affordable": "yes", "note": "Good plan", "once_key": "k3"}
    for _ in range(2):
        response = send(client, omar, in_review, "recommendation", **TERMS, **words)
        assert (response.status_code, response.url) == (302, here(in_review))
    assert in_review.recommendations.count() == 1


def test_a_recommendation_without_a_reason_keeps_what_was_typed(client, omar, in_review):
    response = send(client, omar, in_review, "recommendation", note="A long story", **TERMS)
    page = response.content.decode()
    assert response.status_code == 422
    assert "A long story" in page
    assert 'href="#id-recommend-reason-affordable"' in page


# --- The decision --------------------------------------------------------------------------------


def test_the_recommender_may_not_approve(client, omar, recommended):
    assert "approve" not in deeds(read(client, omar, recommended))
    assert send(client, omar, recommended, "approval").status_code == 403


def test_a_manager_sees_terms_and_approves(client, mariam, recommended):
    response = read(client, mariam, recommended)
    assert deeds(response)[0] == "approve"
    assert response.context["estimate"].figures.cost.apr > 0
    assert send(client, mariam, recommended, "approval", once_key="k4").status_code == 302
    assert afresh(recommended).state == State.APPROVED


def test_a_second_click_approves_once(client, mariam, recommended):
    for _ in range(2):
        assert send(client, mariam, recommended, "approval", once_key="k5").status_code == 302
    assert recommended.loans.count() == 1


def test_approving_without_a_key_what_is_decided_shows_how_it_stands(client, mariam, offered):
    response = send(client, mariam, offered, "approval")
    assert (response.status_code, response.url) == (302, here(offered))


def test_a_manager_declines_with_reasons(client, mariam, recommended):
    assert send(client, mariam, recommended, "refusal", **{"reason-plan_unclear": "yes"}).status_code == 302
    case = afresh(recommended)
    assert (case.state, case.decided_by) == (State.DECLINED, mariam)


def test_a_no_without_a_reason_is_refused(client, mariam, recommended):
    response = send(client, mariam, recommended, "refusal", note="I do not like it")
    assert response.status_code == 422
    assert "I do not like it" in response.content.decode()
    assert afresh(recommended).state == State.RECOMMENDED


def test_a_manager_sends_a_case_back_with_a_question(client, mariam, recommended):
    assert send(client, mariam, recommended, "sending_back", note="Which exam?").status_code == 302
    assert afresh(recommended).state == State.IN_REVIEW


def test_a_case_goes_back_only_with_a_question(client, mariam, recommended):
    assert send(client, mariam, recommended, "sending_back", note="").status_code == 422


@pytest.mark.parametrize("who", ["omar", "mariam", "ada", "carl"])
@pytest.mark.parametrize("kind", ["submitted", "in_review", "recommended", "offered"])
def test_the_page_draws_exactly_what_the_machine_allows(client, request, who, kind):
    user, case = request.getfixturevalue(who), request.getfixturevalue(kind)
    case = Application.objects.get(pk=getattr(case, "application_id", case.pk))
    response = read(client, user, case)
    if response.status_code == 404:
        return
    drawn = {key.replace("-", "_") for key in deeds(response)}
    may = {move.name for move in case.get_available_user_state_transitions(user)}
    assert drawn == may - ELSEWHERE
    assert ("write_to_applicant" in may) == (
        reverse("case_messages", args=[case.reference]) in response.content.decode()
    )
    assert all(can_proceed(getattr(case, verb)) for verb in drawn)
