"""Papers sent from a phone over a line that breaks: every file arrives once, or the page says that it has not."""

import io
import os
import random
import re

import pytest
from PIL import Image

from loans.lifecycle.applying import filling
from loans.models import Page, Upload
from tests.browser.sending import SEND, photo, scan
from tests.browser.test_a_whole_office import enters

IS_LONG = os.environ.get("HYPOTHESIS_PROFILE") == "long"
ROUNDS = 100 if IS_LONG else 3
PIECES = re.compile(r"/uploads/")


class Line:
    """A line that drops what it carries at random: before it arrives, or the answer on its way back."""

    def __init__(self, chance, drops):
        self.chance, self.drops, self.carried = chance, drops, 0

    def carry(self, route):
        fate = self.chance.random()
        if self.drops and fate < 0.4:
            self.drops -= 1
            if fate < 0.2:
                route.fetch()
            return route.abort("internetdisconnected")
        self.carried += 1
        return route.continue_()


def arrives(visitor, amina, case, chance, *, drops):
    """A device of Amina's at the page of papers, on a line of its own."""
    device = visitor(width=360, language=chance.choice(("en", "fr")))
    device.expects(409)
    enters(device, amina)
    device.line = Line(chance, drops)
    device.page.route(PIECES, device.line.carry)
    device.opens("papers", case.reference)
    return device


def chooses(device, kind, files):
    device.page.set_input_files(f"#id-file-{kind}", files)
    device.page.locator(SEND.format(kind=kind)).click()


def sees_it_through(device, kind):
    device.page.wait_for_url(f"**sent={kind}", timeout=60_000)
    device.looks_away_from_the_line()


@pytest.fixture
def visitor(visitor):
    """Visitors who do not wonder that the line breaks: what they hear of it is no fault."""
    devices = []

    def come(**how):
        device = visitor(**how)
        device.looks_away_from_the_line = lambda: device.faults.__setitem__(
            slice(None), [fault for fault in device.faults if "net::ERR_" not in fault]
        )
        devices.append(device)
        return device

    yield come
    for each in devices:
        each.looks_away_from_the_line()


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_line_that_breaks_goes_on_by_itself(visitor, amina, product, seed):
    chance = random.Random(seed)
    case = filling.start(amina, product)
    device = arrives(visitor, amina, case, chance, drops=3)
    files = [scan(chance, 300_000 + chance.randrange(300_000)), photo(chance, "JPEG")]
    chooses(device, "identity", files)
    sees_it_through(device, "identity")
    assert [page.file.name for page in case.documents.get().pages.all()] == [file["name"] for file in files]


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_after_the_tab_was_killed_the_same_file_goes_on_on_the_next_visit(visitor, amina, product, seed):
    chance = random.Random(seed)
    case = filling.start(amina, product)
    device = arrives(visitor, amina, case, chance, drops=1)
    files = {"identity": scan(chance, 700_000), "income": photo(chance, "JPEG")}
    kind = chance.choice(list(files))
    chooses(device, kind, files[kind])
    least = 2 + chance.randrange(2)
    for _ in range(200):
        if device.line.carried >= least:
            break
        device.page.wait_for_timeout(20)
    device.looks_away_from_the_line()
    device.page.close()
    unfinished = Upload.objects.filter(outcome="").first()
    assert unfinished or Page.objects.exists()

    again = arrives(visitor, amina, case, chance, drops=1)
    told = again.page.locator(f"#paper-{kind} .note").count()
    assert told == Upload.objects.filter(outcome="").count()
    begun_at = unfinished.arrived if unfinished else 0
    chooses(again, kind, files[kind])
    sees_it_through(again, kind)
    assert Page.objects.get().file.name == files[kind]["name"]
    upload = Upload.objects.get()  # the same one: it went on where it was
    assert upload.outcome == "kept"
    assert upload.arrived >= begun_at
    assert again.page.locator(".note").count() == 0


def test_two_papers_on_their_way_at_once_both_arrive(visitor, amina, product):
    case = filling.start(amina, product)
    device = arrives(visitor, amina, case, random.Random(1), drops=0)
    chooses(device, "income", scan(random.Random(1), 900_000))
    chooses(device, "identity", scan(random.Random(2), 1_000))  # it is here long before the other
    device.page.wait_for_url("**sent=*", timeout=60_000)
    assert {paper.kind for paper in case.documents.all()} == {"income", "identity"}


def test_a_file_that_will_not_do_is_told_after_it_was_sent(visitor, amina, product):
    case = filling.start(amina, product)
    device = arrives(visitor, amina, case, random.Random(1), drops=0)
    page = {"name": "page.jpg", "mimeType": "image/jpeg", "buffer": b"<html><script>alert(1)</script></html>"}
    chooses(device, "identity", page)
    sees_it_through(device, "identity")
    assert device.page.locator(".error-summary a").get_attribute("href") == "#id-file-identity"
    device.looks()


def test_a_large_photo_is_made_smaller_on_the_phone(visitor, amina, product):
    case = filling.start(amina, product)
    device = arrives(visitor, amina, case, random.Random(1), drops=0)
    large = photo(random.Random(1), "JPEG", height=500)
    chooses(device, "identity", large)
    sees_it_through(device, "identity")
    assert Upload.objects.get().size < len(large["buffer"])
    with Image.open(io.BytesIO(Page.objects.get().file.read())) as kept:
        assert max(kept.size) == 2000
    device.page.locator("img[src$='/thumbnail/']").scroll_into_view_if_needed()  # it is fetched once it is seen
    in_small = device.page.locator("img[src$='/thumbnail/']")
    for _ in range(300):
        if in_small.evaluate("image => image.naturalWidth"):
            break
        device.page.wait_for_timeout(100)
    assert in_small.evaluate("image => image.naturalWidth") > 0
