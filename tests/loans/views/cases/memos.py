"""Reading a decision memo: its figures, and what stands beside each."""

import re
import subprocess
from html.parser import HTMLParser

from loans.views.cases.memo_sources import Figure
from tests.journeys.person import Person

MONEY = re.compile(r"\$\s?\d|\d\s?\$|\d\s?%")


class Loose(HTMLParser):
    """Collects sums and rates of a memo that stand outside of a sourced figure."""

    def __init__(self):
        super().__init__()
        self.depth, self.inside, self.sourced, self.loose, self.marks = 0, 0, 0, [], set()
        self.is_mark = self.is_label = False

    def handle_starttag(self, tag, attrs):
        self.is_label = tag == "dt"  # "Goods for $100 of sales" is a question, not its answer
        css = dict(attrs).get("class") or ""
        if tag == "div":
            self.depth += 1
            if css == "memo":
                self.inside = self.depth
        if tag == "span":
            self.sourced += 1 if self.sourced or css == "sourced" else 0
            self.is_mark = css == "mark"

    def handle_endtag(self, tag):
        if tag == "div":
            self.inside = 0 if self.inside == self.depth else self.inside
            self.depth -= 1
        if tag == "span":
            self.sourced -= 1 if self.sourced else 0

    def handle_data(self, data):
        if not self.inside:
            return
        if self.is_mark:
            self.marks.add(data.strip())
            self.is_mark = False
        elif not self.sourced and not self.is_label and MONEY.search(data):
            self.loose.append(data.strip())


def figures_in(value):
    """Every Figure of a memo, however deep."""
    if isinstance(value, Figure):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from figures_in(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from figures_in(each)


def text_of(pdf, tmp_path):
    file = tmp_path / "memo.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True).stdout


def page_of(who, case, language="en"):
    return Person(language, who).opens("case_memo", case.reference).content.decode()


def assert_sourced(page):
    found = Loose()
    found.feed(page)
    assert found.loose == []
    assert found.marks
    for mark in found.marks:
        assert f"<dt>{mark}</dt>" in page
    return found
