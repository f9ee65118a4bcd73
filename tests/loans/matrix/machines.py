"""Every state, every verb, everybody: what is listed here may be done, and nothing else may."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django_fsm import TransitionNotAllowed

from accounts.actors import Actor
from loans.lifecycle.step import deed, step
from loans.models import Advance, Application, Document, Event, Loan

PEOPLE = ("amina", "clara", "bilal", "omar", "olga", "mariam", "felix", "ada", "carl")
ON_THE_ROAD = ("submitted", "in_review", "waiting_for_applicant", "recommended")
SENT = (*ON_THE_ROAD, "approved", "declined", "appealed", "decision_stands", "withdrawn", "closed_unanswered")

# Of a draft with which somebody helps: test_assisted.py walks them.
OF_HELP = (
    "assist", "pass_on", "end_help", "send_confirmation", "confirm_by_code", "print_summary", "check_signed_page",
    "confirm_signed_page", "turn_down_signed_page",
)  # fmt: skip

# machine → verb → state → who
MAY = {
    Application: {
        "submit": {"draft": "amina"},
        "expire": {"draft": "clock"},
        "invite_helper": {"draft": "amina"},
        **{verb: {} for verb in OF_HELP},
        "withdraw": {"draft": "amina", "appealed": "amina", **dict.fromkeys(ON_THE_ROAD, "amina")},
        "take": {"submitted": "omar olga"},
        "assign": {"submitted": "mariam"},
        "hand_over": dict.fromkeys(
            ("in_review", "waiting_for_applicant", "recommended", "approved", "appealed"), "mariam"
        ),
        "declare_conflict": dict.fromkeys(SENT, "omar olga mariam felix ada carl"),
        "lift_conflict": dict.fromkeys(SENT, "mariam carl"),
        "ask_for_more": {"in_review": "omar"},
        "ask_besides": {"waiting_for_applicant": "omar"},
        "answer": {"waiting_for_applicant": "amina"},
        "close_unanswered": {"waiting_for_applicant": "clock"},
        "reopen": {"closed_unanswered": "omar olga mariam"},
        "add_note": dict.fromkeys(ON_THE_ROAD, "omar olga"),
        "write_to_office": dict.fromkeys(SENT, "amina"),
        "write_to_applicant": dict.fromkeys(SENT, "omar olga mariam"),
        **{
            verb: dict.fromkeys(SENT, "omar olga mariam")
            for verb in ("post_letter", "print_letter", "return_letter", "post_instead")
        },
        **{verb: dict.fromkeys(SENT, "clock") for verb in ("report_undelivered", "reach_again")},
        "receive_paper": dict.fromkeys(SENT, "amina clara"),
        **{
            verb: dict.fromkeys(SENT, "omar olga mariam")
            for verb in ("add_task", "move_task", "finish_task", "cancel_task")
        },
        "offer_referral": dict.fromkeys(
            (
                "in_review",
                "waiting_for_applicant",
                "recommended",
                "declined",
                "appealed",
                "decision_stands",
            ),
            "omar olga mariam",
        ),
        **{verb: dict.fromkeys(SENT, "omar olga mariam") for verb in ("send_referral", "close_referral")},
        **{verb: dict.fromkeys(SENT, "amina") for verb in ("agree_to_referral", "refuse_referral")},
        "erase_diary": dict.fromkeys(
            ("approved", "declined", "decision_stands", "withdrawn", "closed_unanswered"), "clock"
        ),
        "erase_notes": dict.fromkeys(
            ("approved", "declined", "decision_stands", "withdrawn", "closed_unanswered", "expired"), "clock"
        ),
        "contact_reference": dict.fromkeys((*ON_THE_ROAD, "approved", "appealed"), "omar olga mariam"),
        **{verb: {"in_review": "omar", "recommended": "mariam"} for verb in ("add_condition", "drop_condition")},
        "meet_condition": {"approved": "omar olga"},
        "reopen_condition": {"approved": "omar olga"},
        "waive_condition": {"approved": "mariam"},
        "recommend": {"in_review": "omar"},
        "send_back": {"recommended": "mariam"},
        "cast_vote": {},
        "approve": {"recommended": "mariam"},
        "re_offer": {},  # before there was a yes: see below
        "appeal": {"declined": "amina"},
        "uphold": {"appealed": "carl"},
        "grant_appeal": {"appealed": "carl"},
        "give_consent": dict.fromkeys(SENT, "amina"),
        "withdraw_consent": dict.fromkeys(SENT, "amina"),
        "check_identity": dict.fromkeys(("in_review", "recommended", "approved"), "omar olga"),
        "ask_when_number_ends": dict.fromkeys((*ON_THE_ROAD, "approved", "appealed"), "clock"),
        "erase_record": dict.fromkeys(
            ("approved", "declined", "decision_stands", "withdrawn", "closed_unanswered"), "clock"
        ),
        "enter_bank_details": {"approved": "amina omar olga mariam"},
        **{verb: {"approved": "omar olga mariam"} for verb in ("verify_bank_details", "refuse_bank_details")},
        "erase_bank_details": dict.fromkeys(
            ("approved", "declined", "decision_stands", "withdrawn", "closed_unanswered"), "clock"
        ),
        "renew_number": {},
        "answer_flag": dict.fromkeys((*ON_THE_ROAD, "approved", "appealed"), "omar olga mariam"),
        **{verb: {"in_review": "omar"} for verb in ("note_paper", "adjust", "take_back", "confirm_finding")},
        "enter_credit_report": {"in_review": "omar"},
        "take_back_credit_report": {"in_review": "omar"},
        "answer_checklist": {"in_review": "omar"},
        "decline": {"in_review": "mariam", "recommended": "mariam"},
        "reconsider": {"approved": "clock ledger"},
    },
    Loan: {
        "choose": {"offered": "amina"},
        "take_own_terms": {"offered": "amina"},
        "explain": {"offered": "amina clara"},
        "decline_to_sign": {"offered": "clara"},
        "put_signature": {"offered": "amina clara"},
        "agree_to_debit": dict.fromkeys(("offered", "signed", "active"), "amina clara"),
        "seal_debit": dict.fromkeys(("offered", "signed", "active"), "ledger"),
        **{f"{verb}_paper_signature": {"offered": "omar olga mariam"} for verb in ("record", "confirm", "turn_down")},
        "remind": {"offered": "clock"},
        "sign": {"offered": "ledger"},
        "refuse": {"offered": "amina"},
        "lapse": {"offered": "clock"},
        "cancel": {"signed": "mariam"},
        "withdraw_from": {"signed": "amina clara"},
        "activate": {"signed": "ledger"},
        "record_payment": {"active": "felix", "repaid": "felix"},
        "reverse_payment": {"active": "felix", "repaid": "felix", "written_off": "felix"},
        **{verb: {"active": "mariam"} for verb in ("pause", "lower_rate", "reschedule", "waive")},
        "follow_index": {"active": "clock"},
        "charge_return": {"active": "felix"},
        "undo": {"active": "ledger"},
        "propose_write_off": {"active": "omar olga mariam"},
        "drop_write_off": {},
        "write_off": {},
        "reinstate": {},
        "record_recovery": {"written_off": "felix"},
        "finish": {"active": "ledger"},
        "resume": {"repaid": "ledger"},
    },
    Advance: {
        "release": {"planned": "felix"},
        "send": {"released": "felix"},
        "take_back": {"sent": "felix"},
        "cancel": {"planned": "ledger", "released": "ledger"},
    },
    Document: {
        "accept": {"received": "omar"},
        "refuse": {"received": "omar", "accepted": "omar"},
        "replace": {"refused": "amina"},
        "erase": dict.fromkeys(Document.State.values, "clock"),
    },
}


class Undo(Exception):
    """Raised to take back what a cell did, so that the next one finds the row as it was."""


def attempt(row, verb, by):
    """Whether `by` gets through the road that every verb takes; whatever happened is taken back."""
    events = Event.objects.count()
    try:
        with transaction.atomic():
            move = getattr(row, verb)
            for road in (step, deed):
                try:
                    with transaction.atomic(), road(move, by=by):
                        pass
                    break
                except TypeError:  # a deed moves no state, a step does: the other road says so
                    continue
            assert Event.objects.count() == events + 1
            raise Undo
    except Undo:
        return True
    except (PermissionDenied, TransitionNotAllowed):
        assert Event.objects.count() == events
        return False


def moves_of(model):
    return {move.name: move for move in model(state=model.State.values[0]).get_all_state_transitions()}


def walk(row, people):
    """(verb, who) of every cell of this row's state that lets somebody through."""
    everybody = {**people, **{str(actor): actor for actor in Actor}}
    return {(verb, who) for verb in MAY[type(row)] for who, by in everybody.items() if attempt(row, verb, by)}


def listed(model, state):
    return {(verb, who) for verb, states in MAY[model].items() for who in states.get(state, "").split()}
