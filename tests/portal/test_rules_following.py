"""What belongs to a followed topic, and when its letter is due."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.rules.following import KINDS, Topic, belongs, due, published, topic_of

ZONE = timezone(timedelta(hours=7))
TEXT = "12/NQ-HĐND Về bảng giá đất tỉnh Thử\nHội đồng nhân dân tỉnh Thử\nĐiều 1. Mức học phí."
topics = st.builds(
    Topic, asked=st.text(max_size=80), council=st.sampled_from(["", "tinh-thu", "ha-dong"]),
    kind=st.sampled_from(["", *KINDS]),
)  # fmt: skip
moments = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(ZONE))


@given(topics)
def test_a_topic_is_the_same_after_its_line_was_read(topic):
    assert topic_of(topic.text).text == topic.text


@given(st.text(max_size=400))
def test_any_line_is_a_topic(line):
    assert topic_of(line).kind in {"", *KINDS}


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        (Topic(council="tinh-thu"), True),
        (Topic(council="ha-dong"), False),
        (Topic(asked="giá đất"), True),
        (Topic(asked="gia dat"), True),
        (Topic(asked="học phí bảng giá"), True),
        (Topic(asked="giá nước"), False),
        (Topic(asked="“giá học”"), False),
        (Topic(asked="“bảng giá đất”", council="tinh-thu", kind="resolution"), True),
        (Topic(asked="giá đất", kind="poll"), False),
        (Topic(asked="12/NQ-HĐND"), True),
        (Topic(asked="12/2026/NQ-HĐND"), False),
    ],
)
def test_a_publication_belongs_where_all_words_are_in_it(topic, told):
    found = published(council="tinh-thu", kind="resolution", text=TEXT)
    assert belongs(found, topic) is told


@given(topics, st.text(max_size=200))
def test_more_words_never_take_a_publication_away(topic, more):
    short = published(council="tinh-thu", kind="poll", text=TEXT)
    longer = published(council="tinh-thu", kind="poll", text=f"{TEXT}\n{more}")
    assert not belongs(short, topic) or belongs(longer, topic)


@given(moments)
def test_letters_are_due_now_next_morning_or_next_monday(now):
    assert due("at_once", now) == now
    daily, weekly = due("daily", now), due("weekly", now)
    assert now < daily <= now + timedelta(days=1)
    assert daily <= weekly <= now + timedelta(days=7)
    assert (daily.hour, weekly.hour, weekly.weekday()) == (7, 7, 0)


def test_a_digest_of_sunday_night_goes_out_on_monday_morning():
    now = datetime(2026, 7, 12, 16, 59, tzinfo=UTC).astimezone(ZONE)  # Sunday, 23:59
    assert due("weekly", now) == datetime(2026, 7, 13, 7, tzinfo=ZONE)
    assert due("daily", now) == datetime(2026, 7, 13, 7, tzinfo=ZONE)
