"""Doorbells: an id, one call, safe to ring twice."""

from celery import shared_task

from letters import delivery


@shared_task
def deliver(letter_pk: int) -> None:
    """Hand one letter to the mail server, if it still waits."""
    delivery.hand_over(letter_pk)


@shared_task
def deliver_waiting() -> None:
    """Every minute: what a lost broker, a busy mail server or a dead worker left behind."""
    delivery.sweep()
