"""What a new office is furnished with: products, the fund, the definitions, who else helps, the lender's own row.

Rates and limits are the published ones (sources in the rows); a real office changes them by new dated rows.
"""

from datetime import date
from decimal import Decimal

from django.db import transaction

from applicants import areas, occupations, voluntary
from applicants.models import TargetDefinition
from applicants.target_group import Education
from letters.models import Lender
from loans.consent_texts import furnish_consent_texts
from loans.furnishing.checklist import furnish_checklist
from loans.furnishing.clauses import furnish_clauses
from loans.furnishing.conditions import furnish_conditions
from loans.furnishing.credit import furnish_credit
from loans.furnishing.institutions import furnish_institutions
from loans.furnishing.partners import furnish_partners
from loans.furnishing.product_words import PRODUCT_WORDS
from loans.furnishing.reasons import furnish_reasons
from loans.furnishing.templates import furnish_templates
from loans.models import EligibilityRule, Fund, IndexRate, Product
from money.interest import DayCount
from money.schedule import FeePaid

FROM = date(2020, 1, 1)
PAPERS = ["identity", "enrolment", "income"]
BUSINESS_PAPERS = ["identity", "income", "registration", "bank_statements", "plan"]  # the last three as answers ask

# The prime rate of the large banks, from each day on (wowa.ca, April 2026; DOMAIN section 7).
PRIME = (
    (date(2022, 12, 8), Decimal("0.0645")),
    (date(2023, 1, 25), Decimal("0.0670")),
    (date(2023, 6, 8), Decimal("0.0695")),
    (date(2023, 7, 12), Decimal("0.0720")),
    (date(2024, 6, 5), Decimal("0.0695")),
    (date(2024, 7, 24), Decimal("0.0670")),
    (date(2024, 9, 4), Decimal("0.0645")),
    (date(2024, 10, 23), Decimal("0.0595")),
    (date(2024, 12, 11), Decimal("0.0545")),
    (date(2025, 1, 29), Decimal("0.0520")),
    (date(2025, 3, 13), Decimal("0.0495")),
    (date(2025, 9, 17), Decimal("0.0470")),
    (date(2025, 10, 29), Decimal("0.0445")),
)

PRODUCTS = (
    {
        "code": "professional-development",
        "name_en": "Professional development loan",
        "name_fr": "Prêt de perfectionnement professionnel",
        "summary_en": "For a course, an exam or a licence. Only interest while you study.",
        "summary_fr": "Pour un cours, un examen ou un permis. Pendant les études, seulement les intérêts.",
        "source": "OCLF-Alterna professional development loan, oclf.org; prime 4.45 % (2025-10-29) + 2 %, fixed",
        "min_cents": 50_000,
        "max_cents": 500_000,
        "annual_rate": Decimal("0.0645"),
        "fee_rate": Decimal("0.03"),
        "fee_cap_cents": 25_000,
        "max_study_months": 12,
        "min_repayment_months": 12,
        "max_repayment_months": 36,
    },
    {
        "code": "credential",
        "name_en": "Credential loan",
        "name_fr": "Prêt pour titres professionnels",
        "summary_en": "For licensing and training in your profession. No fee.",
        "summary_fr": "Pour le permis et la formation dans votre profession. Sans frais.",
        "source": "Windmill Microlending, fixed rate of 6.7 %",
        "min_cents": 100_000,
        "max_cents": 1_500_000,
        "annual_rate": Decimal("0.067"),
        "fee_rate": Decimal("0"),
        "fee_cap_cents": None,
        "max_study_months": 24,
        "min_repayment_months": 12,
        "max_repayment_months": 36,
    },
    {
        "code": "business",
        "purpose": "business",
        "name_en": "Business loan",
        "name_fr": "Prêt d’affaires",
        "summary_en": "To start or grow a small business. Co-owners sign too.",
        "summary_fr": "Pour lancer ou développer une petite entreprise. Vos copropriétaires signent aussi.",
        "source": "OCLF business loan (hellodarwin, 17 February 2025): prime + 2 %, fee 3 % up to $250",
        "min_cents": 100_000,
        "max_cents": 1_500_000,
        "annual_rate": Decimal("0.02"),
        "rate_index": "prime",
        "fee_rate": Decimal("0.03"),
        "fee_cap_cents": 25_000,
        "max_study_months": 0,
        "min_repayment_months": 12,
        "max_repayment_months": 60,
        "papers": BUSINESS_PAPERS,
    },
    {
        "code": "interest-free",
        "name_en": "Interest-free loan",
        "name_fr": "Prêt sans intérêt",
        "summary_en": "For exams and licences. Only a small fee.",
        "summary_fr": "Pour un examen ou un permis. Seulement de petits frais.",
        "source": "an interest-free product with its fee inside section 347 of the Criminal Code",
        "min_cents": 50_000,
        "max_cents": 300_000,
        "annual_rate": Decimal("0"),
        "fee_rate": Decimal("0.02"),
        "fee_cap_cents": 6_000,
        "max_study_months": 6,
        "min_repayment_months": 12,
        "max_repayment_months": 24,
    },
)
OTTAWA = ["Ottawa", "K1", "K2", "K4"]  # the area, and how its postal codes begin
SPECIAL_PROGRAMME = "special programme for newcomers, Human Rights Code (Ontario), section 14; the funder's mandate"
PLACE = ("lives_in", OTTAWA, "the area that the lender serves; oclf.org, hellodarwin (17 February 2025)")
NEWCOMERS = ("status_among", ["permanent_resident", "protected_person", "citizen"], SPECIAL_PROGRAMME)
ELIGIBILITY = {
    "professional-development": (PLACE, NEWCOMERS),
    "credential": (NEWCOMERS, ("living_costs_up_to_percent", [25], "Community Micro Lending, Victoria: the same cap")),
    "business": (PLACE, ("owners_sign_percent", [51], "OCLF business loan: owners of 51 % sign")),
    "interest-free": (
        PLACE,
        ("status_among", ["permanent_resident", "protected_person"], SPECIAL_PROGRAMME),
        ("years_in_canada_under", [5], SPECIAL_PROGRAMME),
    ),
}
ONE_DECIDES_UP_TO = 1_000_000  # cents; above it two of the committee vote
# Discharged two years: OCLF professional development loan (oclf.org). For the other products, and for the part of the
# income that debts may take, no published figure was found: cautious ones that a person confirms (docs/running.md).
BANKRUPTCY_MONTHS, DEBT_SHARE = 24, Decimal("0.4")

