"""The house's own signature on a PDF (PAdES), by the certificate of the settings. pyHanko is met nowhere else.

The field is made before the signature, with its place among the tags (PDF/UA-1, 7.18), so that the paper stays readable
aloud; the signature is then one addition at its end that covers every byte before it.
"""

import logging
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from django.conf import settings
from pikepdf import Array, Dictionary, Name, NumberTree, String

logger = logging.getLogger(__name__)

FIELD = "HouseSignature"
LOCKED_AND_PRINTED = 132  # flags of the annotation (ISO 32000-1, 12.5.3)
STAMP_SECONDS = 5  # that a time-stamping authority may take: somebody's page waits meanwhile


class CertificateError(ValueError):
    """The certificate of the settings cannot be read, or its passphrase is another."""


def has_certificate() -> bool:
    """Whether the house signs its agreements at all."""
    return bool(settings.SIGNING_CERTIFICATE)


def signed_by_the_house(paper: bytes) -> bytes:
    """The tagged PDF with the house's signature, and a time stamp where TSA_URL is set; as it was, without certificate.

    When the time-stamping authority is silent the paper is signed without its stamp, and the log says so.
    Raises CertificateError.
    """
    if not has_certificate():
        return paper
    prepared = _with_field(paper)
    if not settings.TSA_URL:
        return _signed(prepared, None)
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    try:
        return _signed(prepared, HTTPTimeStamper(settings.TSA_URL, timeout=STAMP_SECONDS))
    except (TimestampRequestError, OSError) as error:
        logger.error("no time stamp on an agreement: the authority did not give one (%s)", type(error).__name__)
        return _signed(prepared, None)


def check_certificate() -> None:
    """Raise CertificateError unless the certificate of the settings opens."""
    _signer(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE)


def _with_field(paper: bytes) -> bytes:
    """The paper with an empty signature field on its last page that takes no room, told by its tags as a form field."""
    out = BytesIO()
    with pikepdf.open(BytesIO(paper)) as pdf:
        page, tags = pdf.pages[-1], pdf.Root.StructTreeRoot
        parents = NumberTree(tags.ParentTree)
        place = max(parents, default=-1) + 1
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=String(str(pdf.docinfo.get(Name.Title, FIELD))),
                F=LOCKED_AND_PRINTED,
                Rect=Array([0, 0, 0, 0]),
                P=page.obj,
                StructParent=place,
            )
        )
        top = tags.K[0] if isinstance(tags.K, Array) else tags.K
        leaf = Dictionary(Type=Name.OBJR, Obj=field, Pg=page.obj)
        tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=top, K=leaf))
        top.K = Array([*(top.K if isinstance(top.K, Array) else [top.K]), tag])
        parents[place] = tag
        tags.ParentTreeNextKey = place + 1
        page.obj.Annots = Array([*page.obj.get(Name.Annots, []), field])
        page.obj.Tabs = Name.S
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)
        pdf.save(out)
    return out.getvalue()


def _signed(prepared: bytes, stamper) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    told = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = _signer(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE)
    writer = IncrementalPdfFileWriter(BytesIO(prepared))
    with ThreadPoolExecutor(1) as apart:  # pyHanko begins an event loop, and a thread has one: the caller's may run
        signing = apart.submit(PdfSigner(told, signer, timestamper=stamper).sign_pdf, writer, existing_fields_only=True)
    signed: bytes = signing.result().getvalue()
    return signed


@cache
def _signer(certificate: str, passphrase: str):
    """Whoever signs, read once a process: a new certificate needs a restart."""
    from pyhanko.sign.signers import SimpleSigner

    if not Path(certificate).is_file():
        raise CertificateError("SIGNING_CERTIFICATE names no file")
    signer = SimpleSigner.load_pkcs12(certificate, passphrase=passphrase.encode())
    if signer is None:
        raise CertificateError("SIGNING_CERTIFICATE does not open with SIGNING_PASSPHRASE")
    return signer
