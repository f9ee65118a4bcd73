"""The questions, buttons and links of a page as they were rendered: what a person meets, not what a form class says."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str]


@dataclass
class Question:
    """One name of a form: a box to type into, a choice of values, a file, or something the person never sees."""

    name: str
    kind: str  # typed | chosen | ticked | file | hidden
    values: list[str] = field(default_factory=list)  # of a choice
    value: str = ""  # what is there already
    is_optional: bool = False


@dataclass
class Form:
    """A form inside the main part of a page."""

    action: str = ""
    method: str = "get"
    questions: dict[str, Question] = field(default_factory=dict)
    buttons: list[Attributes] = field(default_factory=list)

    def button(self, class_name: str = "button", name: str = "") -> Attributes | None:
        """Its first button of this class, and of this name where one is given."""
        fitting = (each for each in self.buttons if class_name in each.get("class", "").split())
        return next((each for each in fitting if not name or each.get("name") == name), None)


class Rendered(HTMLParser):
    """The main part of a page: its `forms`, its `links` (attributes), the words of its `controls` (buttons and links).

    The `tag` of a link holds the classes of the mark after it, such as "Done".
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[Attributes] = []
        self.controls: list[str] = []
        self._in_main, self._form, self._asked, self._select = False, None, [], None
        self._is_control = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        classes = told.get("class", "").split()
        self._in_main = self._in_main or tag == "main"
        if not self._in_main:
            return
        if tag in ("a", "button"):
            self._is_control = True
            self.controls.append("")
        if "field" in classes:
            self._asked = []
        if "optional" in classes:
            self._may_stay_empty()
        if tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "a" and "href" in told:
            self.links.append(told)
        elif "tag" in classes and self.links:
            self.links[-1]["tag"] = told["class"]
        elif self._form is not None:
            self._meet(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("a", "button"):
            self._is_control = False
        if tag == "main":
            self._in_main = False
        elif tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        if self._is_control and self._in_main:
            self.controls[-1] = " ".join((self.controls[-1] + data).split())

    def _meet(self, tag: str, told: Attributes) -> None:
        if tag == "button":
            self._form.buttons.append(told)
        elif tag == "option":
            self._select.values.append(told.get("value", ""))
        elif tag in ("input", "select", "textarea") and told.get("name"):
            question = self._form.questions.setdefault(told["name"], Question(told["name"], _kind(tag, told)))
            self._asked.append(question)
            self._select = question
            if question.kind in ("chosen", "ticked") and "value" in told:
                question.values.append(told["value"])
            if "checked" in told or question.kind in ("typed", "hidden"):
                question.value = told.get("value", "")

    def _may_stay_empty(self) -> None:
        """The mark stands beside the label: before a box, after a tick, inside the legend of several."""
        for question in self._asked:
            question.is_optional = True
        self._asked = _Marked(self._asked)


class _Marked(list):
    """The questions of a field that was marked optional before they were met."""

    def append(self, question: Question) -> None:
        question.is_optional = True
        super().append(question)


def _kind(tag: str, told: Attributes) -> str:
    kinds = {"radio": "chosen", "checkbox": "ticked", "file": "file", "hidden": "hidden", "submit": "hidden"}
    return "chosen" if tag == "select" else "typed" if tag == "textarea" else kinds.get(told.get("type", ""), "typed")
