"""A SQLite file is read and written by one copy of SQLite, whatever threads do at the same time.

Two copies in one process do not see each other's locks: https://www.sqlite.org/howtocorrupt.html, 2.2.1.
"""

import subprocess
import sys

from sqlalchemy import Engine

# In a process of its own: what goes wrong ends it by a bus error.
SCRIPT = """
import sys, threading
from workbench.store import queries
from workbench.store.engine import open_engine
from workbench.store.read import read
from workbench.store.usage import Usage
from workbench.user import User

ada, engine, done = User("ada"), open_engine(sys.argv[1]), threading.Event()

def write():
    try:
        for _ in range(200):
            Usage(engine).add(ada, "m", "chat", input_tokens=1, output_tokens=1, cost_usd=0.0)
    finally:
        done.set()

writer = threading.Thread(target=write)
writer.start()
reads = 0
while not done.is_set():
    read(engine, ada, queries.sessions())
    reads += 1
writer.join()
with engine.connect() as connection:
    whole = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    print(reads > 0, whole, connection.exec_driver_sql("SELECT count(*) FROM llm_usage").scalar())
"""


def test_reading_while_another_thread_writes_damages_nothing(sqlite_engine: Engine) -> None:
    url = sqlite_engine.url.render_as_string(hide_password=False)
    run = subprocess.run([sys.executable, "-c", SCRIPT, url], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "True ok 200\n"), run.stderr
