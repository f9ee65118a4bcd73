"""The page of a loan, as the office reads it and sends its forms."""

from django.urls import reverse


def here(loan):
    return reverse("loan", args=[loan.number])


def read(client, user, loan):
    client.force_login(user)
    return client.get(here(loan))


def send(client, user, loan, to, *more, **data):
    client.force_login(user)
    return client.post(reverse(to, args=[loan.number, *more]), data)


def deeds(response):
    return [deed["key"] for deed in response.context["deeds"]]
