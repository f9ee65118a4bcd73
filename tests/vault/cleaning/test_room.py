"""The locked room: what happens in it stays in it, and it ends when it must."""

import io
import subprocess
import sys
import time

import pytest
from PIL import Image

from tests.cases import pdf, picture
from vault.cleaning import MOST_PHOTO_BYTES, Unclean, room
from vault.cleaning.pictures import LONGEST_SIDE
from vault.cleaning.room import clean_apart

HOUSE = str(room.DOOR.parent.parent.parent)
WITHIN = "import sys; sys.path.insert(0, {house!r}); from vault.cleaning.__main__ import lock; lock(); "


def inside(work):
    """Do something behind the locked door; what came of it."""
    code = WITHIN.format(house=HOUSE) + work
    return subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, env={}, timeout=60)


def pretend(monkeypatch, tmp_path, code):
    """Another program behind the door."""
    door = tmp_path / "door.py"
    door.write_text(code)
    monkeypatch.setattr(room, "DOOR", door)


@pytest.mark.parametrize(
    ("data", "kept_as"), [(picture(), "image/jpeg"), (picture("PNG"), "image/png"), (pdf(2), "application/pdf")]
)
def test_what_goes_in_comes_out_clean(data, kept_as):
    cleaned = clean_apart(data)
    assert cleaned.content_type == kept_as
    assert cleaned.data
    assert cleaned.thumbnail.startswith(b"\xff\xd8")


def test_what_will_not_do_is_named():
    with pytest.raises(Unclean, match="wrong_type"):
        clean_apart(b"MZ")


def test_no_key_and_nothing_else_of_the_house_is_in_the_room(monkeypatch, tmp_path):
    monkeypatch.setenv("VAULT_KEYS", "1=secret")
    pretend(
        monkeypatch,
        tmp_path,
        "import os, json; print(json.dumps({'unclean': 'no' if os.environ.get('VAULT_KEYS') else 'too_big'}))",
    )
    with pytest.raises(Unclean, match="too_big"):
        clean_apart(b"x")


def test_memory_is_bounded():
    assert "MemoryError" in inside("b'x' * (2 << 30)").stderr


def test_no_file_grows_there(tmp_path):
    path = str(tmp_path / "file")
    assert inside(f"open({path!r}, 'wb', buffering=0).write(b'x' * 10)").returncode != 0
    assert not (tmp_path / "file").read_bytes()


def test_an_endless_loop_is_ended_by_the_processor_and_by_the_clock(monkeypatch, tmp_path):
    monkeypatch.setattr(room, "PATIENCE_SECONDS", 1)
    pretend(monkeypatch, tmp_path, "import time; time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(Unclean, match="too_hard"):
        clean_apart(b"x")
    assert time.monotonic() - began < 10
    limits = inside("import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0])").stdout
    assert int(limits) == room.MOST_SECONDS


@pytest.mark.parametrize(
    "code",
    ["import os; os.abort()", "raise SystemExit(3)", 'print(\'{"unclean": "something new"}\')', "pass"],
)
def test_whoever_dies_or_talks_nonsense_there_keeps_no_file(monkeypatch, tmp_path, code):
    pretend(monkeypatch, tmp_path, code)
    with pytest.raises(Unclean, match="too_hard"):
        clean_apart(b"x")


HEAD = '{"content_type": "application/pdf", "sheets": 2, "size": 4}\n'
CLEANED = f"import os, sys, time; sys.stdout.write({HEAD!r}); "


@pytest.mark.parametrize(
    "over_the_drawing",
    ["print('%PDFhalf of a pict', end='', flush=True); time.sleep(60)", "print('%PDF', flush=True); os.abort()"],
    ids=["hangs", "dies"],
)
def test_whoever_ends_over_the_picture_of_a_pdf_leaves_the_paper_without_it(monkeypatch, tmp_path, over_the_drawing):
    monkeypatch.setattr(room, "PATIENCE_SECONDS", 1)
    pretend(monkeypatch, tmp_path, CLEANED + over_the_drawing)
    cleaned = clean_apart(b"x")
    assert (cleaned.data, cleaned.sheets, cleaned.thumbnail) == (b"%PDF", 2, b"")


def test_a_paper_of_which_only_a_part_came_out_is_not_kept(monkeypatch, tmp_path):
    pretend(monkeypatch, tmp_path, CLEANED + "print('%P', end='', flush=True); os.abort()")
    with pytest.raises(Unclean, match="too_hard"):
        clean_apart(b"x")


def test_a_photo_of_25_mb_and_60_million_pixels_fits_into_the_room():
    out = io.BytesIO()
    noise = Image.effect_noise((2900, 5000), 40).convert("RGB")
    wide = Image.new("RGB", (11_900, 5000), "white")
    wide.paste(noise)
    wide.save(out, "PNG", compress_level=1)
    data = out.getvalue() + b"\0" * (MOST_PHOTO_BYTES - len(out.getvalue()))
    with Image.open(io.BytesIO(clean_apart(data).data)) as kept:
        assert max(kept.size) == LONGEST_SIDE


def test_a_photo_of_fifty_million_pixels_fits_into_the_room():
    out = io.BytesIO()
    Image.linear_gradient("L").resize((8160, 6120)).convert("RGB").save(out, "JPEG")
    with Image.open(io.BytesIO(clean_apart(out.getvalue()).data)) as kept:
        assert max(kept.size) == LONGEST_SIDE
