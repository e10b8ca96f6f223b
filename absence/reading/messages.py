"""The words of problems: what is wrong, what was expected, and what to do, as English templates to be translated."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple


def gettext_noop(text: str) -> str:
    """Marks a text for translation; the translation happens where it is shown."""
    return text


class Text(NamedTuple):
    """``what`` and ``expected`` may use %(value)s and the problem's params; ``remedy`` is a sentence of its own."""

    what: str
    expected: str
    remedy: str


_CELL = gettext_noop("Correct the cell and upload the file again.")
_HEADING = gettext_noop("Correct the heading and upload the file again.")
_ROWS = gettext_noop("Correct the rows and upload the file again.")
_SAVE_XLSX = gettext_noop("Save it as an Excel workbook (.xlsx) and upload it again.")
_SAVE_AGAIN = gettext_noop("Open it in the spreadsheet, save it again and upload the new file.")
_SMALLER = gettext_noop("Keep only the table of figures in the file and upload it again.")
_NEW_EXPORT = gettext_noop("Ask for a new export of the figures and upload that.")
_NAME = gettext_noop("Write the number of the municipality beside the name and upload the file again.")
_LOOK = gettext_noop("Compare with the source before the figure is released.")
NOTHING_SAVED = gettext_noop("Nothing has been saved.")

_A_NUMBER = gettext_noop("a number such as 9,7, or one of the marks : .. . -")
_A_PERIOD = gettext_noop("a period such as 2008K1, 1. kvartal 2008 or Q407-Q308")
_A_MUNICIPALITY = gettext_noop("a municipality in the register")
_A_TABLE = gettext_noop("a table with headings for municipality, period and figures")
_A_FILE = gettext_noop("a table as CSV, xlsx or ods")

