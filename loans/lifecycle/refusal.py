"""Why a verb says no to somebody who may otherwise do it."""


class Refused(Exception):
    """A deed that the loan office's rules refuse. `code` names a sentence in loans.refusals; `facts` fill it."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts
