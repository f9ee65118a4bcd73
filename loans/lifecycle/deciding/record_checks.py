"""What was checked and asked for before a decision, as its frozen file keeps it: codes, keys, hashes and words."""

from typing import Any

from loans.lifecycle.deciding.record_figures import Plain, day
from loans.lifecycle.reviewing.flags import Flag, flags_of
from loans.models import Application, ChecklistAnswer, ChecklistItem, ScoreBand


def checklist_in_words(case: Application) -> Plain:
    """Each item of the case's list, in the words of its row, with the answer that counts."""
    if not case.checklist:
        return []
    rows = ChecklistItem.objects.in_bulk(case.checklist)
    answers = ChecklistAnswer.objects.filter(application=case.pk).select_related("event__by").order_by("pk")
    newest = {answer.item_id: answer for answer in answers}
    return [
        {
            "key": row.pk,
            "code": row.code,
            "text_en": row.text_en,
            "text_fr": row.text_fr,
            "hash": row.words_hash,
            "answer": _answer(newest.get(row.pk)),
        }
        for row in (rows[key] for key in case.checklist if key in rows)
    ]


def _answer(answer: ChecklistAnswer | None) -> Plain:
    if answer is None:
        return None
    told = {"key": answer.pk, "answer": answer.answer, "note": answer.note or ""}
    return {**told, "by": str(answer.event.by), "on": day(answer.event.at)}


def flags_in_words(case: Application) -> Plain:
    """Every flag by its facts, and what was said of it; nobody else who asked for a loan is named."""
    return [_flag(flag) for flag in flags_of(case)]


def _flag(flag: Flag) -> dict[str, Any]:
    told = {"kind": flag.kind, "key": flag.key, "facts": flag.found.facts}
    if flag.answer is None or flag.is_open:
        return {**told, "answer": None}
    event = flag.answer.event
    note = event.note.text if hasattr(event, "note") else ""
    said = {"verdict": flag.answer.verdict, "note": note, "by": str(event.by), "on": day(event.at)}
    return {**told, "answer": said}


def conditions_in_words(case: Application) -> Plain:
    """What a yes asks for before signing or before money is sent, in the words that bind."""
    return [
        {
            "key": each.pk,
            "before": each.before,
            "advance": each.advance,
            "text_en": each.text_en,
            "text_fr": each.text_fr,
        }
        for each in case.conditions.standing().select_related("words")
    ]


def reports_in_figures(case: Application) -> Plain:
    """What credit bureaus said, in sums; the report itself is among the papers."""
    reports = [each for each in case.credit_reports.standing().select_related("bureau", "event__by") if each.told]
    bands = {band.code: band for band in ScoreBand.objects.all()} if reports else {}
    return [
        {
            "key": each.pk,
            "bureau": each.bureau.name,
            "on": each.reported_on.isoformat(),
            "band": each.told["band"],
            "band_en": bands[each.told["band"]].name_en if each.told["band"] in bands else "",
            "band_fr": bands[each.told["band"]].name_fr if each.told["band"] in bands else "",
            "debts": len(each.debts),
            "balance_cents": each.balance_cents,
            "monthly_cents": each.monthly_cents,
            "by": str(each.event.by),
            "entered_on": day(each.event.at),
        }
        for each in reports
    ]
