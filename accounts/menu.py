"""The menu: who finds which pages, in one list."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Role

STAFF = frozenset(Role)
MENU = (
    # label, url name, roles that see it
    (_("Cases"), "desk", {Role.OFFICER, Role.MANAGER, Role.COMMITTEE, Role.AUDITOR}),
    (_("Diary"), "diary", {Role.OFFICER, Role.MANAGER}),
    (_("Calls"), "calls", {Role.OFFICER, Role.MANAGER}),
    (_("Complaints"), "complaints", {Role.MANAGER, Role.COMMITTEE, Role.AUDITOR}),
    (_("Money"), "money_desk", {Role.FINANCE}),
    (_("Loans"), "loans", {Role.OFFICER, Role.MANAGER, Role.FINANCE, Role.AUDITOR}),
    (_("Calendar"), "calendar", STAFF),
    (_("People"), "people", {Role.MANAGER}),
    (_("Languages"), "languages", {Role.MANAGER}),
    (_("Settings"), "office_settings", {Role.MANAGER, Role.COMMITTEE, Role.AUDITOR}),
    (_("Reports"), "reports", {Role.MANAGER, Role.FINANCE, Role.AUDITOR}),
)
FOR_EVERYBODY = (_("My applications"), "my_cases")


def menu_for(user):
    """(label, url name) of each page this person finds in the menu. Staff with no case of their own see no "my"."""
    if not user.is_authenticated:
        return []
    found = [(label, name) for label, name, roles in MENU if user.roles & roles]
    return found if user.is_staff else [*found, FOR_EVERYBODY]
