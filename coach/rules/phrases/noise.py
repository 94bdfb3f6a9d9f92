"""Sentences about the sound between and inside the notes."""

from collections.abc import Mapping
from types import MappingProxyType

from coach.rules.finding import What
from coach.rules.phrases.said import OF_A_SCORE, Said

NOISE: Mapping[What, Said] = MappingProxyType(
    {
        "ringing": Said(
            heard=(
                "{figure} of 100 notes {ring} on into the next one.",
                "Strings {ring} on behind you: {figure} of 100 notes ring on into the next one.",
                "{Within} {figure} of 100 notes {ring} on under the next one.",
                "Notes {ring} on after you have left them, {figure} of 100.",
            ),
            do=(
                "Mute the string you leave: a finger that relaxes is enough.",
                "Let the palm follow you and cover the strings below.",
                "Play a note, stop it, then play the next, until stopping is part of the note.",
                "Touch the string above with the tip of the finger that frets.",
                "Listen to the ends of the notes for once, not to their beginnings.",
            ),
            live=(
                "Strings ring on: mute the one you leave.",
                "{figure} of 100 notes ring on. Let the palm follow.",
                "Stop each note before the next: strings ring on.",
                "Cover the low strings with the palm: they ring on.",
            ),
        ),
        "stray": Said(
            heard=(
                "Stray sounds {come}: {figure} in 100 notes.",
                "Touched strings and knocks: {figure} in 100 notes.",
                "{Within} stray sounds {come}, {figure} in 100 notes.",
                "Between the notes there {are} stray sounds: {figure} in 100 notes.",
            ),
            do=(
                "Watch for touched strings and knocks, and rest the hands on what you don't play.",
                "Relax each finger before you lift it, so that the string is damped before it is free.",
                "Set the pick on the string in silence, then push through.",
                "Keep the fingers close to the strings; what flies high comes down hard.",
                "Lift before you slide: a shift should make no sound.",
            ),
            live=(
                "Stray sounds: keep the fingers close to the strings.",
                "Stray sounds: {figure} in 100 notes. Rest the palm on the strings.",
                "Lift before you slide: stray sounds come in between.",
                "Plant the pick in silence: stray sounds come in between.",
            ),
        ),
        "background": Said(
            heard=(
                "Your rests {lie} {figure} dB below your notes.",
                "Between the notes it {is} {figure} dB quieter than in them.",
                "The rests {are} {figure} dB below the notes.",
                "{Within} the silence {lies} {figure} dB under the notes.",
            ),
            do=(
                "Press a little closer to the fret and mute the strings that you don't play.",
                "Turn the gain down, move away from the hum, and lay a hand on the strings when you rest.",
                "Mute all strings and listen to what is left: that part is the amplifier, the rest is yours.",
                "Make the rests a part of the music: hands on the strings, nothing sounds.",
            ),
            live=(
                "Mute the strings in the rests.",
                "Hands on the strings when you rest.",
                "Keep the rests silent: palm down.",
                "Cover the strings that you don't play.",
            ),
        ),
        "noise": Said(
            heard=OF_A_SCORE,
            do=(
                "Press a little closer to the fret and mute the strings that you don't play.",
                "Listen to the ends of the notes and to the rests.",
                "Let both hands lie on the strings that have nothing to say.",
                "Play softly for a while: what buzzes and rattles shows at once.",
            ),
            live=(
                "Mute what you don't play.",
                "Closer to the fret, hands on the other strings.",
                "Listen to the ends of the notes.",
                "Both hands on the strings that have nothing to say.",
            ),
        ),
    }
)
"""By finding."""
