"""How much one request may bring. What is more is refused before any of it is read, and so before it fills our disk."""

from django.shortcuts import render

MOST_BYTES = 100 * 1024 * 1024  # three photos of 25 MB, as a message may carry, and the rest of its form
TOO_LARGE = 413


class LargeRequestsMiddleware:
    """Whoever sends more is told how large a file may be. A body of which no length is told is never read (WSGI)."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        told = request.META.get("CONTENT_LENGTH") or ""
        if told.isascii() and told.isdecimal() and int(told[:30]) > MOST_BYTES:
            return render(request, "413.html", status=TOO_LARGE)
        return self.get_response(request)
