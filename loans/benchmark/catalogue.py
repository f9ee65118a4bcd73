"""All figures, in the order in which they are measured."""

from loans.benchmark import desk, engine, papers, payments, whole_books
from loans.benchmark.figure import Figure
from loans.benchmark.reference import DATABASE, PROCESSOR

FIGURES = (
    Figure(
        "schedules",
        "schedules/s",
        "plans of 36 instalments: half 30/360, half actual/365; a quarter with two advances, a tenth with APR",
        engine.schedules,
        PROCESSOR,
    ),
    Figure("replays", "replays/s", "replays of 36 months with 40 facts", engine.replays, PROCESSOR),
    Figure("replay_few", "replays/s", "{few} facts", lambda it: engine.replays_of(it.sizes.few, it), PROCESSOR),
    Figure("replay_many", "replays/s", "{many} facts", lambda it: engine.replays_of(it.sizes.many, it), PROCESSOR),
    Figure("replay_most", "replays/s", "{most} facts", lambda it: engine.replays_of(it.sizes.most, it), PROCESSOR),
    Figure("root", "loans/s", "the seal of a night over {loans} loans", whole_books.sealed, DATABASE),
    Figure(
        "audit", "loans/s", "the proof of {loans} loans a year old, and of the roots", whole_books.audited, DATABASE
    ),
    Figure(
        "payments", "payments/s", "one client, {loans} loans a year old, receipt and letter", payments.by_one, DATABASE
    ),
    Figure(
        "payments_by_two", "payments/s", "two clients at once, each on half of the loans", payments.by_two, DATABASE
    ),
    Figure(
        "payments_in_bulk",
        "payments/s",
        "{in_file} payments of one bank's file, receipts and letters",
        payments.in_bulk,
        DATABASE,
    ),
    Figure("payment_queries", "queries", "of one payment, savepoints counted too", payments.queries, ()),
    Figure("lives", "loans/s", "from application to disbursement, papers and agreement", whole_books.lives, DATABASE),
    Figure(
        "signing_share",
        "percent",
        "that the house's signature adds to WeasyPrint's own time for the same agreement",
        papers.signing_share,
        (),
    ),
    Figure("payment_few", "payments/s", "on {few} facts", lambda it: payments.one_more(it.sizes.few, it), DATABASE),
    Figure("payment_many", "payments/s", "on {many} facts", lambda it: payments.one_more(it.sizes.many, it), DATABASE),
    Figure("payment_most", "payments/s", "on {most} facts", lambda it: payments.one_more(it.sizes.most, it), DATABASE),
    # The office grows from here on, so these are measured last, and the few before the many.
    Figure("queue_few", "pages/s", "{few_cases} cases", lambda it: desk.lists(it.sizes.few_cases, it), DATABASE),
    Figure("search_few", "pages/s", "{few_cases} cases", lambda it: desk.searches(it.sizes.few_cases, it), DATABASE),
    Figure("queue_many", "pages/s", "{many_cases} cases", lambda it: desk.lists(it.sizes.many_cases, it), DATABASE),
    Figure("search_many", "pages/s", "{many_cases} cases", lambda it: desk.searches(it.sizes.many_cases, it), DATABASE),
)
