"""Each room owns its catalogue, also for the pages it has in ``templates/<room>/``."""

from pathlib import Path

from django.conf import settings
from django.core.management.commands import makemessages
from django.utils import timezone

from config.catalogues import settled

ROOMS = ("jobs", "municipalities", "correspondence", "programmes", "networks", "absence", "gatherings", "reporting")


def room_of(path: Path) -> str | None:
    """The room whose catalogue holds the words of this file, or None for the portal's own."""
    parts = path.relative_to(settings.BASE_DIR).parts
    name = parts[1] if parts[0] == "templates" and len(parts) > 2 else parts[0]
    return name if name in ROOMS else None


class Command(makemessages.Command):
    msgmerge_options = ["-q", "--backup=none", "--previous", "--update", "--no-fuzzy-matching"]

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--room", help="only this room's catalogue (config for the portal's own)")

    def handle(self, *args, **options):
        self.room = options.pop("room")
        options["ignore_patterns"] += ["node_modules", ".venv", "var", "tests", "static", "benchmarks"]
        options["no_location"] = False
        options["add_location"] = "file"
        for room in ROOMS:
            (settings.BASE_DIR / room / "locale").mkdir(exist_ok=True)
        super().handle(*args, **options)

    def write_po_file(self, potfile, locale):
        super().write_po_file(potfile, locale)
        written = Path(potfile).parent / locale / "LC_MESSAGES" / f"{self.domain}.po"
        text = written.read_text(encoding="utf-8")
        written.write_text(settled(text, locale, timezone.localtime()), encoding="utf-8")

    def find_files(self, root):
        found = []
        for file in super().find_files(root):
            room = room_of(Path(file.path).resolve())
            if self.room and self.room != (room or "config"):
                continue
            base = settings.BASE_DIR / room if room else settings.BASE_DIR
            file.locale_dir = str(base / "locale")
            if file.locale_dir not in self.locale_paths:
                self.locale_paths.append(file.locale_dir)
            found.append(file)
        return found
