"""People who asked to be called: two who wait, and one whom an officer has called."""

from datetime import timedelta

from applicants.models import CallBack
from config import clock
from loans.lifecycle.writing import call_backs

ASKED = (
    # days ago, name, phone, language, interpreter, when it suits, words
    (6, "Rosa Delgado", "613-555-0177", "en", "", "any", "May I ask for a loan while I wait for my licence exam?"),
    (1, "حنان", "+961 1 555 010", "fr", "العربية", "morning", ""),
    (
        0,
        "Jean-Baptiste Nkurunziza",
        "(343) 555-0164",
        "fr",
        "",
        "afternoon",
        "Un prêt pour une boulangerie, après 15 h.",
    ),
)
CAME_OF_IT = "She begins an application on her phone."


def ask_for_calls(officer):
    """Each asked on their day; the one who waits longest was called on the next."""
    for days, name, phone, language, interpreter, suits, words in ASKED:
        with clock.at(clock.now() - timedelta(days=days, hours=1)):
            call_backs.ask_for_a_call(
                name=name, phone=phone, language=language, interpreter=interpreter, suits=suits, words=words
            )
    first = CallBack.objects.waiting().first()
    with clock.at(clock.now() - timedelta(days=ASKED[0][0] - 1)):
        call_backs.close_call(first, by=officer, note=CAME_OF_IT)
