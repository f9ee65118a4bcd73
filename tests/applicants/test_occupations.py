"""Occupations and their codes: a table that is data, searched by words."""

import csv
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from applicants.occupations import DOUBTS, FURNISHED, Occupation
from loans.furnishing.office import furnish

pytestmark = pytest.mark.django_db
EACH_CATEGORY = (6, 60, 66, 43, 52, 37, 61, 94, 29, 68)  # unit groups of the broad categories 0 to 9: 516
EACH_TEER = (48, 97, 162, 69, 95, 45)  # of TEER 0 to 5
AS_STATISTICS_CANADA_WRITES = (
    "Level,Hierarchical structure,Code - NOC 2021 V1.0,Class title,Class definition\n"
    "1,Broad category,3,Health occupations,…\n"
    "5,Unit Group,31120,Pharmacists,…\n"
    "5,Unit Group,65100,Cashiers,…\n"
)


def found(words):
    return [row.code for row in Occupation.objects.matching(words)]


def furnished():
    with FURNISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_furnished_code_has_both_languages_and_its_teer(office):
    for row in Occupation.objects.all():
        assert row.teer == int(row.code[1])
        assert row.title_en
        assert row.title_fr
        assert "Statistics Canada" in row.source
    assert Occupation.objects.count() == 516


def test_the_file_holds_each_unit_group_once_and_in_order():
    codes = [row["code"] for row in furnished()]
    assert len(codes) == 516
    assert codes == sorted(set(codes))
    assert all(len(code) == 5 and code.isascii() and code.isdecimal() and code[1] <= "5" for code in codes)
    titles = [row[name] for row in furnished() for name in ("title_en", "title_fr")]
    assert all(title == title.strip() and 4 < len(title) <= 200 for title in titles)
    for name in ("title_en", "title_fr"):
        assert max(Counter(row[name] for row in furnished()).values()) == 1


def test_the_groups_stand_under_their_broad_categories_and_levels_as_the_classification_has_them():
    codes = [row["code"] for row in furnished()]
    assert Counter(code[0] for code in codes) == dict(zip("0123456789", EACH_CATEGORY, strict=True))
    assert Counter(code[1] for code in codes) == dict(zip("012345", EACH_TEER, strict=True))
    # A broad category, a TEER, then three digits that count groups from 0 on: none is skipped but by a 9, "other".
    for number, last in ((3, 2), (4, 3), (5, 4)):
        within = {}
        for code in codes:
            within.setdefault(code[:last], set()).add(int(code[last]))
        for digits in within.values():
            counted = sorted(digits - {9})
            first = counted[0] if counted else 0
            assert counted == list(range(first, first + len(counted))), (number, within)


def test_what_is_in_doubt_says_so_in_its_source(office):
    doubted = {row["code"] for row in furnished() if row["to_confirm"]}
    assert {row["to_confirm"] for row in furnished()} == {"", *DOUBTS}
    assert doubted == set(Occupation.objects.filter(source__endswith="to be confirmed").values_list("code", flat=True))
    assert 0 < len(doubted) < 100


def test_the_other_titles_are_words_apart_and_no_repeats():
    for row in furnished():
        others = [title for title in row["other_titles"].split("; ") if title]
        assert len(others) == len(set(others)), row["code"]
        assert not any(mark in title for title in others for mark in ";|/"), row["code"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("pharmacist", "31120"),
        ("Pharmacienne", "31120"),
        ("NURSES", "31301"),
        ("infirmiere", "31301"),
        ("éducatrice", "42202"),
        ("shelf stocker", "65102"),
        ("uber", "75200"),
        ("31120", "31120"),
        ("pharmacien", "31120"),
        ("nurse", "31301"),
        ("infirmière", "32101"),
        ("personal support worker", "33102"),
        ("préposée aux bénéficiaires", "33102"),
        ("welder", "72106"),
        ("soudeuse", "72106"),
        ("truck driver", "73300"),
        ("camionneur", "73300"),
        ("early childhood educator", "42202"),
        ("éducateur petite enfance", "42202"),
        ("civil engineer", "21300"),
        ("ingénieur civil", "21300"),
        ("engineer", "21231"),
        ("teacher", "41221"),
        ("enseignante", "41220"),
        ("doctor", "31102"),
        ("médecin", "31102"),
        ("accountant", "11100"),
        ("comptable", "11100"),
        ("electrician", "72200"),
        ("électricienne", "72200"),
        ("cook", "63200"),
        ("cuisinière", "63200"),
        ("software developer", "21232"),
        ("développeur", "21232"),
        ("social worker", "41300"),
        ("travailleuse sociale", "41300"),
        ("hairdresser", "63210"),
        ("coiffeuse", "63210"),
        ("manœuvre", "75110"),
        ("manoeuvre construction", "75110"),
        ("imam", "41302"),
        ("seamstress", "64200"),
        ("couturière", "64200"),
    ],
)
def test_it_is_found_by_words_of_either_language_and_by_its_code(office, words, code):
    assert code in found(words)


@pytest.mark.parametrize("words", ["", "   ", "%", "_", "xyzzy", "'; DROP TABLE x", "9" * 300])
def test_what_fits_nothing_finds_nothing(office, words):
    assert found(words) == []


def test_a_title_is_in_the_language_of_the_reader(office):
    row = Occupation.objects.get(pk="31120")
    with override("fr"):
        assert row.title == "Pharmaciens/pharmaciennes"
    with override("es"):
        assert row.title == "Pharmacists"


def test_the_file_of_statistics_canada_is_loaded_as_it_is(db, tmp_path, capsys):
    path = tmp_path / "noc.csv"
    path.write_text("\ufeff" + AS_STATISTICS_CANADA_WRITES)
    call_command("load_occupations", str(path), source="NOC 2021, downloaded 2026-11-01")
    assert "2 occupations" in capsys.readouterr().out
    row = Occupation.objects.get(pk="31120")
    assert (row.title_en, row.teer, row.source) == ("Pharmacists", 1, "NOC 2021, downloaded 2026-11-01")


def test_loading_again_changes_what_is_there_and_furnishing_does_not(db, tmp_path):
    furnish()
    path = tmp_path / "noc.csv"
    path.write_text("code,title_en,title_fr,other_titles\n31120,Druggists,Droguistes,chemist\n")
    call_command("load_occupations", str(path))
    furnish()
    assert Occupation.objects.get(pk="31120").title_en == "Druggists"
    assert found("chemist")[0] in ("21101", "31120")
    assert "31120" in found("chemist")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "code,title_en\n31120,\n", "code,title_en\n39120,Nobody\n"])
def test_a_file_that_holds_no_occupations_is_refused_whole(db, tmp_path, text):
    Occupation.objects.all().delete()
    path = tmp_path / "noc.csv"
    path.write_text(text)
    with pytest.raises(CommandError):
        call_command("load_occupations", str(path))
    assert not Occupation.objects.exists()


def test_a_file_that_is_not_there_is_told(db):
    with pytest.raises(CommandError):
        call_command("load_occupations", "/nowhere.csv")
