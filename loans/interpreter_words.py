"""What an interpreter signs under an agreement on paper; a new wording gets a new version, old rows keep theirs."""

VERSION = "1"
STATEMENT = {
    "en": "I speak the language of this agreement and the language of the person who signs it. I read all of it out to "
    "them in their language, truly and leaving nothing out: what they pay, how often, until when, what it costs and "
    "what happens if they cannot pay. They could ask questions, and told me that they understood. I am an adult, and I "
    "have no share in this loan.",
    "fr": "Je parle la langue de ce contrat et celle de la personne qui le signe. Je le lui ai lu en entier dans sa "
    "langue, fidèlement et sans rien omettre : ce qu’elle paie, à quelle fréquence, jusqu’à quand, ce que cela coûte "
    "et ce qui arrive si elle ne peut pas payer. Elle a pu poser des questions et m’a dit qu’elle a compris. J’ai "
    "atteint l’âge de la majorité et je n’ai aucune part dans ce prêt.",
}


def statement_in(language: str) -> str:
    """The statement in the language of the agreement, English or French."""
    return STATEMENT[language]
