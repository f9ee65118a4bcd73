"""One case in rows, on its way through the office: who has a part in it, when, and what it holds so far."""

from accounts.models import Role
from loans.demonstration.bulk.office import Moments
from loans.demonstration.bulk.people import somebody
from loans.demonstration.bulk.seasons import road_from
from loans.demonstration.bulk.story import Story
from loans.demonstration.bulk.wishes import wish_of


class Case:
    """Case `number` (from 0) that begins on the day `began`; its rows go to `rows`, nothing is written yet."""

    def __init__(self, office, rows, number, began):
        self.office, self.rows, self.number = office, rows, number
        self.chance = office.chance(number, "case")
        self.moments = Moments(office.chance(number, "moments"))
        self.road = road_from(began, office.chance(number, "road"), office.working_day)
        self.someone = somebody(self.chance)
        self.wish = wish_of(office.products, began, self.chance)
        self.officer, self.manager, self.finance = map(self._one_of, (Role.OFFICER, Role.MANAGER, Role.FINANCE))
        self.parties = []
        self.application = self.loan = self.story = None

    def _one_of(self, role):
        return self.chance.choice(self.office.staff[role])

    def opened(self, application):
        """The application has its key: the story begins."""
        self.application = self.rows.put(application)
        self.story = Story(self.rows, application.pk)
