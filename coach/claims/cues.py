"""The words that claim something about playing: which metric is spoken of, and which way it goes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from dsp.summary import MetricName

Topic = MetricName | Literal["overall"]

CueName = str
"""A key of `_CUES`."""

TOPICS: Mapping[Topic, re.Pattern[str]] = MappingProxyType(
    {
        "pitch_accuracy": re.compile(
            r"\bpitch(?:es|ing)?\b|\bintonation\b|\b(?:in|out of) tune\b|\btuning\b|\bcents?\b|\bsharp\b"
            r"|\bflat\b|\boff pitch\b"
        ),
        "scale_conformity": re.compile(
            r"\b(?:wrong|right|correct) notes?\b|\b(?:in|outside|out of|inside|off|of|to|from) (?:the|your"
            r"|its) scale\b"
            r"|\bare wrong\b|\b(?:your|the) scale\b|\bscale (?:score|accuracy|adherence|conformity|notes?)\b"
            r"|\bnote choices?\b"
            r"|\bmiss(?:es|ed|ing)?\b|\badherence\b|\bconformity\b|\bscale\b(?=:| \(?\d| (?:is|was|at|has"
            r"|rises"
            r"|falls"
            r"|came|scored)\b)"
            r"|\b(?:in|for|on) scale\b|\bscale and\b|\band scale\b"
        ),
        "timing_stability": re.compile(
            r"\btiming\b|\brhythm(?:ic|ically)?\b|(?<!take )\b(?:your|in|keep|on) time\b|\bearly\b|\blate\b"
            r"|\brush\w*\b|\bdrag\w*\b"
            r"|\bhurr\w+\b|\bms\b|\bmilliseconds?\b|\bbeats?\b|\bclick\b|\bmetronome\b|\bgroove\b|\bpulse\b"
            r"|\bscatter\w*\b"
            r"|\b(?:un)?steady\b|\b(?:un)?steadi\w+\b|\b(?:un)?even(?:ness|ly)\b|\buneven\b|\bspeed(?:s"
            r"|ing)? up\b|\bahead of\b"
            r"|\bbehind the\b|\btempo\b"
        ),
        "noise_control": re.compile(
            r"\bnois\w+\b|\bclean(?:ly|er|ness|est)?\b|\bstrays?\b|\b(?:ring(?:s|ing)?|rang|rung) (?:on|over"
            r"|out)\b|\bring-overs?\b"
            r"|\bbuzz\w*\b|\bmut(?:ed|ing)\b|\brests\b|\bunwanted\b|\bhum\b|\bmessy\b|\bknocks?\b"
        ),
        "overall": re.compile(r"\boverall\b|\btotal score\b|\ball in all\b|\bon the whole\b(?=.*\bscore)"),
    }
)
"""How a metric is spoken of."""

_NAMES = re.compile(r"(?:pitch|intonation|timing|rhythm|noise|overall|scale|your scale|the scale)\b")
"""A metric by its name, which says more than a word that has to do with it: "your noise is steady"."""

_ACCIDENTAL = r"(?<!\b[a-g] )"
_CUES: Mapping[CueName, re.Pattern[str]] = MappingProxyType(
    {
        "early": re.compile(
            r"\bearl(?:y|ier|iness)\b|\bms (?:too )?fast\b|\brush(?:ed|es|ing)?\b|\bhurr(?:y|ied|ies|ying)\b"
            r"|\bahead of\b"
            r"|\banticipat\w+\b|\b(?:you|notes|they) (?:all )?(?:lead|led)\b|\bpush(?:es|ed|ing)? the "
            r"(?:beat|click|tempo)\b"
            r"|\bhasty\b|\bpremature\w*\b"
            r"|\b(?:before|in front of) (?:the |your |each )?(?:click|beat|metronome)\b|\btoo soon\b"
        ),
        "late": re.compile(
            r"\blate(?:ness)?\b|\blater\b|\bms (?:too )?slow\b|\blag(?:s|ged|ging)?\b|\bdrag(?:s|ged"
            r"|ging)?\b|\bbehind (?:the )?(?:click"
            r"|beat|time|metronome)\b"
            r"|\bafter (?:the |your |each )?(?:click|beat|metronome)\b|\blaid back\b|\bsluggish\b|\btardy\b"
            r"|\bdelayed\b"
            r"|\b(?:you|notes|they) (?:all )?trail(?:s|ed)?\b|\bbehind\b(?= by|\W*$)"
        ),
        "sharp": re.compile(rf"{_ACCIDENTAL}\bsharp(?:er)?\b|\btoo high\b|\b(?:above|over) (?:the |their "
                            rf")?pitch\b"),
        "flat": re.compile(rf"{_ACCIDENTAL}\bflat(?:ter)?\b|\btoo low\b|\b(?:below|under) (?:the |their "
                           rf")?pitch\b"),
        "speeding": re.compile(
            r"\bspe(?:ed|eds|eding|d) up\b|\baccelerat\w+\b|\b(?:get|gets|getting|got) faster\b|\brush(?:ed"
            r"|es|ing)?\b"
            r"|\b(?:ran|runs|running) away\b|\bdrift(?:s|ed|ing)? (?:ahead|forward)\b"
        ),
        "slowing": re.compile(
            r"\bslow(?:s|ed|ing)? down\b|\b(?:sags?|sagged)\b|\bdecelerat\w+\b|\b(?:get|gets|getting|got) "
            r"slower\b|\bfall(?:s"
            r"|ing)? behind\b"
            r"|\bfell behind\b|\bdrift(?:s|ed|ing)? (?:back|behind)\b|\bdrag(?:s|ged|ging)?\b"
        ),
        "better": re.compile(
            r"(?<!room for )\bimprov\w+\b|\bjump(?:s|ed) (?:by|from|to)\b|\bsoar\w*\b|\bleapt\b|\bbetter\b"
            r"|\brises?\b"
            r"|\brising\b|\brisen\b|\brose\b|\bclimb(?:s|ed|ing)\b"
            r"|\bprogress(?:ed|ing)?\b"
            r"|\bincreas\w+\b|\bgain(?:s|ed|ing)? (?:[\d.]+ )?points?\b|\bgrow(?:s|n|ing)\b|\bgrew\b|\b(?:is"
            r"|are|was|were|went"
            r"|go|goes|going|gone) up\b"
            r"|(?<!speed )(?<!speeds )(?<!sped )\bup by \d|\btightened\b|\b(?:is|are|getting|became"
            r"|become) (?:tighter|cleaner|steadier|stronger)\b"
            r"|\b(?:points?|score|scores|much|clearly|is|are) higher\b"
            r"|\bmore (?:accurate|even|consistent|stable|steady|precise|in tune|relaxed|secure)\b"
        ),
        "worse": re.compile(
            r"\bworse\w*\b|\bdeclin\w+\b|\bslipping\b|\bslips\b|\bslipped\b(?! in\b)|\bdeteriorat\w+\b"
            r"|\bdrop(?:s|ped"
            r"|ping)\b|\bfalls\b|\bfell\b"
            r"|\bfalling\b(?! behind)|\bfallen\b|\bsank\b|\bsinks?\b|\b(?:is|are|was|were|went|go|goes"
            r"|going) down\b"
            r"|(?<!slow )(?<!slows )(?<!slowed )\bdown by \d|\bdecreas\w+\b|\bregress\w*\b"
            r"|\blos(?:t|es|ing) \d|\bless (?:accurate|even|consistent|stable|steady|precise|secure)\b"
            r"|\b(?:points?|is|are) lower\b"
        ),
        "same": re.compile(
            r"\b(?:steady|stable|constant) (?:from|over|for|since|week)\b|\b(?:held|holds|holding|stays"
            r"|stayed|remained|remains)"
            r" (?:steady|stable|level|constant)\b|\bplateau\w*\b|\bstagnat\w*\b|\bunchanged\b|\bno (?:sure "
            r"|clear |real )?change\b"
            r"|\bnot changed\b|\bhasn't changed\b|\bno difference\b|\bthe same as\b|\b(?:not|n't) moved\b"
        ),
        "scatter": re.compile(
            r"\bscatter\w*\b|\bspread\b|\bdeviation\b|\bvar(?:y|ies|ied|iation)\b|\buneven\w*\b|\bwander\w*\b"
            r"|\bjitter\w*\b|\bwobbl\w+\b"
            r"|\bspread out\b"
        ),
        "drift": re.compile(r"\bdrift(?:s|ed|ing)?\b"),
        "wrong": re.compile(
            r"\bwrong\b|\boutside (?:of )?(?:the|your|its|[a-g](?:#|b)?)(?!\w)|\bout of the scale\b|\boff "
            r"the scale\b"
            r"|\bmiss(?:es|ed|ing)?\b"
            r"|\bmistakes?\b|\bslips\b(?= (?:of|come|came|in))|\berrors?\b|\bincorrect\b"
        ),
        "in scale": re.compile(r"\b(?:in|inside|within|of|belong to|to) (?:the|your) scale\b|\b(?:right"
                               r"|correct) notes?\b"),
        "ring": re.compile(r"\b(?:ring(?:s|ing)?|rang|rung) (?:on|over|out)\b|\bring-overs?\b|\bringing\b"
                           r"|\bsustain\w*\b"),
        "stray": re.compile(r"\bstrays?\b|\bknocks?\b|\bunwanted\b|\bwithout a note\b|\bsounds? (?:come"
                            r"|came)\b"),
        "hum": re.compile(r"\b(?:buzz(?:es|ed|ing)?|hum(?:s|med|ming)|hiss\w*)\b"),
        "elsewhere": re.compile(r"\belsewhere\b|\bapart from\b|\busual(?:ly)?\b|\botherwise\b|\bother "
                                r"(?:notes|places)\b|\bthe rest\b"),
        "latest": re.compile(r"\b(?:latest|newest|last|most recent|today's) (?:\w+ )?(?:session|score|time"
                             r"|take|practice|one|evening)\b"
                             r"|\blatest\b|\bthis session\b"),
        "this week": re.compile(r"\bthis week\b|\bsince monday\b"),
        "last week": re.compile(r"\blast week\b|\bweek before\b|\bprevious week\b"),
        "a week": re.compile(r"\b(?:a|per|each|every) week\b|\bweekly\b|/week"),
        "a minute": re.compile(r"\b(?:a|per|each|every) minute\b|/min"),
        "streak": re.compile(r"\bstreak\b|\bin a row\b|\bconsecutive\b|\brunning\b"),
        "ago": re.compile(r"\bago\b|\boff\b|\bbreak\b|\bsince your\b|\bwithout (?:practice|practising"
                          r"|playing)\b|\blast (?:practice|practised|session)\b"),
        "mean": re.compile(r"\b(?:average|mean)\b"),
        "of notes": re.compile(r"\bof (?:your |the |all |those |these )*notes\b|\bnotes\b|\bof the time\b"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that claims, and where it stands in the sentence."""

    name: CueName
    start: int
    end: int


