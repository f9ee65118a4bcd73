"""Who else helps newcomers, in Ottawa and beyond: rows that a new office is furnished with, each with its source.

Nothing here was confirmed by those who are named: the office does that, and ends (`ended_on`) what holds no more.
`helps` are codes of loans.screening.SITUATIONS: somebody is named where all of theirs hold; none: always.
"""

from datetime import date

from applicants.models import Partner
from loans.furnishing.partner_words import PARTNER_WORDS

GATHERED = date(2026, 11, 23)  # when the published terms of other lenders were read
KNOWN = {"source": "general knowledge, to be confirmed by the office", "as_of": date(2026, 11, 26)}
Kind = Partner.Kind


def _row(code, kind, names, says, *helps, **more):
    """One partner: names and what they do, each in English and French."""
    in_words = {"name_en": names[0], "name_fr": names[-1], "says_en": says[0], "says_fr": says[1]}
    return {"code": code, "kind": kind, "helps": list(helps), **in_words, **KNOWN, **more}


LENDERS = (
    _row(
        "oclf", Kind.LENDER, ("Ottawa Community Loan Fund", "Fonds d’emprunt communautaire d’Ottawa"),
        ("Business loans up to $15,000 and loans for professional development up to $5,000, in Ottawa.",
         "Prêts d’affaires jusqu’à 15 000 $ et prêts de perfectionnement jusqu’à 5 000 $, à Ottawa."),
        "nearby", website="https://oclf.org", refers=True,
        source="oclf.org (undated); hellodarwin, 17 February 2025", as_of=date(2025, 2, 17),
    ),
    _row(
        "windmill", Kind.LENDER, ("Windmill Microlending",),
        ("Loans, usually up to $15,000, for newcomers trained abroad who need a licence or a course. All of Canada.",
         "Prêts, en général jusqu’à 15 000 $, pour les personnes formées à l’étranger qui ont besoin d’un permis ou "
         "d’un cours. Partout au Canada."),
        "training", website="https://windmillmicrolending.org",
        source="Windmill’s own pages of several dates", as_of=GATHERED,
    ),
    _row(
        "alterna", Kind.LENDER, ("Alterna Savings, community microfinance", "Alterna, microfinance communautaire"),
        ("Business loans from $5,000 to $25,000 for people with an income of $50,000 at most.",
         "Prêts d’affaires de 5 000 $ à 25 000 $ pour les personnes dont le revenu est d’au plus 50 000 $."),
        "business", website="https://www.alterna.ca", source="Alterna’s page of 2022", as_of=date(2022, 1, 1),
    ),
    _row(
        "face", Kind.LENDER, ("FACE Coalition", "Coalition FACE"),
        ("Business loans from $10,000 to $25,000 for Black entrepreneurs, in all of Canada.",
         "Prêts d’affaires de 10 000 $ à 25 000 $ pour les entrepreneurs noirs et les entrepreneures noires, partout "
         "au Canada."),
        "business", website="https://facecoalition.com", source="FACE’s own pages (undated)", as_of=GATHERED,
    ),
    _row(
        "futurpreneur", Kind.LENDER, ("Futurpreneur, for newcomers", "Futurpreneur, pour nouveaux arrivants"),
        ("Start-up loans up to $12,500, and as much again from BDC, for people of 18 to 39 who came to Canada less "
         "than five years ago.",
         "Prêts de démarrage jusqu’à 12 500 $, et autant de la BDC, pour les personnes de 18 à 39 ans arrivées au "
         "Canada il y a moins de cinq ans."),
        "business", website="https://www.futurpreneur.ca", source="Futurpreneur’s page of 2022", as_of=date(2022, 1, 1),
    ),
    _row(
        "access-ccf", Kind.LENDER, ("Access Community Capital Fund",),
        ("Business loans up to $5,000 and credential loans up to $15,000, in Toronto and Hamilton.",
         "Prêts d’affaires jusqu’à 5 000 $ et prêts pour titres professionnels jusqu’à 15 000 $, à Toronto et à "
         "Hamilton."),
        "elsewhere", website="https://accessccf.com", source="Access CCF’s own pages (undated)", as_of=GATHERED,
    ),
    _row(
        "wil", Kind.LENDER, ("WIL Employment Connections, with Libro", "WIL Employment Connections, avec Libro"),
        ("Loans up to $10,000 for training and licences, in London, Ontario.",
         "Prêts jusqu’à 10 000 $ pour la formation et les permis, à London, en Ontario."),
        "training", "elsewhere", source="published terms (undated)", as_of=GATHERED,
    ),
    _row(
        "aiclf", Kind.LENDER, ("Atlantic Immigrant Career Loan Fund",),
        ("Loans up to $15,000 for training and licences, in Atlantic Canada.",
         "Prêts jusqu’à 15 000 $ pour la formation et les permis, au Canada atlantique."),
        "training", "elsewhere", website="https://aiclf.ca", source="aiclf.ca (undated)", as_of=GATHERED,
    ),
    _row(
        "seed", Kind.LENDER, ("SEED Winnipeg, Recognition Counts",),
        ("Loans up to $10,000 for the recognition of what you learned abroad, in Manitoba.",
         "Prêts jusqu’à 10 000 $ pour faire reconnaître ce que vous avez appris à l’étranger, au Manitoba."),
        "training", "elsewhere", website="https://seedwinnipeg.ca",
        source="SEED’s page of 2012", as_of=date(2012, 1, 1),
    ),
    _row(
        "success", Kind.LENDER, ("S.U.C.C.E.S.S., loans for foreign credentials",
         "S.U.C.C.E.S.S., prêts pour titres étrangers"),
        ("Loans up to $15,000 for training and licences, in British Columbia.",
         "Prêts jusqu’à 15 000 $ pour la formation et les permis, en Colombie-Britannique."),
        "training", "elsewhere", website="https://fcrloan.ca", source="fcrloan.ca (undated)", as_of=GATHERED,
    ),
    _row(
        "cml-victoria", Kind.LENDER, ("Community Micro Lending, Victoria",),
        ("Small loans for training and for small businesses, in and around Victoria.",
         "Petits prêts pour la formation et pour les petites entreprises, à Victoria et aux environs."),
        "elsewhere", source="the lender’s own pages (undated)", as_of=GATHERED,
    ),
)  # fmt: skip

