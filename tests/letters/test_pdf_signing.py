"""The house's signature on a PDF: it holds, it shows every change, and it leaves the tags whole."""

import asyncio
import io
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import timestamps
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from letters import pdf_signing
from letters.pdf import pdf_of
from letters.pdf_signing import FIELD, CertificateError, check_certificate, signed_by_the_house

PAGE = (
    '<!doctype html><html lang="fr"><head><title>Contrat</title></head><body><h1>Contrat</h1>'
    "<p>5 000,00 $</p><h2>Le plan</h2><table><tr><th scope=col>Jour</th></tr><tr><td>1</td></tr></table></body></html>"
)


@pytest.fixture(scope="module")
def paper():
    return pdf_of(PAGE, "Contrat", "fr")


@pytest.fixture
def signed(paper, certified):
    return signed_by_the_house(paper)


def changed(data):
    """The bytes with the sign changed that stands in the middle of the first stream."""
    place = data.index(b"stream\n") + 20
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def is_good(data):
    """What pyHanko's own validator says, trusting the certificate that signed."""
    (signature,) = PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures
    trusted = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
    with ThreadPoolExecutor(1) as apart:  # it begins an event loop of its own, and a browser's test may have left one
        return apart.submit(validate_pdf_signature, signature, trusted).result().bottom_line


def poppler_says(data, room):
    """What `pdfsig` says of the only signature."""
    path = room / "paper.pdf"
    path.write_bytes(data)
    return subprocess.run(["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False).stdout


def test_without_a_certificate_a_paper_stays_as_it_was(paper):
    assert signed_by_the_house(paper) == paper


def test_two_other_programs_find_the_signature_good(signed, tmp_path):
    assert is_good(signed)
    assert "Signature is Valid." in poppler_says(signed, tmp_path)
    assert "Total document signed" in poppler_says(signed, tmp_path)
    assert "ETSI.CAdES.detached" in poppler_says(signed, tmp_path)


def test_two_other_programs_see_that_one_byte_was_changed(signed, tmp_path):
    assert not is_good(changed(signed))
    assert "Signature is Valid." not in poppler_says(changed(signed), tmp_path)


def test_what_is_added_at_the_end_is_seen_too(signed):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        pdf.docinfo[pikepdf.Name.Title] = "Another title"
        pdf.save(out)
    assert not is_good(out.getvalue())


def test_tags_language_title_and_order_stay_whole(paper, signed):
    with pikepdf.open(io.BytesIO(paper)) as before, pikepdf.open(io.BytesIO(signed)) as after:
        assert str(after.Root.Lang) == "fr"
        assert bool(after.Root.MarkInfo.Marked)
        assert bool(after.Root.ViewerPreferences.DisplayDocTitle)
        assert str(after.docinfo[pikepdf.Name.Title]) == "Contrat"
        with before.open_metadata() as was, after.open_metadata() as now:
            assert now["pdfuaid:part"] == was["pdfuaid:part"] == "1"
            assert now["dc:title"] == was["dc:title"]
        assert [page.obj.Tabs for page in after.pages] == ["/S"] * len(after.pages)
        assert tags(after) == [*tags(before), "/Form"]
        field = after.Root.AcroForm.Fields[0]
        assert (str(field.T), str(field.TU)) == (FIELD, "Contrat")
        assert pikepdf.NumberTree(after.Root.StructTreeRoot.ParentTree)[int(field.StructParent)].S == "/Form"


def tags(pdf):
    """The kinds of all tags in the order in which they are read."""

    def walk(element):
        if not isinstance(element, pikepdf.Dictionary):
            return []
        kids = element.get("/K", [])
        below = [kind for kid in (kids if isinstance(kids, pikepdf.Array) else [kids]) for kind in walk(kid)]
        return [str(element.S), *below] if "/S" in element else below

    return walk(pdf.Root.StructTreeRoot)


def test_it_signs_while_an_event_loop_runs(paper, certified):
    """In a thread of its own: a browser's test may have left a loop running in this one."""

    async def signs():
        return signed_by_the_house(paper)

    with ThreadPoolExecutor(max_workers=1) as thread:
        assert is_good(thread.submit(lambda: asyncio.run(signs())).result())


def test_an_authority_that_is_silent_keeps_nobody_from_signing(paper, certified, caplog):
    certified.TSA_URL = "http://127.0.0.1:9/stamp"
    assert is_good(signed_by_the_house(paper))
    assert "no time stamp on an agreement" in caplog.text


def test_the_time_stamp_of_an_authority_is_taken_in(paper, certified, monkeypatch):
    signer = pdf_signing._signer(certified.SIGNING_CERTIFICATE, certified.SIGNING_PASSPHRASE)
    stamper = timestamps.DummyTimeStamper(signer.signing_cert, signer.signing_key)
    monkeypatch.setattr(timestamps, "HTTPTimeStamper", lambda url, timeout: stamper)
    certified.TSA_URL = "http://tsa.example"
    (signature,) = PdfFileReader(io.BytesIO(signed_by_the_house(paper))).embedded_signatures
    kinds = [each["type"].native for each in signature.signer_info["unsigned_attrs"]]
    assert kinds == ["signature_time_stamp_token"]


@pytest.mark.parametrize(("path", "passphrase"), [("nowhere.p12", "x"), (None, "another")])
def test_a_certificate_that_does_not_open_is_told(certified, paper, path, passphrase):
    certified.SIGNING_CERTIFICATE = path or certified.SIGNING_CERTIFICATE
    certified.SIGNING_PASSPHRASE = passphrase
    with pytest.raises(CertificateError):
        check_certificate()
    with pytest.raises(CertificateError):
        signed_by_the_house(paper)
