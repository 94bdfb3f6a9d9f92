"""Sentences about time."""

from collections.abc import Mapping
from types import MappingProxyType

from coach.rules.finding import What
from coach.rules.phrases.said import OF_A_SCORE, Said

TIMING: Mapping[What, Said] = MappingProxyType(
    {
        "early": Said(
            heard=(
                "Your notes {come} {figure} ms before the click.",
                "You {are} ahead of the click by {figure} ms.",
                "{Within} you {lead} the click by {figure} ms.",
                "The notes {come} {figure} ms early, ahead of the click.",
                "Where the click {is}, your notes already {are}: {figure} ms early.",
                "On the whole you {come} {figure} ms early.",
            ),
            do=(
                "Play a little slower and let the click come to you.",
                "Breathe out before the beat; hurry sits in the shoulders first.",
                "Hear the click, then agree with it: you follow, it leads.",
                "Put the click on the off-beat for a while: there is nothing to run ahead of.",
                "Count the small notes aloud, and play on the count instead of on the nerves.",
            ),
            live=(
                "You are {figure} ms early: let the click come to you.",
                "{figure} ms early. Breathe out and wait for the beat.",
                "Sit back a little: {figure} ms early.",
                "Ahead by {figure} ms: follow the click.",
            ),
        ),
        "late": Said(
            heard=(
                "Your notes {come} {figure} ms after the click.",
                "You {are} behind the click by {figure} ms.",
                "{Within} you {trail} the click by {figure} ms.",
                "The notes {come} {figure} ms late, behind the click.",
                "The click {is} there and your notes follow: {figure} ms late.",
                "On the whole you {come} {figure} ms late.",
            ),
            do=(
                "Play a little slower and have the finger down before the beat, so that only the pick is "
                "left to do.",
                "Prepare the next note while this one still sounds.",
                "Tap your foot with the click and play on the foot, not on what you hear.",
                "Smaller movements: a finger that stays close arrives in time.",
                "Lean into the beat as if you would walk with it, instead of answering it.",
            ),
            live=(
                "You are {figure} ms late: put the finger down sooner.",
                "{figure} ms late. Prepare the next note sooner.",
                "Lean into the beat: {figure} ms late.",
                "Behind by {figure} ms: smaller movements.",
            ),
        ),
        "speeding up": Said(
            heard=(
                "You {speed} up against the click, by {figure} ms each minute.",
                "The tempo {runs} away: you {speed} up by {figure} ms per minute.",
                "You {begin} with the click and {speed} up from there, {figure} ms further each minute.",
                "{Within} you {speed} up: {figure} ms a minute away from the click.",
            ),
            do=(
                "Rushing is mostly tension: drop the shoulders, breathe, and give each bar its full length.",
                "Give the ends of phrases their full time; that is where most tempo is lost to haste.",
                "Halve the clicks and keep the rest of the beats yourself.",
                "Take the tempo down until you are bored, and stay bored for a few minutes.",
            ),
            live=(
                "You are speeding up: drop the shoulders, breathe.",
                "You speed up. Give each bar its full length.",
                "Speeding up: let the click lead again.",
                "Easy: you are speeding up. Wait for the click.",
            ),
        ),
        "slowing down": Said(
            heard=(
                "You {slow} down against the click, by {figure} ms each minute.",
                "The tempo {sags}: you {slow} down by {figure} ms per minute.",
                "You {begin} with the click and {slow} down from there, {figure} ms further each minute.",
                "{Within} you {slow} down: {figure} ms a minute away from the click.",
            ),
            do=(
                "Keep the foot going, also through the rests: it is the first thing that stops.",
                "Choose a tempo that the hands can hold to the end, and shake them out in between.",
                "Count the small notes aloud; a long beat is easy to stretch, a short one is not.",
                "Play shorter stretches and rest in between: a tired hand drags.",
            ),
            live=(
                "You are slowing down: keep the foot going.",
                "You slow down. Count the small notes.",
                "Slowing down: lean into the click again.",
                "You are slowing down: rest, or take it a notch slower.",
            ),
        ),
        "uneven": Said(
            heard=(
                "Your notes {scatter} by {figure} ms around the click.",
                "Around the click your notes {scatter}: {figure} ms.",
                "{Within} the notes {scatter} by {figure} ms, to both sides of the click.",
                "Around the click there {is} a spread of {figure} ms.",
                "How evenly do the notes fall? They {scatter} by {figure} ms around the click.",
                "The click {stands} still, and your notes {scatter} around it by {figure} ms.",
            ),
            do=(
                "Play it slower until every note sits on the click, then come back up.",
                "Take fewer notes to the beat until each of them lands, then fill in the rest.",
                "Count the small notes aloud; the mouth is steadier than the hands.",
                "Play it on a single note first: when the pick is even, add the fingers.",
                "Keep the pick moving in the same small way, down and up, whatever the fingers do.",
                "Make the click vanish under your notes; when you don't hear it, you are on it.",
            ),
            live=(
                "Notes scatter by {figure} ms: slower, and bury the click.",
                "{figure} ms around the click. Count the small notes.",
                "Make the click vanish: {figure} ms of scatter.",
                "Keep the pick even: notes scatter by {figure} ms.",
            ),
        ),
        "uneven without a click": Said(
            heard=(
                "Your notes {scatter} by {figure} % of a step around your own beat.",
                "Without a click your notes {scatter}: {figure} % of a step.",
                "{Within} your own beat {wobbles}: {figure} % of a step.",
                "From step to step it {varies}: {figure} % around your own beat.",
            ),
            do=(
                "Tap your foot or switch a tempo on, and play the same again at a steady beat.",
                "Clap it before you play it: the beat has to be there before the notes.",
                "Set a slow click and let it carry you for a few minutes.",
                "Sing the rhythm while you play; a voice keeps time where fingers search.",
            ),
            live=(
                "Your beat wobbles: tap your foot.",
                "Switch the click on: the steps vary by {figure} %.",
                "Tap your foot and play on it: the steps vary by {figure} %.",
                "Slower, with the foot: the steps vary by {figure} %.",
            ),
        ),
        "timing": Said(
            heard=OF_A_SCORE,
            do=(
                "Play it slower until every note sits on the click, then come back up.",
                "Set a click and count the small notes aloud.",
                "Tap your foot before you play, and let it never stop.",
                "Take fewer notes to the beat until each of them lands.",
            ),
            live=(
                "Slower, with the foot: your {score} is {figure} of 100.",
                "Count the small notes: your {score} is {figure} of 100.",
                "Tap your foot: your {score} is {figure} of 100.",
                "Let the click lead: your {score} is {figure} of 100.",
            ),
        ),
        "spot early": Said(
            heard=(
                "You hurry {place}: {rate} of 100 there {come} early, elsewhere {usual}.",
                "You {run} ahead at {place}: {rate} of 100 {come} early, elsewhere {usual}.",
                "What {stands} out is {place}: {rate} of 100 early, elsewhere {usual}.",
                "Look at {place}: {rate} of 100 notes {come} early, against {usual} elsewhere.",
            ),
            do=(
                "Give the note before it its full length; that is where the hurry begins.",
                "Breathe before you get there, and let the click arrive first.",
                "Loop that place slowly with the click on the off-beat.",
                "Stop on the note before, count, and only then go on.",
            ),
        ),
        "spot late": Said(
            heard=(
                "You drag {place}: {rate} of 100 there {come} late, elsewhere {usual}.",
                "There is a place that holds you up, {place}: {rate} of 100 late against {usual} elsewhere.",
                "What {stands} out is {place}: {rate} of 100 late, elsewhere {usual}.",
                "Look at {place}: {rate} of 100 notes {come} late, against {usual} elsewhere.",
            ),
            do=(
                "Prepare it: the finger is down before the beat, the pick waits for the click.",
                "Look ahead to that place while the note before it still sounds.",
                "Practise only the way there, back and forth, slowly and on the click.",
                "Make the movement smaller; the hand travels further than it has to.",
            ),
        ),
    }
)
"""By finding."""
