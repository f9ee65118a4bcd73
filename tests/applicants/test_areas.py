"""Neighbourhood and ward by postal code: a table that is data, each row with its source and day."""

import csv
from itertools import chain

import pytest
from django.core.management import CommandError, call_command

from applicants.areas import FURNISHED, Area, PostalArea
from loans.furnishing.office import furnish

pytestmark = pytest.mark.django_db
WARDS = """Orléans East-Cumberland, Orléans West-Innes, Barrhaven West, Kanata North, West Carleton-March, Stittsville,
Bay, College, Knoxdale-Merivale, Gloucester-Southgate, Beacon Hill-Cyrville, Rideau-Vanier, Rideau-Rockcliffe, Somerset,
Kitchissippi, River, Capital, Alta Vista, Orléans South-Navan, Osgoode, Rideau-Jock, Riverside South-Findlay Creek,
Kanata South, Barrhaven East""".replace("\n", " ").split(", ")  # 1 to 24, since 15 November 2022


def test_an_area_of_ottawa_is_known_with_its_source(office):
    area = PostalArea.of("k1n 5x6")
    assert (area.neighbourhood, area.ward, area.city) == ("Lowertown and Sandy Hill", "Rideau-Vanier", "Ottawa")
    assert "To be confirmed" in area.source
    assert "2026-11-01" in area.source


def test_every_row_says_that_it_is_to_be_confirmed(office):
    assert PostalArea.objects.filter(prefix__regex=r"^K[124]").count() > 35
    assert not PostalArea.objects.exclude(source__startswith="To be confirmed").exists()


def furnished():
    with FURNISHED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_only_wards_of_today_are_named_and_each_of_them_somewhere():
    assert {row["ward"] for row in furnished()} - {""} <= set(WARDS)
    words = " ".join(chain.from_iterable((row["ward"], row["to_confirm"]) for row in furnished()))
    assert [ward for ward in WARDS if ward not in words] == []


def test_an_area_of_several_wards_says_so_and_one_without_a_ward_says_why(office):
    assert all(row["to_confirm"] for row in furnished() if not row["ward"])
    barrhaven = PostalArea.of("K2J 1A1")
    assert barrhaven.ward == ""
    assert "the ward is to be confirmed: Barrhaven West or Barrhaven East" in barrhaven.source


def test_each_delivery_area_of_the_city_is_there_once():
    prefixes = [row["prefix"] for row in furnished()]
    assert prefixes == sorted(set(prefixes))
    assert [sum(prefix.startswith(start) for prefix in prefixes) for start in ("K1", "K2", "K4")] == [20, 16, 5]


@pytest.mark.parametrize("code", ["", "M5V 2T6", "11511", "K", "K1", "〒100", None, "%"])
def test_what_the_table_does_not_know_stays_unknown(office, code):
    assert PostalArea.of(code) == Area()


def test_the_longest_beginning_wins(office, tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text(
        "prefix,neighbourhood,ward,city,source,as_of\n"
        "K1N,Rideau,Ward 12,Ottawa,City of Ottawa,2026-10-01\n"
        "K1N 5X6,Byward Market,Ward 12,Ottawa,City of Ottawa,2026-10-02\n"
        "K1N5,Lowertown,Ward 12,Ottawa,City of Ottawa,2026-10-01\n"
    )
    call_command("load_postal_areas", str(path))
    assert PostalArea.of("K1N 5X6").neighbourhood == "Byward Market"
    assert PostalArea.of("K1N 5X7").neighbourhood == "Lowertown"
    assert PostalArea.of("K1N 1A1").neighbourhood == "Rideau"
    furnish()
    assert PostalArea.of("K1N 1A1").source == "City of Ottawa (2026-10-01)"


@pytest.mark.parametrize(
    "row", ["K1N,A,,,,2026-10-01", ",A,,,City,2026-10-01", "K1N5X6A9,A,,,City,2026-10-01", "K1N,A,,,City,soon"]
)
def test_a_row_without_source_code_or_day_is_refused(db, tmp_path, row):
    path = tmp_path / "areas.csv"
    path.write_text(f"prefix,neighbourhood,ward,city,source,as_of\n{row}\n")
    with pytest.raises(CommandError, match="row 1"):
        call_command("load_postal_areas", str(path))
    assert not PostalArea.objects.exists()
