"""Every page, photographed into var/pictures: 360, 1280 and, of the office, 1920 px, English and French, in each state.

A demo office is built in a temporary folder and served there; contact sheets (sheet-fr-360.png, …) show all pages of
one language and width together. The applicant's pages are also shown in Arabic, from right to left. `make pictures`
runs it; names on the command line choose pages, and languages: `bin/pictures.py ar es zh-hans home offer`.
"""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bin.shots import (  # noqa: E402
    ACTIVE,
    LONG,
    MANAGER,
    NEWCOMER,
    OFFERED,
    OFFICER,
    OWNER,
    REPAID,
    REVIEWER,
    SENT,
    SHOTS,
    SIGNER,
    Shot,
)

OUT = ROOT / "var/pictures"
with socket.create_server(("127.0.0.1", 0)) as free:  # nothing else that is served here gets in
    HOME = f"http://127.0.0.1:{free.getsockname()[1]}"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTHS, LANGUAGES, MIRRORED = (360, 1280, 1920), ("en", "fr"), "ar"
WIDEST = WIDTHS[-1]  # on the desks of the office only
THUMB = 240  # pixels wide, on a contact sheet
PRESS = "button => { button.closest('details')?.setAttribute('open', ''); button.click() }"


def main(asked: list[str]) -> None:
    """Build, serve, photograph, lay out."""
    from config.languages import FURTHER, NAMES

    languages = [word for word in asked if word in NAMES] or [*LANGUAGES, MIRRORED]
    wanted = [word for word in asked if word not in NAMES]
    taken = 0
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tremplin-pictures-") as room:
        database = f"sqlite:///{room}/pictures.sqlite3"
        os.environ.update(DEMO="1", VAR_DIR=room, SITE_URL=HOME, DATABASE_URL=database, CELERY_BROKER_URL="")
        from bin.prepare import main as prepare

        prepare()
        people = People()
        # Asked before Playwright's event loop runs in this thread, in which Django would refuse to answer.
        visits = [people.visit(shot) for shot in SHOTS if not wanted or shot.name in wanted]
        with served(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for language in languages:
                shown = [visit for visit in visits if language not in FURTHER or visit[0].is_for_applicants]
                for width in WIDTHS if shown else ():
                    seen = [visit for visit in shown if width < WIDEST or not visit[0].is_for_applicants]
                    files = [photograph(browser, visit, width, language) for visit in seen]
                    lay_out(files, OUT / f"sheet-{language}-{width}.png")
                    taken += len(files)
            browser.close()
    print(f"{taken} pictures and their contact sheets in {OUT.relative_to(ROOT)}")


@contextlib.contextmanager
def served() -> Iterator[None]:
    """The house at HOME, as long as the block runs."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "config.wsgi",
        "--bind",
        HOME.removeprefix("http://"),
        "--threads",
        "4",
    ]
    server = subprocess.Popen([*command, "--log-level", "error"], cwd=ROOT)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(HOME, timeout=5)
                break
            time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


class People:
    """Those of the demo, and two more: one who has only begun, one who writes long."""

    def __init__(self) -> None:
        from accounts.models import User
        from loans.lifecycle import filling
        from loans.models import Product
        from loans.models.form import Form

        for email, name, code in (
            (NEWCOMER, "Nadia", "credential"),
            (OWNER, "Kwame Mensah", "business"),
            (LONG, "María de los Ángeles Fernanda Quiroga de la Torre y Benavides", "credential"),
        ):
            product = Product.objects.on_offer().get(code=code)
            user = User.objects.known_as(email, name=name, language="en")
            user.emailaddress_set.update(verified=True)
            case = filling.start(user, product)
            for section in Form(case).purpose.sections if email == LONG else ():
                line = {field.name: self._long(field) for field in section.fields}
                filling.save(case, section, [line] * (5 if section.repeated else 1), by=user)
        self._signer()
        self.links = self._lost_addresses() | {"complaint": self._complaint()}

    @staticmethod
    def _signer() -> None:
        """Somebody who signs with the person who reads an offer, and was asked the three questions."""
        from accounts.models import User
        from loans.lifecycle import questions
        from loans.models import Loan

        signer = User.objects.known_as(SIGNER, name="Salma Haddad", language="en")
        signer.emailaddress_set.update(verified=True)
        loan = Loan.objects.get(application__applicant__user__email=OFFERED)
        loan.application.parties.create(kind="co_borrower", user=signer, name=signer.name)
        for code in questions.missing(loan, signer):
            questions.explain(loan, by=signer, question=code)

    @staticmethod
    def _lost_addresses() -> dict[str, str]:
        """Three people cannot read their e-mail any more: one just asked, one is identified, one waits."""
        from accounts import recovery
        from accounts.models import Recovery, User

        officer, manager = (User.objects.get(email=email) for email in (OFFICER, MANAGER))
        for number, email in enumerate((SENT, REPAID, ACTIVE)):
            recovery.ask(old_address=email, name="Zainab Okafor", reach="613-555-0134", language="en")
            row = Recovery.objects.latest("pk")
            if number:
                seen = {
                    "account": email,
                    "how": "video",
                    "note": "Her permit, her face.",
                    "new_address": f"new-{email}",
                }
                recovery.propose(row, by=officer, **seen)
        recovery.confirm(row, by=manager)
        row = Recovery.objects.get(pk=row.pk)
        return {what: recovery.link(row, what).split("/lost-email/")[1].split("/")[0] for what in ("stop", "door")}

    @staticmethod
    def _complaint() -> str:
        """The number of the complaint that waits longest."""
        from loans.models import Complaint

        return Complaint.objects.waiting().first().number

    @staticmethod
    def _long(field: object) -> str:
        words = "Weiterbildungsanerkennungsverfahren und noch ein sehr langer Satz ohne Ende. " * 4
        return words[: field.max_length or 300] if field.kind in ("text", "longtext") else ""

    def visit(self, shot: Shot) -> tuple[Shot, str, str]:
        """The shot, its address with the references of its case and loan, and the session of who opens it."""
        from loans.models import Application

        case = Application.objects.filter(applicant__user__email=shot.of or shot.who).first()
        loan = case.loans.first() if case else None
        paper = case.documents.first() if case else None
        theirs = {"case": case and case.reference, "loan": loan and loan.number, "paper": paper and paper.pk}
        address = HOME + shot.path.format(**theirs, **self.links)
        who = case.reviewer.email if shot.who == REVIEWER else shot.who
        return shot, address, self._session(who) if who else ""

    @staticmethod
    def _session(email: str) -> str:
        from django.test import Client

        from accounts.models import User
        from config import clock

        client = Client()
        client.force_login(User.objects.get(email=email))
        session = client.session
        session["proved_at"] = clock.now().isoformat()
        session.save()
        return client.cookies["sessionid"].value


def photograph(browser: Browser, visit: tuple[Shot, str, str], width: int, language: str) -> Path:
    """One page as a PNG, whole length."""
    shot, address, session = visit
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=f"{language}-CA")
    cookies = {"language": language} | ({"sessionid": session} if session else {})
    context.add_cookies([{"name": name, "value": value, "url": HOME} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(address)
    if shot.press:
        with page.expect_navigation():
            page.eval_on_selector(shot.press, PRESS)
    file = OUT / f"{shot.name}-{language}-{width}.png"
    page.screenshot(path=file, full_page=True)
    context.close()
    return file


def lay_out(files: list[Path], sheet: Path, columns: int = 6) -> None:
    """A contact sheet: each picture small, its name above it."""
    thumbs = []
    for file in files:
        with Image.open(file) as picture:
            height = round(picture.height * THUMB / picture.width)
            thumbs.append(picture.convert("RGB").resize((THUMB, height)).crop((0, 0, THUMB, min(height, 3 * THUMB))))
    rows = [range(start, min(start + columns, len(files))) for start in range(0, len(files), columns)]
    heights = [max(thumbs[n].height for n in row) + 28 for row in rows]
    canvas = Image.new("RGB", (columns * (THUMB + 12) + 12, sum(heights) + 12), "#888")
    draw, top = ImageDraw.Draw(canvas), 12
    for row, height in zip(rows, heights, strict=True):
        for column, n in enumerate(row):
            left = 12 + column * (THUMB + 12)
            draw.text((left, top), files[n].stem, fill="white")
            canvas.paste(thumbs[n], (left, top + 14))
        top += height
    canvas.save(sheet)


if __name__ == "__main__":
    main(sys.argv[1:])