SERVICES = (
    _row(
        "211", Kind.SETTLEMENT, ("211 Ontario",),
        ("Call 211 or look on its site: it knows the services near you, in many languages, day and night.",
         "Composez le 211 ou consultez son site : il connaît les services près de chez vous, en plusieurs langues, "
         "jour et nuit."),
        phone="211", website="https://211ontario.ca",
    ),
    _row(
        "ociso", Kind.SETTLEMENT,
        ("Ottawa Community Immigrant Services Organization (OCISO)",
         "Organisme communautaire des services aux immigrants d’Ottawa (OCISO)"),
        ("Help with settling, school, work and health for newcomers and their families.",
         "Aide à l’établissement, à l’école, au travail et à la santé pour les personnes nouvellement arrivées et "
         "leur famille."),
        "nearby", website="https://ociso.org", refers=True,
    ),
    _row(
        "cci", Kind.SETTLEMENT, ("Catholic Centre for Immigrants", "Centre catholique pour immigrants"),
        ("Help with settling and housing for newcomers and refugees of every faith.",
         "Aide à l’établissement et au logement pour les personnes nouvellement arrivées ou réfugiées, de toute "
         "confession."),
        "nearby", refers=True,
    ),
    _row(
        "ymca-nic", Kind.SETTLEMENT,
        ("YMCA-YWCA Newcomer Information Centre", "Centre d’information pour nouveaux arrivants du YMCA-YWCA"),
        ("Tells you which services in Ottawa fit you, and sends you there.",
         "Vous dit quels services d’Ottawa vous conviennent, et vous y dirige."),
        "nearby", refers=True,
    ),
    _row(
        "lassa", Kind.SETTLEMENT, ("Lebanese and Arab Social Services Agency (LASSA)",),
        ("Help with settling, also in Arabic.", "Aide à l’établissement, aussi en arabe."),
        "nearby", refers=True,
    ),
    _row(
        "cesoc", Kind.SETTLEMENT, ("Conseil économique et social d’Ottawa-Carleton (CESOC)",),
        ("Help in French with settling and with work.", "Aide en français à l’établissement et à l’emploi."),
        "nearby", website="https://cesoc.ca", refers=True,
    ),
    _row(
        "ocdsb", Kind.LANGUAGE,
        ("Ottawa-Carleton District School Board, classes for adults",
         "Ottawa-Carleton District School Board, cours aux adultes"),
        ("English classes for newcomers (LINC, ESL).",
         "Cours d’anglais pour personnes nouvellement arrivées (LINC, ESL)."),
        "nearby", website="https://ocdsb.ca",
    ),
    _row(
        "la-cite", Kind.LANGUAGE, ("La Cité college", "Collège La Cité"),
        ("French classes for newcomers, and college programs in French.",
         "Cours de français pour personnes nouvellement arrivées et programmes collégiaux en français."),
        "nearby", website="https://www.collegelacite.ca",
    ),
    _row(
        "library", Kind.LANGUAGE, ("Ottawa Public Library", "Bibliothèque publique d’Ottawa"),
        ("Conversation groups in English and French, computers, and books to learn from.",
         "Groupes de conversation en français et en anglais, ordinateurs et livres pour apprendre."),
        "nearby", website="https://biblioottawalibrary.ca",
    ),
    _row(
        "world-skills", Kind.EMPLOYMENT, ("World Skills Employment Centre",),
        ("Helps people trained abroad to find work in their field in Ottawa.",
         "Aide les personnes formées à l’étranger à trouver un emploi dans leur domaine à Ottawa."),
        "nearby", refers=True,
    ),
    _row(
        "employment-ontario", Kind.EMPLOYMENT, ("Employment Ontario", "Emploi Ontario"),
        ("Help with looking for work, and money for some training, in all of Ontario.",
         "Aide à la recherche d’emploi, et financement de certaines formations, partout en Ontario."),
        website="https://www.ontario.ca/page/employment-ontario",
    ),
    _row(
        "invest-ottawa", Kind.BUSINESS, ("Invest Ottawa", "Investir Ottawa"),
        ("Advice and workshops for people who start a business in Ottawa.",
         "Conseils et ateliers pour les personnes qui lancent une entreprise à Ottawa."),
        "business", "nearby", website="https://www.investottawa.ca", refers=True,
    ),
    _row(
        "seo", Kind.BUSINESS, ("Société économique de l’Ontario",),
        ("Advice in French for people who start or run a business in Ontario.",
         "Conseils en français pour les personnes qui lancent ou exploitent une entreprise en Ontario."),
        "business", website="https://www.seo-ont.ca",
    ),
)  # fmt: skip


def furnish_partners():
    """Put in the partners that are missing; to one that is there, only the further languages that nobody wrote yet."""
    rows = {row["code"]: {**row, "in_other_languages": _further(row)} for row in (*LENDERS, *SERVICES)}
    known = Partner.objects.in_bulk(rows, field_name="code")
    Partner.objects.bulk_create(Partner(**row) for code, row in rows.items() if code not in known)
    for code, partner in known.items():
        # An office that wrote its own English has its own words: ours would say something else.
        if not partner.in_other_languages and partner.says_en == rows[code]["says_en"]:
            partner.in_other_languages = rows[code]["in_other_languages"]
            partner.save(update_fields=["in_other_languages"])


def _further(row):
    return {language: {"says": says} for language, says in PARTNER_WORDS[row["code"]].items()}