def cues(low: str) -> list[Cue]:
    """Every cue of a sentence in lower case, in the order of the text."""
    found = (Cue(name, *match.span()) for name, pattern in _CUES.items() for match in pattern.finditer(low))
    return sorted(found, key=lambda cue: (cue.start, cue.end))


def topics(low: str) -> Iterator[tuple[int, Topic]]:
    """The metrics that are spoken of and where, in the order of the text."""
    found = [(match.start(), topic) for topic, pattern in TOPICS.items() for match in pattern.finditer(low)]
    yield from sorted(found)


def topic_at(low: str, start: int, end: int, before: str, clause: tuple[int, int]) -> Topic | None:
    """The metric that something in a sentence is about.

    Parameters
    ----------
    low : the sentence in lower case
    start, end : the thing, such as a number
    before : everything said earlier, lower case
    clause : start and end of the clause with it

    Returns
    -------
    the one named right after it ("82 for timing"), else the nearest in the clause, else the last one named
    before; None where none was named
    """
    named = list(topics(low))
    after = re.match(r"[^,;:.]{0,3}\s*(?:for|in|on) (?:your |the )?(?=\w)", low[end:])
    if after is not None:
        follows = [topic for place, topic in named if place == end + after.end()]
        if follows:
            return follows[0]
    inside = [(place, topic) for place, topic in named if clause[0] <= place < clause[1]]
    inside = [each for each in inside if _NAMES.match(low, each[0])] or inside
    if inside:
        earlier = [topic for place, topic in inside if place < start]
        return earlier[-1] if earlier else inside[0][1]
    earlier = [topic for place, topic in named if place < start]
    if earlier:
        return earlier[-1]
    if named and len({topic for _, topic in named}) == 1:
        return named[0][1]
    said = [topic for _, topic in topics(before)]
    return said[-1] if said else None
