"""The long shape: one row a figure. Read a column at a time: looking texts up is cheaper than parsing each of them."""

from operator import add

from absence.reading.figures import count_memo, period_key, rate_memo, rate_tolerance, slice_parser
from absence.reading.headers import DIMENSION_FIELDS, VALUE_FIELDS
from absence.reading.numbers import COMPUTED, plain_column, ratio_percent
from absence.reading.period_text import parse_period, parse_quarter_of_year
from absence.reading.places import OUTSIDE_ITS_LIFE, place_field, row_label_kind
from absence.reading.problems import Memo, Problem, column_letter
from absence.reading.rows import data_rows
from absence.reading.table import is_blank


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
        self.count_fields = [field for field in ("lost", "possible") if field in columns]
        self.values = dict.fromkeys(self.count_fields, counts)
        self.values |= {"rate": rates} if "rate" in columns else {}
        self.decimal_mark = survey.decimal_mark
        self.tolerance = rate_tolerance(survey) if "rate" in columns else 0
        self.letter = column_letter(columns.get("rate", columns.get("lost", columns.get("possible", 0))))

    def read(self, chunk) -> None:
        """Read one chunk of the sheet: the quick way where every cell is plain, else cell by cell."""
        chunk, indexes = data_rows(self.table, chunk, self.report)
        if chunk is None:
            return
        self.report.rows_read += len(indexes)
        keys = self._look_up_keys(chunk.columns)
        plain = None if self._has_odd(keys) or "rate" in self.values else self._plain_counts(chunk.columns)
        if plain is None:
            indexes, keys, plain = self._cell_by_cell(chunk, indexes, keys)
        self._add(indexes, keys, plain)

    def _look_up_keys(self, columns):
        """``unit`` and ``slice`` of each row."""
        pick = lambda fields: zip(*(columns[self.table.columns[field]] for field in fields), strict=False)  # noqa: E731
        slices = pick(self.slice_fields) if self.slice_fields else [()] * len(columns[0])
        units = list(map(self.unit_memo.__getitem__, pick(self.unit_fields)))
        return {"unit": units, "slice": list(map(self.slice_memo.__getitem__, slices))}

    def _has_odd(self, looked_up):
        memos = (self.unit_memo, self.slice_memo, *self.values.values())
        return any(memo.bad for memo in memos) and bool(_odd_places(looked_up))

    def _plain_counts(self, columns):
        """Columns of lost, possible, rate and mark where both are plain numbers in every row; else None."""
        if len(self.count_fields) < 2:
            return None
        lost, possible = (
            plain_column(columns[self.table.columns[field]], self.decimal_mark) for field in self.count_fields
        )
        if lost is None or possible is None or _has_zero(possible):
            return None
        self.figures.numbers += len(lost)
        return lost, possible, [COMPUTED] * len(lost), [None] * len(lost)

    def _cell_by_cell(self, chunk, indexes, keys):
        looked_up, rows = dict(keys), chunk.rows
        for field, memo in self.values.items():
            looked_up[field] = list(map(memo.__getitem__, chunk.columns[self.table.columns[field]]))
        if self._has_odd(looked_up):
            odd = set(_odd_places(looked_up))
            for place in sorted(odd):
                self._odd_row(indexes[place], chunk.rows[place])
            indexes, rows = ([one for place, one in enumerate(them) if place not in odd] for them in (indexes, rows))
            looked_up = {
                name: [found for place, found in enumerate(values) if place not in odd]
                for name, values in looked_up.items()
            }
        return indexes, looked_up, self._values(indexes, rows, looked_up)

    def _unit(self, cells):
        """``(number, first, quarters, key)`` of the place and period cells, or the first Problem in them."""
        place, period = self._place_and_period(dict(zip(self.unit_fields, cells, strict=False)))
        if type(place) is Problem or type(period) is Problem:
            return place if type(place) is Problem else period
        number = self.places.on(place, *period)
        if type(number) is Problem:
            return number
        self._remember(number, period)
        return number, *period, period_key(number, *period)

    def _remember(self, number, period):
        self.figures.periods.add(period)
        self.figures.units.add(number)

    def _place_and_period(self, cells):
        place = self.place_memo[cells.get("number"), cells.get("name")]
        if "year" not in cells:
            return place, parse_period(cells["period"])
        if "period" not in cells:
            return place, parse_period(cells["year"])
        return place, parse_quarter_of_year(cells["year"], cells["period"])

    def _add(self, indexes, keys, values):
        units, slices = keys["unit"], keys["slice"]
        lost, possible, rates, marks = values
        if not units:
            return
        numbers, firsts, quarters, unit_keys = zip(*units, strict=True)
        slice_keys, sectors, sexes, types = zip(*slices, strict=True)
        self.figures.municipalities.update(numbers if not any(marks) else _unmarked(numbers, marks))
        self.figures.extend(
            list(map(add, unit_keys, slice_keys)),
            {
                "row": [index + 1 for index in indexes],
                "column": [self.letter] * len(indexes),
                "municipality": numbers,
                "first": firsts,
                "quarters": quarters,
                "sector": sectors,
                "sex": sexes,
                "absence_type": types,
                "lost": lost,
                "possible": possible,
                "rate": rates,
                "mark": marks,
            },
        )

    def _values(self, indexes, rows, looked_up):
        """Columns of lost, possible, rate and mark. Workdays need each other; a mark leaves no number."""
        nothing = [None] * len(indexes)
        triples = zip(*(looked_up.get(field, nothing) for field in VALUE_FIELDS), strict=False)
        places = zip(indexes, rows, strict=True)
        found = [self._value(place, *numbers) for place, numbers in zip(places, triples, strict=False)]
        lost, possible, rates, marks = map(list, zip(*found, strict=False)) if found else ([], [], [], [])
        self.figures.numbers += marks.count(None)
        return lost, possible, rates, marks

    def _value(self, place, lost, possible, rate):
        if mark := _written_mark(lost, possible, rate):
            return self._marked(place, mark, lost, possible, rate)
        if _is_number(lost) and _is_number(possible):
            return self._of_counts(place, lost, possible, rate)
        if _is_number(rate):
            if rate.scaled < 0:
                self._warn("negative_number", place, "rate", rate)
            self._set_aside(place, lost, possible)
            return None, None, rate.text, None
        if _is_number(lost) or _is_number(possible):
            self._refuse_half(place, lost, possible)
        return None, None, None, "missing"

    def _set_aside(self, place, lost, possible):
        """Workdays of one kind alone, beside a rate: nothing can be made of them, and the rate is used as printed."""
        for field, number in (("lost", lost), ("possible", possible)):
            if _is_number(number):
                self.report.set_aside("lone_count", place[0], number.text, self.table.columns[field])

    def _marked(self, place, mark, *numbers):
        """What is hidden in one cell is hidden in all, and not repeated; beside other marks the number is told."""
        if mark != "suppressed":
            for field, number in zip(VALUE_FIELDS, numbers, strict=True):
                if _is_number(number):
                    self._warn("number_set_aside", place, field, number)
                    break
        return None, None, None, mark

    def _of_counts(self, place, lost, possible, rate):
        if not possible.scaled:
            return self._nothing_possible(place, lost, possible, rate)
        computed = ratio_percent(lost.scaled, possible.scaled)
        if _is_number(rate):
            self._compare(place, rate, computed, lost.scaled, possible.scaled)
            computed = rate.text
        if lost.scaled < 0 or possible.scaled < 0:
            field, number = ("lost", lost) if lost.scaled < 0 else ("possible", possible)
            self._warn("negative_number", place, field, number)
        return lost.text, possible.text, computed, None

    def _nothing_possible(self, place, lost, possible, rate):
        """No workdays at all give no rate; absence from them is an error."""
        if lost.scaled or (_is_number(rate) and rate.scaled):
            self._error(Problem("absence_of_nothing"), place, "possible")
        return None, None, None, "not_possible"

    def _refuse_half(self, place, lost, possible):
        """One of the workdays without the other, and no rate: a figure that could never be used."""
        number = lost if _is_number(lost) else possible
        here, other = ("lost", "possible") if number is lost else ("possible", "lost")
        problem = Problem("counts_incomplete", {"workdays": number.text})
        self._error(problem, place, other if other in self.table.columns else here)

    def _error(self, problem, place, field):
        index, row = place
        column = self.table.columns[field]
        self.report.error(problem, index, column, row[column], row)

    def _warn(self, code, place, field, number):
        self.report.warning(Problem(code), place[0], self.table.columns[field], number.text)

    def _compare(self, place, printed, computed, absent, planned):
        """Warns where the printed rate is not what its own workdays give."""
        if computed is not None and abs(printed.scaled * planned - 100 * absent * 10**9) > self.tolerance * planned:
            problem = Problem("rate_differs", {"computed": computed})
            self.report.warning(problem, place[0], self.table.columns["rate"], printed.text)

    def _odd_row(self, index, row):
        """A row with something wrong in it, which may also be a note, a total, or blank outside a number's life."""
        if all(map(is_blank, row)):
            self.report.rows_read -= 1
            return None
        cells = {field: row[column] for field, column in self.table.columns.items()}
        kind = row_label_kind(cells.get("name")) or row_label_kind(cells.get("number"))
        place, period = self._place_and_period(cells)
        has_values = any(not is_blank(cells[field]) for field in self.values)
        period_blank = is_blank(cells.get("period")) and is_blank(cells.get("year"))
        if kind == "diff" or (kind and (period_blank or not has_values)):
            self.report.rows_read -= 1
            reason = "difference_unchecked" if kind == "diff" and has_values else "not_a_unit"
            return self.report.ignore_row(reason, index, row)
        if type(place) is Problem and not has_values and period_blank and not kind:
            self.report.rows_read -= 1
            return self.report.ignore_row("note", index, row)
        problems = self._problems(cells, None if kind else place, period)
        for field, problem in problems:
            self.report.error(problem, index, self.table.columns[field], cells[field], row)
        if not problems and kind:
            self.report.rows_read -= 1
            self._print_row(kind, index, cells, period)
        elif not problems:
            self._add_blank(index, row, place[0], period, cells)
        return None

    def _problems(self, cells, place, period):
        found = []
        if type(place) is Problem:
            found.append((place_field(cells, place), place))
        if type(period) is Problem:
            field = "year" if "period" not in cells or period.code == "not_a_year" else "period"
            found.append((field, period))
        if type(place) is tuple and type(period) is tuple:
            number = self.places.on(place, *period)
            blank = type(number) is Problem and number.code in OUTSIDE_ITS_LIFE and not self._has_number(cells)
            if type(number) is Problem and not blank:
                found.append((place_field(cells, number), number))
        for field in self.slice_fields:
            parsed = slice_parser([field])((cells[field],))
            if type(parsed) is Problem:
                found.append((field, parsed))
        found += [(field, memo[cells[field]]) for field, memo in self.values.items()]
        return [(field, problem) for field, problem in found if type(problem) is Problem]

    def _has_number(self, cells):
        numbers = [memo[cells[field]] for field, memo in self.values.items()]
        return any(type(number) is not Problem and number.scaled is not None for number in numbers)

    def _print_row(self, kind, index, cells, period):
        _, sector, sex, absence_type = self.slice_memo[tuple(cells[field] for field in self.slice_fields)]
        found = [memo[cells[field]] for field, memo in self.values.items()]
        if any(number.mark == "suppressed" for number in found):
            return self.report.ignore("not_a_unit", index, self._label(cells))
        if kind == "unstated":  # used, and listed: it becomes no figure
            self.report.ignore_row("not_a_unit", index, cells.values())
        numbers = {field: number.text for field, number in zip(self.values, found, strict=True)}
        lost, possible = (self.values[f][cells[f]] if f in self.values else None for f in ("lost", "possible"))
        if not numbers.get("rate") and lost and possible and lost.scaled is not None and possible.scaled is not None:
            numbers["rate"] = ratio_percent(lost.scaled, possible.scaled)
        parts = (sector, sex, absence_type)
        return self.report.print_cell(index, self.letter, self._label(cells), kind, period, parts, numbers)

    @staticmethod
    def _label(cells):
        return cells.get("name") if row_label_kind(cells.get("name")) else cells.get("number")

    def _add_blank(self, index, row, number, period, cells):
        """A blank or a mark outside the number's life is no error: it stands as it is."""
        part = self.slice_memo[tuple(cells[field] for field in self.slice_fields)]
        looked_up = {field: [memo[cells[field]]] for field, memo in self.values.items()}
        unit = (number, *period, period_key(number, *period))
        self.figures.units.add(number)
        self._add([index], {"unit": [unit], "slice": [part]}, self._values([index], [row], looked_up))


def _has_zero(plain: list[str]) -> bool:
    return any(not float(text) for text in plain if text[0] == "0")


def _unmarked(numbers, marks):
    return (number for number, mark in zip(numbers, marks, strict=True) if mark is None)


def _odd_places(looked_up):
    return [place for place, found in enumerate(zip(*looked_up.values(), strict=False)) if Problem in map(type, found)]


def _is_number(number):
    return number is not None and number.scaled is not None


def _written_mark(*numbers):
    """The mark written in one of a row's cells; hidden goes before all, the workdays' before the rate's."""
    written = [number.mark for number in numbers if number is not None and number.mark and not number.blank]
    return "suppressed" if "suppressed" in written else next(iter(written), None)
