"""What is said about tasks, appointments and the office's calendar; part of loans.refusals."""

from django.utils.translation import gettext as _

SENTENCES = {
    "due_past": lambda f: _("This day is over. Please choose today or a later day."),
    "time_and_way": lambda f: _("An appointment needs both a time and a way. Without them it is a task."),
    "unknown_colleague": lambda f: _("Please choose somebody of the loan office who may open this case."),
    "task_closed": lambda f: _("Somebody has done or cancelled this meanwhile."),
    "day_too_far": lambda f: _("The calendar ends with the year %(year)s.") % f,
    "weekend_day": lambda f: _("This is a Saturday or Sunday, which are no business days anyway."),
}
FIELDS = {
    "due_past": "due_on",
    "time_and_way": "at",
    "unknown_colleague": "for_whom",
    "day_too_far": "day",
    "weekend_day": "day",
}
