"""The banks and credit unions that a new office knows by number: rows that it may change, end and add to.

From stored lists of various dates (cityssm get-canadian-bank-name and others; DOMAIN section 3.7): nobody has confirmed
them, so what is not among them is a warning and never a refusal.
"""

from datetime import date

from loans.models import Institution

SOURCE = {
    "source": "stored lists of Canadian institution numbers (cityssm get-canadian-bank-name), to be confirmed",
    "as_of": date(2026, 11, 27),
}
# Number → (name, how many digits its account numbers usually have; empty: not known).
INSTITUTIONS = {
    "001": ("BMO", "7"),
    "002": ("Scotiabank", "7, 11, 12"),
    "003": ("RBC", "7"),
    "004": ("TD", "7, 11, 12"),
    "006": ("National Bank", "7"),
    "010": ("CIBC, Simplii", "7"),
    "016": ("HSBC Canada, now RBC", "9"),
    "030": ("Canadian Western Bank, now National Bank", ""),
    "039": ("Laurentian Bank", ""),
    "177": ("Bank of Canada", ""),
    "219": ("ATB Financial", ""),
    "260": ("Citibank Canada", ""),
    "309": ("Vancity Community Investment Bank", ""),
    "310": ("First Nations Bank", ""),
    "320": ("PC Bank", ""),
    "326": ("PC Bank", ""),
    "338": ("Canadian Tire Bank", ""),
    "340": ("ICICI Bank Canada", ""),
    "370": ("Wealth One Bank", ""),
    "509": ("Canada Trust", ""),
    "540": ("Manulife Bank", ""),
    "608": ("CS Alterna Bank", ""),
    "614": ("Tangerine", "10"),
    "621": ("Peoples Trust, KOHO", ""),
    "623": ("Equitable Bank, EQ Bank", ""),
    "703": ("Wealthsimple", ""),
    "809": ("Credit unions of British Columbia (Central 1)", ""),
    "815": ("Desjardins (Québec)", "7"),
    "819": ("Caisse Groupe Financier (Manitoba)", ""),
    "828": ("Credit unions of Ontario (Central 1)", ""),
    "829": ("Desjardins Ontario", "7"),
    "837": ("Meridian", ""),
    "839": ("Atlantic Central", ""),
    "842": ("Alterna Savings", ""),
    "865": ("UNI, Acadian caisses", ""),
    "879": ("Credit unions of Manitoba", ""),
    "889": ("Credit unions of Saskatchewan", ""),
    "890": ("Caisse Alliance (Ontario)", ""),
    "899": ("Credit unions of Alberta", ""),
}


def furnish_institutions():
    """Put in what is missing; what a row says already stays."""
    known = set(Institution.objects.values_list("code", flat=True))
    Institution.objects.bulk_create(
        Institution(code=code, name=name, usual_digits=digits, **SOURCE)
        for code, (name, digits) in INSTITUTIONS.items()
        if code not in known
    )
