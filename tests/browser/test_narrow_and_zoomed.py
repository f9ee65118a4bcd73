"""Every page of an applicant at 320 px and at 200 %: nothing lost, nothing cut off, nothing too small for a thumb."""

import pytest

from accounts.models import User
from loans import demonstration
from loans.furnishing.office import furnish
from loans.models import Application
from tests.browser.test_a_whole_office import IS_LONG, enters, walks
from tests.browser.visitor import OVERFLOW, Visitor

CASES = 22  # the road of each kind of applicant
LANGUAGES = ["en", "fr"] if IS_LONG else ["fr"]  # the longer words
WIDE, ZOOMED, NARROW = 1280, 640, 320  # CSS pixels: a desk, the same at 200 % (at 400 % it is 320), a small phone
WORDS = "document.body.innerText.split(/\\s+/).filter(Boolean).sort().join(' ')"
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(each => {
  const style = getComputedStyle(each), box = each.getBoundingClientRect();
  if (!box.width || !each.textContent.trim() || each.closest('.hidden, .skip, thead, svg')) return false;
  const clips = style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1;
  return clips || box.right > innerWidth + 1 || box.left < -1;
}).map(each => each.outerHTML.slice(0, 150))"""
SMALL = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(each => {
  if (each.type === 'hidden' || each.closest('.skip, details:not([open]) > :not(summary)')) return false;
  if (each.matches('.hidden[aria-hidden=true]')) return false; // for the Enter key alone, and nobody is told of it
  const style = getComputedStyle(each), words = each.parentElement.textContent.trim();
  const isInASentence = each.matches('a') && style.display === 'inline' && words !== each.textContent.trim();
  if (isInASentence) return false; // WCAG 2.5.8: as high as its line is
  each.scrollIntoView({block: 'center', inline: 'nearest'});
  const box = each.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
  if (!box.width) return false;
  const isIt = (x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit && (each.contains(hit) || hit.closest('label')?.control === each);
  };
  return ![[0, 0], [-11.5, 0], [11.5, 0], [0, -11.5], [0, 11.5]].every(([dx, dy]) => isIt(x + dx, y + dy));
}).map(each => each.outerHTML.slice(0, 150))"""


class Narrow(Visitor):
    """Looks at each page on a desk, zoomed, and on a small phone."""

    def looks(self):
        words = self._at(WIDE)
        for width in (ZOOMED, NARROW):
            assert self._at(width) == words, f"{self.page.url} loses words at {width} px"
        self.seen.add(self.page.url)

    def _at(self, width):
        page, where = self.page, f"{self.page.url} at {width} px"
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(OVERFLOW) <= 0, f"{where} is wider than the screen"
        assert page.evaluate(CUT_OFF) == [], f"{where} cuts words off"
        assert page.evaluate(SMALL) == [], f"{where} has targets under 24 px"
        return page.evaluate(WORDS)


@pytest.fixture
def narrow(chromium, committed, live_server):
    somebody = []

    def come(language):
        somebody.append(Narrow(chromium, live_server.url, width=NARROW, language=language))
        return somebody[-1]

    yield come
    for each in somebody:
        each.leave()
    assert [fault for each in somebody for fault in each.faults] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_lost_and_nothing_is_small(narrow, unprinted, language):
    furnish()
    demonstration.build(CASES)
    guest = narrow(language)
    guest.opens("home")
    walks(guest, ["/is-this-for-me/", "/what-you-need/", "/sign-in/", "/sign-up/"], set())
    seen, known = set(), set()
    cases = {_kind(case): case for case in Application.objects.all()}
    for user in User.objects.filter(pk__in=[case.applicant.user_id for case in cases.values()]):
        applicant = narrow(language)
        enters(applicant, user)
        seen |= walks(applicant, ["/my/"], known)
    assert {"my_case", "task_list", "section", "papers", "check_answers", "offer", "my_loan"} <= seen


def _kind(case):
    """The purpose shapes the form; after that its pages are alike, and only the long profile looks at each."""
    loan = case.loans.order_by("pk").last()
    is_writing = case.state in (Application.State.DRAFT, Application.State.WAITING)
    return case.state, loan and loan.state, (IS_LONG or is_writing) and case.product.purpose


@pytest.mark.parametrize(
    ("barrier", "told"),
    [
        ("<p class='number'>" + "wide" * 99 + "</p>", "wider than the screen"),
        ("<p class='number' id='long'>" + "wide" * 99 + "</p>", "cuts words off"),
        ("<button class='hidden-from-thumbs'>x</button>", "under 24 px"),
        ("<p class='menu'><span class='who'>lost</span></p>", "loses words"),
    ],
)
def test_our_eyes_see_what_is_lost(narrow, office, barrier, told):
    guest = narrow("en")
    guest.page.goto(guest.home)
    guest.page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", barrier)
    guest.page.evaluate("""() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('#long { overflow: hidden } .hidden-from-thumbs { padding: 0; border: 0; font-size: 10px }'
        + '@media (width >= 1000px) { main .menu .who { display: inline } }');
      document.adoptedStyleSheets = [sheet];
    }""")
    with pytest.raises(AssertionError, match=told):
        guest.looks()
