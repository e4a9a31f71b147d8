"""What follows an election in which seats stay open: another round, or a new nomination.

How many rounds there are is the council's own regulation (`election.second_round`, default two);
no text settles it, and the popular election's rule must not be borrowed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Following(StrEnum):
    """What comes after a round."""

    DONE = "done"
    ROUND = "round"
    """Another round for the open posts."""
    ANEW = "anew"
    """No round is left, or nobody is left to stand in one: back to the nomination."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One post after a round: seats that nobody won, candidates who were not elected."""

    seats_left: int
    others: int


def following(posts: Sequence[Standing], *, number: int, max_rounds: int) -> Following:
    """What follows the round.

    Args:
        posts: all posts of the paper.
        number: which round it was, from 1.
        max_rounds: how many the regulation allows.
    """
    still_open = [post for post in posts if post.seats_left > 0]
    if not still_open:
        return Following.DONE
    if number < max_rounds and any(post.others for post in still_open):
        return Following.ROUND
    return Following.ANEW
