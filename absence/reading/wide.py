"""The wide shape: one row a municipality, one column a period, rates in the cells."""

from decimal import Decimal

from absence.reading.figures import period_key, rate_memo, slice_parser
from absence.reading.headers import DIMENSION_FIELDS
from absence.reading.places import OUTSIDE_ITS_LIFE, place_field, row_label_kind
from absence.reading.problems import Memo, Problem, column_letter
from absence.reading.rows import data_rows
from absence.reading.table import is_blank


class WideReader:
    """Turns the rows of one wide table into figures."""

    def __init__(self, table, places, survey, report, figures):
        self.table, self.places, self.report, self.figures = table, places, report, figures
        self.place_memo = Memo(lambda cells: places.candidates(*cells))
        self.slice_fields = [field for field in DIMENSION_FIELDS if field in table.columns]
        self.slice_memo = Memo(slice_parser(self.slice_fields))
        self.rates = rate_memo(survey)
        self.above: list[tuple[str, list]] = []  # kind and rates of the rows so far, the last three of them

    def read(self, chunk) -> None:
        """Read one chunk of the sheet."""
        chunk, indexes = data_rows(self.table, chunk, self.report)
        for index, row in zip(indexes, chunk.rows if chunk else [], strict=True):
            if not all(map(is_blank, row)):
                self._row(index, row)

    def _row(self, index, row):
        cells = {field: row[column] for field, column in self.table.columns.items()}
        kind = row_label_kind(cells.get("name")) or row_label_kind(cells.get("number"))
        has_values = any(not is_blank(row[column]) for column in self.table.value_columns)
        place = self.place_memo[cells.get("number"), cells.get("name")]
        above = self.above
        if has_values:
            self.above = [*above[-2:], (kind or "unit", self._rates(row))]
        if kind and not has_values:
            return self.report.ignore_row("not_a_unit", index, row)
        if kind == "diff" and not _is_told(above):
            return self.report.ignore_row("difference_unchecked", index, row)
        if type(place) is Problem and not has_values:
            return self.report.ignore_row("note", index, row)
        found = self._slice(index, row, cells)
        if kind and found:
            if kind == "unstated":  # used, and listed: it becomes no figure
                self.report.ignore_row("not_a_unit", index, row)
            return self._print(index, row, cells, kind, found, above)
        self.report.rows_read += 1
        if type(place) is Problem:
            field = place_field(cells, place)
            return self.report.error(place, index, self.table.columns[field], cells[field], row)
        if found:
            self._figures(index, row, place, found)
        return None

    def _slice(self, index, row, cells):
        found = self.slice_memo[tuple(cells[field] for field in self.slice_fields)]
        if type(found) is not Problem:
            return found
        for field in self.slice_fields:
            problem = slice_parser([field])((cells[field],))
            if type(problem) is Problem:
                self.report.error(problem, index, self.table.columns[field], cells[field], row)
        return None

    def _figures(self, index, row, place, found):
        key, sector, sex, absence_type = found
        last = max(self.table.periods, key=lambda period: period[1])
        at_last = self.places.on(place, *last[1:])
        unit = at_last if type(at_last) is str else place[0]
        self.figures.units.add(unit)
        for column, first, quarters in self.table.periods:
            rate = self.rates[row[column]]
            number = self.places.on(place, first, quarters)
            if type(rate) is Problem or self._is_wrong(number, rate):
                problem = rate if type(rate) is Problem else number
                self.report.error(problem, index, column, row[column], row)
                continue
            if rate.scaled is None:  # a blank belongs to the municipality as it was when the table ends
                number = unit
            else:
                self.figures.municipalities.add(unit)
                self._note_number(index, column, first, quarters, rate)
            self.figures.add(
                period_key(number, first, quarters) + key,
                row=index + 1,
                column=column_letter(column),
                municipality=number,
                first=first,
                quarters=quarters,
                sector=sector,
                sex=sex,
                absence_type=absence_type,
                lost=None,
                possible=None,
                rate=rate.text,
                mark=rate.mark,
            )

    @staticmethod
    def _is_wrong(number, rate):
        return type(number) is Problem and (rate.scaled is not None or number.code not in OUTSIDE_ITS_LIFE)

    def _note_number(self, index, column, first, quarters, rate):
        self.figures.numbers += 1
        self.figures.periods.add((first, quarters))
        if rate.scaled < 0:
            self.report.warning(Problem("negative_number"), index, column, rate.text)

    def _rates(self, row):
        return [self.rates[row[column]] for column, _, _ in self.table.periods]

    def _print(self, index, row, cells, kind, found, above):
        label = cells.get("name") if row_label_kind(cells.get("name")) else cells.get("number")
        for place, (column, first, quarters) in enumerate(self.table.periods):
            rate = self.rates[row[column]]
            if type(rate) is Problem:
                self.report.error(rate, index, column, row[column], row)
            elif rate.text is not None:
                numbers = {"rate": rate.text}
                if kind == "diff":
                    numbers["difference"] = _difference(*(rates[place] for _, rates in above[-2:]))
                self.report.print_cell(index, column_letter(column), label, kind, (first, quarters), found[1:], numbers)


def _is_told(above):
    """Whether it is clear what a row of differences takes from what: two results just above, or the only two units."""
    kinds = [kind for kind, _ in above]
    return kinds == ["unit", "unit"] or (len(kinds) > 1 and set(kinds[-2:]) <= {"mean", "total"})


def _difference(upper, lower):
    if any(type(one) is Problem or one.text is None for one in (upper, lower)):
        return None
    return str(Decimal(lower.text) - Decimal(upper.text))
