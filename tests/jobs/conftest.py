"""Portals of their own for the tests that kill workers: one on SQLite, one on PostgreSQL with Redis."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from municipalities.models import User
from tests.factories import person
from tests.jobs.portal import Portal
from tests.jobs.servers import Broker, Cluster
from tests.servers import postgresql


def migrate(portal: Portal) -> None:
    portal.manage("migrate", "--run-syncdb", "--verbosity=0")
    portal.manage("createcachetable")


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied for each test."""
    folder = tmp_path_factory.mktemp("sqlite")
    file = folder / "portal.sqlite3"
    migrate(Portal(folder, lambda sql: [], DATABASE_URL=f"sqlite:///{file}"))
    return file


def embedded_portal(folder: Path, migrated: Path) -> Portal:
    """A portal on the embedded default: SQLite and the polling worker."""
    file = folder / "portal.sqlite3"
    shutil.copy(migrated, file)

    def query(sql: str) -> list[tuple]:
        connection = sqlite3.connect(file, timeout=20)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    return Portal(folder, query, DATABASE_URL=f"sqlite:///{file}", MEDIA_ROOT=str(folder / "media"))


@pytest.fixture
def embedded(tmp_path: Path, migrated_sqlite: Path) -> Portal:
    return embedded_portal(tmp_path, migrated_sqlite)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL that a test may restart, with a migrated database to make copies of."""
    # Not in pytest's folder: no one else may enter that, and PostgreSQL is someone else when the tests run as root.
    with (
        tempfile.TemporaryDirectory(prefix="pulje-", ignore_cleanup_errors=True) as folder,
        postgresql(Path(folder) / "postgresql") as url,
        Cluster(url, Path(folder) / "postgresql" / "data") as cluster,
    ):
        cluster.create("migrated")
        migrate(Portal(Path(folder), lambda sql: [], DATABASE_URL=cluster.url("migrated")))
        yield cluster


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A Redis that a test may stop and start."""
    with Broker(tmp_path) as broker:
        broker.start()
        yield broker


@pytest.fixture
def production(tmp_path: Path, cluster: Cluster, broker: Broker) -> Portal:
    """A portal on PostgreSQL and Redis."""
    name = cluster.create_copy("migrated")
    return Portal(
        tmp_path,
        lambda sql: cluster.query(sql, name),
        DATABASE_URL=cluster.url(name),
        REDIS_URL=broker.url,
        MEDIA_ROOT=str(tmp_path / "media"),
    )


@pytest.fixture
def adviser(db: None) -> User:
    return person("adviser")


@pytest.fixture
def stranger(db: None) -> User:
    return person("project_leader")
