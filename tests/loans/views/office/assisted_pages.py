"""The pages of a case, opened and sent by whoever helps with it."""

from django.urls import reverse

from tests.people import signs_in


def at(name, case):
    return reverse(name, args=[case.reference])


def opens(client, who, name, case):
    signs_in(client, who)
    return client.get(at(name, case))


def sends(client, who, name, case, **typed):
    signs_in(client, who)
    return client.post(at(name, case), typed)
