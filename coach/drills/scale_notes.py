"""Drills for the right notes: knowing the neck, the ways between the notes, stopping before a slip sticks."""

from coach.drills.drill import Drill

DRILLS = (
    Drill(
        "say and play",
        "Say it, then play it",
        "Say the name of every note of {scale} aloud before you play it, up and down, without hurry. Where "
        "you have to think, stop and find that note in several places.",
        "scale_conformity",
        ("wrong notes",),
        levels=(1, 2),
        tempo=None,
    ),
    Drill(
        "in position",
        "Hands in a single position",
        "Play {scale} in a single position, a finger to each fret, up and down. A slip is no drama: stop, go "
        "back to the note before it, and play on from there.",
        "scale_conformity",
        ("wrong notes",),
        places=frozenset({"step", "low", "again"}),
        levels=(1, 2),
        tempo=0.7,
    ),
    Drill(
        "loop the spot",
        "A loop around the spot",
        "Make a small loop: the scale note below, {spot}, the scale note above, and back. Repeat it without "
        "stopping until the hand goes there by itself, then let it grow by a note on each side.",
        "scale_conformity",
        ("wrong notes", "uneven", "late"),
        places=frozenset({"degree", "step", "again"}),
        tempo=0.7,
    ),
    Drill(
        "everywhere",
        "Find it everywhere",
        "Find {spot} on every string, low and high, and name it as you go. Then play {scale} and lean on "
        "that note each time that it comes.",
        "scale_conformity",
        ("wrong notes",),
        places=frozenset({"degree", "high", "low"}),
        tempo=None,
    ),
    Drill(
        "stop rule",
        "Again until it sits",
        "Play a short phrase of {scale} until it comes out clean several times in a row. A wrong note sets "
        "the count back to nothing and takes the click down a notch.",
        "scale_conformity",
        ("wrong notes", "speeding up"),
        places=frozenset({"tempo", "step", "leap", "degree"}),
        tempo=0.8,
    ),
    Drill(
        "top down",
        "From the top down",
        "Start {scale} on its highest note and come down, then go up again. Most hands know only the way up: "
        "give the way down twice the time.",
        "scale_conformity",
        ("wrong notes", "uneven"),
        places=frozenset({"step", "high"}),
        tempo=0.8,
    ),
    Drill(
        "thirds",
        "The scale in thirds",
        "Play {scale} by skipping a note and stepping back: each note, the one two above it, then from the "
        "next note on. Go up through the position and come down the same way.",
        "scale_conformity",
        ("wrong notes", "stretch"),
        places=frozenset({"leap", "step"}),
        levels=(2, 3),
        tempo=0.7,
    ),
    Drill(
        "fourths",
        "The scale in fourths",
        "Play {scale} in wide pairs: each note and the one three above it. Where two neighbours lie on the "
        "same fret, roll the finger so that they do not ring together.",
        "scale_conformity",
        ("wrong notes", "stretch", "ringing"),
        places=frozenset({"leap"}),
        levels=(2, 3),
        tempo=0.65,
    ),
    Drill(
        "groups of four",
        "Groups that move up by a note",
        "Play notes in groups of four along {scale}, each group beginning a note higher than the one before; "
        "then turn round and come down. Lean a little on the start of each group.",
        "scale_conformity",
        ("wrong notes", "uneven", "stretch"),
        places=frozenset({"step", "tempo"}),
        levels=(2, 3),
        tempo=0.75,
    ),
    Drill(
        "leap and return",
        "Leap out and come home",
        "From the tonic of {scale} leap to each of its notes and come back, the near ones first. Look at the "
        "fret that you leap to before the hand moves: the eye leads, the hand follows.",
        "scale_conformity",
        ("wrong notes", "late"),
        places=frozenset({"leap"}),
        tempo=0.7,
    ),
    Drill(
        "shifts",
        "Position shifts on a guide finger",
        "Play {scale} up along two strings so that the hand has to shift. Keep a finger on the string as a "
        "guide while you slide, and arrive before the note is due.",
        "scale_conformity",
        ("wrong notes", "late", "intonation"),
        places=frozenset({"high", "leap"}),
        levels=(2, 3),
        tempo=0.7,
    ),
    Drill(
        "join shapes",
        "Join neighbouring shapes",
        "Play {scale} up in one shape, slide into the neighbouring shape at the top, and come down in that. "
        "Change the string on which you cross over each time.",
        "scale_conformity",
        ("wrong notes", "stretch"),
        places=frozenset({"high", "low"}),
        levels=(2, 3),
        tempo=0.75,
    ),
    Drill(
        "few notes",
        "Music from few notes",
        "Make music with only the tonic of {scale} and its neighbours. When nothing slips any more, let in "
        "another note of the scale, and so on until all of them are there.",
        "scale_conformity",
        ("wrong notes", "stretch"),
        tempo=0.9,
    ),
    Drill(
        "call and response",
        "Call and response",
        "Play a short call in {scale}, leave the same time in silence while you hear an answer in your head, "
        "then play that answer. End each answer on a note that you chose before.",
        "scale_conformity",
        ("wrong notes", "stretch"),
        levels=(2, 3),
        tempo=0.9,
    ),
    Drill(
        "skeleton",
        "The skeleton of the scale",
        "Play only every other note of {scale}, from the tonic up and back, until you see the shape of the "
        "chord in it. Then fill in the notes between without losing sight of that shape.",
        "scale_conformity",
        ("wrong notes", "stretch"),
        places=frozenset({"leap", "low"}),
        tempo=0.75,
    ),
    Drill(
        "landing note",
        "Choose where you land",
        "Choose a note of {scale}, improvise for a bar, and land on that very note with the next downbeat. "
        "Choose another and go on; say its name while you play towards it.",
        "scale_conformity",
        ("stretch", "wrong notes"),
        levels=(2, 3),
        tempo=0.9,
    ),
    Drill(
        "slow motion",
        "Slow motion at the wild tempo",
        "Play what went wrong in {scale} at half the tempo, as if in slow motion: same fingers, same "
        "strokes. Only when that is dull, raise the click a notch at a time.",
        "scale_conformity",
        ("wrong notes", "uneven"),
        places=frozenset({"tempo"}),
        tempo=0.5,
    ),
)
