"""By which rules a decision was taken: the product's row, the settings in force, and the code that reckoned."""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import Max

from config import clock
from loans.models import Application, IndexRate, SettingChange

ROOT = Path(__file__).resolve().parents[3]
RECKONING = ("money", "loans/lifecycle", "loans/models", "loans/purposes", "loans/rules.py", "loans/eligibility.py")


def policy_of(case: Application) -> dict[str, Any]:
    """The product's row with every value, its rules of eligibility, its index, the newest settings, the code's hash."""
    product = case.product
    columns = [(column.attname, getattr(product, column.attname)) for column in product._meta.concrete_fields]
    rules = product.eligibility.order_by("pk").values_list("rule", "operand", "reason")
    index = IndexRate.objects.filter(index=product.rate_index, starts__lte=clock.today()).order_by("starts").last()
    newest = SettingChange.objects.filter(is_confirmed=True).values_list("kind").annotate(Max("pk")).order_by("kind")
    return {
        "product": {name: _plain(value) for name, value in columns},
        "eligibility": [list(rule) for rule in rules],
        "index": index and {"key": index.pk, "starts": index.starts.isoformat(), "annual_rate": str(index.annual_rate)},
        "settings": dict(newest),
        "code": code_hash(),
    }


def hash_of(value: Any) -> str:
    """SHA-256 of a value as canonical JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def code_hash() -> str:
    """SHA-256 over the source of what reckons and permits, by name: which version of the rules was at work."""
    found = hashlib.sha256()
    for place in RECKONING:
        for file in sorted((ROOT / place).rglob("*.py")) or [ROOT / place]:
            found.update(file.relative_to(ROOT).as_posix().encode() + b"\n" + file.read_bytes())
    return found.hexdigest()


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool | list | dict) else str(value)
