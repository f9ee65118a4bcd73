"""What a paper beside a letter is called, in the reader's language."""

from django.utils.translation import gettext as _

NAMED = ("agreement", "loan_paper")  # what `paper_name` reads of a StoredFile, for select_related


def paper_name(file):
    """A StoredFile by what it is; where nobody knows, by the name of the file."""
    if hasattr(file, "loan_paper"):
        return file.loan_paper.get_kind_display()
    return _("Loan agreement") if hasattr(file, "agreement") else file.name
