"""Choosing a message template on the Messages tab: its words come into the box, to be read, changed and sent."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.languages import NAMES
from loans.fields import Field
from loans.lifecycle.writing.ready_words import ready_words
from loans.models import MessageTemplate
from loans.views.sheets import Sheet, present
from loans.views.thread import WORDS


def context_of(request, case):
    """(sheet, what the page of the thread draws more): the box with the words of what was chosen, and the choice.

    A template is chosen by `?template=` or by the button “fill” of the form; what was typed already stays before it.
    """
    rows = {row.code: row for row in MessageTemplate.objects.in_force()}
    code = (request.POST if request.method == "POST" else request.GET).get("template", "")
    wants_words = "fill" in request.POST or (request.method != "POST" and bool(code))
    sheet = Sheet.of(request, WORDS)
    error = "not_a_choice" if wants_words and code not in rows else ""
    more = {"templates": present(_choice(rows), code, error) if rows else None}
    if not wants_words or error:
        return sheet, more
    words = ready_words(rows[code], case, by=request.user)
    typed = sheet.raws["text"].replace("\r\n", "\n").strip()
    text = typed if words.text in typed else f"{typed}\n\n{words.text}".strip()
    return Sheet(WORDS, initial={"text": text}), {**more, "filled": _told(words, case)}


def _choice(rows):
    return Field(
        "template",
        "select",
        gettext_lazy("Message template"),
        gettext_lazy("Its words come into the box below. Choose photos and files after it."),
        choices=tuple((row.code, row.name) for row in rows.values()),
        required=False,
    )


def _told(words, case):
    """What the writer should know of the words that came."""
    said = [_("The words of the template stand in the box. Please read them before you send them.")]
    if words.language != case.applicant.user.reads:
        said.append(
            _("This template is not written in the applicant’s language. It stands here in %(language)s.")
            % {"language": NAMES[words.language]}
        )
    if words.unknown:
        left = " ".join(f"{{{name}}}" for name in words.unknown)
        said.append(
            _("The case does not say this: %(left)s. Please write it yourself, or take it out.") % {"left": left}
        )
    return said
