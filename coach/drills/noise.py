"""Drills for a clean sound: muting with both hands, small movements, silence that is silent."""

from coach.drills.drill import Drill

DRILLS = (
    Drill(
        "mute both",
        "Muting with both hands",
        "Lay the palm on the strings below the one you play and let the tip of the fretting finger touch the "
        "one above. Play {scale} like that and strum now and then: only a single string may answer.",
        "noise_control",
        ("ringing", "stray"),
        tempo=0.65,
    ),
    Drill(
        "walking palm",
        "The palm walks along",
        "As {scale} climbs to the thinner strings, let the palm follow and cover the ones that you left. "
        "Stop on any note and listen: nothing else should sound.",
        "noise_control",
        ("ringing",),
        places=frozenset({"high", "step", "leap"}),
        tempo=0.6,
    ),
    Drill(
        "note and silence",
        "A note, then silence",
        "Play a note of {scale} for a beat and stop it for a beat. The silence has to be as long and as "
        "clean as the note: end it with the fretting finger, not only with the palm.",
        "noise_control",
        ("ringing", "stray", "early"),
        tempo=0.7,
        notes_per_beat=1,
    ),
    Drill(
        "roll",
        "Roll across the strings",
        "Play neighbouring strings on the same fret with a single finger and roll it, so that the string you "
        "leave goes quiet as the next one speaks. Move it through the positions of {scale}.",
        "noise_control",
        ("ringing",),
        levels=(2, 3),
        tempo=0.6,
        notes_per_beat=1,
    ),
    Drill(
        "one at a time",
        "A single string at a time",
        "Pick across the notes of {scale}, a string each, and lift each finger just as the next one lands. "
        "It should sound like a melody and not like a chord.",
        "noise_control",
        ("ringing", "tone"),
        places=frozenset({"leap"}),
        levels=(2, 3),
        tempo=0.65,
    ),
    Drill(
        "quiet leave",
        "Leave the string quietly",
        "Relax each finger before you lift it, so that the string is damped before it is free. Play {scale} "
        "slowly and listen only to the ends of the notes.",
        "noise_control",
        ("stray", "ringing"),
        tempo=0.6,
        notes_per_beat=1,
    ),
    Drill(
        "small fingers",
        "Small fingers",
        "Play {scale} with the fingers that rest hovering just above the strings. When one flies away, stop, "
        "bring it back, and go on slower.",
        "noise_control",
        ("stray", "stretch"),
        places=frozenset({"tempo", "step", "again"}),
        tempo=0.7,
    ),
    Drill(
        "plant the pick",
        "Plant the pick",
        "Set the pick on the string in silence, wait for the click, then push through and come to rest on "
        "the next string. No swing, no scratch: play {scale} that way.",
        "noise_control",
        ("stray",),
        tempo=0.6,
        notes_per_beat=1,
    ),
    Drill(
        "lift to shift",
        "Lift before you slide",
        "Take the weight off the strings before the hand changes position, so that it glides without a "
        "squeak. Shift back and forth between two positions of {scale}.",
        "noise_control",
        ("stray",),
        places=frozenset({"high", "low", "leap"}),
        levels=(2, 3),
        tempo=0.65,
        notes_per_beat=1,
    ),
    Drill(
        "close to the fret",
        "Close behind the fret",
        "Put each finger right behind its fret, where a note needs little weight. Play {scale} slowly, "
        "and move any finger whose note buzzes until it rings clear.",
        "noise_control",
        ("tone", "stray"),
        levels=(1, 2),
        tempo=0.6,
        notes_per_beat=1,
    ),
    Drill(
        "soft and loud",
        "Soft and loud",
        "Play {scale} as softly as it still speaks, then swell from note to note until it is as loud as it "
        "stays clean, and back. Find the point where it begins to rattle.",
        "noise_control",
        ("tone", "stretch"),
        tempo=0.7,
    ),
    Drill(
        "quiet room",
        "Listen to the rests",
        "Before you play, mute all strings and listen to what the amplifier does by itself: turn down the "
        "gain or move away from the hum. Then play {scale} with long rests and keep the hands on the "
        "strings.",
        "noise_control",
        ("tone",),
        tempo=None,
        minutes=4.0,
    ),
)
