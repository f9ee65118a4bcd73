"""The committee's votes as the case page shows them: who has voted; how, only once all are in."""


def votes_of(recommendation):
    """The votes on these terms: how many are needed, who has voted, and, after the last, how and why."""
    votes = list(recommendation.votes.all())
    needed = recommendation.application.product.votes_needed
    return {
        "needed": needed,
        "missing": max(needed - len(votes), 0),
        "are_open": len(votes) >= needed,
        "rows": votes,
    }
