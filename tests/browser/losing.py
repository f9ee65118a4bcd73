"""Kinds of things that could get lost when the network comes and goes and the tab dies.

A loser acts on the pages it names. `promised` is what such a page has told its reader is safe, `shown` all that stands
on it; both are {name of a thing: what it is}. `goes_on` looks on another device for what was promised and tells what is
missing of the rest; `is_put_back` looks on the first device, which has a line again, for all of it. Both end the round
when something is lost. `at_least` says how much a round promises and leaves behind on the average, lest nothing was
tried. LOSERS, in the test, lists the kinds.
"""

from loans.models.form import Form

SHOWN = """() => [...document.querySelectorAll('form[data-answers] .field')].map(field => {
  const boxes = [...field.querySelectorAll('input:not([id$=-whole]), select, textarea')];
  const said = boxes.filter(box => !/radio|checkbox/.test(box.type) || box.checked).map(box => box.value);
  return [boxes[0].name.replace(/-(day|month|year)$/, ''), said.join('/'), field.dataset.kept];
})"""
WORDS = ("Amina", "نادية", "李小龙", "Zoë", "1,250", "31", "x", "12 rue Laurier", "-", "O'Brien & fils", "0", "")


class Typing:
    """Answers of the form, safe once their mark says “Saved”. A social insurance number is put back nowhere."""

    pages = ("about-me", "work", "in-my-way", "study-plan", "costs", "budget", "signers")
    at_least = (1, 0.2)
    settled = """() => JSON.parse(localStorage[['answers', document.querySelector('[data-answers]').dataset.answers,
        document.body.dataset.reader].join(' ')] ?? '[]').length === 0"""

    def __init__(self, case, chance):
        self.case, self.chance = case, chance
        self.texts = {}  # (page, question) → every text it ever showed

    def act(self, page, slug):
        """Answer one question of the page, somehow."""
        field = self.chance.choice(page.locator("form[data-answers] .field:not(:has([name=sin]))").all())
        for words in field.locator("details:not([open]) > summary").all():
            words.click()
        ticks = field.locator("[type=radio], [type=checkbox]").all()
        if field.locator("select").count():
            values = field.locator("option").evaluate_all("options => options.map(option => option.value)")
            field.locator("select").select_option(self.chance.choice(values))
        elif ticks:
            self.chance.choice(ticks).click()
        else:
            box = self.chance.choice(field.locator("input:not([id$=-whole]), textarea").all())
            if self.chance.random() < 0.4:
                box.fill("")
            box.press_sequentially(f"{self.chance.choice(WORDS)}{self.chance.randrange(100)}", delay=4)
        for question, text in self.shown(page).items():
            self.texts.setdefault((slug, question), {"", "//"}).add(text)

    def shown(self, page):
        """{question: what its boxes say} of every question on the page."""
        return {question: text for question, text, _ in page.evaluate(SHOWN)}

    def promised(self, page):
        """Those of them that the page calls saved."""
        return {question: text for question, text, state in page.evaluate(SHOWN) if state == "saved"}

    def _may_be(self, slug, question):
        """Everything that was typed there at any time: what is not promised yet may be any of it."""
        return self.texts.get((slug, question), set()) | {""}

    def held(self, slug):
        """What the office holds of the page, as its boxes would say it: also of questions that are not asked now."""
        form = Form(self.case)
        page = form.purpose.section(slug)
        lines = form.lines(slug) if page.repeated else [0]
        return {
            f"{field.name}-{line}" if page.repeated else field.name: self._as_boxes(field, form, slug, line)
            for line in lines
            for field in page.fields
        }

    @staticmethod
    def _as_boxes(field, form, slug, line):
        raw = form.raw(slug, field.name, line)
        if field.kind == "choices":
            return raw.replace(" ", "/")
        return (raw or "//") if field.kind == "date" else raw

    def goes_on(self, page, slug, promised, last):
        """On another device: what was promised is there, and nothing that was never typed.

        Returns the names of what is not there as it was last typed.
        """
        found = {**self.held(slug), **self.shown(page)}
        lost = {name: (said, found.get(name)) for name, said in promised.items() if found.get(name, "") != said}
        assert not lost, f"called saved, but not there: {lost}"
        odd = {name: said for name, said in found.items() if name in last and said not in self._may_be(slug, name)}
        assert not odd, f"never typed: {odd}"
        return [name for name, said in last.items() if found.get(name, "").strip("/") != said.strip("/")]

    def is_put_back(self, page, slug, last):
        """All of it stands on the page again, and the office holds it."""
        page.wait_for_function(self.settled)
        held = self.held(slug)
        now = {**held, **self.shown(page)}
        lost = {name: (said, now.get(name)) for name, said in last.items() if now.get(name, "") != said}
        assert not lost, f"not put back on the device: {lost}"
        lost = {
            name: (said, held.get(name))
            for name, said in last.items()
            if held.get(name, "").strip("/") != said.strip("/")
        }
        assert not lost, f"put back, but not saved: {lost}"
