"""A training loan's life at 360 px, in both languages, with JavaScript and without."""

import pytest

from tests.browser.life import live


@pytest.mark.parametrize(("language", "javascript"), [("en", False), ("fr", True)])
def test_from_sign_up_to_repaid_on_a_phone(visitor, checklist, product, omar, mariam, felix, language, javascript):
    device = {"width": 360, "language": language, "javascript": javascript}
    assert live(visitor, product, omar, mariam, felix, **device).state == "repaid"
