"""What stands on a page, as its reader reads it."""

import html


def words(response):
    """The page with its entities read: “don't”, not “don&#x27;t”."""
    return html.unescape(response.content.decode())
