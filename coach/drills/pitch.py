"""Drills for the pitch of each note: tuning, the pressure of the fingers, bends, the ear."""

from coach.drills.drill import Drill

DRILLS = (
    Drill(
        "tune up",
        "Tune, press, tune again",
        "Tune every open string to the meter, always from below. Then press each string lightly behind a "
        "high fret, listen whether it still agrees with the open string, and tune once more.",
        "pitch_accuracy",
        ("tuning",),
        tempo=None,
        minutes=3.0,
    ),
    Drill(
        "by ear",
        "Tune by ear, then look",
        "Tune by ear: compare each string with the fretted note next to it until the beating stands still. "
        "Only then look at the meter, and remember what the rest of the error sounded like.",
        "pitch_accuracy",
        ("tuning", "intonation"),
        levels=(2, 3),
        tempo=None,
        minutes=4.0,
    ),
    Drill(
        "one string",
        "A single string, a single finger",
        "Play {scale} along a single string with a single finger. Stop on every note, find its centre, and "
        "only then slide on; take longest over what you had to correct.",
        "pitch_accuracy",
        ("intonation", "flat"),
        places=frozenset({"degree", "step", "high"}),
        tempo=None,
    ),
    Drill(
        "light touch",
        "As light as it still speaks",
        "Rest a finger on the string so lightly that it buzzes, and add weight until it just rings clear: "
        "that is all it needs. Play {scale} slowly with no more than that, most of all on the low frets.",
        "pitch_accuracy",
        ("sharp", "intonation"),
        tempo=None,
    ),
    Drill(
        "straight down",
        "Straight down on the string",
        "Play {scale} slowly and watch the string under each finger: it must not be pulled or pushed aside. "
        "Stay on {spot} until it holds still.",
        "pitch_accuracy",
        ("sharp",),
        places=frozenset({"degree", "low", "step", "leap"}),
        tempo=0.6,
    ),
    Drill(
        "drone",
        "The scale over a drone",
        "Let the tonic of {scale} ring on an open string or from a speaker. Play every note of the scale "
        "against it and hold it until it settles; come back to {spot} between the others.",
        "pitch_accuracy",
        ("intonation", "sharp", "flat"),
        places=frozenset({"degree"}),
        tempo=None,
    ),
    Drill(
        "long tones",
        "Long notes on a slow click",
        "Hold every note of {scale} for a whole bar of the click. Listen to its beginning, its middle and "
        "its end: the pitch should be the same in all of them.",
        "pitch_accuracy",
        ("intonation", "sharp", "flat"),
        tempo=0.7,
        notes_per_beat=1,
    ),
    Drill(
        "sing",
        "Sing it before you play it",
        "Hear the next note of {scale}, sing it, then play it and compare. Where your voice and the guitar "
        "disagree, play it again until they meet.",
        "pitch_accuracy",
        ("intonation", "flat", "wrong notes"),
        tempo=None,
    ),
    Drill(
        "octaves",
        "Octave mirrors",
        "Play a note of {scale}, then the same note an octave away, and let both ring together. When they "
        "beat against each other, ease the finger until they agree, then go to the next note.",
        "pitch_accuracy",
        ("intonation", "sharp"),
        places=frozenset({"high", "low"}),
        levels=(2, 3),
        tempo=None,
    ),
    Drill(
        "same note",
        "The same note in another place",
        "Go to {spot} and play the same pitch on every string that has it, low on the neck and high up. "
        "Make all of them match the one that sounds truest to you.",
        "pitch_accuracy",
        ("intonation", "sharp", "flat"),
        places=frozenset({"degree", "high", "low", "again"}),
        levels=(2, 3),
        tempo=None,
    ),
    Drill(
        "slow bends",
        "Slow bends to a target",
        "Play the target first so that your ear has it, go back a tone, and bend up to it over a whole bar. "
        "Hold it there while you check it, then release as slowly. Work through the notes of {scale}.",
        "pitch_accuracy",
        ("flat", "intonation", "stretch"),
        levels=(2, 3),
        tempo=0.7,
        notes_per_beat=1,
    ),
    Drill(
        "pre-bends",
        "Bend in silence, then check",
        "Bend without a sound to where you believe the target is, pick it, and release to the fretted note. "
        "Your hand has to know the distance before your ear can help.",
        "pitch_accuracy",
        ("flat", "stretch"),
        levels=(3, 3),
        tempo=None,
    ),
    Drill(
        "vibrato",
        "Vibrato that comes home",
        "Play a note of {scale} straight for a bar, add a slow and even vibrato for a bar, then straight "
        "again. The note has to return to where it began.",
        "pitch_accuracy",
        ("sharp", "stretch"),
        levels=(3, 3),
        tempo=0.7,
        notes_per_beat=1,
    ),
    Drill(
        "leap and listen",
        "Land, listen, correct",
        "Play the leaps of {scale} that you know, slowly and in free time. After each leap hold the note "
        "that you land on, listen for its centre and ease the finger before you go on.",
        "pitch_accuracy",
        ("intonation", "sharp", "flat"),
        places=frozenset({"leap", "high"}),
        levels=(2, 3),
        tempo=None,
    ),
)
