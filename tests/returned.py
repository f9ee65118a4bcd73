"""Mails that come back, as mail servers write them (RFC 3464)."""

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: loans@localhost
Subject: Undelivered Mail Returned to Sender
Message-ID: <{number}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

This is the mail system at host mx.example.org.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {final}
Original-Recipient: rfc822;{original}
Action: {action}
Status: {status}

--B
Content-Type: message/rfc822

From: loans@localhost
To: {original}
Message-ID: {message_id}
Subject: Your loan

Hello.
--B--
"""


def report(letter, *, action="failed", status="5.1.1", to="", final="", number=1):
    """The bytes of a report about a letter."""
    original = to or letter.address
    told = {"message_id": letter.message_id, "original": original, "final": final or original}
    return REPORT.format(action=action, status=status, number=number, **told).encode()
