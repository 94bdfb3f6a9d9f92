"""Drills for time: hearing the click inside, preparing the hand, dividing the beat."""

from coach.drills.drill import Drill

DRILLS = (
    Drill(
        "bury the click",
        "Bury the click",
        "Play a single muted note on every click and try to make the click vanish under it. When you no "
        "longer hear it, you are on it; then do the same with {scale}.",
        "timing_stability",
        ("uneven", "early", "late"),
        tempo=0.75,
        notes_per_beat=1,
    ),
    Drill(
        "breathe",
        "Wait for the click",
        "Breathe out before each beat of {scale} and let the click come to you: hear it, then agree with it. "
        "If you notice that you lead it, leave a bar empty and come in again.",
        "timing_stability",
        ("early", "speeding up"),
        tempo=0.75,
        notes_per_beat=1,
    ),
    Drill(
        "both sides",
        "Both sides of the click",
        "Play a few bars of {scale} ahead of the click on purpose, a few behind it, then aim for the "
        "middle. Who can choose a side can also choose neither.",
        "timing_stability",
        ("early", "late"),
        tempo=0.7,
        notes_per_beat=1,
    ),
    Drill(
        "off-beat",
        "The click on the off-beat",
        "Hear the click as the gap between the beats and tap your foot in between. Play {scale} on your "
        "foot, not on the click: who rushes runs into it at once.",
        "timing_stability",
        ("early", "speeding up", "stretch"),
        levels=(2, 3),
        tempo=0.7,
        notes_per_beat=2,
    ),
    Drill(
        "gap click",
        "The gap click",
        "Turn the click up for a bar and down for a bar while {scale} goes on. When it comes back you will "
        "hear at once whether you kept the time; make the silent stretch longer as it gets easy.",
        "timing_stability",
        ("speeding up", "slowing down", "stretch"),
        levels=(2, 3),
        tempo=0.85,
    ),
    Drill(
        "half the clicks",
        "Half the clicks",
        "Set the click to half the tempo and play a note of {scale} on every beat, so that every other "
        "beat is yours to keep. Count those beats aloud.",
        "timing_stability",
        ("speeding up", "slowing down", "uneven"),
        tempo=0.45,
        notes_per_beat=2,
    ),
    Drill(
        "count small",
        "Count the small notes",
        "Count the halves of the beat aloud all the time (one and two and) and play {scale} on the count. "
        "The mouth keeps the time, the hands only follow.",
        "timing_stability",
        ("uneven", "slowing down", "late"),
        tempo=0.7,
        notes_per_beat=2,
    ),
    Drill(
        "place then pick",
        "Place, then pick",
        "Put the finger of the next note of {scale} down well before the beat and let only the pick wait for "
        "the click. Both hands at once is what makes notes drag.",
        "timing_stability",
        ("late", "uneven"),
        places=frozenset({"degree", "leap", "step", "high"}),
        tempo=0.65,
        notes_per_beat=1,
    ),
    Drill(
        "name the next",
        "Name the next note",
        "While a note of {scale} sounds, name the next one aloud and let its finger hover over the fret. "
        "Then the click has only to let it fall.",
        "timing_stability",
        ("late", "wrong notes"),
        tempo=0.65,
        notes_per_beat=1,
    ),
    Drill(
        "foot first",
        "Foot first",
        "Tap your foot for a few bars before you play, and let it never stop. Then put {scale} on top of the "
        "tap, a note to each, and keep the foot going through your pauses.",
        "timing_stability",
        ("no beat", "slowing down", "late"),
        tempo=0.75,
        notes_per_beat=1,
    ),
    Drill(
        "clap it",
        "Clap it before you play it",
        "Clap the rhythm with the click until it feels easy, then play the same rhythm on a single note, and "
        "only then with the notes of {scale}.",
        "timing_stability",
        ("no beat", "uneven"),
        tempo=0.75,
        notes_per_beat=1,
    ),
    Drill(
        "spider",
        "The spider",
        "A finger to each of four neighbouring frets, across all strings and back, every note as long and as "
        "loud as the others. Keep each finger down until the next one has landed.",
        "timing_stability",
        ("uneven", "stray"),
        places=frozenset({"step", "again", "low"}),
        tempo=0.7,
        notes_per_beat=2,
        scale="chromatic",
    ),
    Drill(
        "one note strokes",
        "Down and up on a single note",
        "Pick a single note with strict down and up strokes and make both sound alike. Watch the pick: the "
        "same small way in both directions.",
        "timing_stability",
        ("uneven",),
        places=frozenset({"again", "tempo"}),
        tempo=0.8,
        notes_per_beat=2,
        minutes=3.0,
    ),
    Drill(
        "long and short",
        "Long and short",
        "Play {scale} with a long and a short note in turn, then the other way round. The short notes get "
        "the hands ready for the tempo, the long ones leave time to prepare.",
        "timing_stability",
        ("uneven", "late", "stretch"),
        places=frozenset({"tempo", "step"}),
        levels=(2, 3),
        tempo=0.75,
        notes_per_beat=4,
    ),
    Drill(
        "bursts",
        "Bursts",
        "Play a few notes of {scale} at the full tempo, land on the click, and rest for as long while both "
        "hands let go. Add a note to the burst when it stays even.",
        "timing_stability",
        ("uneven", "late", "stretch"),
        places=frozenset({"tempo"}),
        levels=(2, 3),
        tempo=1.0,
    ),
    Drill(
        "pyramid",
        "The rhythm pyramid",
        "Keep the click and change the notes of {scale} from whole beats to halves, to thirds of a beat, and "
        "back down, a bar each. The changes are the exercise.",
        "timing_stability",
        ("uneven", "stretch"),
        levels=(2, 3),
        tempo=0.65,
        notes_per_beat=6,
    ),
    Drill(
        "moving accent",
        "The moving accent",
        "Play {scale} in even notes and lean on every third of them while the click counts in twos. The "
        "accent wanders, the time must not.",
        "timing_stability",
        ("uneven", "stretch"),
        levels=(3, 3),
        tempo=0.75,
        notes_per_beat=2,
    ),
    Drill(
        "legato",
        "Hammer on, pull off",
        "Pick only where {scale} comes to a new string, hammer on the way up and pull off on the way down. "
        "Give the notes in between the same length and the same weight as those that you pick.",
        "timing_stability",
        ("uneven", "stretch"),
        places=frozenset({"step"}),
        levels=(2, 3),
        tempo=0.7,
    ),
    Drill(
        "string skipping",
        "String skipping",
        "Play {scale} so that after each note the pick jumps over a string. Keep the hand low and let the "
        "forearm carry it; a jump must take no longer than a step.",
        "timing_stability",
        ("uneven", "late", "wrong notes"),
        places=frozenset({"leap"}),
        levels=(2, 3),
        tempo=0.65,
    ),
    Drill(
        "string crossing",
        "Across the strings in a single motion",
        "Cross between two neighbouring strings with strict down and up strokes, first with the pick outside "
        "of them, then inside. Take the two strings from {scale} where the change feels rough.",
        "timing_stability",
        ("uneven", "late"),
        places=frozenset({"leap", "step"}),
        levels=(2, 3),
        tempo=0.7,
        notes_per_beat=2,
    ),
)
