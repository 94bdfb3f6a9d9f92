"""Sentences about pitch."""

from collections.abc import Mapping
from types import MappingProxyType

from coach.rules.finding import What
from coach.rules.phrases.said import OF_A_SCORE, Said

PITCH: Mapping[What, Said] = MappingProxyType(
    {
        "tuning": Said(
            heard=(
                "Tune first: most notes {are} {direction} by about {figure} cents.",
                "As a rule your notes {are} {direction}, by about {figure} cents, so tune before anything "
                "else.",
                "Before you blame the fingers, tune: your notes {are} {figure} cents {direction} on the "
                "whole.",
                "As a whole your notes {lie} {figure} cents {direction}, which points to the tuning.",
                "{Within} your notes {are} {direction} by {figure} cents on the whole: reach for the tuner.",
            ),
            do=(
                "Tune each string from below, then check it again with a fretted note.",
                "Tune, play for a while, and tune again: strings settle.",
                "Tune with the touch that you play with; a hard pick pulls every string upward.",
                "If it comes back after tuning, look for old strings or a hand that squeezes.",
                "Give the tuner a minute before the next take; every other exercise is easier after it.",
            ),
            live=(
                "Your notes are {figure} cents {direction}: stop and tune.",
                "Pause and tune: everything is {figure} cents {direction}.",
                "Your notes are {direction} by {figure} cents. Tune before you go on.",
                "Tuning break: {figure} cents {direction} on the whole.",
            ),
        ),
        "intonation": Said(
            heard=(
                "Your typical note {is} {figure} cents off its centre.",
                "{Within} a typical note {is} {figure} cents away from where it belongs.",
                "The pitch {wanders}: {figure} cents off on a typical note.",
                "The notes {are} the right ones, but their pitch {is} {figure} cents off as a rule.",
                "Your ear will notice it once you listen for it: typical notes {are} {figure} cents off.",
                "How far off {is} a typical note? By {figure} cents, to both sides.",
            ),
            do=(
                "Play each note slowly and listen for its centre before the next.",
                "Slow down until there is time to hear where each note sits, and move the finger until it "
                "rests.",
                "Less weight on the string, closer to the fret: the pitch settles as the effort goes.",
                "Hold each note a little longer than you like, and leave it only when it is true.",
                "Let your ear decide when a note is done, not your hand.",
                "Hear the note in your head before the finger lands.",
            ),
            live=(
                "Typical notes are {figure} cents off: lighter fingers, closer to the fret.",
                "{figure} cents off on a typical note. Slow down and listen for the centre.",
                "Listen for the centre of each note: {figure} cents off as a rule.",
                "Ease the grip a little: your notes are {figure} cents off.",
            ),
        ),
        "pitch": Said(
            heard=OF_A_SCORE,
            do=(
                "Play each note slowly and listen for its centre before the next.",
                "Give each note time to settle before you leave it.",
                "Lighten the grip and let your ear place the notes.",
                "Check the tuning, then play slowly enough to hear where each note sits.",
            ),
            live=(
                "Listen for the centre of each note: your {score} is {figure} of 100.",
                "Slow down and let each note settle: your {score} is {figure} of 100.",
                "Lighter fingers: your {score} is {figure} of 100.",
                "Give each note time: your {score} is {figure} of 100.",
            ),
        ),
        "spot sharp": Said(
            heard=(
                "You play {place} sharp: {rate} of 100 there {are} sharp, elsewhere {usual}.",
                "There is a sharp spot, {place}: {rate} of 100 notes against {usual} elsewhere.",
                "What {stands} out is {place}: {rate} of 100 sharp, elsewhere {usual}.",
                "Look at {place}: {rate} of 100 notes {come} out sharp, against {usual} elsewhere.",
            ),
            do=(
                "Ease the finger there; a string that is squeezed or pushed aside goes up.",
                "Go there slowly, land lightly, and let the note settle before you move on.",
                "Watch whether the string stays straight under the finger there.",
                "Press only until it speaks, and hear the note in your head before you land.",
            ),
        ),
        "spot flat": Said(
            heard=(
                "You play {place} flat: {rate} of 100 there {are} flat, elsewhere {usual}.",
                "There is a flat spot, {place}: {rate} of 100 notes against {usual} elsewhere.",
                "What {stands} out is {place}: {rate} of 100 flat, elsewhere {usual}.",
                "Look at {place}: {rate} of 100 notes {come} out flat, against {usual} elsewhere.",
            ),
            do=(
                "Check the string there against its octave, then place the finger right behind the fret.",
                "If you bend into it, hear the target before you push, and hold it until it arrives.",
                "Go there slowly and do not leave before the note has reached its pitch.",
                "Compare it with the same note on another string and make the two agree.",
            ),
        ),
    }
)
"""By finding."""
