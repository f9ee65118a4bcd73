from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from config import clock

OTTAWA = ZoneInfo("America/Toronto")


def test_half_past_eleven_at_night_is_still_today():
    with clock.at(datetime(2026, 11, 23, 23, 30, tzinfo=OTTAWA)):
        assert clock.today() == date(2026, 11, 23)
        assert clock.now().date() == date(2026, 11, 24)


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("day", [date(2027, 3, 14), date(2027, 11, 7)])
def test_the_days_the_clocks_change_have_all_their_hours(day, hour):
    for fold in (0, 1):
        moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=OTTAWA, fold=fold)
        with clock.at(moment.astimezone(UTC)):
            assert clock.today() == day


def test_the_moment_is_told_in_utc_whatever_zone_it_was_given_in():
    moment = datetime(2026, 7, 1, 12, tzinfo=OTTAWA)
    with clock.at(moment):
        assert clock.now() == moment
        assert clock.now().isoformat() == "2026-07-01T16:00:00+00:00"


def test_a_moment_without_a_zone_is_no_moment():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime.fromisoformat("2026-07-01T12:00")):
        pass
