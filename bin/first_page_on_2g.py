"""How soon the opening page can be read on 2G: `.venv/bin/python bin/first_page_on_2g.py` prints it, and the bytes.

An office without cases is made in a temporary folder and served as `bin/serve` does. Chromium, with an empty cache, is
held to 2G as its own tools have it: 250 kbit/s down, 50 kbit/s up, 300 ms of latency; and to the slower GPRS: 50 kbit/s
down, 20 kbit/s up, 500 ms. "Readable" is the first contentful paint; beside it stands when everything had come.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# Run as a file, Python looks beside it; its neighbours are found from the line above on.
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from bin.pictures import ARGUMENTS, CHROMIUM, HOME, served  # noqa: E402

NETWORKS = {"2G": (250, 50, 300), "GPRS": (50, 20, 500)}  # kbit/s down, kbit/s up, milliseconds
RUNS = 3
READABLE = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def visit(browser: Browser, network: tuple[int, int, int]) -> tuple[float, float, int]:
    """One first visit: seconds until it is readable and until it is all there, and bytes over the wire."""
    down, up, latency = network
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="en-CA")
    page, weights = context.new_page(), []
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    speed = {"downloadThroughput": down * 1000 / 8, "uploadThroughput": up * 1000 / 8, "latency": latency}
    tools.send("Network.emulateNetworkConditions", {"offline": False, **speed})
    page.goto(HOME + "/", wait_until="load", timeout=120_000)
    page.wait_for_function(f"{LOADED} > 0")
    found = page.evaluate(READABLE) / 1000, page.evaluate(LOADED) / 1000, round(sum(weights))
    context.close()
    return found


def main() -> None:
    """Print a line for each network: the median of three first visits."""
    with tempfile.TemporaryDirectory(prefix="tremplin-2g-") as room:
        os.environ.update(DEMO="0", HTTPS="0", VAR_DIR=room, SITE_URL=HOME, CELERY_BROKER_URL="")
        os.environ["DATABASE_URL"] = f"sqlite:///{room}/first.sqlite3"
        from bin.prepare import main as prepare

        prepare()
        with served(), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            visit(browser, NETWORKS["2G"])  # the server's templates are read once
            for name, network in NETWORKS.items():
                visits = [visit(browser, network) for _ in range(RUNS)]
                readable, loaded, weight = (statistics.median(each) for each in zip(*visits, strict=True))
                print(f"{name}: readable after {readable:.1f} s, complete after {loaded:.1f} s, {weight:.0f} bytes")
            browser.close()


if __name__ == "__main__":
    main()
