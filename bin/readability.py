"""How hard a text is to read, by two published formulas; docs/measures.md says what they are used for.

English: the Flesch-Kincaid grade, 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers and
Chissom, Derivation of New Readability Formulas, Naval Technical Training Command, Research Branch Report 8-75, 1975).
French: the reading ease of Kandel and Moles, 207 - 1.015 words a sentence - 73.6 syllables a word (Application de
l'indice de Flesch à la langue française, Cahiers d'Études de Radio-Télévision 19, 1958). Flesch's bands (The Art of
Readable Writing, 1949): 60 and more, "standard", is grades 8 and 9; 50 to 60, "fairly difficult", grades 10 to 12.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

GLOSSARY = Path(__file__).resolve().parent.parent / "docs/glossary.md"
LIMITS = {"en": (8.0, 10.0), "fr": (60.0, 50.0)}  # the grade or ease of a page, and of one long paragraph
LEAST_WORDS = 100  # of a text that is measured
LONG_PARAGRAPH = 20  # words: the level of fewer says nothing
ELIDED = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)'(?=\w)", re.IGNORECASE)
STAND_IN = "term"  # one syllable, in both languages
INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "em", "i", "kbd", "mark", "q", "small", "span"}
INLINE |= {"strong", "sub", "sup", "time", "u", "wbr"}
UNREAD = {"script", "style", "template", "svg", "head"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
WORD = re.compile(r"[^\W_]+(?:['’\-.,:/][^\W_]+)*")
END = re.compile(r"(?<=[.!?…])[\s»\")]+(?=[^a-zà-ÿ])")


class _Blocks(HTMLParser):
    """The words of a page, block by block, as somebody sees or hears them."""

    def __init__(self, within: str, seen_only: bool) -> None:
        super().__init__()
        self.within, self.seen_only, self.open, self.blocks, self.now = within, seen_only, [], [], ""

    def _break(self) -> None:
        if text := " ".join(self.now.split()):
            self.blocks.append(text)
        self.now = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self._break()
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self._break()
        while self.open and any(each == tag for each, _ in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.open]
        is_here = (not self.within or self.within in tags) and not UNREAD & set(tags)
        if is_here and not (self.seen_only and self._is_out_of_sight(tags)):
            self.now += data

    def _is_out_of_sight(self, tags: list[str]) -> bool:
        """Only for screen readers, or folded away."""
        is_folded = any(tag == "details" and "open" not in told for tag, told in self.open) and "summary" not in tags
        return is_folded or any("hidden" in (told.get("class") or "").split() for _, told in self.open)


def blocks(html: str, within: str = "main", *, seen_only: bool = False) -> list[str]:
    """The text of each paragraph, heading, label, answer and button inside `within` ("": the whole page).

    With `seen_only`, without what only a screen reader says and what is folded away.
    """
    reader = _Blocks(within, seen_only)
    reader.feed(html)
    reader._break()
    return reader.blocks


@cache
def glossary(column: int) -> re.Pattern[str]:
    """The terms of docs/glossary.md, English in column 1, French in column 2, longest first, plurals too."""
    terms = set()
    for row in GLOSSARY.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in row.split("|")]
        if len(cells) == 5 and cells[1] not in ("English", "---"):
            terms |= {term.strip() for term in re.split(r",| ou | or |\(|\)", cells[column]) if len(term.strip()) > 2}
    spelt = (r"\s+".join(re.escape(word) + "s?" for word in term.replace("’", "'").split()) for term in terms)
    return re.compile(r"\b(?:" + "|".join(sorted(spelt, key=len, reverse=True)) + r")\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A text: its words, sentences and syllables."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """Flesch-Kincaid."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59

    @property
    def ease(self) -> float:
        """Kandel and Moles."""
        return 207 - 1.015 * self.words / self.sentences - 73.6 * self.syllables / self.words

    def level(self, language: str) -> float:
        """The grade of an English text, the ease of a French one; of no words 0."""
        if not self.words:
            return 0.0
        return self.grade if language == "en" else self.ease

    def is_easy(self, language: str, limit: float) -> bool:
        """English at this grade or below; French at this ease or above."""
        return self.level(language) <= limit if language == "en" else self.level(language) >= limit


def read(text_blocks: list[str], language: str, *, whole_sentences: bool = False) -> Reading:
    """Counts of these blocks, the glossary's terms counted as one short word each, a number as well.

    A sentence ends with its mark or with its block. With `whole_sentences`, blocks that end with no mark (labels,
    headings, buttons, figures) are left out, so that they cannot make long sentences look short.
    """
    terms, syllables_of = glossary(1 if language == "en" else 2), SYLLABLES[language]
    words = sentences = syllables = 0
    for block in text_blocks:
        if whole_sentences and block.rstrip(" »\")'”")[-1:] not in ".!?…:":
            continue
        for sentence in END.split(terms.sub(STAND_IN, block.replace("’", "'"))):
            said = _words(sentence, language)
            words, sentences = words + len(said), sentences + bool(said)
            syllables += sum(map(syllables_of, said))
    return Reading(words, sentences, syllables)


def _words(sentence: str, language: str) -> list[str]:
    if language == "fr":  # l'offre, qu'elle: the elided word is no word of its own, and adds no syllable
        sentence = ELIDED.sub("", sentence)
    return WORD.findall(sentence)


Text = tuple[str, str, list[str]]  # its name, its language, its blocks


