"""What a refused deed is told as: one whole sentence a code of loans.lifecycle.refusal.Refused."""

from django.utils.translation import gettext as _

from letters.wording import day, money, percent


def sentence(refused):
    """The sentence, in the active language, with the facts of the refusal in it."""
    facts = refused.facts
    return _SENTENCES[refused.code](facts)


def field_of(refused):
    """The form field a refusal speaks of, or an empty text."""
    return refused.facts.get("field") or _FIELDS.get(refused.code, "")


_FIELDS = {
    "no_amount": "cents",
    "too_large": "cents",
    "more_than_owed": "cents",
    "unknown_method": "method",
    "no_payer": "payer",
    "in_the_future": "on",
    "before_advance": "on",
    "before_signing": "on",
    "empty_note": "note",
    "no_reason": "reasons",
    "unknown_reason": "reasons",
    "before_write_off": "on",
    "not_a_month_end": "through",
    "month_not_over": "through",
    "closed_already": "through",
    "not_lower": "annual_rate",
    "first_due_too_far": "first_due",
    "not_a_return": "reversal",
    "charged_already": "reversal",
    "part_not_owed": "cents",
    "unknown_person": "party",
    "unknown_identity_paper": "paper",
    "unknown_way": "how",
    "number_too_long": "last_signs",
    "paper_expired": "expires_on",
    "held_already": "role",
    "not_held": "role",
    "last_manager": "role",
    "no_days": "last_day",
    "days_over": "last_day",
    "own_stand_in": "stands_in_for",
    "day_is_past": "day",
    "day_too_far": "day",
    "weekend_day": "day",
    "no_name": "typed_name",
    "not_agreed": "agreed",
    "empty_file": "file",
    "too_big": "file",
    "wrong_type": "file",
    "broken_picture": "file",
    "broken_pdf": "file",
    "broken_sheet": "file",
    "sheet_with_macros": "file",
    "infected": "file",
    "cannot_check": "file",
}

