"""What a picture is of, and whom the pictures show: people of the demo, and some who are brought there for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ROLES = ("officer", "manager", "finance", "committee", "auditor")
OFFICER, MANAGER, FINANCE, COMMITTEE, AUDITOR = (f"{who}@tremplin.example" for who in ROLES)
COLLEAGUE, SECOND = "officer2@tremplin.example", "committee2@tremplin.example"
REVIEWER = "whoever reviews the case"
DRAFT, SENT, WAITING, OFFERED, ACTIVE, REPAID = (f"applicant{n}@people.example" for n in (1, 2, 4, 6, 8, 10))
IN_REVIEW, SIGNED, VOTED, DECLINED, WRITTEN_OFF = (f"applicant{n}@people.example" for n in (3, 7, 13, 15, 17))
APPEALED, LAPSED, REFUSED, CHOOSER = (f"applicant{n}@people.example" for n in (21, 26, 33, 41))
PAUSED = "applicant22@people.example"
# Brought there for the pictures (bin/pictured.py, bin/pictured_offers.py):
NEWCOMER, OWNER, LONG = "newcomer@people.example", "owner@people.example", "long@people.example"
SIGNER = "signer@people.example"  # signs with OFFERED, and had the three questions explained
READY = "ready@people.example"  # only the signature is missing
HALF = "half@people.example"  # has signed; OTHER_SIGNER has not
OTHER_SIGNER = "guarantor@people.example"
MINDED = "minded@people.example"  # everybody signed today, and may still say no
UNKNOWN_BANK, REFUSED_BANK, OTHER_BANK = (f"{what}-bank@people.example" for what in ("unknown", "refused", "other"))
NEW_DEBIT = "new-debit@people.example"  # told another account after signing; its debit agreement waits
ON_PAPER = "on-paper@people.example"  # signed by hand; a second person looks at it
TOO_DEAR, NEARLY = "too-dear@people.example", "nearly@people.example"  # above what the law allows, and near it
SUBMIT = "main form button.button"
LOOK = "#typed > .actions button"


@dataclass(frozen=True)
class Shot:
    """A page: who opens which address ({case}, {loan}, {paper}: theirs or `of`’s), and what is pressed there.

    `first` is pressed before, on the page that it leads to `said` is typed ({name of a box: what}) and `file` is chosen
    (a name of bin.pictured.People.files), then `press` is pressed.
    """

    name: str
    path: str
    who: str = ""
    of: str = ""
    press: str = ""
    first: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    file: str = ""

    @property
    def is_for_applicants(self) -> bool:
        """Whether applicants open it: then it is there in all five languages."""
        return not self.who.endswith("@tremplin.example") and self.who != REVIEWER and self.name != "mail-room"
