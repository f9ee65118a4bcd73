import pytest

from bin import services

NOBODY = "postgres://nobody@127.0.0.1:1/none"


def test_the_database_for_tests_comes_before_the_house_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", "postgres://tests@db/one")
    monkeypatch.setenv("DATABASE_URL", "postgres://house@db/two")
    found = services.named(("TEST_DATABASE_URL", "DATABASE_URL"), ("postgres", "postgresql"))
    assert found == "postgres://tests@db/one"


def test_sqlite_is_not_taken_for_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///house.sqlite3")
    assert services.named(("DATABASE_URL",), ("postgres", "postgresql")) is None


def test_a_named_postgresql_that_is_down_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_DATABASE_URL", NOBODY)
    with pytest.raises(SystemExit, match="PostgreSQL that the environment names"), services.postgres():
        pass


def test_a_named_redis_that_is_down_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_REDIS_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(SystemExit, match="Redis that the environment names"), services.broker():
        pass


def test_a_machine_without_postgresql_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEST_DATABASE_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(services, "ON_LOCALHOST", (NOBODY,))
    monkeypatch.setattr(services.Path, "glob", lambda *_: [])
    with pytest.raises(SystemExit, match="install the package postgresql"), services.postgres():
        pass
