"""The filters that write sums, rates, days and hours in the reader's language: `{{ owed_cents|money }}`."""

from django import template

from letters import wording

register = template.Library()
register.filter("money", wording.money)
register.filter("percent", wording.percent)
register.filter("number", wording.number)
register.filter("day", wording.day)
register.filter("short_day", wording.short_day)
register.filter("moment", wording.moment)
