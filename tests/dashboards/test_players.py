from dashboards.parts.players import Players
from workbench.archive import Archive
from workbench.user import User


def test_alone_there_is_nothing_to_choose(own: Archive, three: list[str]) -> None:
    players = Players(own)
    assert players.archive.user == own.user
    assert (players.choice.visible, players.banner.visible) == (False, False)


def test_a_player_with_sessions_sees_their_own_first(own: Archive, three: list[str], demo: str) -> None:
    players = Players(own)
    assert players.player == "ada"
    assert players.choice.visible
    players.player = "demo-ada"
    assert players.archive.sessions()["session_id"].to_list() == [demo]
    assert players.banner.visible


def test_a_player_without_sessions_sees_the_demo_and_is_told_that_it_is_invented(
    own: Archive, demo: str
) -> None:
    players = Players(own)
    assert players.demo
    assert "invented" in players.banner[0][0].object


def test_the_address_may_ask_for_demo_players_only(own: Archive, three: list[str], demo: str) -> None:
    assert Players(own, "demo-ada").player == "demo-ada"
    assert Players(own, "ben").player == "ada"


def test_removing_the_demo_comes_back_to_oneself(own: Archive, three: list[str], demo: str) -> None:
    players = Players(own, "demo-ada")
    remove = players.banner[0][1]
    remove.clicks += 1
    assert players.player == "ada"
    assert (players.choice.visible, players.banner.visible) == (False, False)
    assert own.of(User("demo-ada")).sessions().is_empty()
    assert own.sessions().height == 3
