"""The house's signature on an agreement: what it adds to the time that the paper takes anyhow."""

from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from time import perf_counter

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.template.loader import render_to_string
from django.test.utils import override_settings

from config import clock
from letters.pdf import pdf_of
from letters.pdf_signing import signed_by_the_house
from loans.benchmark.figure import Scene, Work
from loans.lifecycle.contracts.contract import agreement_facts, contract_title
from loans.lifecycle.contracts.printing import how_to_check
from loans.models.agreement import CODE_LENGTH

PASSPHRASE = token_hex(16)  # of a certificate that is thrown away
A_YEAR = timedelta(days=365)


def throw_away_certificate(path: Path) -> None:
    """Write a self-signed certificate for documents, and its key, as PKCS#12 under PASSPHRASE."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "A lender that is nobody")])
    uses = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"),
        False,
    )  # fmt: skip
    now = clock.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - A_YEAR)
        .not_valid_after(now + A_YEAR)
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **uses), critical=True)
        .sign(key, SHA256())
    )
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"house", key, made, None, lock))


def signing_share(scene: Scene) -> Work:
    """By how many percent the signature lengthens the making of an agreement, for the same HTML in one run."""
    loan = scene.office.live(clock.now())
    title = contract_title(loan)
    facts = {**agreement_facts(loan), **how_to_check("0" * CODE_LENGTH)}
    page = render_to_string("loans/agreement.html", {**facts, "title": title, "language": "en"})

    def share() -> float:
        with TemporaryDirectory() as room, override_settings(**_certified(Path(room) / "house.p12")):
            signed_by_the_house(pdf_of(page, title, "en"))  # opens the certificate, as a process does once
            began = perf_counter()
            paper = pdf_of(page, title, "en")
            made = perf_counter()
            signed_by_the_house(paper)
            return 100 * (perf_counter() - made) / (made - began)

    return share


def _certified(path: Path) -> dict[str, str]:
    throw_away_certificate(path)
    return {"SIGNING_CERTIFICATE": str(path), "SIGNING_PASSPHRASE": PASSPHRASE, "TSA_URL": ""}
