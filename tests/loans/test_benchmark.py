"""The benchmark runs in a house of its own, gone afterwards. No speed passes or fails; the count of queries does."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

import psycopg
import pytest

from loans.benchmark import engine
from loans.benchmark.catalogue import FIGURES
from money.interest import DayCount

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "127.0.0.1:1"
MOST_QUERIES = 14
MOST_PERCENT = 60  # of the time of WeasyPrint, for signing what it made


@dataclass
class Run:
    """What a run of the command said, and what it left behind."""

    told: dict
    said_beside: list[str]
    room: Path


def start(room, *options):
    """The command, in an office whose mail server and broker would be missed if anything were given to them."""
    url = os.environ["DATABASE_URL"]
    office = {
        "VAR_DIR": str(room),
        "STORAGE_URL": f"file://{room}/files",
        "DATABASE_URL": f"sqlite:///{room}/office.sqlite3" if url.startswith("sqlite") else url,
        "EMAIL_URL": f"smtp://{NOBODY}",
        "CELERY_BROKER_URL": f"redis://{NOBODY}/0",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "manage.py", "bench", "--quick", *options]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | office,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_ctrl_c,
    )


def hear_ctrl_c():
    """Ctrl-C means what it usually means, also where these tests run in the background and it was switched off."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def place(line):
    """The database that the first line beside the figures names."""
    return line.removeprefix("Measuring in ").split(",")[0]


def is_gone(name):
    url = os.environ["DATABASE_URL"]
    if url.startswith("sqlite"):
        return name.endswith("bench.sqlite3") and not Path(name).parent.exists()
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
    return name.startswith("bench_") and found is None


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    room = tmp_path_factory.mktemp("office")
    command = start(room, "--json", "--seed", "7")
    out, beside = command.communicate()
    assert command.returncode == 0, beside
    return Run(json.loads(out), beside.splitlines(), room)


def test_every_figure_is_told_with_its_unit_and_its_reference(run):
    assert [figure["name"] for figure in run.told["figures"]] == [figure.name for figure in FIGURES]
    for figure in run.told["figures"]:
        assert figure["unit"]
        assert figure["what"]
        assert 0 < figure["least"] <= figure["median"] <= figure["most"]
        for name, reference in figure["reference"].items():
            assert figure["ratio"][name] == pytest.approx(figure["median"] / reference)


def test_each_figure_is_told_beside_what_decides_it(run):
    beside = {figure["name"]: list(figure["reference"]) for figure in run.told["figures"]}
    assert beside.pop("payment_queries") == beside.pop("signing_share") == []
    assert {name for name, loops in beside.items() if loops == ["arithmetic"]} == {
        "schedules", "replays", "replay_few", "replay_many", "replay_most",
    }  # fmt: skip
    assert all(loops in (["arithmetic"], ["arithmetic", "commits"]) for loops in beside.values())


def test_the_page_of_figures_holds_every_figure():
    page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    assert [figure.name for figure in FIGURES if f"`{figure.name}`" not in page] == []


def test_machine_versions_and_seed_are_told(run):
    assert (run.told["seed"], run.told["runs"], run.told["quick"]) == (7, 5, True)
    assert run.told["machine"].keys() >= {"cpu", "cores", "memory_gib", "python", "django", "database"}
    assert {"fsync", "journal_mode"} & run.told["machine"].keys()


def test_the_database_of_the_benchmark_is_gone_afterwards(run):
    assert is_gone(place(run.said_beside[0]))


def test_nothing_reaches_the_office_its_broker_or_its_mail_server(run):
    assert run.said_beside == [f"Measuring in {place(run.said_beside[0])}, which is removed at the end."]
    assert [path for path in run.room.rglob("*") if path.is_file()] == []


def test_a_payment_asks_the_database_little(run):
    queries = next(figure for figure in run.told["figures"] if figure["unit"] == "queries")
    assert queries["most"] <= MOST_QUERIES


def test_the_houses_signature_adds_little_to_the_making_of_an_agreement(run):
    share = next(figure for figure in run.told["figures"] if figure["name"] == "signing_share")
    assert share["median"] <= MOST_PERCENT


def test_ctrl_c_leaves_nothing_behind(tmp_path):
    command = start(tmp_path)
    name = place(command.stderr.readline())
    assert not is_gone(name)
    command.send_signal(signal.SIGINT)
    _, beside = command.communicate()
    assert (command.returncode, beside.strip()) == (130, "CommandError: Stopped.")
    assert is_gone(name)


def test_the_mix_of_plans_is_the_one_that_is_promised():
    orders = engine.mix(400, seed=7)
    assert {order.terms.instalments for order in orders} == {36}
    thirty = [order for order in orders if order.terms.day_count is DayCount.THIRTY_360]
    assert len(thirty) == 200
    assert {order.terms.day_count for order in orders} == {DayCount.THIRTY_360, DayCount.ACTUAL_365}
    assert sum(len(order.terms.advances) == 2 for order in orders) == 100
    assert sum(order.with_apr for order in orders) == 40
    kinds = {(order.terms.day_count, len(order.terms.advances), order.with_apr) for order in orders}
    assert kinds == set(product((DayCount.THIRTY_360, DayCount.ACTUAL_365), (1, 2), (True, False)))


def test_the_seed_decides_the_mix():
    assert engine.mix(20, seed=1) == engine.mix(20, seed=1) != engine.mix(20, seed=2)


def test_the_lives_that_are_replayed_are_those_that_are_promised():
    chance = Random(1)
    busy = engine.busy_life(chance)
    assert (busy.terms.instalments, len(busy.facts)) == (36, 40)
    assert busy.replay().paid_cents > busy.terms.advanced_cents
    for facts in (10, 100, 1000):
        life = engine.life_of(facts, chance)
        assert (len(life.facts), len({fact.number for fact in life.facts})) == (facts, facts)
