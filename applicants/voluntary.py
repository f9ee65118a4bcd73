"""What people may tell about themselves so that the office can see whether it treats everybody alike.

Asked after the form is sent, on a page of its own, and walled off: no row of a case, a loan or a person points here and
nothing here points to one. A person's answers are found by a keyed hash, and only by that person's own page
(loans.views.applicant.voluntary) and by reports that count. Whoever decides never sees them. They can be changed or
erased by the person at any time.
"""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from config import clock
from vault.fields import EncryptedJSONField
from vault.lookup import keyed_hash
from vault.models import Sealed

Text = str | Promise
PREFER_NOT = ("prefer_not", _("I prefer not to say"))
YES_NO = (("yes", _("Yes")), ("no", _("No")), PREFER_NOT)
LANGUAGES = (("english", _("English")), ("french", _("French")), ("both", _("Both")))


@dataclass(frozen=True)
class Question:
    """One question: nothing chosen is no answer, and so is the last choice."""

    name: str
    label: Text
    choices: tuple[tuple[str, Text], ...]
    help: Text = ""


QUESTIONS = (
    Question(
        "gender",
        _("What is your gender?"),
        (("woman", _("Woman")), ("man", _("Man")), ("another", _("Another gender, or none of these")), PREFER_NOT),
    ),
    Question(
        "origin",
        _("Which part of the world do you or your family come from?"),
        (
            ("africa", _("Africa, south of the Sahara")),
            ("arab", _("North Africa or the Middle East")),
            ("caribbean", _("The Caribbean")),
            ("latin_america", _("Latin America")),
            ("east_asia", _("East Asia")),
            ("south_asia", _("South Asia")),
            ("southeast_asia", _("Southeast Asia")),
            ("central_asia", _("Central Asia")),
            ("europe", _("Europe")),
            ("north_america", _("North America")),
            ("oceania", _("Australia and the Pacific")),
            ("several", _("More than one of these")),
            PREFER_NOT,
        ),
    ),
    Question(
        "racialised",
        _("Do you see yourself as a racialized person?"),
        YES_NO,
        _("The law on employment equity says “visible minority”."),
    ),
    Question(
        "indigenous",
        _("Are you an Indigenous person?"),
        (
            ("first_nations", _("Yes, First Nations")),
            ("metis", _("Yes, Métis")),
            ("inuit", _("Yes, Inuk (Inuit)")),
            ("elsewhere", _("Yes, of a people of another country")),
            ("no", _("No")),
            PREFER_NOT,
        ),
    ),
    Question(
        "disability",
        _("Do you have a disability?"),
        YES_NO,
        _("Of the body, the mind, the senses or in learning; lasting or coming back."),
    ),
    Question(
        "knows",
        _("In which of Canada’s official languages can you hold a conversation?"),
        (*LANGUAGES, ("neither", _("Neither of them yet")), PREFER_NOT),
        _("With the next two answers we work out your first official language spoken."),
    ),
    Question(
        "first_learned",
        _("Which language did you learn first and still understand?"),
        (*LANGUAGES, ("other", _("Another language")), PREFER_NOT),
    ),
    Question(
        "at_home",
        _("Which language do you speak most often at home?"),
        (*LANGUAGES, ("other", _("Another language")), PREFER_NOT),
    ),
)


class VoluntaryAnswers(Sealed):
    """One person's answers, {name of a question: code}, sealed. Whose they are only a keyed hash says."""

    person_hash = models.CharField(max_length=64, unique=True)
    answers = EncryptedJSONField()
    told_on = models.DateField()  # a day, not a moment: nothing else of that moment leads here

    def __str__(self):
        return "voluntary answers"

    @classmethod
    def of(cls, user):
        """What this person told: {name: code}, empty when nothing."""
        row = cls.objects.filter(person_hash=_hash_of(user)).first()
        return row.answers if row else {}

    @classmethod
    def keep(cls, user, answers):
        """Put these answers in the place of earlier ones; with none, nothing is kept. Codes are not checked here."""
        told = {name: code for name, code in answers.items() if code}
        if not told:
            cls.erase(user)
            return
        fresh = {"answers": told, "told_on": clock.today()}
        row, is_new = cls.objects.get_or_create(person_hash=_hash_of(user), defaults=fresh)
        if not is_new:
            row.answers, row.told_on = told, clock.today()
            row.save()

    @classmethod
    def erase(cls, user):
        """Forget what this person told."""
        cls.objects.filter(person_hash=_hash_of(user)).delete()


