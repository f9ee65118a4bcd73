"""Syllables, sentences and the two formulas, held against counts made by hand."""

import pytest

from bin.readability import blocks, english_syllables, french_syllables, read, table, too_hard

ENGLISH = {
    1: "a loan paid months twice the eyes asked make choose through hour cheque",
    2: "paper lender business started table going lower making chosen people every money needed",
    3: "agreement officer area employer repayment usual important family period tuition",
    4: "application eligible everybody information recovery",
    5: "cooperative university",
}
FRENCH = {
    1: "prêt mois août nous qui prix vingt pays",
    2: "demande demandes payer bureau réel question paiement liquide Noël avion",
    3: "année création responsable emprunteur intérêt oublier garantie employeur",
    4: "remboursement propriétaire coemprunteur",
    5: "vérification",
    6: "admissibilité",
}


@pytest.mark.parametrize(("count", "words"), ENGLISH.items())
def test_syllables_of_english_words(count, words):
    assert {word: english_syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


@pytest.mark.parametrize(("count", "words"), FRENCH.items())
def test_syllables_of_french_words(count, words):
    assert {word: french_syllables(word) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_a_number_is_one_word_of_one_syllable():
    assert read(["It is $1,250.50."], "en") == read(["It is more."], "en")
    assert read(["Il faut 1 250,50 $."], "fr").syllables == 4


def test_the_grade_of_kincaid():
    told = read(["The cat sat on the mat. It purred."], "en")
    assert (told.words, told.sentences, told.syllables) == (8, 2, 8)
    assert told.grade == pytest.approx(0.39 * 4 + 11.8 - 15.59)


def test_the_ease_of_kandel_and_moles():
    told = read(["Le chat dort sur le tapis. Il ronronne."], "fr")
    assert (told.words, told.sentences, told.syllables) == (8, 2, 10)
    assert told.ease == pytest.approx(207 - 1.015 * 4 - 73.6 * 10 / 8)


def test_an_elided_word_is_no_word():
    assert read(["L’école d’Ottawa qu’elle aime."], "fr").words == 4


def test_a_term_of_the_glossary_is_one_short_word():
    assert read(["Read the annual percentage rate."], "en").syllables == 3
    assert read(["Lisez le calendrier de remboursement."], "fr").words == 3


def test_a_sentence_ends_with_its_mark_or_its_block_but_not_in_a_number_or_an_abbreviation_within_one():
    assert read(["One is here. Another too! Is it?", "A heading"], "en").sentences == 4
    assert read(["You owe 3.50 dollars to name@example.org today."], "en").sentences == 1
    assert read(["First this; then that: done."], "en").sentences == 1


def test_only_the_main_part_of_a_page_is_read_block_by_block():
    page = """<html><body><nav>Menu</nav><main><h1>My <em>papers</em></h1><p>Send <a href="/">one</a> photo.<br>Now.</p>
    <script>var no;</script><ul><li>A</li><li>B</li></ul><label>Name <input></label></main>Foot</body></html>"""
    assert blocks(page) == ["My papers", "Send one photo.", "Now.", "A", "B", "Name"]
    assert blocks(page, "")[0] == "Menu"


def test_short_texts_are_not_measured():
    hard = "Notwithstanding administrative responsibilities necessitating documentation, organizations disagree."
    assert too_hard([("short", "en", [hard])]) == []
    assert too_hard([("long", "en", [hard] * 20)]) == ["long"]
    assert "long" in table([("short", "en", [hard]), ("long", "en", [hard] * 20)])
    assert "short" not in table([("short", "en", [hard]), ("long", "en", [hard] * 20)])
