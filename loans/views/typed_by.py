"""Who typed an answer, where it was not the person who asks for the loan."""

from loans.models import Answer


def typists(case):
    """{(page, question, line): {"name", "at"}} of the answers that stand and somebody else typed.

    One query, and only where somebody ever helped; `case` comes with its applicant.
    """
    if not case.assistants:
        return {}
    found = Answer.objects.filter(application=case, is_current=True).exclude(saved_by=case.applicant.user_id)
    return {
        (answer.section, answer.field, answer.line): {"name": str(answer.saved_by), "at": answer.saved_at}
        for answer in found.select_related("saved_by").defer("raw", "value")
    }


def marked_as_typed(pages, submission, typed):
    """`pages` (case_file.pages_of) of a sent form, each row of it with who typed it, where that was somebody else."""
    if not typed:
        return pages
    for page in pages:
        numbers = submission.line_numbers.get(page["slug"]) or [0]
        for number, line in zip(numbers, page["lines"], strict=False):
            for row in line["rows"]:
                row["typed_by"] = typed.get((page["slug"], row["name"], number))
    return pages