class FrancophoneDefinition(models.Model):
    """Who counts as francophone, dated and with its source: the first of `rules` whose conditions all hold decides.

    `rules`: [{"if": {name of a question: [codes]}, "then": true | false | null}]; null, or no rule: not known.
    """

    code = models.SlugField()
    effective_from = models.DateField()
    name_en = models.CharField(max_length=150)
    name_fr = models.CharField(max_length=150)
    rules = models.JSONField()
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ["code", "effective_from"]
        constraints = [models.UniqueConstraint(fields=["code", "effective_from"], name="one_definition_a_day")]

    def __str__(self):
        return f"{self.code} from {self.effective_from}"

    @classmethod
    def in_force(cls, code, day=None):
        """The definition of this code on `day` (today); raises DoesNotExist."""
        row = cls.objects.filter(code=code, effective_from__lte=day or clock.today()).last()
        if row is None:
            raise cls.DoesNotExist(f"no definition {code} is in force: run manage.py furnish")
        return row

    def holds_for(self, answers):
        """True, False, or None when the answers do not tell."""
        for rule in self.rules:
            if all(answers.get(name) in codes for name, codes in rule["if"].items()):
                return rule["then"]
        return None


# First official language spoken is worked out as Statistics Canada does: knowledge of the official languages, then the
# first language, then that of the home; English and French at once counts as half in the census, and as yes here.
DEFINITIONS = (
    {
        "code": "first-official-language",
        "effective_from": date(2020, 1, 1),
        "name_en": "First official language spoken is French",
        "name_fr": "La première langue officielle parlée est le français",
        "source": "Statistics Canada, variable “first official language spoken” of the census; to be confirmed",
        "rules": [
            {"if": {"knows": ["french"]}, "then": True},
            {"if": {"knows": ["english"]}, "then": False},
            {"if": {"knows": ["both", "neither"], "first_learned": ["french", "both"]}, "then": True},
            {"if": {"knows": ["both", "neither"], "first_learned": ["english"]}, "then": False},
            {"if": {"knows": ["both", "neither"], "at_home": ["french", "both"]}, "then": True},
            {"if": {"knows": ["both", "neither"], "at_home": ["english"]}, "then": False},
            {"if": {"knows": ["both"], "first_learned": ["other"], "at_home": ["other"]}, "then": True},
            {"if": {"knows": ["neither"], "first_learned": ["other"], "at_home": ["other"]}, "then": False},
        ],
    },
    {
        "code": "inclusive",
        "effective_from": date(2020, 1, 1),
        "name_en": "Francophone in the inclusive definition of Ontario",
        "name_fr": "Francophone selon la définition inclusive de l’Ontario",
        "source": "Government of Ontario, inclusive definition of francophone (2009); to be confirmed",
        "rules": [
            {"if": {"first_learned": ["french", "both"]}, "then": True},
            {"if": {"first_learned": ["english"]}, "then": False},
            {
                "if": {"first_learned": ["other"], "knows": ["french", "both"], "at_home": ["french", "both"]},
                "then": True,
            },
            {
                "if": {"first_learned": ["other"], "knows": ["french", "both"], "at_home": ["english", "other"]},
                "then": False,
            },
            {"if": {"first_learned": ["other"], "knows": ["english", "neither"]}, "then": False},
        ],
    },
)


def furnish_definitions():
    """Put in the definitions that are missing."""
    known = set(FrancophoneDefinition.objects.values_list("code", "effective_from"))
    missing = [row for row in DEFINITIONS if (row["code"], row["effective_from"]) not in known]
    FrancophoneDefinition.objects.bulk_create(FrancophoneDefinition(**row) for row in missing)


def _hash_of(user):
    return keyed_hash(str(user.pk), purpose="applicants.voluntary")
