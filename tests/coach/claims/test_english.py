"""English or not."""

import pytest

from coach.claims.english import is_english


@pytest.mark.parametrize(
    "sentence",
    [
        "Your notes come early.",
        "Good work!",
        "Breathe out, shoulders down.",
        "A minor pentatonic",
        "F#4 (3 times).",
        "Play it la-la-la.",
        "18 ms",
        "Mute the strings that you don't play.",
    ],
)
def test_english(sentence: str) -> None:
    assert is_english(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Deine Noten kommen zu früh.",
        "Tus notas llegan temprano y tu ritmo es bueno.",
        "Vos notes arrivent trop tôt.",
        "Le tue note sono in anticipo.",
        "Je speelt te vroeg.",
        "As suas notas chegam cedo.",
        "Твой ритм стал лучше.",
        "あなたのリズムは良いです。",
        "Rytmisi on epätasainen tänään taas.",
        "Gut gespielt, weiter so mit dem Takt.",
    ],
)
def test_other_languages(sentence: str) -> None:
    assert not is_english(sentence)
