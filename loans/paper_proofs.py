"""Which answers of the form each kind of paper should prove: whoever looks at it reads them beside it."""

ALL: tuple[str, ...] = ()  # every question of the page

# kind of paper (loans.paper_kinds) → page of the form → its questions; a purpose without that page has none of them
PROVES: dict[str, dict[str, tuple[str, ...]]] = {
    "identity": {"about-me": ("full_name", "born_on", "address", "sin_expires_on"), "status": ALL},
    "enrolment": {"study-plan": ("programme", "school", "starts_on", "ends_on"), "costs": ALL},
    "registration": {"business": ("business_name", "what", "structure", "registration", "began_on"), "owners": ALL},
    "plan": {"business": ("business_name", "what", "stage"), "month": ALL, "seasons": ALL},
    "bank_statements": {"about-me": ("full_name",), "budget": ALL},
    "income": {
        "about-me": ("full_name",),
        "work": ("work_status", "occupation", "hours_per_week", "annual_income"),
        "budget": ("pay", "household_pay", "benefits", "other_income"),
    },
    "void_cheque": {"about-me": ("full_name",)},
    "other": {},
}


def proven_by(kind: str) -> dict[str, tuple[str, ...]] | None:
    """The pages and questions that a kind of paper should prove; None for the whole form, which a person signed for."""
    return PROVES.get(kind)
