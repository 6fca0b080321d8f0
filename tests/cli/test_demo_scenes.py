from __future__ import annotations

from stockade.cli.demo_scenes import EMAIL, SCENES, Sent


def test_no_scene_is_content_with_an_error_or_with_data_that_left():
    for scene in SCENES:
        assert not scene.behaved(Sent("", 500, "", ""))
    personal = next(s for s in SCENES if s.title.startswith("Personal"))
    assert not personal.behaved(Sent(f"to {EMAIL}", 200, EMAIL, "allow"))


def test_the_people_in_the_scenes_are_made_up():
    assert EMAIL.endswith(".example")
