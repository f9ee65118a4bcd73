"""What may not stand anywhere in the tree."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
# Each name is written with a gap, so that this file does not hold it.
FOREIGN = [
    name.replace(" ", "")
    for name in (
        "python hosted.org",
        "pypi .org",
        "--index -url",
        "--find -links",
        "/ home/",
        "/ root/",
        "/ work/main",
        "/ work/shared",
    )
]
PICTURES = {".png", ".jpg", ".ico", ".woff2", ".pdf"}


def committed() -> list[Path]:
    """Every file that git keeps, or would keep at the next commit."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Path within the tree → text, for every file that holds text."""
    files = [path for path in committed() if path.suffix not in PICTURES]
    return {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in files}


def imported(source: str) -> set[str]:
    """The top-level packages that a Python file imports, at its head or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return {name.split(".")[0] for name in names}


def test_the_tree_names_no_registry_and_no_place_on_a_machine(texts: dict[str, str]) -> None:
    assert [(path, name) for path, text in texts.items() for name in FOREIGN if name in text] == []


def called_on_import(node: ast.AST) -> Iterator[str]:
    """What a module calls while it is being read: outside functions, but in their defaults and decorators too."""
    if isinstance(node, ast.Call):
        yield ast.unparse(node.func)
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, ast.AST):
                yield from called_on_import(inner)


def test_nothing_asks_what_day_it_is_before_it_is_asked_to_act(texts: dict[str, str]) -> None:
    python = {path: ast.parse(text) for path, text in texts.items() if path.endswith(".py")}
    asked = re.compile(r"(^|\.)(now|today|utcnow|localdate|localtime)$")
    called = [(path, call) for path, tree in python.items() for call in called_on_import(tree)]
    assert [(path, call) for path, call in called if asked.search(call)] == []


def test_only_one_file_makes_pdfs(texts: dict[str, str]) -> None:
    python = {path: text for path, text in texts.items() if path.endswith(".py") and not path.startswith("tests/")}
    assert [path for path, text in python.items() if "weasyprint" in imported(text)] == ["letters/pdf.py"]


def test_no_test_is_skipped(texts: dict[str, str]) -> None:
    way_out = re.compile(r"mark\.(skip|xfail)|pytest\.(skip|xfail|importorskip)\(|unittest\.skip|SkipTest")
    tests = {path: text for path, text in texts.items() if path.startswith("tests/") and path != "tests/test_tree.py"}
    assert [path for path, text in tests.items() if way_out.search(text)] == []


def test_the_tests_are_no_package(texts: dict[str, str]) -> None:
    assert [path for path in texts if path.startswith("tests/") and path.endswith("__init__.py")] == []


def test_the_layers_hold_no_grab_bag(texts: dict[str, str]) -> None:
    shapeless = re.compile(r"(^|/)(utils|helpers|common|core|services|misc)(/|\.py$)")
    assert [path for path in texts if shapeless.search(path) and not path.startswith("bin/")] == []


def test_nothing_is_left_for_later(texts: dict[str, str]) -> None:
    later = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    assert [path for path, text in texts.items() if later.search(text)] == []


def test_every_setting_is_explained(texts: dict[str, str]) -> None:
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', texts["config/settings.py"]))
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", texts["docs/running.md"], flags=re.MULTILINE))
    assert explained == read
