"""How much an application asks of a person: interactions and minutes of each page, counted on the pages as rendered.

    .venv/bin/python bin/count_taps.py             both purposes, in English
    .venv/bin/python bin/count_taps.py training fr

An office without cases is made in a temporary folder; Amina walks from its opening page to "sent", signing up on the
way, by what stands on the pages. Her papers are put there by another hand; of their page one press is counted.

An interaction is: pressing a button or a link; choosing one answer; ticking a box; filling one box, so a date is three.
What may stay empty and does costs none. The model of the time: 40 words a minute typed (a word is five signs), 2
seconds each press, choice or tick, 200 words a minute read: every word of the main part of each page but for what is
folded away; of a page that is shown once more (with another line) the words that are new on it; of a button or link
that stood there before in the same words ("Save and go on") none. The head and the foot are read once.

The application goes from the choice of a loan to its sending. From home to sent is more: the opening page, and signing
up with the letter that brings the code. In all is the page after the sending too. Interactions are counted from the
first press of all.
"""

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Run as a file, Python looks beside it; its neighbours are found from the line above on.
from bin.readability import WORD, blocks  # noqa: E402
from bin.rendered_forms import Form, Question, Rendered  # noqa: E402
from bin.sample_answers import LINES, NOT_SAID, PRODUCTS, SAID  # noqa: E402

TYPED_A_MINUTE, SIGNS_A_WORD, READ_A_MINUTE, SECONDS_A_TAP = 40, 5, 200, 2
MOST_PAGES = 60
COUNTS = ("words", "taps", "boxes", "signs")
APPLICATION, HOME_TO_SENT, IN_ALL = "the application", "from home to sent", "in all"


@dataclass
class Step:
    """What one showing of a page asks: its name, taps, boxes filled, signs typed, words read."""

    name: str
    words: int
    taps: int = 0
    boxes: int = 0
    signs: int = 0
    is_application: bool = False  # between the choice of a loan and its sending
    is_after: bool = False  # what is shown when it was sent

    @property
    def interactions(self) -> int:
        """Everything that is done with a finger."""
        return self.taps + self.boxes

    @property
    def minutes(self) -> float:
        """By the model at the head of this file."""
        typed = self.signs / SIGNS_A_WORD / TYPED_A_MINUTE
        return typed + self.taps * SECONDS_A_TAP / 60 + self.words / READ_A_MINUTE


def words_in(told: list[str]) -> int:
    """How many words these blocks have."""
    return sum(len(WORD.findall(block)) for block in told)