_SENTENCES = {
    "once_key_reused": lambda f: _("This form was already used for something else. Please open the page again."),
    "too_many_drafts": lambda f: _("You have three open applications. Please finish or withdraw one first."),
    "not_open": lambda f: _("This page was sent already and cannot be changed now."),
    "unknown_paper": lambda f: _("Please choose which paper this is."),
    "too_many_papers": lambda f: _("There are thirty papers in this case already. Please remove one first."),
    "empty_file": lambda f: _("This file is empty. Please choose another one."),
    "too_big": lambda f: _("This file is larger than 10 MB. A photo with fewer details will do."),
    "wrong_type": lambda f: _("This is not a PDF, JPEG or PNG file. A photo or a PDF will do."),
    "broken_picture": lambda f: _("This picture is damaged and cannot be opened. Please take it again."),
    "broken_sheet": lambda f: _("This spreadsheet is damaged and cannot be opened. Please save it again as .xlsx."),
    "sheet_with_macros": lambda f: _("This spreadsheet holds macros. Please save it without them, as .xlsx."),
    "broken_pdf": lambda f: _("This PDF is not complete. Please save it again, or send a photo."),
    "infected": lambda f: _("A virus was found in this file, so we did not keep it. Please send another file."),
    "cannot_check": lambda f: _(
        "We cannot check files for viruses just now, so we did not keep this one. Please try again in an hour."
    ),
    "nothing_asked": lambda f: _("Choose at least one page to ask about."),
    "no_reason": lambda f: _("Please give a reason."),
    "unknown_reason": lambda f: _("Please choose a reason from the list."),
    "unknown_page": lambda f: _("This page is not part of the form."),
    "empty_note": lambda f: _("Please write why."),
    "outside_product": lambda f: _outside_product(f),
    "impossible_terms": lambda f: _("No payment plan can be made from these terms."),
    "no_rate": lambda f: _("The rate of this loan is not known today. Please call us."),
    "criminal_rate": lambda f: (
        _("With its fee this loan would cost %(apr)s a year. The Criminal Code allows at most 35%% a year.")
        % {"apr": percent(f["apr"])}
    ),
    "no_agreement": lambda f: _("Please open and read the agreement first."),
    "not_agreed": lambda f: _("Please tick that you agree, if you do."),
    "no_name": lambda f: _("Please type your full name."),
    "offer_over": lambda f: _("This offer has ended. Please write to your loan officer."),
    "signed_already": lambda f: _("You have signed this agreement already."),
    "in_the_future": lambda f: _("This day has not come yet."),
    "before_signing": lambda f: _("This day is before the agreement was signed."),
    "before_advance": lambda f: _("This day is before the money was sent, on %(day)s.") % {"day": day(f["on"])},
    "no_amount": lambda f: _("The amount must be more than zero."),
    "too_large": lambda f: _("This amount is too large."),
    "unknown_method": lambda f: _("Please choose how the money came in."),
    "no_payer": lambda f: _("Please write who paid."),
    "more_than_owed": lambda f: (
        _("This is more than the %(sum)s that is owed. Tick the box if it is right.") % {"sum": money(f["owed_cents"])}
    ),
    "appeal_over": lambda f: (
        _("The time to appeal ended on %(day)s. You may begin a new application at any time.") % {"day": day(f["on"])}
    ),
    "owes_nothing": lambda f: _("Nothing is owed on this loan, so there is nothing to write off."),
    "recovered_meanwhile": lambda f: _(
        "Money came in after the write-off. Reverse it first, then record it as a payment."
    ),
    "before_write_off": lambda f: _("This day is before the loan was written off, on %(day)s.") % {"day": day(f["on"])},
    "out_of_bounds": lambda f: _("It can be from %(least)s to %(most)s.") % f,
    "not_lower": lambda f: (
        _("The rate is %(rate)s a year now. Only a lower one can be given without the borrower’s signature.")
        % {"rate": percent(f["rate"])}
    ),
    "follows_index": lambda f: _("The rate of this loan follows an index, so it is not changed by hand."),
    "first_due_too_far": lambda f: (
        _("The first payment can be due from %(least)s to %(most)s.")
        % {"least": day(f["least"]), "most": day(f["most"])}
    ),
    "nothing_to_spread": lambda f: _("No principal is owed on this loan, so there is nothing to spread anew."),
    "no_plan_left": lambda f: _("No payment plan is left with this change. Please choose otherwise."),
    "not_a_return": lambda f: _("Please choose a payment that came back."),
    "charged_already": lambda f: _("The bank’s charge for this payment was asked of the borrower already."),
    "part_not_owed": lambda f: _("Of this part only %(sum)s is owed.") % {"sum": money(f["owed_cents"])},
    "moved_meanwhile": lambda f: _(
        "Payments, fees or waivers stand on this loan. They must be reversed before the money can be taken back."
    ),
    "unknown_person": lambda f: _("Please choose a person of this case."),
    "unknown_identity_paper": lambda f: _("Please choose which paper you saw."),
    "unknown_way": lambda f: _("Please choose how you saw it."),
    "number_too_long": lambda f: _("Write the last four signs only, never the whole number."),
    "paper_expired": lambda f: _("This paper has expired. Please ask for one that is still good."),
    "held_already": lambda f: _("This person has that role already."),
    "not_held": lambda f: _("That role is not held, so it cannot be taken or stood in for."),
    "last_manager": lambda f: _("This is the last manager. Give the role to somebody else first."),
    "no_days": lambda f: _("The last day is before the first day."),
    "days_over": lambda f: _("These days are over already."),
    "own_stand_in": lambda f: _("Nobody stands in for themselves."),
    "proposed_already": lambda f: _("This was proposed already and waits for a second person."),
    "decided_already": lambda f: _("This was decided meanwhile."),
    "day_is_past": lambda f: _("This day is over. What is past stays as it was."),
    "day_too_far": lambda f: _("The calendar ends with the year %(year)s.") % f,
    "weekend_day": lambda f: _("This is a Saturday or Sunday, which are no business days anyway."),
    "not_listed": lambda f: _("Please choose one of the answers."),
    "no_words": lambda f: _("Please answer this question."),
    "not_a_month_end": lambda f: _("Books are closed by the month. Please choose the last day of one."),
    "month_not_over": lambda f: _("This month is not over yet. Its books can be closed once it is."),
    "closed_already": lambda f: _("The books are closed through %(day)s already.") % {"day": day(f["on"])},
    "not_a_payment": lambda f: _("Only a payment can be reversed."),
    "reversed_already": lambda f: _("This payment was reversed already."),
}


def _outside_product(facts):
    if facts["field"] == "principal_cents":
        limits = {"least": money(facts["least"]), "most": money(facts["most"])}
        return _("This loan can be from %(least)s to %(most)s.") % limits
    return _("For this loan it can be from %(least)s to %(most)s months.") % facts
