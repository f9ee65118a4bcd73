"""The filters that write sums, rates, days and hours in the reader's language: `{{ owed_cents|money }}`."""

from django import template
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import get_language, get_language_info

from letters import wording
from letters.spoken import spoken

register = template.Library()
register.filter("money", wording.money)
register.filter("percent", wording.percent)
register.filter("number", wording.number)
register.filter("day", wording.day)
register.filter("short_day", wording.short_day)
register.filter("moment", wording.moment)
register.filter("ltr", wording.left_to_right)


@register.filter
def told(row, what):
    """Words of a row in a page: `{{ lender|told:"hours" }}`; marked as another language where they are in one."""
    words = spoken(row, what)
    text = linebreaksbr(words.text)
    if words.language == get_language():
        return text
    direction = "rtl" if get_language_info(words.language)["bidi"] else "ltr"
    return format_html('<span lang="{}" dir="{}">{}</span>', words.language, direction, text)
