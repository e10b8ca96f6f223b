"""The long shape: one row a figure. Read a column at a time, because looking up 26 000 texts is cheaper than parsing them."""

from absence.reading.figures import count_memo, period_key, rate_memo, rate_tolerance, slice_parser
from absence.reading.headers import DIMENSION_FIELDS
from absence.reading.numbers import ratio_percent
from absence.reading.period_text import parse_period, parse_quarter_of_year
from absence.reading.places import row_label_kind
from absence.reading.problems import Memo, Problem, column_letter
from absence.reading.rows import data_rows
from absence.reading.table import is_blank

_NOTHING = (None, None)


class LongReader:
    """Turns the rows of one long table into figures."""

    def __init__(self, table, places, survey, report, figures):
        self.table, self.places, self.report, self.figures = table, places, report, figures
        columns = table.columns
        self.unit_fields = [field for field in ("number", "name", "period", "year") if field in columns]
        self.slice_fields = [field for field in DIMENSION_FIELDS if field in columns]
        self.place_memo = Memo(lambda cells: places.candidates(*cells))
        self.unit_memo = Memo(self._unit)
        self.slice_memo = Memo(slice_parser(self.slice_fields))
        counts, rates = count_memo(survey), rate_memo(survey)
        self.values = {field: counts for field in ("lost", "possible") if field in columns}
        self.values |= {"rate": rates} if "rate" in columns else {}
        self.tolerance = rate_tolerance(survey) if "rate" in columns else 0
        self.letter = column_letter(columns.get("rate", columns.get("lost", columns.get("possible", 0))))

    def read(self, start: int, rows: list) -> None:
        """Read one chunk of the sheet; ``start`` is the index of its first row."""
        rows, indexes = data_rows(self.table, start, rows, self.report)
        if not rows:
            return
        self.report.rows_read += len(rows)
        looked_up = self._look_up(rows)
        if any(memo.bad for memo in (self.unit_memo, self.slice_memo, *self.values.values())):
            odd = [place for place, found in enumerate(zip(*looked_up.values())) if Problem in map(type, found)]
            for place in odd:
                self._odd_row(indexes[place], rows[place])
            out = set(odd)
            indexes = [index for place, index in enumerate(indexes) if place not in out]
            looked_up = {
                name: [found for place, found in enumerate(values) if place not in out]
                for name, values in looked_up.items()
            }
        self._add(indexes, looked_up)

    def _look_up(self, rows):
        columns = list(zip(*rows))
        pick = lambda fields: zip(*(columns[self.table.columns[field]] for field in fields))  # noqa: E731
        slices = pick(self.slice_fields) if self.slice_fields else [()] * len(rows)
        looked_up = {
            "unit": list(map(self.unit_memo.__getitem__, pick(self.unit_fields))),
            "slice": list(map(self.slice_memo.__getitem__, slices)),
        }
        for field, memo in self.values.items():
            looked_up[field] = list(map(memo.__getitem__, columns[self.table.columns[field]]))
        return looked_up

    def _unit(self, cells):
        """``(number, first, quarters, key)`` of the place and period cells, or the first Problem in them."""
        place, period = self._place_and_period(dict(zip(self.unit_fields, cells)))
        if type(place) is Problem or type(period) is Problem:
            return place if type(place) is Problem else period
        number = self.places.on(place, *period)
        if type(number) is Problem:
            return number
        self._remember(number, period)
        return number, *period, period_key(number, *period)

    def _remember(self, number, period):
        self.figures.periods.add(period)
        self.figures.municipalities.add(number)

    def _place_and_period(self, cells):
        place = self.place_memo[cells.get("number"), cells.get("name")]
        if "year" not in cells:
            return place, parse_period(cells["period"])
        if "period" not in cells:
            return place, parse_period(cells["year"])
        return place, parse_quarter_of_year(cells["year"], cells["period"])

    def _add(self, indexes, looked_up):
        units, slices = looked_up["unit"], looked_up["slice"]
        lost, possible, rates, marks = self._values(indexes, looked_up)
        self.figures.extend(
            [unit[3] + part[0] for unit, part in zip(units, slices)],
            {
                "row": [index + 1 for index in indexes],
                "column": [self.letter] * len(indexes),
                "municipality": [unit[0] for unit in units],
                "first": [unit[1] for unit in units],
                "quarters": [unit[2] for unit in units],
                "sector": [part[1] for part in slices],
                "sex": [part[2] for part in slices],
                "absence_type": [part[3] for part in slices],
                "lost": lost,
                "possible": possible,
                "rate": rates,
                "mark": marks,
            },
        )

    def _values(self, indexes, looked_up):
        """Columns of lost, possible, rate and mark. Workdays need each other; a mark leaves no number."""
        lost, possible, rates, marks = [], [], [], []
        nothing = [None] * len(indexes)
        triples = zip(*(looked_up.get(field, nothing) for field in ("lost", "possible", "rate")))
        for index, (absent, planned, printed) in zip(indexes, triples):
            has_counts = absent and planned and absent.scaled is not None and planned.scaled is not None
            has_rate = printed and printed.scaled is not None
            if has_counts:
                rate = ratio_percent(absent.scaled, planned.scaled)
                if has_rate:
                    self._compare(index, printed, rate, absent.scaled, planned.scaled)
                    rate = printed.text
                found = absent.text, planned.text, rate, None
                if absent.scaled < 0 or planned.scaled < 0:
                    self._warn_negative(index, "lost" if absent.scaled < 0 else "possible", absent, planned)
            elif has_rate:
                found = None, None, printed.text, None
            else:
                found = None, None, None, _mark(absent, planned, printed)
            if has_rate and printed.scaled < 0:
                self.report.warning(Problem("negative_number"), index, self.table.columns["rate"], printed.text)
            self.figures.numbers += found[3] is None
            lost.append(found[0])
            possible.append(found[1])
            rates.append(found[2])
            marks.append(found[3])
        return lost, possible, rates, marks

    def _compare(self, index, printed, computed, absent, planned):
        """Warns where the printed rate is not what its own workdays give."""
        if computed is not None and abs(printed.scaled * planned - 100 * absent * 10**9) > self.tolerance * planned:
            problem = Problem("rate_differs", {"computed": computed})
            self.report.warning(problem, index, self.table.columns["rate"], printed.text)

    def _warn_negative(self, index, field, absent, planned):
        value = absent if field == "lost" else planned
        self.report.warning(Problem("negative_number"), index, self.table.columns[field], value.text)

    def _odd_row(self, index, row):
        """A row with something wrong in it, which may also be a note, a total, or blank outside a number's life."""
        cells = {field: row[column] for field, column in self.table.columns.items()}
        kind = row_label_kind(cells.get("name")) or row_label_kind(cells.get("number"))
        place, period = self._place_and_period(cells)
        has_values = any(not is_blank(cells[field]) for field in self.values)
        period_blank = is_blank(cells.get("period")) and is_blank(cells.get("year"))
        if kind == "not_a_unit" or (kind and (period_blank or not has_values)):
            self.report.rows_read -= 1
            return self.report.ignore_row("not_a_unit", index, row)
        if type(place) is Problem and not has_values and period_blank and not kind:
            self.report.rows_read -= 1
            return self.report.ignore_row("note", index, row)
        problems = self._problems(cells, None if kind else place, period, has_values)
        for field, problem in problems:
            self.report.error(problem, index, self.table.columns[field], cells[field], row)
        if not problems and kind:
            self.report.rows_read -= 1
            self._print_row(kind, index, cells, period)
        elif not problems:
            self._add_blank(index, place[0], period, cells)

    def _problems(self, cells, place, period, has_values):
        found = []
        if type(place) is Problem:
            found.append((self._place_field(cells, place), place))
        if type(period) is Problem:
            field = "year" if "period" not in cells or period.code == "not_a_year" else "period"
            found.append((field, period))
        if type(place) is tuple and type(period) is tuple and has_values:
            number = self.places.on(place, *period)
            if type(number) is Problem and self._has_number(cells):
                found.append((self._place_field(cells, number), number))
        for field in self.slice_fields:
            parsed = slice_parser([field])((cells[field],))
            if type(parsed) is Problem:
                found.append((field, parsed))
        found += [(field, memo[cells[field]]) for field, memo in self.values.items()]
        return [(field, problem) for field, problem in found if type(problem) is Problem]

    def _has_number(self, cells):
        numbers = [memo[cells[field]] for field, memo in self.values.items()]
        return any(type(number) is not Problem and number.scaled is not None for number in numbers)

    @staticmethod
    def _place_field(cells, problem):
        by_name = "name" in cells and ("number" not in cells or is_blank(cells["number"]))
        named = problem.code in ("number_name_conflict", "city_district") and "name" in cells
        return "name" if by_name or named else "number"

    def _print_row(self, kind, index, cells, period):
        _, sector, sex, absence_type = self.slice_memo[tuple(cells[field] for field in self.slice_fields)]
        numbers = {field: memo[cells[field]].text for field, memo in self.values.items()}
        label = cells.get("name") if row_label_kind(cells.get("name")) else cells.get("number")
        lost, possible = (self.values[f][cells[f]] if f in self.values else None for f in ("lost", "possible"))
        if not numbers.get("rate") and lost and possible and lost.scaled is not None and possible.scaled is not None:
            numbers["rate"] = ratio_percent(lost.scaled, possible.scaled)
        self.report.print_cell(
            index, self.letter, label, kind, period, (sector, sex, absence_type), numbers
        )

    def _add_blank(self, index, number, period, cells):
        """A blank or a mark outside the number's life is no error: it stands as it is."""
        key, sector, sex, absence_type = self.slice_memo[tuple(cells[field] for field in self.slice_fields)]
        values = [self.values[field][cells[field]] if field in self.values else None for field in ("lost", "possible", "rate")]
        unit = (number, *period, period_key(number, *period))
        self._add([index], {"unit": [unit], "slice": [(key, sector, sex, absence_type)], **dict(zip(("lost", "possible", "rate"), [[v] for v in values]))})


def _mark(*numbers):
    """The mark of a row without figures: a written one before a blank, the workdays' before the rate's."""
    marks = [number for number in numbers if number is not None and number.mark]
    written = [number.mark for number in marks if not number.blank]
    return written[0] if written else "missing"
