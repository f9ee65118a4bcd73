"""What is kept of a name and what is typed to find it meet, in any script."""

import pytest

from applicants.spelled import digits_of, folded, looked_for, looked_for_phone, words_of, words_of_phone


def finds(typed, *names):
    """Whether each part typed is the beginning of a word that is kept of these names."""
    kept = words_of(*names)
    return bool(looked_for(typed)) and all(any(word.startswith(part) for word in kept) for part in looked_for(typed))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("etienne", "Étienne Bâ"),
        ("BA ETIENNE", "Étienne Bâ"),
        ("tie", "Tièmoko"),
        ("elsayed", "Amina El-Sayed"),
        ("sayed amina", "Amina El-Sayed"),
        ("el-sayed", "Amina El-Sayed"),
        ("oneil", "Siobhán O’Neil"),
        ("o'neil", "Siobhán O’Neil"),
        ("strasse", "Straße"),
        ("soren", "Søren"),
        ("lukasz", "Łukasz"),
        ("duc", "Đức Phạm"),
        ("pham duc", "Đức Phạm"),
        ("احمد", "أحمد الخطيب"),
        ("الخطيب", "أحمد الخطيب"),
        ("خطيب أحمد", "أحمد الخطيب"),
        ("فاطمه", "فاطمة"),
        ("کریمی", "كريمي"),
        ("مُحَمَّد", "محمد"),
        ("王小明", "王小明"),
        ("小明", "王小明"),
        ("明", "王小明"),
        ("小明 王", "王小明"),
        ("ヤマ", "山田 ヤマト"),
        ("ሰላም", "ሰላም ተስፋዬ"),
        ("ольга", "Ольга Петренко"),
        ("Ｗａｎｇ", "Wang"),
        ("김", "김민준"),
        ("priya", "Priya Raghunathan"),
        ("प्रिया", "प्रिया शर्मा"),
    ],
)
def test_a_name_is_found_by_its_parts_in_any_order_without_accents_and_capitals(typed, name):
    assert finds(typed, name)


@pytest.mark.parametrize(
    ("typed", "name"),
    [("mina", "Amina"), ("amina bilal", "Amina El-Sayed"), ("...", "Amina"), ("", "Amina"), ("明小", "王小明")],
)
def test_another_name_is_not(typed, name):
    assert not finds(typed, name)


@pytest.mark.parametrize("name", ["", " ", "x" * 150, "王" * 150, "a b " * 37, "%_\\'\"", "\u0301", "A\u200fB"])
def test_no_name_is_too_strange_or_too_long(name):
    words = words_of(name)
    assert len(words) <= 40
    assert all(0 < len(word) <= 60 for word in words)


def test_folding_twice_changes_nothing():
    for name in ("Étienne", "أحمد الخطيب", "王小明", "Straße", "Đức", "김민준", "प्रिया", "İstanbul"):
        assert folded(folded(name)) == folded(name)


@pytest.mark.parametrize(
    "typed",
    ["613-555-0123", "(613) 555 0123", "+1 613.555.0123", "1 613 555 0123", "6135550123", "٦١٣٥٥٥٠١٢٣", "555-0123",
     "0123", "011 1 613 555 0123", "613 555"],
)  # fmt: skip
@pytest.mark.parametrize("kept", ["613-555-0123", "+16135550123"])
def test_a_telephone_number_is_found_however_it_is_typed(kept, typed):
    assert any(word.startswith(part) for word in words_of_phone(kept) for part in looked_for_phone(typed))


def test_too_few_digits_find_nobody():
    assert looked_for_phone("123") == []
    assert words_of_phone("ask my sister") == set()


def test_digits_of_every_script_are_read():
    assert digits_of("٦۱3-५") == "6135"
