from __future__ import annotations

from stockade.cli import demo


def test_every_scene_of_the_demonstration_behaves(run):
    ran = run("demo")
    assert ran.code == 0, ran.out
    assert "FAILED" not in ran.out
    assert "behaved" in ran.out


def test_a_scene_that_does_not_behave_fails_the_demonstration(run, monkeypatch):
    from stockade.cli.demo_scenes import Scene

    bad = Scene("Broken", "never", ({"role": "user", "content": "hi"},), behaved=lambda _: False)
    monkeypatch.setattr(demo, "SCENES", (bad,))
    ran = run("demo")
    assert ran.code == 1
    assert "FAILED" in ran.out
