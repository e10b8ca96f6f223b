"""Reads a whole file, in the child process: kind, sheets, tables, figures, and what is to be said of them."""

from absence.reading.figures import Figures
from absence.reading.long import LongReader
from absence.reading.places import Places
from absence.reading.problems import Problem, Refused, column_letter
from absence.reading.report import Report
from absence.reading.rows import fill_merged
from absence.reading.survey import Survey, refuse_personal_data
from absence.reading.table import SEARCHED_ROWS, Finding, Table, find_table
from absence.reading.text_file import DELIMITERS, MAX_COLUMNS
from absence.reading.wide import WideReader

INFERENCE_ROWS = SEARCHED_ROWS + 40
READERS: dict[str, type[LongReader] | type[WideReader]] = {"long": LongReader, "wide": WideReader}
CHUNK_TRIED = 1_000_000
MOST_ERRORS = 1_000  # far more than are shown: what follows is not read, and ``error_count`` means "at least"


class FileReader:
    """Reads the tables of all sheets one after the other."""

    def __init__(self, register, send, *, chunk_rows: int, error_limit: int):
        self.places = Places(register)
        self.report = Report(error_limit)
        self.figures = Figures(self.report, send, chunk_rows)
        self.shape = None
        self.facts: dict = {"sheets": []}

    def read(self, kind: str, sheets: list) -> None:
        """Read every visible sheet that has a table; a file without one is refused."""
        self.facts["kind"] = kind
        self.order = [sheet.name for sheet in sheets]
        missed: list[tuple] = []
        for sheet in sheets:
            self.report.sheet = sheet.name
            if getattr(sheet, "hidden", False):
                for chunk in sheet.chunks():
                    refuse_personal_data(chunk)
                self.report.ignore("hidden_sheet", None, sheet.name)
                continue
            if formulas := getattr(sheet, "uncomputed", ()):
                self._refuse_formulas(sheet, formulas)
                continue
            table, head = self._find(sheet)
            if isinstance(table, Finding):
                self._no_table(sheet, table, head, missed)
            else:
                self._read_table(sheet, table, head)
        self._finish(missed)

    def _find(self, sheet):
        """The table, or what was missed, and the sheet's head. A CSV's delimiter is the one that shows a heading."""
        missed = []
        for delimiter in DELIMITERS if sheet.name is None else [""]:
            head = sheet.head(delimiter, INFERENCE_ROWS)
            wide = next((index for index, row in enumerate(head) if len(row) > MAX_COLUMNS), None)
            if wide is not None:
                raise Refused("too_many_columns", sheet=sheet.name, row=wide + 1, columns=MAX_COLUMNS)
            table = find_table(head, sheet.merges, self.places)
            if isinstance(table, Table):
                sheet.delimiter = delimiter or None
                table.ragged_text = sheet.name is None
                return table, head
            missed.append((table, head))
        return min(missed, key=lambda entry: entry[0].problem.code == "no_header")

    def _refuse_formulas(self, sheet, formulas):
        """A cell whose result is not in the file is no blank: each is named, and the sheet is not read."""
        for chunk in sheet.chunks():
            refuse_personal_data(chunk)
        for row, column, formula in formulas:
            cells = sheet.rows[row] if row is not None and row < len(sheet.rows) else []
            self.report.error(Problem("formula_without_value"), row, column, formula, cells)

    def _no_table(self, sheet, finding, head, missed):
        for chunk in sheet.chunks():
            refuse_personal_data(chunk)
        if finding.problem.code == "personal_data":
            raise Refused("personal_data")
        if any(any(row) for row in head):
            missed.append((sheet.name, finding, head))

    def _read_table(self, sheet, table, head):
        survey = self._survey(sheet, table)
        if any(finding.problem.code == "personal_data" for finding in table.findings):
            raise Refused("personal_data")
        self._say_facts(sheet, table, survey)
        self._list_ignored(table, head)
        for finding in table.findings:
            cells = head[finding.row] if finding.row is not None else []
            self.report.error(finding.problem, finding.row, finding.column, finding.value, cells)
        if table.findings:
            return
        self.figures.begin_sheet(sheet.name)
        reader = READERS[table.shape](table, self.places, survey, self.report, self.figures)
        if sheet.merges:
            columns = table.columns
            cells = lambda row: [row[columns[f]] if f in columns else None for f in ("number", "name")]  # noqa: E731
            is_unit = lambda row: type(self.places.candidates(*cells(row))) is tuple  # noqa: E731
            fill_merged(table, sheet, self.report, is_unit)
        for chunk in sheet.chunks():
            if self.report.error_count > MOST_ERRORS:
                break
            reader.read(chunk)

    def _survey(self, sheet, table):
        """Over the whole table; of a large file that is hopeless from the beginning, over the beginning alone."""
        if getattr(sheet, "is_large", False):
            start = sheet.beginning()
            survey = Survey(table, start)
            if self._is_hopeless(table, survey, start) and not sheet.has_long_numbers():
                return survey
        return Survey(table, sheet)

    def _is_hopeless(self, table, survey, start):
        report = Report(0)
        figures = Figures(report, lambda chunk: None, CHUNK_TRIED)
        figures.begin_sheet(None)
        reader = READERS[table.shape](table, self.places, survey, report, figures)
        for chunk in start.chunks():
            reader.read(chunk)
        self.places.searches = 0
        return report.error_count > MOST_ERRORS

    def _say_facts(self, sheet, table, survey):
        self.shape = self.shape or table.shape
        self.facts["sheets"].append(sheet.name)
        if "header_row" in self.facts:
            return
        letters = {field: column_letter(column) for field, column in table.columns.items()}
        self.facts |= {"encoding": sheet.encoding, "delimiter": sheet.delimiter, "decimal_mark": survey.decimal_mark}
        self.facts |= {"rate_scale": survey.scale, "header_row": table.first_row + 1, "columns": letters}

    def _list_ignored(self, table, head):
        for index, row in enumerate(head[: table.first_row]):
            if any(row):
                self.report.ignore_row("title", index, row)
        for column, text in table.unknown:
            self.report.ignore("unknown_column", table.first_row, text, column)

    def _finish(self, missed):
        self.figures.flush()
        found_table = "header_row" in self.facts
        for name, finding, head in missed:
            self.report.sheet = name
            if found_table:
                self.report.ignore("no_table", None, name)
            else:
                cells = head[finding.row] if finding.row is not None else []
                self.report.error(finding.problem, finding.row, finding.column, finding.value, cells)
        if not found_table and not missed and not self.report.error_count:
            raise Refused("empty_file")
        if not self.report.error_count and not self._has_figures():
            self.report.sheet = None
            self.report.error(Problem("no_figures"), None, None)

    def _has_figures(self):
        return self.figures.numbers > 0

    def summary(self) -> dict:
        """What is said when all has been read."""
        figures, report = self.figures, self.report
        self.facts |= {"periods": sorted(figures.periods), "municipalities": len(figures.units)}
        self.facts["with_figures"] = len(figures.municipalities)
        return {
            "shape": self.shape,
            "facts": self.facts,
            "rows_read": report.rows_read,
            "figure_count": figures.count,
            "ignored": [*report.many.values(), *report.ignored],
            "printed": report.printed,
            "warnings": report.warnings,
            "errors": sorted(report.errors, key=self._place),
            "error_count": report.error_count,
        }

    def _place(self, problem):
        known = problem["sheet"] in self.order
        return self.order.index(problem["sheet"]) if known else len(self.order), problem["row"] or 0
