"""With these people, which deeds can nobody do? Asked of the very rules that guard the deeds, on imagined cases."""

from types import SimpleNamespace

from django.utils.translation import gettext as _

from accounts.models import Role, User
from loans import rules
from loans.models import Application, Loan, Product


def imagined(**remembered):
    """A stranger's case or loan of which only who did what is known, as the rules read it."""
    known = {"recommended_by_id": None, "decided_by_id": None, "reviewer_id": None, "is_for_the_committee": False}
    known |= {"kept_from": (), "former_reviewers": (), "decliners": (), "assistants": ()}
    row = SimpleNamespace(**{**known, "write_off_proposed_by_id": None, "written_off_by_id": None, **remembered})
    row.applicant = SimpleNamespace(user_id=None)
    row.parties = SimpleNamespace(all=list)
    row.case = row
    return row


def gaps(people):
    """One sentence for each deed that none of `people` (users with their roles) could do. Empty: all is covered."""
    officers = [person for person in people if Role.OFFICER in person.roles]
    managers = [person for person in people if Role.MANAGER in person.roles]
    found = [
        *_of_everybody(people),
        *_of_recommendations(people, officers),
        *_of_appeals(people, officers, managers),
        *_of_write_offs(people, officers, managers),
    ]
    return list(dict.fromkeys(found))


def _nobody(people, rule, **remembered):
    return not any(rule(imagined(**remembered), person) for person in people)


def _of_everybody(people):
    if _nobody(people, rules.is_officer):
        yield _("Nobody can take a case: a loan officer is missing.")
    if _nobody(people, rules.is_finance):
        yield _("Nobody can record payments: somebody in finance is missing.")


def _of_recommendations(people, officers):
    votes = [
        max(p.votes_needed, p.quorum or 0) for p in Product.objects.on_offer() if p.one_decides_up_to_cents is not None
    ]
    for officer in officers:
        name = {"officer": officer.name}
        if _nobody(people, rules.is_second_pair_of_eyes, recommended_by_id=officer.pk):
            yield _("Nobody can decide on what %(officer)s recommends: another manager is missing.") % name
        if _nobody(people, rules.may_send_money, recommended_by_id=officer.pk):
            yield _(
                "Nobody can send the money for what %(officer)s recommends: somebody else in finance is missing."
            ) % (name)
        members = [each for each in people if Role.COMMITTEE in each.roles and each != officer]
        if votes and len(members) < max(votes):
            yield (
                _("Above the limit nobody can approve what %(officer)s recommends: the committee is too small.") % name
            )


def _of_appeals(people, officers, managers):
    for officer in officers:
        for manager in managers:
            if officer != manager and _nobody(
                people, rules.may_hear_appeal, reviewer_id=officer.pk, decided_by_id=manager.pk
            ):
                yield _("Nobody can hear an appeal against what %(manager)s decides on a case of %(officer)s.") % {
                    "manager": manager.name,
                    "officer": officer.name,
                }


def _of_write_offs(people, officers, managers):
    for person in dict.fromkeys([*officers, *managers]):
        if _nobody(people, rules.may_write_off, write_off_proposed_by_id=person.pk):
            yield _("Nobody can write off what %(person)s proposes to: another manager is missing.") % {
                "person": person.name
            }


def who_is_missing(case):
    """Why this case waits for nobody who works here, in one sentence; empty when somebody can act."""
    asked = _WAITS_FOR.get(case.state)
    if case.state == Application.State.APPROVED:
        signed = any(loan.state == Loan.State.SIGNED for loan in case.loans.all())
        asked = _to_send if signed else None
    if asked is None:
        return ""
    sentence, rule = asked(case)
    return "" if any(rule(case, person) for person in User.objects.staff()) else sentence


def _to_take(case):
    return _("Nobody who works here can take this case: a loan officer who is a stranger to it is missing."), (
        rules.is_officer
    )


def _to_decide(case):
    if case.is_for_the_committee:
        if case.recommendation.is_counted:
            return "", rules.may_vote
        return _("Nobody who works here can vote on this: another committee member is missing."), rules.may_vote
    return (
        _("Nobody who works here can decide on this: a manager who did not recommend it is missing."),
        rules.is_second_pair_of_eyes,
    )


def _to_hear(case):
    return (
        _("Nobody who works here can hear this appeal: a manager or committee member who had no part is missing."),
        rules.may_hear_appeal,
    )


def _to_send(case):
    return (
        _("Nobody who works here can send this money: somebody in finance who did not recommend it is missing."),
        rules.may_send_money,
    )


_WAITS_FOR = {
    Application.State.SUBMITTED: _to_take,
    Application.State.RECOMMENDED: _to_decide,
    Application.State.APPEALED: _to_hear,
}
