"""From the first page of the form to its sending: the person, the frozen form, the baseline, the consents."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from accounts.models import User
from applicants.models import Applicant
from applicants.search_words import SearchWord, search_words_of
from config import clock
from loans.demonstration.bulk.people import somebody
from loans.demonstration.bulk.sent_forms import baseline_of, form_of, submission_of, value
from loans.lifecycle import promise
from loans.models import Application, Consent, Party
from loans.sections import CONSENTS


def apply(case, reference):
    """The form is filled in and sent."""
    started = case.moments.on(case.road.started, at_home=True)
    sent = case.moments.on(case.road.submitted, at_home=True)
    user = _person(case, f"applicant{case.number + 1}@people.example", case.someone.name, started)
    co_signer = _co_signer(case)
    with clock.at(sent):
        said = form_of(case.someone, case.wish, chance=case.chance, co_signer=co_signer)
    submission = submission_of(case.wish.product, said, sent, case.road.submitted)
    case.opened(
        Application(
            reference=reference,
            product=case.wish.product,
            applicant=_applicant(case, said, user),
            started_at=started,
            submitted_at=sent,
            asked_cents=submission.requested_cents,
            promised_by=promise.day_of(case.road.submitted, case.wish.product.reply_days),
        )
    )
    _party(case, user, Party.Kind.BORROWER, case.someone.name)
    submission.application_id = case.application.pk
    case.rows.put(submission)
    case.rows.put(baseline_of(case.application, said, sent, case.office.definition))
    case.story.told("submit", case.application, by=user.pk, at=sent)
    _consent(case, said, user, sent)
    if co_signer:
        name, email, kind = co_signer
        _party(case, _person(case, email, name, sent), kind, name)


def _applicant(case, said, user):
    about = {name: answer["value"] for name, answer in said["about-me"][0].items()}
    applicant = case.rows.add(Applicant, user=user, **about)
    for word in search_words_of(applicant):
        case.rows.add_plain(SearchWord, applicant_id=applicant.pk, word=word)
    return applicant


def _person(case, email, name, joined):
    language, nobodys = case.someone.language, make_password(None)
    user = case.rows.add(User, email=email, name=name, language=language, password=nobodys, joined_at=joined)
    case.rows.add(EmailAddress, user=user, email=email, primary=True, verified=True)
    return user


def _co_signer(case):
    """(name, e-mail, kind) of the second signer that a fifth of the cases have, or None."""
    if case.chance.random() >= 0.2:
        return None
    is_business = case.wish.product.purpose == "business"
    kind = Party.Kind.GUARANTOR if case.chance.random() < 0.45 and not is_business else Party.Kind.CO_BORROWER
    return somebody(case.chance).name, f"signer{case.number + 1}@people.example", kind.value


def _party(case, user, kind, name):
    party = case.rows.add(Party, application=case.application, kind=str(kind), user=user, name=name)
    case.parties.append(party)


def _consent(case, said, user, at):
    for purpose, page in CONSENTS.items():
        if value(said, page, purpose):
            case.rows.add(
                Consent,
                application=case.application,
                user=user,
                purpose=purpose,
                text_version="1",
                language=case.someone.language,
                given_at=at,
            )
