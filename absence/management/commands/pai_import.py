"""Import an absence file from the command line, by the same path as an upload."""

import json
import time
from pathlib import Path

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from absence import actions
from absence.calculations.periods import Period
from absence.management.arguments import day, one_of
from absence.models import ImportBatch, Source
from absence.queries.batches import has_free
from absence.queries.imports import import_answer, known_file, trial_answer
from absence.queries.overlaps import overlap_sentences
from absence.queries.register import RegisterNow
from jobs.actions import retry, take_back
from jobs.models import Job
from jobs.run import run_job

REFUSED, DUPLICATE = 3, 4
EXITS = {"refused": REFUSED, "duplicate": DUPLICATE}


class Command(BaseCommand):
    help = "Import a file of absence figures. Exit 0: done, 3: refused, 4: the file is here already."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--vintage", required=True, help="the day it was taken out, ISO")
        parser.add_argument("--source", default=Source.PAI.value, help="PAI, SSB, NAV or own")
        parser.add_argument("--revision-kind", default="regular", help="preliminary, regular, definition or error")
        parser.add_argument("--dry-run", action="store_true", help="change nothing; show every figure read")
        parser.add_argument("--release", action="store_true", help="release what no blocking suspicion holds")
        parser.add_argument("--json", action="store_true", help="only JSON on standard output")

    def handle(self, *args, **options):
        if not options["file"].is_file():
            raise CommandError(f"Finner ikke filen {options['file']}.")
        options["vintage"] = day(options["vintage"], "--vintage")
        one_of(options["source"], Source.values, "--source")
        one_of(options["revision_kind"], ImportBatch.RevisionKind.values, "--revision-kind")
        with translation.override("nb"):
            answer = self._try_out(options) if options["dry_run"] else self._import(options)
            self.stdout.write(json.dumps(answer, ensure_ascii=False) if options["json"] else in_words(answer))
        if code := EXITS.get(answer["status"]):
            raise SystemExit(code)

    def _try_out(self, options) -> dict:
        register = RegisterNow()
        content = actions.read(options["file"], options["file"].name, register)
        if content.errors:
            return trial_answer(content, None)
        source, vintage_on = options["source"], options["vintage"]
        outcome = actions.Outcome(content, actions.judge(content, source, vintage_on), register)
        with options["file"].open("rb") as file:
            known = actions.already_imported(actions.checksum(File(file)))
        conflicts = [known_file(known)] if known else actions.released_already(outcome, source, vintage_on)
        periods = [Period(*one) for one in content.facts.get("periods", ())]
        return trial_answer(content, outcome, conflicts, overlap_sentences(source, vintage_on, periods))

    def _import(self, options) -> dict:
        try:
            with options["file"].open("rb") as file:
                batch = actions.upload(
                    file=File(file, name=options["file"].name),
                    file_name=options["file"].name,
                    vintage_on=options["vintage"],
                    source=options["source"],
                    revision_kind=options["revision_kind"],
                    by=None,
                )
        except actions.AlreadyImported as known:
            batch = known.batch
            if not _is_left_behind(batch, options):
                return import_answer(batch, status="duplicate")
        if batch.state == ImportBatch.State.UPLOADED:
            _read_here(batch)
            batch.refresh_from_db()
        if options["release"] and batch.state == ImportBatch.State.STAGED:
            _release(batch)
            batch.refresh_from_db()
        return import_answer(batch)


def _is_left_behind(batch: ImportBatch, options: dict) -> bool:
    """Whether the same command began this import and was ended before it was through: then it is carried on."""
    asked = (options["source"], options["vintage"], options["revision_kind"])
    if batch.uploaded_by_id or (batch.source, batch.vintage_on, batch.revision_kind) != asked:
        return False
    if batch.state == ImportBatch.State.STAGED:
        return options["release"] and has_free(batch)
    return batch.state == ImportBatch.State.UPLOADED and _is_free(Job.objects.about(batch.job_subject).get())


def _is_free(job: Job) -> bool:
    """Whether nobody is at it. Waiting for a worker is free too, and what was given up is asked for again."""
    if job.is_retryable:
        retry(job, by=None)
    return job.state != Job.State.RUNNING or take_back(job)


def _release(batch: ImportBatch) -> None:
    try:
        actions.release(batch, by=None)
    except actions.NotPossible:
        return  # everything is held: the answer says so


def _read_here(batch: ImportBatch) -> None:
    """Do the job in this process; a worker that was quicker is waited for."""
    job = Job.objects.about(batch.job_subject).get()
    run_job(job.pk)
    job.refresh_from_db()
    while not (job.is_finished or job.will_try_again):  # a worker was quicker: wait for it
        time.sleep(0.2)
        run_job(job.pk)
        job.refresh_from_db()
    if job.state != Job.State.DONE:
        raise CommandError(job.trouble)


STATUS = {"staged": "venter på frigivelse", "released": "frigitt", "refused": "avvist", "duplicate": "lest inn før"}


def in_words(answer: dict) -> str:
    """The answer as a person reads it on a terminal."""
    counts = f"{answer['rows_read']} rader lest, {answer['figures']} tall, {answer['released']} frigitt"
    lines = [
        f"{STATUS.get(answer['status'], answer['status'])}: {counts}, {answer['held']} holdes tilbake, "
        f"{answer['warnings']} advarsler."
    ]
    lines += [one["message"] for one in answer["errors"]]
    lines += [
        f"{one['rule']} {one['municipality'] or ''} {one['period']}: {one['message']}" for one in answer["suspicions"]
    ]
    lines += [f"Rad {one['row']} er ikke lest: {one['text']}" for one in answer["ignored"]]
    return "\n".join([*lines, *answer["notes"]])
