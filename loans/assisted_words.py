"""What is read to a person before somebody types for them; a new wording gets a new version, old rows keep theirs."""

from loans.models.assistance import Way

VERSION = "1"
SPOKEN = {
    "en": "I agree that somebody of the loan office types my application as I tell it or as I wrote it on paper. They "
    "see what is in this form. Nothing is sent before I say that it is right. I can stop this at any time.",
    "fr": "J’accepte qu’une personne du bureau de prêt saisisse ma demande comme je la dicte ou comme je l’ai écrite "
    "sur papier. Elle voit ce que contient ce formulaire. Rien n’est envoyé avant que je dise que c’est exact. Je peux "
    "arrêter cela à tout moment.",
}
ASKED = {
    "en": "I agree that the person I name types my application with me. They see what is in this form until I send "
    "it. Only I can send it. I can stop this at any time.",
    "fr": "J’accepte que la personne que je nomme saisisse ma demande avec moi. Elle voit ce que contient ce "
    "formulaire jusqu’à ce que je l’envoie. Personne d’autre que moi ne peut l’envoyer. Je peux arrêter cela à tout "
    "moment.",
}


def words_for(way: str, language: str) -> str:
    """What the person agrees to when helped in this way, in English or French."""
    return (ASKED if way == Way.HELPER else SPOKEN)[language]
