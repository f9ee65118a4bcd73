"""How the demo's officers go through the checklist: wholly before they recommend, in part while they still read."""

from loans.lifecycle.reviewing.checklist import Said, answer_checklist, checklist_of

NOTES = {
    "other-funding": ("no", "Student aid does not pay for licensing exams; the college has no bursary left this year."),
    "permits": ("no", "The city’s licence is asked for; the inspection is next week."),
    "references": ("not_applicable", "She has been here for six weeks; her teacher begins to know her."),
}
STILL_OPEN = ("leads-to-licence", "sales-backed", "costs-quoted", "references")


def go_through(case, officer, *, wholly: bool) -> None:
    """Answer the case's list; what is not `wholly` gone through keeps some items open."""
    open_yet = () if wholly else STILL_OPEN
    items = [item for item in checklist_of(case).items if item.code not in open_yet]
    said: dict[int, Said] = {item.key: NOTES.get(item.code, ("yes", "")) for item in items}
    if said:
        answer_checklist(case, by=officer, said=said)


def change_one(case, officer) -> None:
    """An answer is looked at again: the one before stays."""
    debts = next((item for item in checklist_of(case).items if item.code == "debts-known"), None)
    if debts:
        note = "The statement shows a second card, two months behind. I asked about it."
        answer_checklist(case, by=officer, said={debts.key: ("no", note)})