def too_hard(texts: Iterable[Text]) -> list[str]:
    """The names of the texts of 100 words or more that are too hard, as a whole or in their whole sentences."""
    return [name for name, language, told in texts if _measured(language, told) and not _is_easy(language, told)]


def table(texts: Iterable[Text]) -> str:
    """A line for each text that is measured: its words, its level as a whole and of its whole sentences, its name."""
    lines = ["words   all  sentences  (en: grade, 8 or less; fr: ease, 60 or more)"]
    for name, language, told in texts:
        if _measured(language, told):
            whole, running = read(told, language), read(told, language, whole_sentences=True)
            lines.append(f"{whole.words:5} {whole.level(language):5.1f} {running.level(language):10.1f}  {name}")
    return "\n".join(lines)


def _measured(language: str, told: list[str]) -> bool:
    return read(told, language).words >= LEAST_WORDS


def _is_easy(language: str, told: list[str]) -> bool:
    """As a whole, in its whole sentences, and in each longer paragraph of them."""
    page_limit, paragraph_limit = LIMITS[language]
    running = [block for block in told if read([block], language, whole_sentences=True).words]
    wholes = [read(told, language), read(running, language)]
    paragraphs = [reading for block in running if (reading := read([block], language)).words >= LONG_PARAGRAPH]
    return all(each.is_easy(language, page_limit) for each in wholes if each.words >= LONG_PARAGRAPH) and all(
        each.is_easy(language, paragraph_limit) for each in paragraphs
    )


# --- Syllables ----------------------------------------------------------------------------------

# What the rules below get wrong of the words on our pages, held against the CMU Pronouncing Dictionary by hand.
ENGLISH = {
    "apprenticeship": 4, "area": 3, "being": 2, "business": 2, "businesses": 3, "canadian": 4, "cancelled": 2,
    "cheque": 1, "cheques": 1, "client": 2, "clients": 2, "completely": 3, "cooperative": 5, "create": 2, "e-mail": 2,
    "e-mails": 2, "earlier": 3, "elsewhere": 2, "entirely": 4, "evening": 2, "every": 2, "everybody": 4,
    "everybody's": 4, "everyone": 3, "everything": 3, "everywhere": 3, "experience": 4, "fuel": 2, "hour": 1,
    "hours": 1, "household": 2, "households": 2, "idea": 3, "interest": 2, "management": 3, "materials": 4,
    "movement": 2, "online": 2, "our": 1, "pdf": 3, "people": 2, "period": 3, "periods": 3, "placement": 2,
    "quiet": 2, "real": 1, "recovery": 4, "safely": 2, "safety": 2, "science": 2, "settled": 2, "settlement": 3,
    "settling": 3, "somebody": 3, "someone": 2, "something": 2, "sometimes": 2, "somewhere": 2, "statement": 2,
    "statements": 2, "studying": 3, "therefore": 2, "trial": 2, "tuition": 3, "unemployed": 3, "usual": 3,
    "whatever": 3, "whoever": 3,
}  # fmt: skip
APART = re.compile(
    r"ia(?!l$|ls$|n$|ns$)|io(?!n|us)|iu|[aeo]ing|eo(?!ple)|ua(?!l|r)|[^qg]ual|ious$|ie(?=t)|(?!eye)[aeiou]y[aeiou]|ying$"
)
TOGETHER = re.compile(r"tia|cia|cio|gio|tio(?!n)|[^aeiouy]ying$")
VOWELS = "aeiouyàâäéèêëîïôöùûüœæ"
SPOKEN_APART = re.compile(rf"é[aoeiuâ]|[aou][éï]|ë|[{VOWELS}]y[{VOWELS}]|(?:[bcdfgptv][lr])i[aeoé]|ao(?!û)|^coe(?!u)")


def english_syllables(word: str) -> int:
    """Groups of vowels, less those that nobody says (make, loaned), more those said apart (idea, paying)."""
    word = word.lower().replace("’", "'")
    if any(sign.isdigit() for sign in word):
        return 1
    if word in ENGLISH:
        return ENGLISH[word]
    if "-" in word:
        return sum(english_syllables(part) for part in word.split("-") if part)
    word = re.sub(r"'s$|[^a-z]", "", word)
    count = len(re.findall(r"[aeiouy]+", word)) + len(APART.findall(word)) - len(TOGETHER.findall(word))
    silent_e = re.search(r"[^aeiouyl]e$|[aeiouy]le$", word)
    silent_ed = re.search(r"[^aeiouytdl]ed$|[aeiouy]led$", word)
    silent_es = re.search(r"[^aeiouylscxzg]es$|[aeiouy]les$", word) and not re.search(r"[cs]hes$", word)
    return max(count - bool(silent_e or silent_ed or silent_es), 1)


def french_syllables(word: str) -> int:
    """Groups of vowels, less the e that nobody says at the end (demandes), more those said apart (réel, payer)."""
    word = word.lower()
    if any(sign.isdigit() for sign in word):
        return 1
    if re.search(r"[-'’]", word):
        return sum(french_syllables(part) for part in re.split(r"[-'’]", word) if part)
    word = re.sub(rf"(?<=[qg])u(?=[{VOWELS}])", "", word)
    count = len(re.findall(rf"[{VOWELS}]+", word)) + len(SPOKEN_APART.findall(word))
    silent = re.search(rf"[^{VOWELS}]es?$", word)
    return max(count - bool(silent), 1)


SYLLABLES = {"en": english_syllables, "fr": french_syllables}
