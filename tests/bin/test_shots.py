"""What is pictured: each page there is, under a name of its own, by somebody whom the pictures know."""

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from bin.shots import SHOTS

OF_A_DEMO = ("mail-room", "not-here")  # the one is served in a demo only, the other nowhere
KNOWN = {"case": "T-2026-0001", "loan": "L-2026-0001", "paper": 1, "complaint": "C-2026-0001", "stop": "s", "door": "d"}


def test_each_picture_has_a_name_of_its_own():
    names = [shot.name for shot in SHOTS]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("shot", [shot for shot in SHOTS if shot.name not in OF_A_DEMO], ids=lambda shot: shot.name)
def test_what_is_pictured_is_there(shot):
    assert resolve(urlsplit(shot.path.format(**KNOWN)).path)


def test_whatever_is_typed_is_sent():
    assert not [shot.name for shot in SHOTS if (shot.said or shot.file or shot.first) and not shot.press]
