"""Pages leave the house compressed; why that is safe here: docs/decisions/0015-pages-are-compressed.md."""

from django.middleware.gzip import GZipMiddleware

WORDS = ("text/", "application/json")


class CompressionMiddleware(GZipMiddleware):
    """Words are compressed for browsers that take it; photos, PDFs and archives are small as they are."""

    def process_response(self, request, response):
        if not response.get("Content-Type", "").startswith(WORDS):
            return response
        return super().process_response(request, response)
