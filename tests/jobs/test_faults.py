"""What a worker survives, and what it says about it."""

from pathlib import Path

import pytest

from tests.jobs.conftest import embedded_portal
from tests.jobs.ledger.tasks import LINES
from tests.jobs.portal import PATIENCE_SECONDS, Portal, entries_are_complete

pytestmark = pytest.mark.embedded

FAULTS = ("exit", "eat", "linger", "fill_disk", "fill_database", "stumble", "refuse", "overflow_limit")


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Portal:
    """One worker has met every fault, one after the other, and then an ordinary job."""
    portal = embedded_portal(tmp_path_factory.mktemp("faults"), migrated_sqlite)
    portal.python("\n".join(f"ask('ledger.{fault}', subject='{fault}')" for fault in (*FAULTS, "write")))
    with portal.worker("--once") as worker:
        assert worker.popen.wait(PATIENCE_SECONDS) == 0
    return portal


def told(portal: Portal, fault: str) -> tuple:
    rows = portal.query(f"SELECT state, error, error_detail, attempts FROM jobs_job WHERE subject = '{fault}'")
    return rows[0]


def test_the_worker_lives_on_and_does_the_next_job(aftermath: Portal) -> None:
    assert told(aftermath, "write")[0] == "done"
    assert entries_are_complete(aftermath, 1, LINES)


def test_a_process_that_leaves_in_the_middle_has_failed(aftermath: Portal) -> None:
    state, error, detail, _ = told(aftermath, "exit")
    assert (state, detail) == ("failed", "exit code 0")
    assert error.startswith("The work stopped unexpectedly.")


def test_greed_for_memory_ends_at_the_limit_of_the_kind(aftermath: Portal) -> None:
    state, error, detail, _ = told(aftermath, "eat")
    assert state == "failed"
    assert error.startswith("The work needed more memory than it may have")
    assert detail.startswith("MemoryError")


def test_a_job_over_its_time_is_stopped(aftermath: Portal) -> None:
    state, error, _, _ = told(aftermath, "linger")
    assert state == "failed"
    assert error.startswith("The work took longer than it may")


@pytest.mark.parametrize("fault", ["fill_disk", "fill_database", "overflow_limit"])
def test_a_full_disk_fails_at_once_with_a_clear_message_and_nothing_kept(aftermath: Portal, fault: str) -> None:
    state, error, _, attempts = told(aftermath, fault)
    assert (state, attempts) == ("failed", 1)
    assert error.startswith("The disk is full. Nothing was saved.")
    assert aftermath.query(
        f"SELECT count(*) FROM ledger_entry e JOIN jobs_job j ON j.id = e.job_id WHERE j.subject = '{fault}'"
    ) == [(0,)]


def test_an_unexpected_error_is_tried_again_later(aftermath: Portal) -> None:
    state, error, detail, attempts = told(aftermath, "stumble")
    assert (state, attempts) == ("queued", 1)
    assert error.startswith("Something went wrong in the program.")
    assert detail.startswith("ValueError\n")
    assert "ledger/tasks.py" in detail


def test_neither_log_nor_row_holds_what_an_exception_said(aftermath: Portal) -> None:
    everything = aftermath.logs() + repr(aftermath.query("SELECT * FROM jobs_job"))
    assert "ValueError" in everything
    assert "Nordmann" not in everything


def test_a_handler_that_knows_better_says_so_itself(aftermath: Portal) -> None:
    state, error, _, attempts = told(aftermath, "refuse")
    assert (state, attempts) == ("failed", 1)
    assert error == "The file has no column for %(what)s."


def test_a_worker_told_to_stop_finishes_the_job_it_has(embedded: Portal) -> None:
    job = embedded.ask("ledger.write", pause=1)
    with embedded.worker() as worker:
        embedded.wait_for(lambda: embedded.job(job, "state") == ("running",))
        assert worker.terminate() == 0
    assert embedded.job(job, "state", "attempts") == ("done", 1)
    assert entries_are_complete(embedded, 1, LINES)


def test_a_worker_told_to_stop_gives_back_a_job_that_outlasts_the_grace(embedded: Portal, tmp_path: Path) -> None:
    job = embedded.ask("ledger.wait", until=str(tmp_path / "never"))
    with embedded.worker("--grace", "0.3") as worker:
        embedded.wait_for(lambda: embedded.job(job, "state") == ("running",))
        assert worker.terminate() == 0
    assert embedded.job(job, "state", "attempts", "lease_until") == ("queued", 0, None)


def test_progress_is_seen_from_outside_and_a_cancelled_run_cannot_commit(embedded: Portal, tmp_path: Path) -> None:
    until = tmp_path / "go on"
    job = embedded.ask("ledger.wait", until=str(until))
    with embedded.worker() as worker:
        embedded.wait_for(lambda: embedded.job(job, "progress_done")[0] > 0)
        text, total = embedded.job(job, "progress_text", "progress_total")
        embedded.python(f"from jobs.actions import cancel\ncancel(Job.objects.get(pk={job}), by=None)")
        until.touch()
        after = embedded.ask("ledger.write")
        embedded.wait_for(lambda: embedded.job(after, "state") == ("done",))
        assert worker.is_alive
    assert (text, total) == ("Reading row %(done)s of %(total)s", 3000)
    assert embedded.job(job, "state") == ("cancelled",)
    assert embedded.query(f"SELECT count(*) FROM ledger_entry WHERE job_id = {job}") == [(0,)]


def test_the_lease_is_renewed_while_a_job_works_longer_than_it(embedded: Portal) -> None:
    job = embedded.ask("ledger.linger_quietly", seconds=4)  # the lease is two seconds
    with embedded.worker(), embedded.worker():
        embedded.wait_for(lambda: embedded.job(job, "state") == ("done",))
    assert embedded.job(job, "attempts") == (1,)


def test_a_command_may_do_its_job_at_once(embedded: Portal) -> None:
    state = embedded.python(
        "import json\nfrom jobs.worker import run_now\n"
        "job = run_now(ask('ledger.write'))\nprint(json.dumps([job.state, job.result]))"
    )
    assert state == ["done", {"lines": LINES}]