class Applicant:
    """Somebody with a browser, from the opening page to "sent"."""

    def __init__(self, purpose: str, language: str) -> None:
        from django.test import Client

        self.purpose, self.language, self.steps = purpose, language, []
        self.browser = Client()
        self.browser.cookies["language"] = language
        self.address = f"{purpose}-{language}@taps.example"
        self.read: dict[str, set[str]] = {}

    def walks(self) -> list[Step]:
        """Every page until the case is sent. Raises AssertionError where the road does not lead there."""
        self._opens("/")
        self.steps[0].words = words_in(blocks(self.html, "body", seen_only=True))  # with the head and the foot
        while not self._is_sent():
            assert len(self.steps) < MOST_PAGES, [step.name for step in self.steps]
            self._does_what_the_page_asks()
        return self.steps

    # --- Pages ------------------------------------------------------------------------------------

    def _opens(self, url: str) -> None:
        self._is_shown(self.browser.get(url, follow=True))

    def _is_shown(self, answer) -> None:
        assert answer.status_code in (200, 422), (answer.request["PATH_INFO"], answer.status_code)
        self.url, self.html, self.page = answer.request["PATH_INFO"], answer.content.decode(), answer.resolver_match
        self.rendered = Rendered(self.html)
        name = self.page.kwargs.get("slug") or self.page.url_name
        told = self._without_papers(name, blocks(self.html, seen_only=True))
        known, controls = self.read.setdefault(name, set()), self.read.setdefault("controls", set())
        is_sent = self._is_sent()
        begun = name == "new_application" or (self.case is not None and not is_sent)
        new = [each for each in told if each not in known | controls]
        self.steps.append(Step(name, words_in(new), is_application=begun, is_after=is_sent))
        known.update(told)
        controls.update(self.rendered.controls)

    def _without_papers(self, name: str, told: list[str]) -> list[str]:
        """Papers are counted apart: their own page, and their names where the answers are checked."""
        from loans.models.form import Form as Answers

        if name == "papers":
            return []
        named = set(map(str, Answers(self.case).paper_kinds().values())) if name == "check_answers" else set()
        return [each for each in told if each not in named]

    @property
    def case(self):
        """The application that was begun, if one was."""
        from loans.models import Application

        return Application.objects.filter(applicant__user__email=self.address).first()

    def _is_sent(self) -> bool:
        return self.case is not None and self.case.state == "submitted"

    def _does_what_the_page_asks(self) -> None:
        name = self.page.url_name
        form = next((each for each in self.rendered.forms if each.method == "post" and each.button()), None)
        if name == "papers":
            self._adds_papers()
            self._presses_link("button")
        elif form:
            self._fills(form)
        elif undone := [link for link in self.rendered.links if "tag" in link and "tag-good" not in link["tag"]]:
            self._presses(undone[0])
        else:
            self._presses_link("button")

    def _adds_papers(self) -> None:
        from loans.lifecycle.applying import filling
        from loans.models.form import Form as Answers

        for kind in Answers(self.case).paper_kinds():
            filling.add_paper(self.case, kind, _photo(), name=f"{kind}.jpg", by=self.case.applicant.user)

    def _presses_link(self, class_name: str) -> None:
        self._presses(next(link for link in self.rendered.links if class_name in link.get("class", "").split()))

    def _presses(self, link: dict[str, str]) -> None:
        self.steps[-1].taps += 1
        self._opens(urljoin(self.url, link["href"]))

    # --- Forms ------------------------------------------------------------------------------------

    def _fills(self, form: Form) -> None:
        sent = {question.name: question.value for question in form.questions.values() if question.value}
        for question in form.questions.values():
            if question.kind not in ("hidden", "file") and (said := self._says(question)):
                if said != question.value:
                    self._counts(question, said)
                sent[question.name] = said
        button = self._button(form)
        if button.get("name"):
            sent[button["name"]] = button.get("value", "")
        self.steps[-1].taps += 1
        self._is_shown(self.browser.post(urljoin(self.url, form.action), sent, follow=True))

    def _button(self, form: Form) -> dict[str, str]:
        """There is nothing to add; or one more line of those she has; or on."""
        numbers = self._numbers()
        if numbers and not self._lines():
            return form.button("button-quiet", "nothing") or form.button()
        wants_more = numbers and len(numbers) < len(self._lines())
        return (form.button("button-quiet", "add") if wants_more else None) or form.button()

    def _numbers(self) -> list[int]:
        """Of the lines on the page, in their order."""
        names = (name for form in self.rendered.forms for name in form.questions)
        return sorted({int(part) for name in names if (part := name.rpartition("-")[2]).isdigit()})

    def _lines(self) -> list[dict[str, str]]:
        return LINES[self.purpose] if self.page.kwargs.get("slug") == "costs" else []

    def _says(self, question: Question) -> str:
        name, _, part = question.name.rpartition("-")
        if part in ("day", "month", "year"):
            told = "" if name in NOT_SAID else SAID.get(name, "" if question.is_optional else "15/6/2021")
            return dict(zip(("day", "month", "year"), told.split("/"), strict=False)).get(part, "")
        if part.isdigit():
            lines, place = self._lines(), self._numbers().index(int(part))
            return lines[place].get(name, "") if place < len(lines) else ""
        return self._plain(question)

    def _plain(self, question: Question) -> str:
        known = {"email": self.address, "code": self._code, "product": lambda: PRODUCTS[self.purpose]}
        name = question.name
        if SAID.get(name, "").count("/") == 2:
            return ""  # a day that the three boxes beside it tell
        if name in NOT_SAID or (name == "phone" and self.page.kwargs.get("slug") == "budget"):
            return ""
        if name in known:
            return known[name]() if callable(known[name]) else known[name]
        if name in SAID and (question.kind == "typed" or SAID[name] in question.values):
            return SAID[name]
        if question.is_optional:
            return ""
        return "three plain words" if question.kind == "typed" else next(filter(None, question.values), "")

    def _code(self) -> str:
        from letters.models import Letter
        from letters.render import render

        letter = render(Letter.objects.filter(kind="sign_up_code").latest("pk")).text
        self.steps[-1].words += len(WORD.findall(letter))
        return next(word for word in WORD.findall(letter) if word.isdigit() and len(word) == 6)

    def _counts(self, question: Question, said: str) -> None:
        step = self.steps[-1]
        if question.kind == "typed":
            step.boxes += 1
            step.signs += len(said)
        else:
            step.taps += 1


def _photo() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    return out.getvalue()


def table(steps: list[Step]) -> str:
    """A line a page; the sums of the application, of the whole way to its sending, and of everything."""
    head = f"{'page':32} {'taps':>5} {'boxes':>6} {'interactions':>13} {'signs':>6} {'words':>6} {'minutes':>8}"
    rows = [*steps, *(total(steps, name) for name in (APPLICATION, HOME_TO_SENT, IN_ALL))]
    return "\n".join(
        [
            head,
            *(
                f"{each.name:32} {each.taps:5} {each.boxes:6} {each.interactions:13} {each.signs:6} {each.words:6} "
                f"{each.minutes:8.2f}"
                for each in rows
            ),
        ]
    )


def total(steps: list[Step], name: str = IN_ALL) -> Step:
    """Those of the application as one; those from home to sent; "in all": all of them."""
    is_counted = {APPLICATION: lambda step: step.is_application, HOME_TO_SENT: lambda step: not step.is_after}
    counted = [step for step in steps if is_counted.get(name, bool)(step)]
    return Step(name, **{each: sum(getattr(step, each) for step in counted) for each in COUNTS})


def main(purposes: list[str], language: str) -> None:
    """Print a table for each purpose."""
    with tempfile.TemporaryDirectory(prefix="tremplin-taps-") as room:
        os.environ.update(DEMO="0", HTTPS="0", ALLOWED_HOSTS="testserver", CELERY_BROKER_URL="", LOG_LEVEL="ERROR")
        os.environ.update(VAR_DIR=room, DATABASE_URL=f"sqlite:///{room}/taps.sqlite3")
        from bin.prepare import main as prepare

        prepare()
        for purpose in purposes:
            print(f"\n{purpose}, {language}\n{table(Applicant(purpose, language).walks())}")


if __name__ == "__main__":
    named = [word for word in sys.argv[1:] if word in PRODUCTS]
    main(named or list(PRODUCTS), next((word for word in sys.argv[1:] if word not in PRODUCTS), "en"))
