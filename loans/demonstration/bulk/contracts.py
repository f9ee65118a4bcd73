"""The signed agreement of a loan in bulk: a sheet that says it is a specimen, and everybody's signature under it."""

import hashlib

from accounts.actors import LEDGER
from loans.models import Agreement, Signature
from vault import files
from vault.models import StoredFile


def sign(case):
    """Everybody signs; with the last signature the money may be sent."""
    agreement = _agreement(case)
    for party in case.parties:
        at = case.moments.on(case.road.signed, at_home=True)
        told = {"by": party.user_id, "at": at, "detail": {"language": agreement.language}}
        event = case.story.told("put_signature", case.loan, **told)
        case.rows.add(
            Signature,
            agreement_id=agreement.pk,
            party_id=party.pk,
            loan_id=case.loan.pk,
            event_id=event.pk,
            typed_name=party.name,
            signed_at=at,
        )
    case.story.told("sign", case.loan, by=LEDGER, at=at)
    case.loan.signed_at = at


def _agreement(case):
    data, language = specimen(f"SPECIMEN  {case.loan.number}"), case.someone.language
    file = StoredFile(
        name=f"{case.loan.number}-{language}.pdf",
        content_type="application/pdf",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        created_at=case.loan.offered_at,
    )
    file.path, file.key_version = files.lay_down(data, place=file.place)
    case.rows.put(file)
    return case.rows.add(
        Agreement, loan_id=case.loan.pk, language=language, file_id=file.pk, made_at=case.loan.offered_at
    )


def specimen(words):
    """The bytes of a PDF of one page with these words (ASCII without brackets) on it (ISO 32000-1, 7.5)."""
    drawing = f"BT /F 18 Tf 72 720 Td ({words}) Tj ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        f"<< /Length {len(drawing)} >>\nstream\n{drawing}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    body, places = "%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    end = f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{end}".encode("ascii")
