"""Sentences about the choice of notes."""

from collections.abc import Mapping
from types import MappingProxyType

from coach.rules.finding import What
from coach.rules.phrases.said import OF_A_SCORE, Said

_KNOW_THE_SCALE = (
    "Play the scale up and down slowly, saying each note before you play it.",
    "Make the phrase shorter until no slip is left in it, then let it grow.",
    "Stop at each slip and pass the place slowly until it is dull.",
    "Stay in a single position until the hand knows where everything lies.",
)

SCALE: Mapping[What, Said] = MappingProxyType(
    {
        "wrong notes": Said(
            heard=(
                "Look at where these {creep} in: {counted}.",
                "Notes from outside the scale {creep} in, most of all {counted}.",
                "The scale {has} strangers: {counted}.",
                "The fingers {land} on {counted}, outside the scale.",
                "What {does} not belong to the scale: {counted}.",
            ),
            do=(
                "Play the scale up and down slowly, saying each note before you play it.",
                "Find out which note you meant each time, and play the way there until the hand believes it.",
                "Stop at the slip, go back a note, and pass the place slowly until it is dull.",
                "Look at the fret before the hand moves, not after.",
                "Go slower than feels needed: the hand learns whatever it repeats.",
                "Sing the scale once; a finger follows an ear that knows where it goes.",
            ),
            live=(
                "Outside the scale: {names}. Look before you move.",
                "Watch out for {names}, outside the scale.",
                "Slow down and leave out {names}.",
                "Say the notes as you play, without {names}.",
            ),
        ),
        "few wrong notes": Said(
            heard=(
                "{figure} of 100 notes {are} in the scale. The wrong ones are worth a hunt.",
                "You {have} {figure} of 100 notes in the scale. The wrong ones are what everybody hears.",
                "{Within} {figure} of 100 notes {are} in the scale. Go after the wrong ones.",
                "In the scale: {figure} of 100 notes. The wrong notes come first.",
            ),
            do=_KNOW_THE_SCALE,
            live=(
                "Shorter phrases, slower: {figure} of 100 notes are in the scale.",
                "Look before you move: {figure} of 100 notes are in the scale.",
                "Say the notes as you play them: {figure} of 100 notes are in the scale.",
                "Fewer notes at a time: {figure} of 100 notes are in the scale.",
            ),
        ),
        "scale": Said(
            heard=OF_A_SCORE,
            do=_KNOW_THE_SCALE,
            live=(
                "Shorter phrases, slower: your {score} is {figure} of 100.",
                "Look before you move: your {score} is {figure} of 100.",
                "Say the notes as you play them: your {score} is {figure} of 100.",
                "Fewer notes at a time: your {score} is {figure} of 100.",
            ),
        ),
        "spot wrong": Said(
            heard=(
                "You often miss {place}: {rate} of 100 there {are} wrong, elsewhere {usual}.",
                "There is a place that trips you, {place}: {rate} of 100 {are} wrong against {usual} "
                "elsewhere.",
                "What {stands} out is {place}: {rate} of 100 {are} wrong, elsewhere {usual}.",
                "{Place} {is} where the hand goes astray: {rate} of 100 {are} wrong, elsewhere {usual}.",
            ),
            do=(
                "Take just that place, slowly, until it is dull; then put a note on each side of it.",
                "Look at the fret before the hand moves there.",
                "Stop before it, think of the note, then play it: no guessing.",
                "Name the note aloud each time that you come to it.",
                "Find that note on every string, so that it has a place in your head and not only in a "
                "pattern.",
            ),
        ),
    }
)
"""By finding."""
