"""Message templates filled with the facts of a case, in the applicant's language. Whoever writes reads and sends them.

The facts are those of `loans.placeholders`, and no others: nothing that anybody told us about themselves voluntarily.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import override

from accounts.models import User
from letters.models import Lender
from letters.wording import day
from loans.lifecycle.promise import promised_by
from loans.lifecycle.refusal import Refused
from loans.lifecycle.tell import link_to
from loans.models import Application, MessageTemplate
from loans.models.form import Form
from loans.placeholders import filled, named_in


@dataclass(frozen=True)
class ReadyWords:
    """A template's words for one case, the language they are in, and the placeholders whose fact nobody knows."""

    text: str
    language: str
    unknown: tuple[str, ...]


def ready_words(template: MessageTemplate, case: Application, *, by: User) -> ReadyWords:
    """What `template` says to the applicant of this case, as `by` may send it: in the language they read, or, where
    it is not written in that, in English. A fact that the case has not got leaves its placeholder where it is."""
    with override(case.applicant.user.reads):
        text, language = template.text
    with override(language):  # days and names of papers as the words around them
        facts = {name: str(_FACTS[name](case, by) or "") for name in named_in(text)}
    return ReadyWords(filled(text, facts), language, tuple(name for name, fact in facts.items() if not fact))


def refuse_unfilled(text: str) -> None:
    """No applicant reads a placeholder. Raises Refused: words_to_fill, beside the text, with what is left to fill."""
    if left := named_in(text):
        raise Refused("words_to_fill", field="text", left=" ".join(f"{{{name}}}" for name in left))


def _missing_papers(case: Application, by: User) -> str:
    form = Form(case)
    return "\n".join(f"- {name}" for kind, name in form.paper_kinds().items() if kind not in form.papers_held)


def _officer(case: Application, by: User) -> str:
    return str((case.reviewer or by).name)


_FACTS: dict[str, Callable[[Application, User], object]] = {
    "name": lambda case, by: case.applicant.greeting,
    "reference": lambda case, by: case.reference,
    "product": lambda case, by: case.product.name,
    "officer": _officer,
    "promise_day": lambda case, by: day(promised_by(case)),
    "answer_day": lambda case, by: day(case.answer_by),
    "missing_papers": _missing_papers,
    "link": lambda case, by: link_to(case),
    "office": lambda case, by: Lender.objects.current().name,
    "office_phone": lambda case, by: Lender.objects.current().phone,
}
