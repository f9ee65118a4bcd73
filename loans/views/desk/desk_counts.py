"""How many cases each list holds: one query for all of them, and none is counted further than it is shown."""

from django.db.models import IntegerField, Subquery

from accounts.models import Recovery, User
from accounts.recovery import HANDLE
from config import clock
from loans.lifecycle.writing.call_backs import may_call, who_waits
from loans.views.desk.desk_lists import MOST, listed, lists_of
from loans.views.office.office_appeals import open_appeals
from loans.views.office.office_complaints import to_look_after
from loans.views.office.office_diary import overdue_of, undelivered_of
from loans.views.office.office_referrals import overdue_referrals


class UpToMost(Subquery):
    """How many rows a query has, of MOST + 1 that it may have: more cost nothing."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()
    empty_result_set_value = 0

    def __init__(self, rows):
        super().__init__(rows.order_by().values("pk")[: MOST + 1])


def counted(asked):
    """{what: how many} for a reader's desk: each list by its key, `found`, `lost_addresses`, of the calls to be made
    `calls_waiting` and `calls_overdue`, and what else waits for the reader: `complaints`, `complaints_overdue`,
    `referrals` without an outcome for long, `tasks` that are overdue, letters `undelivered`.

    A count above MOST says only that there are more.
    """
    reader, known = asked.reader, asked.known()
    wanted = {key: listed(known, key, reader) for key in lists_of(reader)}
    if asked.narrows:
        wanted["found"] = asked.found()
    if reader.roles & HANDLE:
        wanted["lost_addresses"] = Recovery.objects.filter(end="")
    if may_call(reader):
        wanted |= {f"calls_{key}": rows for key, rows in who_waits(clock.today()).items()}
    waiting = to_look_after(reader)
    wanted |= {"complaints": waiting, "complaints_overdue": waiting.filter(due_on__lt=clock.today())}
    wanted["appeals"] = open_appeals(reader)
    wanted |= {"referrals": overdue_referrals(reader), "tasks": overdue_of(reader)}
    wanted["undelivered"] = undelivered_of(reader)
    expressions = {f"{key}_count": UpToMost(rows) for key, rows in wanted.items()}
    row = User.objects.filter(pk=reader.pk).values(**expressions).get()
    counts = {key: row[f"{key}_count"] for key in wanted}
    none = {"found": counts.get(asked.show, 0), "lost_addresses": 0, "calls_waiting": 0, "calls_overdue": 0}
    return none | counts
