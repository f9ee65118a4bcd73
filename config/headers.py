"""What a browser may do on our pages beside what Django and django-csp say of it."""

# A file box that opens the camera needs no permission of the page.
POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("accelerometer", "browsing-topics", "camera", "geolocation", "microphone", "payment", "usb")
)


class PermissionsPolicyMiddleware:
    """No page of ours, and nothing that somebody smuggles into one, asks for the devices of its reader."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", POLICY)
        return response
