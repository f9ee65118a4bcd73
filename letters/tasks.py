"""Doorbells: ids, one call, safe to ring twice."""

from celery import shared_task

from letters import delivery


@shared_task
def deliver(letter_pk: int) -> None:
    """Hand one letter to the mail server, if it still waits."""
    delivery.hand_over(letter_pk)


@shared_task
def deliver_all(letter_pks: list[int]) -> None:
    """Hand over many letters that were posted together, each as `deliver` does."""
    for pk in letter_pks:
        delivery.hand_over(pk)


@shared_task
def deliver_waiting() -> None:
    """Every minute: what a lost broker, a busy mail server or a dead worker left behind."""
    delivery.sweep()
