"""What a refused answer to the checklist, or a recommendation before it, is told as: one whole sentence a code."""

from django.utils.translation import gettext as _

SENTENCES = {
    "unknown_item": lambda f: _("This item is not on the checklist of this case."),
    "why_not": lambda f: _("Please write why, in a sentence."),
    "checklist_moved": lambda f: _(
        "The checklist was answered meanwhile. Here is how it stands now: please look at it again."
    ),
    "nothing_answered": lambda f: _("Nothing is different from how it stands now."),
    "checklist_open": lambda f: (
        _("Please answer these items of the checklist before you recommend: %(items)s")
        % {"items": " ".join(f["items"])}
    ),
}
