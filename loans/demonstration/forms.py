"""What the people of the demo write into their forms."""

import io
from datetime import timedelta
from functools import lru_cache

from PIL import Image, ImageDraw

from config import clock
from loans.demonstration.people import BUSINESSES
from loans.lifecycle.applying import filling
from loans.lifecycle.reviewing.papers import clean_paper
from loans.models.form import Form
from money.calendar import add_months

SCHOOLS = {"en": ("University of Ottawa", "Algonquin College"), "fr": ("La Cité", "Université d’Ottawa")}
BARRIERS = ("licence_cost", "licence_cost credit_file", "regulator licence_cost", "child_care language", "none")
STREETS = ("Rideau", "Bank", "Donald", "Somerset")
PROGRAMMES = {"en": "Bridging programme and licence", "fr": "Programme de transition et permis"}


def fill_in(case, person, someone, *, chance, cents, months, co_signer=None):
    """Answer every page for `someone`, asking for `cents` over `months`; `co_signer` is (name, e-mail, kind)."""
    purpose = case.product.purpose
    said = answers_of(someone, purpose, chance=chance, cents=cents, months=months, co_signer=co_signer)
    for section in Form(case).purpose.sections:
        if section.slug == "papers":
            for kind in Form(case).paper_kinds():
                filling.keep_paper(case, kind, _cleaned_photo(kind), name=f"{kind}.png", by=person)
        else:
            filling.save(case, section, said[section.slug], by=person)


def answers_of(someone, purpose, *, chance, cents, months, co_signer):
    """What `someone` types today on each page of the form: {page: [{field: raw}, … one a line]}."""
    return {
        **_about(someone, chance),
        **(_business(chance, co_signer) if purpose == "business" else _training(someone, chance)),
        "amount": [{"requested": str(cents // 100), "repayment_months": str(months)}],
        "costs": _costs(purpose, cents, chance),
        "signers": [_signers(purpose, co_signer)],
        "in-my-way": [{"barriers": BARRIERS[len(someone.name) % len(BARRIERS)]}],
        "sent-by": [{"partner": "nobody"}],
        "consents": [{"truth": "yes", "credit_check": "yes"}],
    }


def _about(someone, chance):
    today = clock.today()
    working = chance.random() < 0.7
    return {
        "about-me": [
            {
                "full_name": someone.name,
                "born_on": f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(1972, 2001)}",
                "phone": f"613-555-01{chance.randint(0, 99):02}",
                "address": f"{chance.randint(10, 900)} {chance.choice(STREETS)} Street\nOttawa",
                "postal_code": chance.choice(("K1N 5X6", "K1L 7Z9", "K2P 1L4", "K1V 8N2")),
            }
        ],
        "status": [
            {
                "status": chance.choice(("permanent_resident", "permanent_resident", "protected_person", "citizen")),
                "arrived_on": f"1/{chance.randint(1, 12)}/{today.year - chance.randint(2, 7)}",
            }
        ],
        "work": [_work(someone, chance) if working else _looking(someone, chance)],
        "budget": [
            {
                "pay": str(chance.randint(19, 31) * 100),
                "benefits": str(chance.randint(0, 6) * 100),
                "rent": str(chance.randint(9, 13) * 100),
                "food": str(chance.randint(35, 60) * 10),
                "transport": "128",
                "family_abroad": str(chance.randint(0, 3) * 50),
            }
        ],
    }


def _work(someone, chance):
    return {
        "work_status": "employed",
        "occupation": chance.choice(("warehouse worker", "cashier", "cleaner", "driver", "care aide")),
        "teer": chance.choice(("4", "5", "5", "3")),
        "hours_per_week": str(chance.choice((18, 24, 32, 38, 40))),
        "wants_more_hours": chance.choice(("yes", "no")),
        "in_trained_field": "no",
        "annual_income": str(chance.randint(19, 38) * 1000),
        **_schooling(someone, chance),
    }


def _looking(someone, chance):
    income = str(chance.randint(0, 14) * 1000)
    return {"work_status": "looking", "annual_income": income, **_schooling(someone, chance)}


def _schooling(someone, chance):
    level = chance.choice(("college", "bachelor", "bachelor", "graduate"))
    return {"education": level, "trained_occupation": someone.trained, "confidence": str(chance.randint(2, 5))}


def _training(someone, chance):
    begins = add_months(clock.today(), 2)
    ends = begins + timedelta(days=chance.choice((60, 120, 150)))
    return {
        "study-plan": [
            {
                "goal": "To work again in the profession I was trained for.",
                "programme": PROGRAMMES[someone.language],
                "school": chance.choice(SCHOOLS[someone.language]),
                "starts_on": f"{begins.day}/{begins.month}/{begins.year}",
                "ends_on": f"{ends.day}/{ends.month}/{ends.year}",
            }
        ]
    }


def _business(chance, co_signer):
    firm, stage = chance.choice(BUSINESSES), chance.choice(("idea", "starting", "running"))
    since = {"began_on": f"1/{chance.randint(1, 12)}/{clock.today().year - 1}"} if stage == "running" else {}
    return {
        "business": [
            {
                "business_name": firm.name,
                "what": firm.what,
                "stage": stage,
                **since,
                "structure": "partnership" if co_signer else "sole",
                "share": "60" if co_signer else "100",
            }
        ],
        "owners": [{"owner_name": co_signer[0], "owner_email": co_signer[1], "owner_share": "40"}] if co_signer else [],
        "month": [
            {
                "how": "here",
                "sales": firm.sales,
                "goods": firm.goods,
                "rent": firm.rent,
                "wages": "0",
                "other": firm.other,
                "drawings": str(chance.randint(10, 16) * 100),
                "ramp": str(chance.randint(1, 6)),
                "own_money": str(chance.randint(5, 30) * 100),
            }
        ],
        "seasons": [{"month": firm.season[0], "difference": firm.season[1]}] if firm.season else [],
    }


def _costs(purpose, cents, chance):
    kinds = ("equipment", "stock") if purpose == "business" else ("tuition", "exam")
    first = cents * chance.randint(60, 95) // 10_000
    return [
        {"what": kinds[0], "detail": "", "cost": str(first)},
        {"what": kinds[1], "detail": "", "cost": str(cents // 100 - first + chance.randint(0, 6) * 100)},
    ]


def _signers(purpose, co_signer):
    if co_signer is None or purpose == "business":
        return {"has_co_signer": "no"}
    name, email, kind = co_signer
    return {"has_co_signer": "yes", "co_signer_name": name, "co_signer_email": email, "co_signer_kind": kind}


@lru_cache
def _cleaned_photo(kind):
    return clean_paper(specimen(kind), kind)


def specimen(kind):
    """A sheet of paper with grey lines: nobody mistakes it for a real one."""
    out, sheet = io.BytesIO(), Image.new("RGB", (620, 800), (245, 243, 236))
    draw = ImageDraw.Draw(sheet)
    draw.text((60, 60), f"SPECIMEN  {kind}", fill=(70, 70, 70))
    for line in range(12):
        draw.line((60, 130 + 48 * line, 560 - 37 * (line % 4), 130 + 48 * line), fill=(190, 188, 180), width=8)
    sheet.save(out, "PNG")
    return out.getvalue()
