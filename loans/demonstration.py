"""The demo: a small portfolio, walked there by the real verbs at past dates, and people to sign in as."""

import io
import random
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from PIL import Image

from accounts.models import Role, User
from accounts.people import give_role
from config import clock
from letters.models import Letter
from loans.lifecycle import books, decision, disbursement, filling, planning, repayment, review, signing, submission
from loans.models import Application, Loan, Product
from loans.models.form import Form

SECRET = "JBSWY3DPEHPK3PXP"  # the authenticator key of every demo member of staff, printed at the start
STAFF = (
    ("officer@tremplin.example", "Omar Diallo", Role.OFFICER, "en"),
    ("manager@tremplin.example", "Mariam Haddad", Role.MANAGER, "fr"),
    ("finance@tremplin.example", "Félix Tremblay", Role.FINANCE, "fr"),
    ("committee@tremplin.example", "Carl Nguyen", Role.COMMITTEE, "en"),
    ("auditor@tremplin.example", "Ada Lindqvist", Role.AUDITOR, "en"),
)
ROAD = ("draft", "submitted", "in_review", "waiting", "recommended", "offered", "signed", "active", "active", "repaid")
PEOPLE = (
    ("Amina El-Sayed", "pharmacist", "International Pharmacy Graduate Program", "University of Toronto", "en"),
    ("Jean-Baptiste Mukendi Wa Kalonji", "infirmier", "Examen d’admission à la profession", "La Cité", "fr"),
    ("Suresh", "civil engineer", "Professional practice exam", "PEO", "en"),
    ("王小明", "accountant", "CPA preparatory courses", "CPA Ontario", "en"),
    ("أحمد الخطيب", "dentist", "NDEB equivalency process", "NDEB", "en"),
    ("ሰላም ተስፋዬ", "laboratory technologist", "Bridging programme", "The Michener Institute", "en"),
    ("María Fernanda Quiroga de la Torre", "architect", "Broadly Experienced Applicant review", "ROAC", "en"),
    ("Fatoumata Binta Sow", "sage-femme", "Programme de transition", "Collège Boréal", "fr"),
    ("Olena Kovalchuk", "electrician", "Certificate of qualification", "Skilled Trades Ontario", "en"),
    ("Thanh Nguyễn", "teacher", "Additional qualification course", "University of Ottawa", "en"),
)


def build(count=10, seed=1):
    """Fill an empty office with `count` cases. Deterministic: the same count and seed give the same office."""
    staff = {role: _staff(email, name, role, language) for email, name, role, language in STAFF}
    for number in range(count):
        _live(number, staff, months=months_of(number, seed))


def months_of(number, seed):
    """In how many months case `number` is paid back."""
    return random.Random(f"{seed}/{number}").choice((18, 24, 30, 36))


def sign_ins():
    """(role, e-mail) of everybody one can sign in as; codes lie in the mail room."""
    return [*((str(role.label), email) for email, _, role, _ in STAFF), ("applicant", "applicant8@people.example")]


def _staff(email, name, role, language):
    user = _person(email, name, language)
    give_role(user, role, by=None)
    if not Authenticator.objects.filter(user=user).exists():
        TOTP.activate(user, SECRET)
    return user


def _person(email, name, language):
    user = User.objects.known_as(email, name=name, language=language)
    EmailAddress.objects.filter(user=user).update(verified=True)
    return user


def _live(number, staff, months):
    """One person's road, begun some months ago and gone as far as ROAD says."""
    goal, began = ROAD[number % len(ROAD)], clock.now() - timedelta(days=20 + 17 * number)
    name, trained, programme, school, language = PEOPLE[number % len(PEOPLE)]
    person = _person(f"applicant{number + 1}@people.example", name, language)
    with clock.at(began):
        case = filling.start(person, Product.objects.get(code=("credential", "professional-development")[number % 2]))
        _fill_in(case, person, number, trained, programme, school)
    if goal == "draft":
        return
    with clock.at(began + timedelta(days=2)):
        case = submission.submit(case, by=person)
    if goal == "submitted":
        return
    with clock.at(began + timedelta(days=4)):
        case = review.take(case, by=staff[Role.OFFICER])
        if goal == "waiting":
            asked = [("study-plan", "Please tell us the day the course ends.")]
            review.ask_for_more(case, by=staff[Role.OFFICER], asked=asked)
    if goal in ("in_review", "waiting"):
        return
    _decide(case, staff, began + timedelta(days=9), goal, months)
    if goal in ("signed", "active", "repaid"):
        _lend(case, person, staff, began + timedelta(days=11), goal)


