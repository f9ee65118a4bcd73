"""A training loan's life at 1280 px, in both languages, with JavaScript and without."""

import pytest

from tests.browser.life import live


@pytest.mark.parametrize(("language", "javascript"), [("en", True), ("fr", False)])
def test_from_sign_up_to_repaid_on_a_desk(visitor, checklist, product, omar, mariam, felix, language, javascript):
    device = {"width": 1280, "language": language, "javascript": javascript}
    assert live(visitor, product, omar, mariam, felix, **device).state == "repaid"
