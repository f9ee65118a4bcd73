"""Every page, photographed into var/pictures: 360 and 1280 px, English and French, usual, empty, long and in error.

A demo office is built in a temporary folder and served there; contact sheets (sheet-fr-360.png, …) show all pages of
one language and width together. `make pictures` runs it; names on the command line choose pages.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "var/pictures"
HOME = "http://127.0.0.1:8099"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTHS, LANGUAGES = (360, 1280), ("en", "fr")
THUMB = 240  # pixels wide, on a contact sheet
ROLES = ("officer", "manager", "finance", "committee", "auditor")
OFFICER, MANAGER, FINANCE, COMMITTEE, AUDITOR = (f"{who}@tremplin.example" for who in ROLES)
DRAFT, SENT, WAITING, OFFERED, ACTIVE, REPAID = (f"applicant{n}@people.example" for n in (1, 2, 4, 6, 8, 10))
VOTED, DECLINED, WRITTEN_OFF, APPEALED = (f"applicant{n}@people.example" for n in (13, 15, 17, 21))
SECOND = "committee2@tremplin.example"
REVIEWER = "whoever reviews the case"
NEWCOMER, OWNER, LONG = "newcomer@people.example", "owner@people.example", "long@people.example"
SUBMIT = "main form button.button"
PRESS = "button => { button.closest('details')?.setAttribute('open', ''); button.click() }"


@dataclass(frozen=True)
class Shot:
    """A page: who opens which address ({case} and {loan} are theirs, or those of `of`), and what is pressed there."""

    name: str
    path: str
    who: str = ""
    of: str = ""
    press: str = ""


FORM = ("about-me", "status", "work", "study-plan", "costs", "amount", "budget", "signers", "papers", "consents")
BUSINESS_FORM = ("business", "owners", "month", "seasons")
SHOTS = (
    Shot("home", "/"),
    Shot("calculator", "/calculator/?product=credential"),
    Shot("calculator-index", "/calculator/?product=business&amount=8000&repayment=48"),
    Shot("calculator-error", "/calculator/?product=credential&amount=1,50,0&study=&repayment=90"),
    Shot("sign-in", "/sign-in/"),
    Shot("sign-in-error", "/sign-in/", press=SUBMIT),
    Shot("sign-up", "/sign-up/"),
    Shot("not-here", "/nowhere/"),
    Shot("my-cases-empty", "/my/", NEWCOMER),
    Shot("new", "/my/new/", NEWCOMER),
    Shot("new-error", "/my/new/", NEWCOMER, press=SUBMIT),
    Shot("my-cases", "/my/", ACTIVE),
    *(Shot(f"case-{state}", "/my/{case}/", who) for state, who in (
        ("draft", DRAFT), ("sent", SENT), ("waiting", WAITING), ("offered", OFFERED), ("active", ACTIVE),
        ("repaid", REPAID),
    )),
    Shot("task-list", "/my/{case}/form/", DRAFT),
    Shot("task-list-asked", "/my/{case}/form/", WAITING),
    *(Shot(f"form-{slug}", f"/my/{{case}}/form/{slug}/", DRAFT) for slug in FORM),
    *(Shot(f"form-{slug}-long", f"/my/{{case}}/form/{slug}/", LONG) for slug in ("about-me", "study-plan", "costs")),
    *(Shot(f"form-{slug}-error", f"/my/{{case}}/form/{slug}/", NEWCOMER, press=SUBMIT) for slug in FORM[:3]),
    Shot("form-papers-error", "/my/{case}/form/papers/", NEWCOMER, press="main section form button"),
    Shot("check", "/my/{case}/form/check/", DRAFT),
    Shot("check-error", "/my/{case}/form/check/", NEWCOMER, press=SUBMIT),
    Shot("withdrawal", "/my/{case}/withdrawal/", WAITING),
    Shot("offer", "/my/{case}/offer/", OFFERED),
    Shot("offer-error", "/my/{case}/offer/", OFFERED, press='form[action$="/signature/"] button'),
    Shot("offer-refusal", "/my/{case}/offer/refusal/", OFFERED),
    Shot("my-loan", "/my/{case}/loan/", ACTIVE),
    Shot("my-loan-repaid", "/my/{case}/loan/", REPAID),
    Shot("desk", "/desk/", OFFICER),
    Shot("desk-all", "/desk/?show=all", MANAGER),
    Shot("desk-empty", "/desk/?q=nobody", OFFICER),
    Shot("case-to-review", "/cases/{case}/", REVIEWER, of="applicant3@people.example"),
    Shot("case-to-review-error", "/cases/{case}/", REVIEWER, of="applicant3@people.example",
         press='form[action$="/recommendation/"] button.button'),
    Shot("case-to-decide", "/cases/{case}/", MANAGER, of="applicant5@people.example"),
    Shot("case-audited", "/cases/{case}/", AUDITOR, of="applicant5@people.example"),
    Shot("loans", "/loans/?show=all", FINANCE),
    Shot("loan-to-send", "/loans/{loan}/", FINANCE, of="applicant7@people.example"),
    Shot("loan-running", "/loans/{loan}/", FINANCE, of=ACTIVE),
    Shot("loan-running-error", "/loans/{loan}/", FINANCE, of=ACTIVE, press='form[action$="/payments/"] button'),
    Shot("reports", "/reports/", MANAGER),
    Shot("portfolio", "/reports/portfolio/", MANAGER),
    Shot("portfolio-looked-back", "/reports/portfolio/?on=2026-06-30&known_on=2026-07-05", MANAGER),
    Shot("portfolio-error", "/reports/portfolio/?on=soon&known_on=2199-01-01", MANAGER),
    Shot("trial-balance", "/reports/trial-balance/", MANAGER),
    Shot("list-of-loans", "/reports/loans/", MANAGER),
    Shot("case-declined", "/my/{case}/", DECLINED),
    Shot("appeal", "/my/{case}/appeal/", DECLINED),
    Shot("appeal-error", "/my/{case}/appeal/", DECLINED, press=SUBMIT),
    Shot("my-loan-written-off", "/my/{case}/loan/", WRITTEN_OFF),
    *(Shot(f"form-{slug}", f"/my/{{case}}/form/{slug}/", OWNER) for slug in BUSINESS_FORM),
    Shot("case-to-vote", "/cases/{case}/", SECOND, of=VOTED),
    Shot("case-to-vote-error", "/cases/{case}/", SECOND, of=VOTED, press='form[action$="/votes/"] button'),
    Shot("case-appealed", "/cases/{case}/", COMMITTEE, of=APPEALED),
    Shot("case-of-a-business", "/cases/{case}/", OFFICER, of="applicant3@people.example"),
    Shot("money", "/money/", FINANCE),
    Shot("closings", "/money/closings/", FINANCE),
    Shot("closings-error", "/money/closings/", FINANCE, press="#close form button"),
    Shot("receipt", "/loans/{loan}/payments/3/receipt/", FINANCE, of=ACTIVE),
    Shot("loan-written-off", "/loans/{loan}/", MANAGER, of=WRITTEN_OFF),
    Shot("people", "/office/people/", MANAGER),
    Shot("people-error", "/office/people/", MANAGER, press='form[action$="/stand_in/"] button'),
    Shot("calendar", "/office/calendar/", FINANCE),
    Shot("calendar-manager", "/office/calendar/", MANAGER),
    Shot("calendar-error", "/office/calendar/", MANAGER, press='form[action$="/days/"] button'),
    Shot("desk-committee", "/desk/", COMMITTEE),
    Shot("loans-audited", "/loans/?show=late", AUDITOR),
    Shot("mail-room", "/mail-room/"),
)  # fmt: skip


def main(wanted: list[str]) -> None:
    """Build, serve, photograph, lay out."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tremplin-pictures-") as room:
        database = f"sqlite:///{room}/pictures.sqlite3"
        os.environ.update(DEMO="1", VAR_DIR=room, SITE_URL=HOME, DATABASE_URL=database, CELERY_BROKER_URL="")
        sys.path.insert(0, str(ROOT))
        from bin.prepare import main as prepare

        prepare()
        people = People()
        # Asked before Playwright's event loop runs in this thread, in which Django would refuse to answer.
        visits = [people.visit(shot) for shot in SHOTS if not wanted or shot.name in wanted]
        with served(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for language in LANGUAGES:
                for width in WIDTHS:
                    files = [photograph(browser, visit, width, language) for visit in visits]
                    lay_out(files, OUT / f"sheet-{language}-{width}.png")
            browser.close()
    print(f"{len(visits) * 4} pictures and 4 contact sheets in {OUT.relative_to(ROOT)}")


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
            product = Product.objects.get(code=code)
            user = User.objects.known_as(email, name=name, language="en")
            user.emailaddress_set.update(verified=True)
            case = filling.start(user, product)
            for section in Form(case).purpose.sections if email == LONG else ():
                line = {field.name: self._long(field) for field in section.fields}
                filling.save(case, section, [line] * (5 if section.repeated else 1), by=user)

    @staticmethod
    def _long(field: object) -> str:
        words = "Weiterbildungsanerkennungsverfahren und noch ein sehr langer Satz ohne Ende. " * 4
        return words[: field.max_length or 300] if field.kind in ("text", "longtext") else ""

    def visit(self, shot: Shot) -> tuple[Shot, str, str]:
        """The shot, its address with the references of its case and loan, and the session of who opens it."""
        from loans.models import Application

        case = Application.objects.filter(applicant__user__email=shot.of or shot.who).first()
        loan = case.loans.first() if case else None
        address = HOME + shot.path.format(case=case and case.reference, loan=loan and loan.number)
        who = case.reviewer.email if shot.who == REVIEWER else shot.who
        return shot, address, self._session(who) if who else ""

    @staticmethod
    def _session(email: str) -> str:
        from django.test import Client

        from accounts.models import User

        client = Client()
        client.force_login(User.objects.get(email=email))
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
