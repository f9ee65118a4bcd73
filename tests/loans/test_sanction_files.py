"""Files of sanctions: what is read, and that a hostile or broken one gives nothing."""

import pytest

from loans import sanction_files
from loans.sanction_files import ListRefused, Row, read_list

CANADIAN = """<?xml version="1.0" encoding="UTF-8"?>
<data-set>
  <record>
    <Country-Pays>Belarus / Bélarus</Country-Pays>
    <LastName-NomDeFamille>Novik</LastName-NomDeFamille>
    <GivenName-Prenom>Ivan  Petrovich</GivenName-Prenom>
    <Aliases-Alias>Ivan Novic, Jan Nowik</Aliases-Alias>
    <DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire>1970-02-01</DateOfBirthOrShipBuildDate-DateDeNaissanceOuDateDeConstructionDuNavire>
    <Schedule-Annexe>1, Part 1</Schedule-Annexe><Item-NumeroDarticle>12</Item-NumeroDarticle>
  </record>
  <record>
    <Country>Elsewhere</Country><EntityOrShip>Good &amp; Gone Ltd</EntityOrShip><Item>3</Item>
  </record>
</data-set>"""


def refused(data):
    with pytest.raises(ListRefused) as told:
        read_list(data.encode() if isinstance(data, str) else data)
    return told.value


def test_the_canadian_list_is_read_by_its_tags_of_either_kind():
    assert read_list(CANADIAN.encode()) == [
        Row(3, "Ivan Petrovich Novik", ("Ivan Novic", "Jan Nowik"), "1970-02-01", "Belarus / Bélarus, 1, Part 1", "12"),
        Row(11, "Good & Gone Ltd", (), "", "Elsewhere", "3"),
    ]


def test_a_sheet_is_read_by_the_names_of_its_columns():
    said = '\ufeffItem;NAME;colour;Aliases\n7;"Doe; Jane";red;J. Doe|Janie\n\n8;أحمد السيد;;\n'
    assert read_list(said.encode()) == [
        Row(2, "Doe; Jane", ("J. Doe", "Janie"), item="7"),
        Row(4, "أحمد السيد", item="8"),
    ]


def test_an_entry_over_several_lines_is_told_by_where_it_begins():
    wrong = refused('name,born\n"Jane\nDoe",1970\n,1980\nJim,1,2\n')
    assert (wrong.code, wrong.count, wrong.lines) == ("list_rows", 2, [(4, "no_name"), (5, "columns")])


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A\x00B", "unreadable"),
        ("x" * 501, "too_long"),
        ("A," + ";".join(map(str, range(201))), "too_long"),
        (" ,B", "no_name"),
    ],
)
def test_a_row_that_will_not_do_is_told_by_its_line(row, why):
    assert refused(f"name,aliases\nFine,\n{row}\n").lines == [(3, why)]


def test_of_many_wrong_lines_the_first_are_told():
    wrong = refused("name,item\n" + ",1\n" * 40)
    assert (wrong.count, len(wrong.lines)) == (40, sanction_files.MOST_TOLD)


SWELLING = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><data-set><record>&b;</record></data-set>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list_empty"),
        (b"  \n", "list_empty"),
        ("name,item\n", "list_empty"),
        ("<data-set></data-set>", "list_empty"),
        (b"name\n\xff\xfe\n", "list_unreadable"),
        (b"PK\x03\x04 a spreadsheet\x00\xff", "list_unreadable"),
        ("who,item\nJane,1\n", "list_without_names"),
        ('name\n"never ends\n', "list_unreadable"),
        (CANADIAN[:-20], "list_unreadable"),
        (SWELLING, "list_unreadable"),
        ("<a>" * 50 + "</a>" * 50, "list_unreadable"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><data-set/>', "list_unreadable"),
    ],
)
def test_what_is_no_list_is_refused_whole(data, code):
    assert refused(data).code == code


def test_a_file_has_its_bounds(monkeypatch):
    monkeypatch.setattr(sanction_files, "MOST_ENTRIES", 2)
    assert len(read_list(b"name\nA B\nC D\n")) == 2
    assert refused("name\nA B\nC D\nE F\n").code == "list_too_big"
    monkeypatch.setattr(sanction_files, "MOST_BYTES", 10)
    assert refused("name\nA B\nC D\n").code == "list_too_big"
