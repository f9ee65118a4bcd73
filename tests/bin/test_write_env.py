import base64
from pathlib import Path
from typing import ClassVar

import environ
import pytest

from bin.write_env import ROOT, write_env


@pytest.fixture
def env(tmp_path: Path) -> Path:
    write_env(ROOT / ".env.example", tmp_path / ".env")
    return tmp_path / ".env"


def settings_of(env: Path) -> environ.Env:
    """What config/settings.py would read from this file in an empty environment."""

    class Empty(environ.Env):
        ENVIRON: ClassVar[dict[str, str]] = {}

    Empty.read_env(env)
    return Empty()


def test_every_secret_is_filled(env: Path) -> None:
    settings = settings_of(env)
    assert settings.bool("DEMO") is True
    assert len(settings.str("SECRET_KEY")) > 50
    assert len(base64.urlsafe_b64decode(settings.dict("VAULT_KEYS")["1"])) == 32
    assert len(base64.urlsafe_b64decode(settings.str("VAULT_LOOKUP_KEY"))) >= 32


def test_two_houses_share_no_secret(env: Path, tmp_path: Path) -> None:
    write_env(ROOT / ".env.example", tmp_path / "other")
    shared = set(env.read_text().splitlines()) & set((tmp_path / "other").read_text().splitlines())
    assert not [line for line in shared if line.startswith(("SECRET_KEY", "VAULT_"))]


def test_only_its_owner_reads_it(env: Path) -> None:
    assert env.stat().st_mode & 0o777 == 0o600


def test_a_house_that_has_keys_keeps_them(env: Path) -> None:
    before = env.read_text()
    assert write_env(ROOT / ".env.example", env) is False
    assert env.read_text() == before
