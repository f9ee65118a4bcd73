"""Conditions and options of the demo: what is asked for with a loan, and an offer among which somebody may choose."""

from loans.lifecycle.reviewing import conditions

PAPER = {"training": "invoice", "business": "registration"}


def ask(case, *, officer):
    """Before anybody signs, something in the officer's own words; before money, a paper out of the bank."""
    words = {
        "text_en": "You have gone through the budget of the coming year with us.",
        "text_fr": "Vous avez passé en revue avec nous le budget de l’année à venir.",
    }
    conditions.add_condition(case, by=officer, before="signing", **words)
    conditions.add_condition(case, by=officer, before="advance", words=PAPER[case.product.purpose])


def meet_what_comes_first(case, *, officer):
    """The officer has seen what was needed before signing; what is needed before money is still open."""
    for condition in case.conditions.before_signing():
        conditions.meet_condition(case, by=officer, condition=condition, note="We met on Tuesday; the figures hold.")


def further_terms(terms, product):
    """A smaller loan beside the one that was asked for, where the product allows it."""
    smaller = {**terms, "principal_cents": max(product.min_cents, terms["principal_cents"] // 2)}
    return [smaller] if smaller != terms else []
