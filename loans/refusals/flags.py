"""What a refused answer to a flag, or a list of sanctions that was not taken, is told as: one sentence a code."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SENTENCES = {
    "unknown_flag": lambda f: _("This flag is not there any more: what raised it has changed."),
    "flag_changed": lambda f: _(
        "What raised this flag changed meanwhile. Here is how it stands now: please look again."
    ),
    "flag_about_you": lambda f: _("This flag is about you: somebody else answers it."),
    "list_too_big": lambda f: _("This file is too large: a list may have 40 MB and 200,000 entries."),
    "list_empty": lambda f: _("There is no entry in this file. Nothing was loaded."),
    "list_unreadable": lambda f: _(
        "This file cannot be read: it must be a CSV file or the XML of the Canadian list, in UTF-8. Nothing was loaded."
    ),
    "list_without_names": lambda f: _(
        "The first line must name the columns, and one of them must be “name”. Nothing was loaded."
    ),
    "list_rows": lambda f: (
        ngettext(
            "A line of this file cannot be read, and nothing was loaded: %(lines)s.",
            "%(count)s lines of this file cannot be read, and nothing was loaded: %(lines)s.",
            f["count"],
        )
        % {"count": f["count"], "lines": "; ".join(_line(number, why) for number, why in f["lines"])}
    ),
    "list_is_newest": lambda f: _("This very file is what is loaded of this list already."),
}


def _line(number, why):
    return {
        "no_name": _("line %(number)s has no name"),
        "too_long": _("something on line %(number)s is too long"),
        "columns": _("line %(number)s has too many columns"),
        "unreadable": _("line %(number)s has characters that cannot be read"),
    }[why] % {"number": number}
