"""The committee's votes as the case page shows them: who has voted; how, only once they are counted."""


def votes_of(recommendation):
    """The votes on these terms: by which rule they are counted, who has voted, and, after the count, how and why."""
    product = recommendation.application.product
    counted = recommendation.vote_count if recommendation.is_counted else None
    return {
        "needed": counted.needed if counted else product.votes_needed,
        "quorum": counted.quorum if counted else product.quorum or product.votes_needed,
        "counted": counted,
        "rows": list(recommendation.votes.all()),
    }
