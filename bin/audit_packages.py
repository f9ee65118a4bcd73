"""Ask the advisory service about every locked package: fails when a known vulnerability is found.

The service is elsewhere. Only when it cannot be reached does this pass without an answer, and says so.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements-dev.txt"  # holds what requirements.txt holds, and the tools
PIP_AUDIT = [sys.executable, "-m", "pip_audit"]
OPTIONS = ["--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off", "--requirement"]
UNREACHABLE = re.compile(
    r"Could not connect to|is not redirecting properly"
    r"|^requests\.exceptions\.(?:ConnectionError|ConnectTimeout|ProxyError|ReadTimeout|SSLError|Timeout)\b",
    re.MULTILINE,
)


def verdict(answer: str, complaints: str) -> tuple[bool, str]:
    """Whether the packages pass, and why in words, from what pip-audit wrote on its two outputs."""
    try:
        asked = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if UNREACHABLE.search(complaints):
            return True, "The advisory service could not be reached: nothing is known about the packages today."
        return False, f"pip-audit failed:\n{complaints}"
    if found := [_told(package) for package in asked if package.get("vulns")]:
        return False, "\n".join(["Known vulnerabilities:", *found])
    unknown = [package["name"] for package in asked if "skip_reason" in package]
    if asked and len(unknown) == len(asked):
        # A mirror of packages answers in its place, and knows no advisories.
        return True, "The advisory service could not be reached: what answers in its place knows none of the packages."
    if unknown or not asked:
        return False, f"Not looked at: {', '.join(unknown) or 'every package'}."
    return True, f"{len(asked)} packages, no known vulnerability."


def _told(package: dict) -> str:
    ids = ", ".join(
        f"{each['id']} (mended in {', '.join(each['fix_versions']) or 'no version yet'})" for each in package["vulns"]
    )
    return f"  {package['name']} {package['version']}: {ids}"


def main(command: list[str], lock: Path) -> int:
    """Run `command` (pip-audit) on `lock`, say what it found; the exit code."""
    run = subprocess.run([*command, *OPTIONS, str(lock)], capture_output=True, text=True)
    passes, words = verdict(run.stdout, run.stderr)
    print(words)
    return 0 if passes else 1


if __name__ == "__main__":
    sys.exit(main(PIP_AUDIT, LOCK))
