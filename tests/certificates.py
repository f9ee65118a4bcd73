"""A house with a certificate that is thrown away. Loaded by the root conftest."""

import pytest

from loans.benchmark.papers import PASSPHRASE, throw_away_certificate


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """The path of a self-signed certificate with its key, made once a run."""
    path = tmp_path_factory.mktemp("certificate") / "house.p12"
    throw_away_certificate(path)
    return path


@pytest.fixture
def certified(certificate, settings):
    """The house signs what it makes; nobody stamps the time."""
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE, settings.TSA_URL = str(certificate), PASSPHRASE, ""
    return settings
