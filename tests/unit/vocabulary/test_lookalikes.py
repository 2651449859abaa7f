"""The look-alikes of the vocabulary."""

from pipeline.vocabulary.lookalikes import lookalikes


def test_the_vocabulary_names_each_twin_once() -> None:
    known = lookalikes()
    assert len(set(known.twins.values())) == len(known.twins)
    assert not set(known.twins) & set(known.twins.values())
    assert all(large not in known.small for large in known.small.values())
