"""How fast is this house? `manage.py bench [--only NAME] [--json]`; see docs/performance.md."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from loans.benchmark.catalogue import FIGURES
from loans.benchmark.figure import LONG, QUICK, RUNS, Measured, Scene, Sizes, measure
from loans.benchmark.house import NoHouse, house_of_its_own
from loans.benchmark.machine import described
from loans.benchmark.office import Office
from loans.benchmark.reference import REFERENCES


class Command(BaseCommand):
    help = "Measures the figures of docs/performance.md in a database of its own, which is removed at the end."

    def add_arguments(self, parser):
        names = [figure.name for figure in FIGURES]
        parser.add_argument("--only", action="append", choices=names, metavar="NAME", help=", ".join(names))
        parser.add_argument("--seed", type=int, default=1)
        size = parser.add_mutually_exclusive_group()
        size.add_argument("--quick", action="store_true", help="small counts: to see that it runs, not how fast")
        size.add_argument("--long", action="store_true", help="an office of 100,000 cases: it takes a while to make")
        parser.add_argument("--json", action="store_true", help="everything as one JSON object on the standard output")

    def handle(self, *, only, seed, quick, long, json: bool, **options):
        sizes = QUICK if quick else LONG if long else Sizes()
        chosen = [figure for figure in FIGURES if not only or figure.name in only]
        try:
            with house_of_its_own() as name:
                self.stderr.write(f"Measuring in {name}, which is removed at the end.")
                head = {"machine": described(), "seed": seed, "runs": RUNS, "quick": quick, "sizes": asdict(sizes)}
                if not json:
                    self._tell_head(head)
                scene = Scene(Office(seed), sizes, seed)
                lines = [self._line(figure, scene, silent=json) for figure in chosen]
        except NoHouse as error:
            raise CommandError("The benchmark needs a database user who may create a database.") from error
        except KeyboardInterrupt as stop:
            raise CommandError("Stopped.", returncode=130) from stop
        if json:
            self._tell_json({**head, "figures": lines})

    def _line(self, figure, scene, *, silent):
        """Measure one figure and tell it at once: the next may take a while."""
        line = _as_line(measure(figure, scene), scene.sizes)
        if not silent:
            self.stdout.write(_as_text(line))
        return line

    def _tell_head(self, head):
        for name, value in {**head["machine"], "seed": head["seed"]}.items():
            self.stdout.write(f"{name:<20} {value}")
        for reference in REFERENCES:
            self.stdout.write(f"{'reference':<20} {reference.name}: {reference.what} ({reference.unit})")
        self.stdout.write(f"\nMedian of {RUNS} runs [slowest–fastest]; ratio = figure ÷ reference loop of the same run")

    def _tell_json(self, everything):
        self.stdout.write(json.dumps(everything, indent=2))


def _as_line(measured: Measured, sizes: Sizes) -> dict[str, object]:
    figure = measured.figure
    return {
        "name": figure.name,
        "unit": figure.unit,
        "what": figure.what.format(**asdict(sizes)),
        "median": measured.median,
        "least": min(measured.runs),
        "most": max(measured.runs),
        "reference": measured.references,
        "ratio": measured.ratios,
    }


def _as_text(line) -> str:
    spread = f"[{line['least']:.4g}–{line['most']:.4g}]"
    ratios = [f"{line['ratio'][name]:.3g} to {value:.4g} {name}" for name, value in line["reference"].items()]
    text = f"{line['name']:<16} {line['median']:>8.4g} {line['unit']:<12} {spread:<17}"
    return f"{text} {'ratio ' if ratios else ''}{', '.join(ratios)}\n    {line['what']}"
