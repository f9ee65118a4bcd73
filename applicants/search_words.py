"""The words by which a person is found: a row each, so that any beginning leads to the person at once."""

from django.db import models

from applicants.spelled import looked_for, looked_for_phone, words_of, words_of_phone


class SearchWordQuerySet(models.QuerySet):
    def beginning_with(self, *beginnings):
        """The words that begin with one of these."""
        wanted = models.Q(pk=None)
        for beginning in beginnings:
            wanted |= models.Q(word__startswith=beginning)
        return self.filter(wanted)


class SearchWord(models.Model):
    """One word of a person's names, or their telephone number forwards or backwards (applicants.spelled)."""

    applicant = models.ForeignKey("applicants.Applicant", models.CASCADE, related_name="search_words")
    word = models.CharField(max_length=60)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [  # beginnings are found by it whatever the database's own order of letters is
            models.Index(
                fields=["word", "applicant"], name="applicant_by_word", opclasses=["varchar_pattern_ops", "int8_ops"]
            )
        ]

    def __str__(self):
        return self.word


def search_words_of(person):
    """All words by which this person is found, in order."""
    return sorted(words_of(person.full_name, person.called) | words_of_phone(person.phone))


def remember_words(person):
    """Write the person's words down anew. Called by whatever changes a name or a number, in its transaction."""
    wanted, kept = set(search_words_of(person)), set(person.search_words.values_list("word", flat=True))
    if wanted == kept:
        return
    person.search_words.exclude(word__in=wanted).delete()
    SearchWord.objects.bulk_create(SearchWord(applicant=person, word=word) for word in sorted(wanted - kept))


def applicants_named(typed):
    """Conditions on the key of an applicant that all hold for the people of such a name. Empty when no word is there.

    Each part typed is the beginning of a word of the name, in whichever order.
    """
    return [_people(word) for word in dict.fromkeys(looked_for(typed))]


def applicants_with_phone(typed):
    """The keys of the people with such a telephone number, or None when too few digits were typed."""
    beginnings = looked_for_phone(typed)
    return _people(*beginnings) if beginnings else None


def _people(*beginnings):
    return SearchWord.objects.beginning_with(*beginnings).order_by().values("applicant")