LENDER = {
    "name_en": "Rideau Springboard Fund",
    "name_fr": "Fonds Tremplin Rideau",
    "short_name": "Tremplin",
    "address": "150 Rideau Street\nOttawa ON  K1N 5X6",
    "phone": "613-555-0142",
    "email": "bonjour@tremplin.example",
    "website": "https://tremplin.example",
    "hours_en": "Monday to Friday, 9 a.m. to 5 p.m.",
    "hours_fr": "Du lundi au vendredi, de 9 h à 17 h",
    "in_other_languages": {
        "ar": {"hours": "من الاثنين إلى الجمعة، من الساعة 9 صباحًا إلى 5 مساءً"},
        "es": {"hours": "De lunes a viernes, de 9 a. m. a 5 p. m."},
        "zh-hans": {"hours": "周一至周五，上午 9 时至下午 5 时"},
    },
    "statutes_en": "\n".join(
        (
            "Consumer Protection Act, 2002 (Ontario, S.O. 2002, c. 30, Sched. A)",
            "Ontario Regulation 17/05",
            "Interest Act (Canada, R.S.C. 1985, c. I-15)",
            "Criminal Code (Canada), section 347",
        )
    ),
    "statutes_fr": "\n".join(
        (
            "Loi de 2002 sur la protection du consommateur (Ontario, L.O. 2002, chap. 30, ann. A)",
            "Règlement de l’Ontario 17/05",
            "Loi sur l’intérêt (Canada, L.R.C. 1985, ch. I-15)",
            "Code criminel (Canada), article 347",
        )
    ),
}

TARGET_DEFINITION = {
    "full_time_hours": 30,
    "least_education": Education.BACHELOR,
    "lowest_skill_teer": 4,
    "source": "Statistics Canada 75-006-X (over-qualification), 71-543-G (30 hours is full time); NOC 2021",
}


@transaction.atomic
def furnish():
    """Put in what is missing; never changes what a row says already. Safe to run at every start."""
    fund, _ = Fund.objects.get_or_create(
        code="general", defaults={"name_en": "General loan fund", "name_fr": "Fonds général de prêts"}
    )
    _furnish_prime()
    for product in PRODUCTS:
        terms = {name: value for name, value in product.items() if name != "code"}
        row, is_new = Product.objects.get_or_create(
            code=product["code"],
            effective_from=FROM,
            defaults={
                "purpose": "training",
                "papers": PAPERS,
                "day_count": DayCount.THIRTY_360,
                "fee_paid": FeePaid.DEDUCTED,
                "fund": fund,
                "one_decides_up_to_cents": ONE_DECIDES_UP_TO,
                "bankruptcy_months": BANKRUPTCY_MONTHS,
                "debt_share": DEBT_SHARE,
                **terms,
            },
        )
        if not row.in_other_languages:
            row.in_other_languages = PRODUCT_WORDS[product["code"]]
            row.save(update_fields=["in_other_languages"])
        for rule, operand, reason in ELIGIBILITY[product["code"]] if is_new else ():
            EligibilityRule.objects.create(product=row, rule=rule, operand=operand, reason=reason)
    areas.load(areas.FURNISHED, keep=True)
    occupations.load(occupations.FURNISHED, source=occupations.SOURCE, keep=True)
    voluntary.furnish_definitions()
    furnish_consent_texts()
    furnish_reasons()
    furnish_checklist()
    furnish_conditions()
    furnish_templates()
    furnish_clauses()
    TargetDefinition.objects.get_or_create(effective_from=FROM, defaults=TARGET_DEFINITION)
    furnish_partners()
    furnish_credit()
    furnish_institutions()
    lender = Lender.objects.first() or Lender.objects.create(**LENDER)
    if not lender.in_other_languages and lender.hours_en == LENDER["hours_en"]:
        lender.in_other_languages = LENDER["in_other_languages"]
        lender.save(update_fields=["in_other_languages"])


def _furnish_prime():
    source = "prime rate of the large banks, wowa.ca, April 2026"
    known = set(IndexRate.objects.filter(index="prime").values_list("starts", flat=True))
    IndexRate.objects.bulk_create(
        IndexRate(index="prime", starts=starts, annual_rate=rate, source=source)
        for starts, rate in PRIME
        if starts not in known
    )
