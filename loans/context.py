"""What every page knows about the state of the office."""

from django.http import HttpRequest

from loans import floor


def safety(request: HttpRequest) -> dict:
    """{"is_ready": asked only by a page that shows the banner} whether real people's data may enter."""
    return {"is_ready": floor.is_ready}
