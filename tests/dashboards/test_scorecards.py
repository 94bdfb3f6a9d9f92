from dashboards.parts.scorecards import meter, scorecards
from dsp.summary import Counts, Metric, Overall, Summary

SUMMARY = Summary(
    {
        "pitch_accuracy": Metric(6.0, "cents", 4.0, 9.0, 64, 0.86, {"tuning": "includes <your> tuning"}),
        "timing_stability": Metric(None, "ms", None, None, 1, None, {"reason": "not enough notes yet"}),
    },
    Overall(0.86, {"pitch_accuracy": 1.0}),
    Counts(66, 62, 2, 2),
)


def test_a_card_tells_score_word_value_interval_and_number() -> None:
    html = scorecards(SUMMARY)
    for words in ("86<small>good", "6 cents off", "4 to 9", "64 notes", "62 right", "2 wrong", "2 not sure"):
        assert words in html


def test_what_was_not_measured_says_why_and_has_no_bar() -> None:
    html = scorecards(SUMMARY)
    assert "no score" in html
    assert "not enough notes yet" in html
    assert html.count('class="meter"') == 2


def test_words_are_no_html() -> None:
    assert "includes &lt;your&gt; tuning" in scorecards(SUMMARY)


def test_the_line_on_a_bar_is_the_average() -> None:
    assert "left:71.5%" in meter(80, 71.5)
    assert "<i" not in meter(80)
    assert meter(None) == ""
