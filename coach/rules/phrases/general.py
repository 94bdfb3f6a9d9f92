"""Sentences that go with any finding: praise, reasons for the order, the way to the exercise."""

from collections.abc import Mapping
from types import MappingProxyType

from dsp.summary import MetricName

PRAISE: Mapping[MetricName, tuple[str, ...]] = MappingProxyType(
    {
        "pitch_accuracy": (
            "Your notes {are} in tune ({figure}).",
            "The pitch {holds} ({figure}).",
            "Your ear {leads} the fingers well ({figure}).",
            "Nice intonation ({figure}).",
        ),
        "scale_conformity": (
            "The hands {stay} where they belong ({figure}).",
            "The fingers {know} their way ({figure}).",
            "You {find} the right notes ({figure}).",
            "The choice of notes {is} sure ({figure}).",
        ),
        "timing_stability": (
            "Your timing {is} steady ({figure}).",
            "The time {holds} ({figure}).",
            "You {keep} good time ({figure}).",
            "The notes {sit} ({figure}).",
        ),
        "noise_control": (
            "Your playing {is} clean ({figure}).",
            "A clean sound ({figure}).",
            "The hands {keep} the strings quiet ({figure}).",
            "Well muted ({figure}).",
        ),
    }
)
"""What went well; {figure} is the measured figure."""

PERSEVERED = (
    "You kept at it: {notes} notes.",
    "{notes} notes played: that is the work.",
    "You stayed with it for {notes} notes.",
    "{notes} notes, and each of them practice.",
)
"""For a session in which nothing was good yet."""

HEADING = (
    "{Words}.",
    "Good news: {words}.",
    "The work shows: {words}.",
    "Worth knowing: {words}.",
    "Keep going, {words}.",
)
"""A fact that is good news, in its own words."""

SLIPPING = (
    "{Words}, so this is the moment.",
    "It needs you now: {words}.",
    "{Words}: a reason to begin here.",
    "And {words}, which is worth turning round.",
)
"""A fact that is bad news of the metric that is worked on, in its own words."""

WHY: Mapping[MetricName, tuple[str, ...]] = MappingProxyType(
    {
        "pitch_accuracy": (
            "Pitch comes before time and sound: a scale that is out of tune hides everything else.",
            "A sour note is heard before anything else, so begin with the pitch.",
            "An ear that is sure makes all other practice easier.",
            "Put the pitch right, and the rest has something to stand on.",
        ),
        "scale_conformity": (
            "Right notes come before everything else: fingers learn whatever they repeat.",
            "Get the notes sure, and there is room in your head for time and tone.",
            "Whether the notes belong is what everybody hears, so it goes before the finer things.",
            "Fingers that know where to go can afford to listen.",
        ),
        "timing_stability": (
            "Time is what others play along with, so it gets the minutes now.",
            "Good time makes simple notes sound like music.",
            "When the beat is sure, the hands relax, and much else goes with it.",
            "Notes that are right still need their moment; that is the work for now.",
        ),
        "noise_control": (
            "What sounds between the notes is what separates practice from a recording.",
            "Muting is a habit of both hands, and habits come from slow work.",
            "Silence belongs to the rhythm, so it deserves a few minutes.",
            "Muting pays back on every string, in everything you play.",
        ),
    }
)
"""Why the work begins with this metric."""

NOTHING_TO_MEND = (
    "Nothing asks for repair {within}: time to stretch.",
    "All that was measured {is} in order, so make it harder.",
    "There {is} nothing to mend {within}. Reach for something new.",
    "This {sits}. Raise the tempo a notch, or take it somewhere else on the neck.",
    "Well played. Keep the standard and change the task.",
)
"""For a player whose metrics are all excellent."""

TOO_LITTLE = (
    "Too few notes to judge yet: play a little longer and I can tell you more.",
    "Too few notes to judge. Give me a few more bars.",
    "Too few notes to judge so far; a slow scale up and down is a good start.",
    "Too few notes to judge: take your time, and let the next take run longer.",
)
"""For facts that hold nothing."""

NO_HISTORY = (
    "There is no session to judge from yet: play a slow scale, and we begin there.",
    "Nothing was measured yet. A few quiet minutes of a scale tell me where to begin.",
    "I have not heard you yet: play a scale that you like, at a tempo that feels easy.",
    "No figures yet, so no opinions. Play a little, and ask again.",
)
"""For a history that holds nothing."""

LEAD = (
    "Play this next: {title}.",
    "Take it to an exercise: {title}.",
    "Try this now: {title}.",
    "For the next few minutes: {title}.",
    "Next on the stand: {title}.",
)
"""The way to the exercise."""

LADDER = (
    "Stay on each tempo until it is clean several times in a row, then take the next; when it falls apart, "
    "go back.",
    "Climb only when a tempo feels dull, and step back as soon as it does not.",
    "Each tempo has to be clean before the next one; between two of them, play the slowest again.",
    "Let each tempo become easy before you leave it, and rest your hands in between.",
)
"""How a tempo ladder is climbed."""
