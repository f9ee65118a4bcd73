"""What a browser says of itself, in the words of its owner."""

import pytest

from accounts.devices import device_of, in_words

AGENTS = {
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36": (
        "Chrome, Android device"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
    "Mobile/15E148 Safari/604.1": "Safari, iPhone",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 "
    "Edg/131.0": "Edge, Windows computer",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0": "Firefox, Linux computer",
    "Mozilla/5.0 (Linux; Android 13; SM-A045F) SamsungBrowser/23.0 Chrome/115.0 Mobile Safari/537.36": (
        "Samsung Internet, Android device"
    ),
    "": "A device we do not know",
    "curl/8": "A device we do not know",
    "<script>alert(1)</script>" * 500: "A device we do not know",
}


@pytest.mark.parametrize(("said", "told"), AGENTS.items())
def test_a_device_is_told_in_plain_words(said, told):
    assert in_words(device_of(said)) == told


@pytest.mark.parametrize("said", AGENTS)
def test_nothing_of_what_a_browser_says_is_kept_but_two_codes(said):
    assert len(device_of(said)) <= 40
    assert device_of(said).replace("/", "").isalpha()


@pytest.mark.parametrize("stored", ["", "/", "nonsense", "chrome", "a/b/c"])
def test_whatever_stands_in_a_row_is_told(stored):
    assert in_words(stored)