def _decide(case, staff, moment, goal, months):
    with clock.at(moment):
        terms = {"principal_cents": 400_000, "study_months": 3, "repayment_months": months}
        note = "The plan is sound and the school has accepted the applicant."
        decision.recommend(case, by=staff[Role.OFFICER], reasons=["affordable", "enrolled"], note=note, **terms)
        if goal != "recommended":
            decision.approve(case, by=staff[Role.MANAGER])


def _lend(case, person, staff, moment, goal):
    loan, finance = case.loans.get(), staff[Role.FINANCE]
    with clock.at(moment):
        _sign(loan, person)
    if goal == "signed":
        return
    with clock.at(moment + timedelta(days=2)):
        advance = disbursement.release(loan.advances.get(), by=finance)
        disbursement.send(advance, by=finance, on=clock.today())
    loan = Loan.objects.get(pk=loan.pk)
    due = list(planning.plan_in_force(loan).rows.filter(payable_by__lt=clock.today()))
    for row in due[: -1 if goal == "active" else None]:
        _pay(loan, finance, row.payable_by, row.total_cents)
    if goal == "repaid":
        _pay(loan, finance, clock.today(), books.book_of(loan, until=clock.today()).owed_cents)


def _sign(loan, person):
    signing.agreement_for(loan, person.language)
    signing.send_code(loan, by=person)
    digits = Letter.objects.filter(to=person, kind="signing_code").latest("pk").facts["code"]
    signing.sign(loan, by=person, language=person.language, typed_name=person.name, code=digits, agreed=True)


def _pay(loan, finance, on, cents):
    payer = loan.application.applicant.full_name
    repayment.record_payment(loan, by=finance, on=on, cents=cents, method="transfer", payer=payer)


def _fill_in(case, person, number, trained, programme, school):
    said = {
        "about-me": {
            "full_name": person.name,
            "born_on": f"{number + 3}/5/{1980 + number}",
            "phone": f"613-555-01{number:02d}",
            "address": f"{number + 10} Rideau Street\nOttawa",
            "postal_code": "K1N 5X6",
        },
        "status": {"status": "permanent_resident", "arrived_on": "1/9/2022"},
        "work": {
            "work_status": "employed",
            "occupation": "warehouse worker",
            "teer": "5",
            "hours_per_week": "35",
            "wants_more_hours": "no",
            "in_trained_field": "no",
            "annual_income": f"{29 + number},000",
            "education": "bachelor",
            "trained_occupation": trained,
            "confidence": "4",
        },
        "study-plan": {
            "goal": f"To work as {trained} again.",
            "programme": programme,
            "school": school,
            "starts_on": f"1/2/{clock.today().year + 1}",
            "ends_on": f"31/5/{clock.today().year + 1}",
        },
        "amount": {"requested": "4,000", "repayment_months": "24"},
        "budget": {"pay": "2,350", "rent": "1,150", "food": "480", "transport": "128"},
        "signers": {"has_co_signer": "no"},
        "consents": {"truth": "yes", "credit_check": "yes"},
    }
    for section in Form(case).purpose.sections:
        if section.slug == "papers":
            for kind in case.product.papers:
                filling.add_paper(case, kind, _photo(), name=f"{kind}.png", by=person)
        elif section.slug == "costs":
            filling.save(case, section, [{"what": "tuition", "detail": programme, "cost": "4,600"}], by=person)
        else:
            filling.save(case, section, [said[section.slug]], by=person)


def _photo():
    out = io.BytesIO()
    Image.new("RGB", (620, 800), (245, 243, 236)).save(out, "PNG")
    return out.getvalue()


def is_empty():
    """Whether the office holds no case yet."""
    return not Application.objects.exists()
