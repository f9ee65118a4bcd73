"""Two mails that came back: of one somebody is asked to ring, the other waits to be printed and posted."""

from letters.models import MAIL, Letter
from letters.returns import News, What
from loans.lifecycle.writing import letters_by_post, undelivered
from loans.models import Application


def let_two_come_back(officer):
    """The newest letter to the fourth applicant, and the eighth’s copy of the agreement, which goes by post."""
    lost, signed = _letters("applicant4@people.example"), _letters("applicant8@people.example")
    for letter in (lost.last(), signed.get(kind="signed")):
        undelivered.hear(News(letter.message_id, What.HARD, (letter.address,)))
    letter = signed.get(kind="signed")
    case = Application.objects.get(reference=letter.case_reference)
    letters_by_post.post_instead(case, by=officer, letter=letter.pk)


def _letters(address):
    return Letter.objects.filter(to__email=address, channel=MAIL).exclude(case_reference="").order_by("pk")
