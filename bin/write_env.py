"""Write .env from .env.example with fresh random secrets, unless there is one. Plain Python, nothing installed."""

import base64
import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def fresh_secrets() -> dict[str, str]:
    """The values that must differ between any two houses, by the name of their variable."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "VAULT_KEYS": "1=" + base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "VAULT_LOOKUP_KEY": secrets.token_urlsafe(48),
    }


def write_env(example: Path, env: Path) -> bool:
    """Copy `example` to `env`, for its owner only, filling each empty secret. False when `env` is there already."""
    text = example.read_text(encoding="utf-8")
    for name, value in fresh_secrets().items():
        text = text.replace(f"\n{name}=\n", f"\n{name}={value}\n")
    try:
        handle = os.open(env, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    return True


if __name__ == "__main__" and write_env(ROOT / ".env.example", ROOT / ".env"):
    print("Wrote .env with fresh random keys: keep a copy where the backups are not.")
