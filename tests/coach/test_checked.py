"""Asked once, again with the reasons, then the fallback."""

from collections.abc import Sequence

from coach.checked import checked
from coach.checker import Refusal
from coach.errors import ModelError

WRONG = Refusal("28 ms", "no fact says this figure here")


class Model:
    """Gives its answers one after the other and keeps what it was told."""

    def __init__(self, *answers: str | ModelError) -> None:
        self.answers, self.told = list(answers), []

    def __call__(self, refusals: Sequence[Refusal]) -> str:
        self.told.append(tuple(refusals))
        answer = self.answers.pop(0)
        if isinstance(answer, ModelError):
            raise answer
        return answer


def run(model: Model):
    refused = []
    told = checked(
        model,
        lambda answer: [] if answer == "true" else [WRONG],
        lambda: "rules",
        on_refused=lambda answer, refusals: refused.append((answer, refusals)),
    )
    return told, refused


def test_a_good_answer_is_taken_at_once() -> None:
    model = Model("true")
    told, refused = run(model)

    assert (told.value, told.source_is_fallback, told.refused) == ("true", False, 0)
    assert model.told == [()]
    assert refused == []


def test_a_refused_answer_is_asked_for_again_with_the_reasons() -> None:
    model = Model("false", "true")
    told, refused = run(model)

    assert (told.value, told.source_is_fallback, told.refused) == ("true", False, 1)
    assert model.told == [(), (WRONG,)]
    assert refused == [("false", [WRONG])]


def test_after_two_refusals_the_fallback_answers() -> None:
    model = Model("false", "false", "true")
    told, refused = run(model)

    assert (told.value, told.source_is_fallback, told.refused) == ("rules", True, 2)
    assert len(refused) == 2
    assert model.answers == ["true"]


def test_a_model_that_fails_leaves_it_to_the_fallback() -> None:
    assert run(Model(ModelError("No model answers.")))[0].value == "rules"
    told, _ = run(Model("false", ModelError("No model answers.")))

    assert (told.value, told.source_is_fallback, told.refused) == ("rules", True, 1)
