from datetime import date

import pytest

from money.facts import BookError, Fact, FactKind, in_written_order

MAY, JUNE = date(2027, 5, 15), date(2027, 6, 15)


def payment(number, on=MAY, cents=30_877, **detail):
    return Fact(number, FactKind.PAYMENT, on, cents, detail)


def reversal(number, target, on=MAY):
    return Fact(number, FactKind.REVERSAL, on, 0, reverses=target)


def test_facts_of_one_day_are_taken_by_kind_then_by_amount():
    facts = [
        payment(1, cents=2),
        Fact(2, FactKind.WRITE_OFF, MAY, 1),
        payment(3, cents=1),
        Fact(4, FactKind.WAIVER, MAY, 9),
        Fact(5, FactKind.FEE, MAY, 9),
        Fact(6, FactKind.ADVANCE, MAY, 9),
    ]
    assert [each.fact.number for each in in_written_order(facts, JUNE)] == [6, 5, 4, 3, 1, 2]


def test_facts_after_the_day_are_left_out():
    assert [each.fact.number for each in in_written_order([payment(1), payment(2, JUNE)], MAY)] == [1]


def test_a_reversal_makes_its_fact_void_from_its_own_day_on():
    facts = [payment(1), reversal(2, 1, JUNE)]
    assert not in_written_order(facts, MAY)[0].is_void
    assert in_written_order(facts, JUNE)[0].is_void


def test_a_reversed_reversal_puts_the_fact_back_in_force():
    (happening,) = in_written_order([payment(1), reversal(2, 1), reversal(3, 2)], JUNE)
    assert not happening.is_void
    assert [fact.number for fact in happening.reversals] == [2, 3]


@pytest.mark.parametrize(
    ("facts", "code", "number"),
    [
        ([payment(1), payment(1)], "number_twice", 1),
        ([payment(1, cents=-1)], "negative", 1),
        ([payment(1), reversal(2, 7)], "unknown_fact", 2),
        ([reversal(1, 2), payment(2)], "unknown_fact", 1),
        ([Fact(1, FactKind.REVERSAL, MAY, 0)], "unknown_fact", 1),
        ([payment(1, JUNE), reversal(2, 1, MAY)], "reversal_before_its_fact", 2),
        ([payment(1), reversal(2, 1), reversal(3, 1)], "reversed_twice", 3),
        ([payment(1, ahead="somewhere")], "unknown_detail", 1),
        ([Fact(1, FactKind.FEE, MAY, 5, {"paid": "never"})], "unknown_detail", 1),
        ([Fact(1, FactKind.WAIVER, MAY, 5, {"part": "all"})], "unknown_detail", 1),
        ([Fact(1, FactKind.RATE_CHANGE, MAY, 0)], "unknown_detail", 1),
        ([Fact(1, FactKind.RATE_CHANGE, MAY, 0, {"annual_rate": "7 %"})], "unknown_detail", 1),
        ([Fact(1, FactKind.RATE_CHANGE, MAY, 0, {"annual_rate": "NaN"})], "unknown_detail", 1),
        ([Fact(1, FactKind.RATE_CHANGE, MAY, 0, {"annual_rate": "1.5"})], "unknown_detail", 1),
    ],
)
def test_facts_of_which_no_book_can_be_made_are_named(facts, code, number):
    with pytest.raises(BookError) as caught:
        in_written_order(facts, JUNE)
    assert (caught.value.code, caught.value.number) == (code, number)
