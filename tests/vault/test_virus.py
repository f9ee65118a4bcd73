"""The scanner is asked in its own protocol, and only a clear answer counts."""

import pytest

from tests.clamd import EICAR
from vault import virus
from vault.errors import ScannerSilent


def test_without_a_scanner_nothing_is_asked(settings):
    settings.CLAMAV_URL = ""
    assert not virus.is_on()
    assert virus.is_infected(EICAR) is False


def test_the_test_file_is_found(clamd):
    assert virus.is_infected(EICAR) is True


@pytest.mark.parametrize("size", [0, 1, virus.CHUNK_BYTES, virus.CHUNK_BYTES + 1, 3_000_000])
def test_every_byte_is_shown_to_the_scanner(clamd, size):
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert virus.is_infected(data) is False
    assert clamd.seen == [data]


def test_a_virus_at_the_end_of_many_chunks_is_found(clamd):
    assert virus.is_infected(b"x" * (virus.CHUNK_BYTES * 3 - 20) + EICAR) is True


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"\xff\xfe", b"stream: OKAY"])
def test_an_unclear_answer_is_no_answer(clamd, answer):
    clamd.answer = answer
    with pytest.raises(ScannerSilent):
        virus.is_infected(b"a paper")


@pytest.mark.parametrize("url", ["tcp://127.0.0.1:1", "unix:///nowhere/clamd.ctl", "http://127.0.0.1", "tcp://", "on"])
def test_a_scanner_that_is_not_there_is_silent(settings, url):
    settings.CLAMAV_URL = url
    with pytest.raises(ScannerSilent):
        virus.is_infected(b"a paper")
    with pytest.raises(ScannerSilent):
        virus.knock(patience_seconds=1)


def test_a_scanner_that_is_there_opens_at_a_knock(clamd):
    virus.knock(patience_seconds=1)
