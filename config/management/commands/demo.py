"""``manage.py demo [--no-serve] [--port 8000]``: everything the portal can show, from nothing, by one command."""

from pathlib import Path
from time import monotonic

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from config.demo.admission import load_admission
from config.demo.committees import load_committees
from config.demo.evaluations import load_evaluations
from config.demo.gatherings import load_gatherings
from config.demo.imports import DemoImportFailed, take_in_all
from config.demo.people import PASSWORD, PEOPLE, load_people
from config.demo.programmes import load_programmes
from config.demo.published import load_published
from config.demo.register_records import load_register
from config.demo.reports import make_editions, print_reports
from config.demo.serving import is_free, serve
from config.demo.visits import load_visits
from municipalities.models import User


class Command(BaseCommand):
    help = "Load both programmes and generated absence files, make the reports, and serve the portal with a worker."
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("--no-serve", action="store_true", help="stop after the reports")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--folder", type=Path, default=settings.VAR_DIR / "demo", help="where the files and the reports are written"
        )

    def handle(self, *args, no_serve, port, folder, **options):
        if not no_serve and not is_free(port):
            raise CommandError(f"Something else answers at port {port}. Choose another: make demo ARGS='--port 8001'")
        self.began = monotonic()
        try:
            self._prepare(port, folder, no_serve)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Run it again, and it goes on where it stopped.", returncode=130) from None
        if not no_serve and (code := serve(port)):
            raise SystemExit(code)

    def _prepare(self, port: int, folder: Path, no_serve: bool) -> None:
        self._say("Preparing the database")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        adviser = self._load_records()
        self._import(folder / "pai", adviser)
        self._say("Making the annual report for 2008 and the final report")
        make_editions(by=adviser)
        reports = print_reports(folder / "reports")
        self._tell(port, reports, no_serve)

    def _load_records(self) -> User:
        self._say("Loading the register and both programmes")
        load_register()
        load_programmes()
        load_committees()
        load_gatherings()
        load_evaluations()
        load_published()
        adviser = load_people()
        load_visits()
        load_admission(by=adviser)
        return adviser

    def _import(self, folder: Path, adviser: User) -> None:
        self._say(f"Writing and importing eighteen quarterly files in {folder}")
        try:
            for batch in take_in_all(folder, by=adviser):
                held = batch.staged.filter(held=True).count()
                self._say(f"  {batch.file_name}: {batch.released_count} figures" + (f", {held} held" if held else ""))
        except DemoImportFailed as failure:
            raise CommandError(str(failure)) from None

    def _tell(self, port: int, reports: list[Path], no_serve: bool) -> None:
        self._say("Ready")
        lines = ["", "Reports", *(f"  {path}" for path in reports), "", f"Sign in (password: {PASSWORD})"]
        lines += [f"  {person.email:<30} {person.role or 'no role'}" for person in PEOPLE]
        address = f"http://localhost:{port}/"
        lines += ["", f"make demo serves it at {address}" if no_serve else f"Portal  {address}   Ctrl-C stops."]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _say(self, text: str) -> None:
        self.stdout.write(f"{monotonic() - self.began:6.1f} s  {text}")
        self.stdout.flush()
