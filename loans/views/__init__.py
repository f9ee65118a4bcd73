"""What people see and send, one page or one kind of page per file.

What all pages stand on (`sheets`, `deeds`, `office_deeds`, words and files) lies here, the pages in rooms:

| room | what it holds |
|---|---|
| `everybody/` | pages before any account exists: the front door, the calculator, a complaint, proof of an agreement |
| `applicant/` | pages of somebody who asks for a loan or owes one: the form, the papers, what happens to their case |
| `offer/` | pages around a contract: the offer, its questions, the signature, bank details, a change of mind |
| `cases/` | pages of one case, as the loan office reads and works on it |
| `desk/` | the desk: lists of cases, their filters and search |
| `office/` | pages of the office across cases: people, appeals, complaints, diary, post, calendar |
| `settings/` | pages of the office's own settings: as they stand, proposed, previewed, confirmed |
| `loan/` | pages of a loan and of finance: its plan, its account, money out and in |
"""
