"""Answers to the checklist, by the codes of its items."""

from loans.lifecycle.reviewing.checklist import answer_checklist, checklist_of


def key_of(case, code):
    """The key of an item on the case's list."""
    return next(item.key for item in checklist_of(case).items if item.code == code)


def answered(case, by, said, **words):
    """`by` answers items of the case: `said` holds (answer, note) by code."""
    return answer_checklist(case, by=by, said={key_of(case, code): each for code, each in said.items()}, **words)
