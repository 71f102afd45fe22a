"""What a moderator's decision says about a text, as labels of the classifier. The only place where this is decided."""

# Codes that a rejection can carry, by what they say beyond "toxic". Others say nothing about what the text is like.
_TOXIC_REASONS: dict[str, tuple[str, ...]] = {
    "toxic": (),
    "abuse": (),
    "harassment": (),
    "severe_toxic": ("severe_toxic",),
    "obscene": ("obscene",),
    "threat": ("threat",),
    "insult": ("insult",),
    "hate": ("identity_hate",),
    "identity_hate": ("identity_hate",),
    "sexual": ("sexual_explicit",),
    "sexual_explicit": ("sexual_explicit",),
}
_SPAM_REASONS = frozenset({"spam", "advertising"})


def labels_of(action: str, reason: str) -> dict[str, float]:
    """Labels 0 or 1 for a decision; a label that is absent is not known, never "no". Empty: nothing to learn.

    A comment called spam may be rude as well, so spam says nothing about toxicity. A rejection for another reason
    (off topic, a legal matter) was seen by a person who had a spam button and did not press it.
    """
    if action == "approve":
        return {"spam": 0.0, "toxic": 0.0}
    if action == "spam" or (action == "reject" and reason in _SPAM_REASONS):
        return {"spam": 1.0}
    if action == "reject" and reason in _TOXIC_REASONS:
        return {"spam": 0.0, "toxic": 1.0} | dict.fromkeys(_TOXIC_REASONS[reason], 1.0)
    if action == "reject":
        return {"spam": 0.0, "other": 1.0}
    return {}
