from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command

from tests.people import SECRET, authenticator_code
from vault import keys

pytestmark = pytest.mark.django_db
OLD = "dGVzdHMtb25seS10ZXN0cy1vbmx5LXRlc3RzLW9ubHk="
NEW = "bmV3LWZvci10ZXN0cy1uZXctZm9yLXRlc3RzLW5ldyE="


def rekey():
    out = StringIO()
    call_command("rekey", stdout=out, batch=1)
    return out.getvalue()


def test_no_secret_of_the_second_factor_stands_open_in_the_table(omar):
    RecoveryCodes.activate(omar)
    for authenticator in Authenticator.objects.filter(user=omar):
        assert SECRET not in str(authenticator.data)


def test_after_rekey_the_old_key_may_go_and_the_second_factor_still_works(omar, ada, settings):
    codes = RecoveryCodes.activate(omar).get_unused_codes()
    settings.VAULT_KEYS = {"1": OLD, "2": NEW}
    assert "accounts.second_factor.reseal: 3 looked at, 3 sealed again, 0 damaged" in rekey()
    settings.VAULT_KEYS = {"2": NEW}
    assert keys.newest_version() == 2
    factor = Authenticator.objects.get(user=omar, type=Authenticator.Type.TOTP)
    assert TOTP(factor).validate_code(authenticator_code())
    recovery = Authenticator.objects.get(user=omar, type=Authenticator.Type.RECOVERY_CODES)
    assert RecoveryCodes(recovery).get_unused_codes() == codes


def test_rekey_run_again_touches_nothing(omar, settings):
    settings.VAULT_KEYS = {"1": OLD, "2": NEW}
    rekey()
    assert "accounts.second_factor.reseal: 1 looked at, 0 sealed again" in rekey()


def test_a_damaged_secret_is_named_and_the_others_go_on(omar, ada, settings):
    broken = Authenticator.objects.get(user=omar)
    broken.data = {**broken.data, "secret": "not sealed at all"}
    broken.save()
    settings.VAULT_KEYS = {"1": OLD, "2": NEW}
    with pytest.raises(CommandError, match="1 could not be opened"):
        rekey()
    settings.VAULT_KEYS = {"2": NEW}
    assert TOTP(Authenticator.objects.get(user=ada)).validate_code(authenticator_code())
