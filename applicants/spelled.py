"""How a name or a number is written down to be found again: without accents, capitals and signs, in any script.

Pure text. What is kept and what is looked for go through the same functions, so that they meet.
"""

import re
import unicodedata

MOST_WORDS, LONGEST_WORD = 40, 60
MOST_LOOKED_FOR = 6
FEWEST_DIGITS = 4  # of a telephone number: fewer would find everybody
KEPT_MARKS = (0, 8, 9)  # combining classes of what is a sound of its own: vowel signs, kana marks, viramas
# Letters that are no other letter with a mark, but are typed as if they were.
ALIKE = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ة": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه", "ـ": "",
    }
)  # fmt: skip
INSIDE = re.compile(r"['’ʼ`´.\-\u2010-\u2015\u200c]+")  # parts one word into several, which are also written as one
WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")  # Han and kana
ARTICLE = "ال"  # the Arabic "the", which is left out or joined
FAR_END = "~"  # before digits that are written backwards


def folded(text: str) -> str:
    """The text without capitals, accents and vowel points: "Étienne" and "etienne", "أحمد" and "احمد" are the same."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(sign for sign in apart if unicodedata.combining(sign) in KEPT_MARKS)
    return unicodedata.normalize("NFC", bare).translate(ALIKE)


def looked_for(typed: str) -> list[str]:
    """The parts of a name that somebody typed, folded, each to be the beginning of a word of it; at most six."""
    return [word[:LONGEST_WORD] for word in _words(folded(typed)) if word][:MOST_LOOKED_FOR]


def words_of(*names: str) -> set[str]:
    """All words by whose beginnings these names are found.

    A word with a hyphen or an apostrophe is found by its parts and as one; an Arabic one with and without its article;
    what is written without spaces, as Chinese is, from each of its signs on.
    """
    found: dict[str, None] = {}
    for name in names:
        text = folded(name)
        for word in [*_words(text), *_words(INSIDE.sub("", text))]:
            found |= dict.fromkeys(_ways_in(word))
    return {word[:LONGEST_WORD] for word in list(found)[:MOST_WORDS]}


def alike(one: str, other: str) -> bool:
    """Whether two names may be of one person: the same words in any order, or all of the shorter one in the longer.

    A name of one word is like that word alone. Hyphens and apostrophes part words or do not, as `words_of` says.
    """
    return any(_fit(this, that) for this in forms_of(one) for that in forms_of(other))


def forms_of(name: str) -> set[frozenset[str]]:
    """The words of a name, as one may write it: parted at its hyphens, joined there, and without spaces in Chinese."""
    text = folded(name)
    forms = {frozenset(map(_bare, _words(each))) for each in (text, INSIDE.sub("", text))}
    if WITHOUT_SPACES.search(text):
        forms |= {frozenset({"".join(_words(text))})}
    return forms - {frozenset()}


def _fit(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return shorter <= longer and (len(shorter) > 1 or len(longer) == 1)


def _bare(word: str) -> str:
    """A word without the Arabic article, where something stays."""
    return _ways_in(word)[-1] if not WITHOUT_SPACES.search(word) else word


def digits_of(typed: str) -> str:
    """The digits of what was typed, in any script, as 0 to 9."""
    return "".join(str(unicodedata.digit(sign)) for sign in typed if sign.isdecimal())


def words_of_phone(typed: str) -> set[str]:
    """By what a telephone number is found: its beginning, with and without its country, and its end."""
    digits = digits_of(typed)
    if len(digits) < FEWEST_DIGITS:
        return set()
    bare = _without_exit(digits)
    return {bare[:LONGEST_WORD], bare.removeprefix("1")[:LONGEST_WORD], far_end(bare)}


def looked_for_phone(typed: str) -> list[str]:
    """The beginnings of which one is to be there, when the digits typed are of a telephone number; may be empty."""
    digits = _without_exit(digits_of(typed))
    if len(digits) < FEWEST_DIGITS:
        return []
    return [digits[:LONGEST_WORD], digits.removeprefix("1")[:LONGEST_WORD], far_end(digits)]


def far_end(digits: str) -> str:
    """Digits backwards, so that the last ones are a beginning."""
    return f"{FAR_END}{digits[::-1]}"[:LONGEST_WORD]


def _without_exit(digits: str) -> str:
    """Without what is dialled to leave the country: 011 here, 00 elsewhere."""
    return digits.removeprefix("011") if digits.startswith("011") else digits.removeprefix("00")


def _words(text: str) -> list[str]:
    """Runs of letters, digits and the marks that belong to them."""
    return "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in text).split()


def _ways_in(word: str) -> list[str]:
    if WITHOUT_SPACES.search(word):
        return [word[start:] for start in range(len(word))]
    without = word.removeprefix(ARTICLE)
    return [word, without] if len(without) > 1 else [word]