MESSAGES = {
    # Cells
    "not_a_number": Text(gettext_noop("“%(value)s” is not a number."), _A_NUMBER, _CELL),
    "other_decimal_mark": Text(
        gettext_noop("“%(value)s” has another decimal mark than the rest of the column."),
        gettext_noop("the decimal mark “%(mark)s”"),
        _CELL,
    ),
    "fraction_among_percents": Text(
        gettext_noop("“%(value)s” looks like a fraction, but the column holds percentages."),
        gettext_noop("percentages in the whole column, or fractions in the whole column"),
        _CELL,
    ),
    "percent_among_fractions": Text(
        gettext_noop("“%(value)s” looks like a percentage, but the column holds fractions."),
        gettext_noop("percentages in the whole column, or fractions in the whole column"),
        _CELL,
    ),
    "not_a_period": Text(gettext_noop("“%(value)s” is not a period."), _A_PERIOD, _CELL),
    "not_a_year": Text(gettext_noop("“%(value)s” is not a year."), gettext_noop("a year such as 2008"), _CELL),
    "year_differs": Text(
        gettext_noop("The quarter “%(value)s” belongs to another year than the column for the year, %(year)s."),
        gettext_noop("a quarter in %(year)s"),
        _CELL,
    ),
    "date_as_period": Text(
        gettext_noop("“%(value)s” is a date, not a period; the spreadsheet may have changed it."), _A_PERIOD, _CELL
    ),
    "window_length": Text(
        gettext_noop("“%(value)s” covers %(quarters)s quarters."),
        gettext_noop("a period of 1, 2 or 4 whole quarters"),
        _CELL,
    ),
    "window_reversed": Text(
        gettext_noop("“%(value)s” ends before it begins."), gettext_noop("the first quarter first"), _CELL
    ),
    "dimension_unknown": Text(
        gettext_noop("“%(value)s” is not a known sector, sex or type of absence."),
        gettext_noop("such as Undervisning, Kvinner or Egenmeldt, or i alt"),
        _CELL,
    ),
    "dimension_blank": Text(
        gettext_noop("The cell is empty, so that it is not clear what the figure is about."),
        gettext_noop("such as Undervisning, Kvinner or Egenmeldt, or i alt"),
        _CELL,
    ),
    "merged_numbers": Text(
        gettext_noop("Merged cells cover figures, so that it is not clear whose figure “%(value)s” is."),
        gettext_noop("one cell for each figure"),
        gettext_noop("Split the cells and upload the file again."),
    ),
    "counts_incomplete": Text(
        gettext_noop("The row gives only one of lost and possible workdays, %(workdays)s, and no rate."),
        gettext_noop("lost and possible workdays, or both cells empty"),
        gettext_noop("Fill in the other number, or empty both cells, and upload the file again."),
    ),
    "absence_of_nothing": Text(
        gettext_noop("Possible workdays are 0, but the row gives absence."),
        gettext_noop("possible workdays above 0, or 0 in the whole row"),
        _CELL,
    ),
    # Municipalities
    "no_municipality": Text(gettext_noop("The row has figures but no municipality."), _A_MUNICIPALITY, _CELL),
    "unknown_number": Text(
        gettext_noop("“%(number)s” is not the number of a municipality."),
        gettext_noop("a number in the register"),
        _CELL,
    ),
    "unknown_name": Text(gettext_noop("“%(name)s” is not a municipality in the register."), _A_MUNICIPALITY, _CELL),
    "unknown_name_near": Text(
        gettext_noop("“%(name)s” is not a municipality in the register."), gettext_noop("perhaps %(candidates)s"), _CELL
    ),
    "ambiguous_name": Text(
        gettext_noop("“%(value)s” may be several municipalities: %(candidates)s."),
        gettext_noop("one of %(candidates)s"),
        _NAME,
    ),
    "city_district": Text(gettext_noop("“%(name)s” is a city district, not a municipality."), _A_MUNICIPALITY, _CELL),
    "county": Text(gettext_noop("“%(name)s” is a county, not a municipality."), _A_MUNICIPALITY, _CELL),
    "two_numbers": Text(
        gettext_noop("The row has two numbers of municipalities, %(number)s and %(other)s."),
        gettext_noop("one number"),
        _CELL,
    ),
    "number_name_conflict": Text(
        gettext_noop("The number %(number)s and the name “%(name)s” (%(is)s) do not belong together."),
        gettext_noop("number and name of the same municipality"),
        _CELL,
    ),
    "not_yet_valid": Text(
        gettext_noop("%(number)s %(name)s exists only from %(date)s. Before that the figures belong to %(instead)s."),
        "%(instead)s",
        _CELL,
    ),
    "not_yet_valid_alone": Text(
        gettext_noop("%(number)s %(name)s exists only from %(date)s."),
        gettext_noop("a municipality that existed in the period"),
        _CELL,
    ),
    "no_longer_valid": Text(
        gettext_noop("%(number)s %(name)s existed until %(date)s. After that the figures belong to %(instead)s."),
        "%(instead)s",
        _CELL,
    ),
    "no_longer_valid_alone": Text(
        gettext_noop("%(number)s %(name)s existed until %(date)s."),
        gettext_noop("a municipality that existed in the period"),
        _CELL,
    ),
    # Rows
    "ragged_row": Text(
        gettext_noop("The row has %(cells)s cells, but the headings are %(columns)s."),
        gettext_noop("%(columns)s cells"),
        gettext_noop("Correct the row and upload the file again."),
    ),
    "same_cell_twice": Text(
        gettext_noop("The same figure is given twice, also on row %(other)s."),
        gettext_noop("one row for each municipality, period, sector, sex and type of absence"),
        _ROWS,
    ),
    "same_cell_on_two_sheets": Text(
        gettext_noop("The same figure is given twice, also on row %(other)s of the sheet “%(other_sheet)s”."),
        gettext_noop("one row for each municipality, period, sector, sex and type of absence"),
        _ROWS,
    ),
    # Headings
    "periods_not_increasing": Text(
        gettext_noop("The period “%(value)s” breaks the order: periods must increase, also against column %(other)s."),
        gettext_noop("periods in increasing order"),
        _HEADING,
    ),
    "same_field_twice": Text(
        gettext_noop("The columns %(other)s and %(column)s could both be the same thing (“%(value)s”)."),
        gettext_noop("one column for each thing"),
        gettext_noop("Remove or rename one of the columns and upload the file again."),
    ),
    "duplicate_header": Text(
        gettext_noop("The heading “%(value)s” is used twice, also in column %(other)s."),
        gettext_noop("each heading once"),
        gettext_noop("Remove or rename one of the columns and upload the file again."),
    ),
    "parts_in_headings": Text(
        gettext_noop(
            "“%(value)s” stands in a heading row of its own beside the periods (“%(period)s”). Headings in two rows "
            "with sex, sector or type of absence cannot be read."
        ),
        gettext_noop(
            "one row a figure, with the headings Kommunenr, Kvartal, Kjønn and Prosent, or one column a period and a "
            "column for Kjønn before them"
        ),
        gettext_noop("Move sex, sector or type of absence to a column of its own and upload the file again."),
    ),
    "no_header": Text(gettext_noop("No headings of a table were found in the file."), _A_TABLE, _HEADING),
    "no_municipality_column": Text(
        gettext_noop("No column for the municipality was found."), gettext_noop("a heading such as Kommunenr"), _HEADING
    ),
    "no_period_column": Text(
        gettext_noop("No column for the period was found."), gettext_noop("a heading such as Kvartal"), _HEADING
    ),
    "no_figure_column": Text(
        gettext_noop("No column with figures was found."),
        gettext_noop("a heading such as Tapte dagsverk, Mulige dagsverk or Sykefraværsprosent"),
        _HEADING,
    ),
    "no_figures": Text(
        gettext_noop("The file has headings but no figures."), gettext_noop("at least one figure"), _NEW_EXPORT
    ),
    # The whole file
    "personal_data": Text(
        gettext_noop("The file seems to hold data about single persons. It has not been kept."),
        gettext_noop("figures for whole municipalities"),
        gettext_noop("Remove identity numbers and names of persons and upload the file again."),
    ),
    "empty_file": Text(gettext_noop("The file is empty."), _A_TABLE, _NEW_EXPORT),
    "file_name": Text(
        gettext_noop("The name of the file has characters that are not allowed."),
        gettext_noop("a name of letters, digits, spaces, dots and dashes"),
        gettext_noop("Rename the file and upload it again."),
    ),
    "file_too_large": Text(
        gettext_noop("The file is larger than %(megabytes)s MB."),
        gettext_noop("at most %(megabytes)s MB"),
        gettext_noop("Divide the file by year and upload the parts."),
    ),
    "unknown_kind": Text(gettext_noop("The file is of a kind that cannot be read."), _A_FILE, _SAVE_XLSX),
    "content_differs": Text(
        gettext_noop("The name ends in “%(ending)s”, but the content is of another kind (%(kind)s)."),
        gettext_noop("a name that fits the content"),
        _SAVE_AGAIN,
    ),
    "web_page": Text(gettext_noop("The file is a web page, not a table."), _A_FILE, _SAVE_XLSX),
    "old_xls": Text(gettext_noop("The file is an old Excel file (.xls)."), _A_FILE, _SAVE_XLSX),
    "macros": Text(gettext_noop("The file holds macros (programs)."), _A_FILE, _SAVE_XLSX),
    "encrypted": Text(
        gettext_noop("The file is protected with a password."),
        gettext_noop("a file without a password"),
        gettext_noop("Remove the password and upload the file again."),
    ),
    "damaged": Text(gettext_noop("The file is damaged or not complete."), gettext_noop("a whole file"), _SAVE_AGAIN),
    "unreadable": Text(
        gettext_noop("The file could not be read (%(reason)s)."), gettext_noop("a whole file"), _SAVE_AGAIN
    ),
    "damaged_text": Text(
        gettext_noop("The text of the file breaks off or has quotation marks out of place."), _A_FILE, _SAVE_AGAIN
    ),
    "utf16": Text(
        gettext_noop("The file is written as UTF-16."),
        gettext_noop("UTF-8 or Windows-1252"),
        gettext_noop("Save it as “CSV UTF-8” and upload it again."),
    ),
    "nul_bytes": Text(
        gettext_noop("The file holds NUL bytes, which are no text."), gettext_noop("UTF-8 or Windows-1252"), _SAVE_AGAIN
    ),
    "unknown_encoding": Text(
        gettext_noop("The file holds characters that are neither UTF-8 nor Windows-1252 (%(byte)s)."),
        gettext_noop("UTF-8 or Windows-1252"),
        gettext_noop("Save it as “CSV UTF-8” and upload it again."),
    ),
    "cell_too_long": Text(
        gettext_noop("A cell holds more than %(length)s characters."),
        gettext_noop("at most %(length)s characters in a cell"),
        _SMALLER,
    ),
    "far_cell": Text(
        gettext_noop("A cell lies far outside the table."), gettext_noop("at most %(columns)s columns"), _SMALLER
    ),
    "too_many_columns": Text(
        gettext_noop("The file has more than %(columns)s columns."),
        gettext_noop("at most %(columns)s columns"),
        _SMALLER,
    ),
    "too_large": Text(
        gettext_noop("The sheet unfolds to more than %(cells)s cells."),
        gettext_noop("at most %(cells)s cells"),
        _SMALLER,
    ),
    "zip_bomb": Text(
        gettext_noop("The file unfolds to %(megabytes)s MB, far more than its size."),
        gettext_noop("a file that holds only the table"),
        _SMALLER,
    ),
    "zip_slip": Text(
        gettext_noop("The file holds parts whose names lead out of it."), gettext_noop("a whole file"), _SAVE_AGAIN
    ),
    "dtd": Text(
        gettext_noop("The file defines entities (DTD), which a spreadsheet never does."),
        gettext_noop("a file saved by a spreadsheet"),
        _SAVE_AGAIN,
    ),
    "formula_without_value": Text(
        gettext_noop("The formula “%(value)s” has no result in the file."),
        gettext_noop("a number, or a formula whose result is saved with it"),
        gettext_noop("Open the file in the spreadsheet, let it calculate, save it and upload it again."),
    ),
    "too_slow": Text(
        gettext_noop("Reading took more than %(seconds)s seconds and was stopped."),
        gettext_noop("a file that holds only the table"),
        _SMALLER,
    ),
    "too_much_memory": Text(
        gettext_noop("Reading needed more than %(megabytes)s MB of memory and was stopped."),
        gettext_noop("a file that holds only the table"),
        _SMALLER,
    ),
    # Doubts that let the file through
    "rate_differs": Text(
        gettext_noop("The file says %(value)s percent, but its workdays give %(computed)s."),
        gettext_noop("%(computed)s percent"),
        _LOOK,
    ),
    "negative_number": Text(
        gettext_noop("“%(value)s” is negative."), gettext_noop("a number that is not negative"), _LOOK
    ),
    "number_set_aside": Text(
        gettext_noop(
            "The row holds the number %(value)s beside a mark (.. . or -). The mark stands; no number is stored."
        ),
        gettext_noop("numbers in the whole row, or marks"),
        _LOOK,
    ),
}
WARNINGS = ("rate_differs", "negative_number", "number_set_aside")

