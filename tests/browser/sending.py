"""Files on the page of papers, as a kind of thing that could get lost (see losing.py)."""

import contextlib
import io
import re
from collections import Counter

import pikepdf
from PIL import Image
from playwright.sync_api import Error

from loans.lifecycle.applying import filling
from loans.models import Page

SENDING = """() => [...document.querySelectorAll('form[data-uploads]')].map(form => [
  form.elements.kind.value, form.querySelector('[multiple]').files[0]?.name, form.querySelector('progress').value])"""
UNFINISHED = re.compile(r"(\d+)\s*%")
SEND = "form:has(#id-file-{kind}) button"
MOMENT = 2_000  # milliseconds
WHOLE = 100


def scan(chance, size):
    """A PDF of about so many bytes that no packing makes smaller."""
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page().Contents = pikepdf.Stream(pdf, b"% " + chance.randbytes(size).replace(b"\n", b"."))
        out = io.BytesIO()
        pdf.save(out, compress_streams=False)
    return {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def photo(chance, kind, *, width=2400, height=1200):
    """A photo of a camera that sees nothing but grain."""
    out = io.BytesIO()
    Image.effect_noise((width + chance.randrange(width // 6), height), 80).convert("RGB").save(out, kind, quality=95)
    return {"name": f"photo.{kind.lower()}", "mimeType": f"image/{kind.lower()}", "buffer": out.getvalue()}


class Sending:
    """Files: what a bar has shown as sent of one is here, it goes on elsewhere, and it arrives once.

    Here a promise is the percentage of a file that the page called sent; WHOLE when it stands in its list.
    """

    pages = ("papers",)
    at_least = (0.5, 0.2)

    def __init__(self, case, chance):
        self.case, self.chance = case, chance
        self.chosen = {}  # name → (kind, file), of this round
        self.count = 0

    def act(self, page, slug):
        """Choose a file for a paper of which nothing is on its way just now, and send it."""
        places = _sending(page)
        with contextlib.suppress(Error):  # the page went on by itself just now, or there is no line to load it by
            if not places:
                page.reload()
            elif free := [kind for kind, name, _ in places if not name]:
                self._choose(page, self.chance.choice(free))

    def _choose(self, page, kind):
        file = self._file()
        self.chosen[file["name"]] = kind, file
        page.set_input_files(f"#id-file-{kind}", file, timeout=MOMENT)
        page.locator(SEND.format(kind=kind)).click(timeout=MOMENT)

    def _file(self):
        self.count += 1
        large = scan(self.chance, 60_000 + self.chance.randrange(500_000))
        file = large if self.chance.random() < 0.7 else photo(self.chance, "JPEG", width=900, height=600)
        return {**file, "name": f"{self.count}-{file['name']}"}

    def promised(self, page):
        """{name of a file: the percentage that its bar, or the list, shows of it}."""
        bars = {name: int(share * WHOLE) for _, name, share in _sending(page) if name}
        return {name: share for name, share in {**bars, **_told(page)}.items() if share}

    def shown(self, page):
        """Every file that was chosen, to arrive whole."""
        return dict.fromkeys(self.chosen, WHOLE)

    def goes_on(self, page, slug, promised, last):
        """On another device: what was promised is told there, and each file chosen again arrives, once.

        Returns the names of those that had not arrived.
        """
        told = _told(page)
        lost = {name: (share, told.get(name)) for name, share in promised.items() if told.get(name, 0) < share}
        assert not lost, f"shown as sent, but not there: {lost}"
        behind = [name for name in last if told.get(name) != WHOLE]
        for kind in sorted({self.chosen[name][0] for name in behind}):
            files = [self.chosen[name][1] for name in behind if self.chosen[name][0] == kind]
            page.set_input_files(f"#id-file-{kind}", files)
            with page.expect_navigation(url=f"**sent={kind}", timeout=60_000):
                page.locator(SEND.format(kind=kind)).click()
        assert _told(page) == last
        return behind

    def is_put_back(self, page, slug, last):
        """Each file is a page of its paper, once, and nothing is on its way any more."""
        assert _told(page) == last
        kept = Page.objects.filter(document__application=self.case).select_related("document", "file")
        assert Counter((each.file.name, each.document.kind) for each in kept) == Counter(
            (name, kind) for name, (kind, _) in self.chosen.items()
        )
        # Sent before the script was there, a file comes whole by the form and is not announced at all.
        announced = Counter(each.name for each in self.case.uploads.all())
        assert announced <= Counter(last.keys()), f"a file was announced twice: {announced}"
        self._clears_away(kept)

    def _clears_away(self, kept):
        for each in kept:
            filling.remove_page(each, by=self.case.applicant.user)
        self.case.uploads.all().delete()
        self.chosen.clear()


def _sending(page):
    """[(kind of paper, name of the file that was chosen, how much of it is sent)]; nothing while no page is there."""
    try:
        page.wait_for_load_state()
        return page.evaluate(SENDING)
    except Error:
        return []


def _told(page):
    """{name: percentage} of the files that the page says are here, wholly or in part."""
    try:
        notes = page.locator(".paper.note p").all_inner_texts()
        whole = page.locator(".leaves a span[dir]").all_inner_texts()
    except Error:
        return {}
    parts = {re.search(r"\d+-\w+\.\w+", note)[0]: int(UNFINISHED.search(note)[1]) for note in notes}
    return {**parts, **dict.fromkeys(whole, WHOLE)}
