"""The Practice page: play, and see each note judged. Its address may ask for a scale, a type and a tempo."""

import panel as pn

from dashboards.parts.practice_view import PracticeView
from dashboards.parts.shell import Page, built, current_user, new_look

look = new_look()
asked = {
    name: values[0].decode("utf-8", "replace") for name, values in pn.state.session_args.items() if values
}


def practice() -> PracticeView:
    """The view, set up as the address asks."""
    view = PracticeView(current_user(), look)
    view.ask(asked)
    return view


Page(title="Practice", path="/practice", body=built(practice), look=look).servable()
