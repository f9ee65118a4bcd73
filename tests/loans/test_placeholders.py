"""Placeholders: known names in braces and nothing else; nothing is ever evaluated."""

from loans.placeholders import PLACEHOLDERS, filled, listed, named_in, strays_in


def test_a_fact_is_put_in_as_it_is():
    assert filled("Hello {name}, {name}!", {"name": "Amina"}) == "Hello Amina, Amina!"


def test_what_stands_in_a_fact_is_never_a_placeholder():
    assert filled("{name}: {reference}", {"name": "{reference}", "reference": "T-1"}) == "{reference}: T-1"


def test_a_fact_that_is_not_there_leaves_its_placeholder():
    assert filled("By {promise_day}, {name}.", {"promise_day": "", "name": "Amina"}) == "By {promise_day}, Amina."


def test_nothing_is_evaluated():
    for text in ("{name.user.password}", "{name!r}", "{0}", "{}", "{name[0]}", "{ name }"):
        assert filled(text, {"name": "Amina"}) == text
        assert strays_in(text) == [text]
        assert named_in(text) == []


def test_braces_that_are_not_closed_are_strays():
    assert strays_in("Hello {name") == ["{"]
    assert strays_in("Hello name}} {name}") == ["}"]
    assert strays_in("Hello {name}") == []


def test_every_placeholder_is_told_with_what_it_stands_for():
    assert all(f"{{{name}}}: {says}." in str(listed()) for name, says in PLACEHOLDERS.items())
