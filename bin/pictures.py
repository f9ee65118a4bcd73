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

# Run as a file, Python looks beside it; its neighbours are found from the line above on.
from bin.pictured import People, Visit  # noqa: E402
from bin.shots import SHOTS  # noqa: E402

OUT = ROOT / "var/pictures"
with socket.create_server(("127.0.0.1", 0)) as free:  # nothing else that is served here gets in
    HOME = f"http://127.0.0.1:{free.getsockname()[1]}"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
WIDTHS, LANGUAGES, MIRRORED = (360, 1280, 1920), ("en", "fr"), "ar"
WIDEST = WIDTHS[-1]  # on the desks of the office only
THUMB = 240  # pixels wide, on a contact sheet
DRAWN = """() => Promise.all([...document.images].map(image => {
    image.loading = 'eager';  // a picture shows what lies below the fold too
    return image.decode().catch(() => {});
}))"""
PRESS = """(button, said) => {
    button.closest('details')?.setAttribute('open', '');
    for (const box of button.form?.elements ?? []) {
        if (!(box.name in said)) continue;
        if (box.type === 'radio' || box.type === 'checkbox') box.checked = box.value === said[box.name];
        else box.value = said[box.name];
    }
    button.click();
}"""


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
        people = People(Path(room))
        # Asked before Playwright's event loop runs in this thread, in which Django would refuse to answer.
        visits = [people.visit(shot, HOME) for shot in SHOTS if not wanted or shot.name in wanted]
        with served(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            for language in languages:
                shown = [visit for visit in visits if language not in FURTHER or visit.shot.is_for_applicants]
                for width in WIDTHS if shown else ():
                    seen = [visit for visit in shown if width < WIDEST or not visit.shot.is_for_applicants]
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


def photograph(browser: Browser, visit: Visit, width: int, language: str) -> Path:
    """One page as a PNG, whole length."""
    shot = visit.shot
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=f"{language}-CA")
    cookies = {"language": language} | ({"sessionid": visit.session} if visit.session else {})
    context.add_cookies([{"name": name, "value": value, "url": HOME} for name, value in cookies.items()])
    page = context.new_page()
    page.goto(visit.address)
    if visit.file:
        page.set_input_files("input[type=file]", visit.file)
    for pressed in filter(None, (shot.first, shot.press)):
        with page.expect_navigation():
            page.eval_on_selector(pressed, PRESS, visit.said)
    page.evaluate(DRAWN)
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
