"""The credit bureaus and score bands that a new office is furnished with: rows that the office confirms and changes."""

from datetime import date

from loans.models import CreditBureau, ScoreBand

KNOWN = {"source": "general knowledge, to be confirmed by the office", "as_of": date(2026, 11, 27)}
BUREAUS = (
    {
        "code": "equifax",
        "name": "Equifax Canada Co.",
        "address": "National Consumer Relations\nBox 190, Station Jean-Talon\nMontréal QC  H1S 2Z2",
        "phone": "1-866-828-5961",
        "website": "https://www.equifax.ca",
    },
    {
        "code": "transunion",
        "name": "TransUnion Canada",
        "address": "Consumer Relations\n3115 Harvester Road, Suite 201\nBurlington ON  L7N 3N8",
        "phone": "1-800-663-9980",
        "website": "https://www.transunion.ca",
    },
)
SCALE = "scores in Canada run from 300 to 900; where to draw the lines is to be confirmed by the office"


def _band(code, least, most, english, french, **further):
    words = {language.replace("_", "-"): {"name": name} for language, name in further.items()}
    names = {"name_en": english, "name_fr": french, "in_other_languages": words}
    return {"code": code, "least": least, "most": most, "source": SCALE, **names}


BANDS = (
    _band(
        "to-build", 300, 559, "To be built up", "À bâtir",
        ar="يحتاج إلى بناء", es="Por construir", zh_hans="有待建立",
    ),
    _band(
        "fair", 560, 659, "Fair", "Passable",
        ar="مقبول", es="Aceptable", zh_hans="尚可",
    ),
    _band(
        "good", 660, 724, "Good", "Bonne",
        ar="جيد", es="Buena", zh_hans="良好",
    ),
    _band(
        "very-good", 725, 759, "Very good", "Très bonne",
        ar="جيد جدًا", es="Muy buena", zh_hans="很好",
    ),
    _band(
        "excellent", 760, 900, "Excellent", "Excellente",
        ar="ممتاز", es="Excelente", zh_hans="优秀",
    ),
)  # fmt: skip


def furnish_credit():
    """Put in the bureaus and bands that are missing; what a row says already stays."""
    for row in BUREAUS:
        CreditBureau.objects.get_or_create(code=row["code"], defaults={**row, **KNOWN})
    if not ScoreBand.objects.exists():  # an office that drew its own lines does not get ours between them
        ScoreBand.objects.bulk_create(ScoreBand(**row) for row in BANDS)
