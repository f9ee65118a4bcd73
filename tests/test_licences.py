"""Everything the house stands on is free, under terms that sit beside Apache-2.0."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt")

# As people write them in the metadata: SPDX names, the words of older packages, and trove classifiers.
FREE = {
    "Apache 2.0",
    "Apache Software License",
    "Apache-2.0",
    "BSD",
    "BSD 2-Clause License",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MIT License",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "Mozilla Public License 1.1 (MPL 1.1)",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "New BSD",
    "PSF-2.0",
    "Python Software Foundation License",
    "Unlicense",
    "ZPL-2.1",
}
# Packages whose metadata says nothing, or not in words that can be compared: the licence read in their own files.
# pypdfium2 offers either of two; the PDFium in its wheels, and what that carries, are under their like (no GPL).
READ_BY_HAND = {"axe-playwright-python": "MIT", "pypdfium2": "Apache-2.0"}


# Free themselves, but their wheels carry a library under the GPL: x265, which writes HEIC; pi-heif only reads it.
CARRY_GPL = {"pillow-heif"}


def locked(lock: str) -> list[str]:
    """The distributions that this lock file installs on this machine."""
    lines = re.findall(r"^[a-z0-9].*?(?= \\$)", (ROOT / lock).read_text(), flags=re.MULTILINE)
    wanted = map(Requirement, lines)
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate()]


def choices(distribution: str) -> set[str]:
    """The licences that the distribution offers us; one that we may accept is enough."""
    if distribution in READ_BY_HAND:
        return {READ_BY_HAND[distribution]}
    facts = metadata.metadata(distribution)
    if expression := facts.get("License-Expression"):
        return set(expression.split(" OR "))
    classifiers = (line.split(" :: ") for line in facts.get_all("Classifier") or [])
    return {facts.get("License") or "", *(parts[-1] for parts in classifiers if parts[0] == "License")}


def is_free(choice: str) -> bool:
    """True when we may accept every licence that the choice binds together."""
    return all(part in FREE for part in choice.split(" AND "))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_free(lock: str) -> None:
    names = locked(lock)
    assert "django" in names
    unknown = {name: choices(name) for name in names if not any(map(is_free, choices(name)))}
    assert unknown == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_no_package_carries_a_library_under_the_gpl(lock: str) -> None:
    assert CARRY_GPL.isdisjoint(locked(lock))


def test_a_binding_mixture_is_free_only_when_each_part_is() -> None:
    assert is_free("MIT AND PSF-2.0")
    assert not is_free("MIT AND GPL-3.0-only")


def test_both_locks_hold_the_same_versions() -> None:
    pins = {lock: set(re.findall(r"^\S+==\S+", (ROOT / lock).read_text(), flags=re.MULTILINE)) for lock in LOCKS}
    assert pins["requirements.txt"] <= pins["requirements-dev.txt"]


def test_every_locked_package_carries_its_hash() -> None:
    for lock in LOCKS:
        for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()):
            assert "--hash=sha256:" in entry, f"{lock}: {entry}"