_PLACES = {
    (True, True, True): gettext_noop("Sheet “%(sheet)s”, row %(row)s, column %(column)s: %(what)s"),
    (True, True, False): gettext_noop("Sheet “%(sheet)s”, row %(row)s: %(what)s"),
    (True, False, False): gettext_noop("Sheet “%(sheet)s”: %(what)s"),
    (False, True, True): gettext_noop("Row %(row)s, column %(column)s: %(what)s"),
    (False, True, False): gettext_noop("Row %(row)s: %(what)s"),
    (False, False, False): "%(what)s",
}
_DATE = gettext_noop("%(day)s %(month)s %(year)s")
_MONTHS = "January February March April May June July August September October November December".split()


def describe(problem: dict[str, Any], gettext: Callable[[str], str], decimal_mark: str = ",") -> dict[str, str]:
    """``{"message", "expected"}`` in the language of ``gettext``.

    «Rad 14, kolonne F: «11,Q» er ikke et tall. Rett cellen og last opp på nytt. Ingenting er lagret.»
    """
    text = MESSAGES[problem["code"]]
    params = {name: _shown(name, value, gettext, decimal_mark) for name, value in problem["params"].items()}
    params = {"value": problem["value"], "column": problem["column"] or "", **params}
    if problem["code"] in WARNINGS:
        params["value"] = str(params["value"]).replace(".", decimal_mark)
    place = (problem["sheet"] is not None, problem["row"] is not None, problem["column"] is not None)
    template = gettext(_PLACES.get(place, "%(what)s"))
    what = template % {
        "what": gettext(text.what) % params,
        **{name: problem[name] for name in ("sheet", "row", "column")},
    }
    sentences = [what, gettext(text.remedy)]
    if problem["code"] not in WARNINGS:
        sentences.append(gettext(NOTHING_SAVED))
    return {"message": " ".join(sentences), "expected": gettext(text.expected) % params}


def _shown(name, value, gettext, decimal_mark):
    if name == "date":
        year, month, day = value.split("-")
        return gettext(_DATE) % {"day": int(day), "month": gettext(_MONTHS[int(month) - 1]), "year": year}
    if name == "workdays":
        return value.replace(".", decimal_mark)
    if name == "computed":
        rounded = Decimal(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
        return str(rounded).replace(".", decimal_mark)
    return value
