"""What is said about a photo or file that was not taken; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "unknown_paper": lambda f: _("Please choose which paper this is."),
    "too_many_papers": lambda f: _(
        "There are sixty photos and files in this case already. Please take one out first, or ask your loan officer."
    ),
    "empty_file": lambda f: _("This file is empty. Please choose another one."),
    "too_big": lambda f: _(
        "This file is too large. A photo may have 25 MB, another file 10 MB. A photo with fewer details will do."
    ),
    "wrong_type": lambda f: _("This is not a photo (JPEG, PNG, HEIC) or PDF file. A photo or a PDF will do."),
    "broken_picture": lambda f: _("This picture is damaged and cannot be opened. Please take it again."),
    "too_many_pixels": lambda f: _("This picture is too large to open. Please take it again with fewer details."),
    "broken_pdf": lambda f: _("This PDF is damaged or not complete. Please save it again, or send a photo."),
    "locked_pdf": lambda f: _(
        "This PDF is locked with a password. Please open it, print it to a new PDF without a password and send that, "
        "or send a photo of each page."
    ),
    "form_pdf": lambda f: _(
        "This PDF is a form that only one program can show. Please open it there, print it to a new PDF and send that."
    ),
    "pdf_of_files": lambda f: _("This PDF is a folder of other files. Please send each of them by itself."),
    "too_long_pdf": lambda f: _("This PDF has more than sixty pages. Please send only the pages that we ask for."),
    "too_hard": lambda f: _(
        "We could not open this file safely, so we did not keep it. Please print it to a new PDF, or send a photo."
    ),
    "broken_sheet": lambda f: _("This spreadsheet is damaged and cannot be opened. Please save it again as .xlsx."),
    "sheet_with_macros": lambda f: _("This spreadsheet holds macros. Please save it without them, as .xlsx."),
    "sheet_with_links": lambda f: _(
        "This spreadsheet fetches figures from elsewhere. Please save a copy with the figures alone, or a PDF of it."
    ),
    "infected": lambda f: _("A virus was found in this file, so we did not keep it. Please send another file."),
    "cannot_check": lambda f: _(
        "We cannot check files for viruses just now, so we did not keep this one. Please try again in an hour."
    ),
    "too_many_uploads": lambda f: _("Ten of your files have not arrived wholly yet. Please finish or drop one first."),
    "other_place": lambda f: _("Some of this file is here already. Please choose the same file again."),
    "lost_on_the_way": lambda f: _("This file changed on its way to us. Please send it again."),
}
FIELDS = {
    "empty_file": "file",
    "too_big": "file",
    "wrong_type": "file",
    "broken_picture": "file",
    "too_many_pixels": "file",
    "broken_pdf": "file",
    "locked_pdf": "file",
    "form_pdf": "file",
    "pdf_of_files": "file",
    "too_long_pdf": "file",
    "too_hard": "file",
    "broken_sheet": "file",
    "sheet_with_macros": "file",
    "sheet_with_links": "file",
    "infected": "file",
    "cannot_check": "file",
    "lost_on_the_way": "file",
}
