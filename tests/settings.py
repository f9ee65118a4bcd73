"""Settings as managers change them in the tests."""

import pytest
from django.core.exceptions import PermissionDenied

from applicants.models import Partner
from config import clock
from loans.lifecycle.refusal import Refused
from loans.lifecycle.settings import office_settings
from loans.models import Event, IndexRate, Product, SettingChange
from loans.settings import KINDS


def standing(kind, code):
    """How a setting stands, as answers."""
    return KINDS[kind].answers_of(KINDS[kind].rows(code).first())


def proposed(kind, code, *, by, starts=None, reason="The board said so.", **changed):
    """`by` proposes that a setting stands as it does, but for `changed`."""
    said = {**standing(kind, code), **changed}
    kind = KINDS[kind]
    starts = starts or (clock.today() if kind.starts else None)
    return office_settings.propose(kind, code, said, by=by, reason=reason, starts=starts)


def settled(kind, code, *, by, second, **changed):
    """`by` proposes it and `second` confirms."""
    return office_settings.decide(proposed(kind, code, by=by, **changed), by=second, confirmed=True)


def traces():
    """What a refused deed must leave as it was."""
    return [model.objects.count() for model in (SettingChange, Product, IndexRate, Partner, Event)]


def refused(code, act):
    """`act()` is refused with this code and leaves nothing behind."""
    before = traces()
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    assert traces() == before
    return caught.value


def forbidden(act):
    before = traces()
    with pytest.raises(PermissionDenied):
        act()
    assert traces() == before
