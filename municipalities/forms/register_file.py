"""A file of municipalities, read into a table: CSV, Excel or OpenDocument, whole or with the reason why not."""

import csv
import io
import zipfile
from datetime import date, datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from python_calamine import CalamineError, CalamineWorkbook, ZipError
from tablib import Dataset

from municipalities.actions.register import ROW

KINDS = ("csv", "xlsx", "ods")
MAX_BYTES = 5 * 1024 * 1024
# A workbook is a zip file: what it becomes when it is unpacked is limited too.
MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_ROWS = 5000
NEEDED = ("municipality_number", "name", "norwegian_name", "name_with_county", "county_number", "valid_from")


class RegisterFileForm(forms.Form):
    """A file of the kind that the list is downloaded as; ``cleaned_data["file"]`` is a Dataset.

    Its first column is the row's number in the file; every cell is text.
    """

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV, Excel or OpenDocument with the columns of the downloaded list, at most 5 MB."),
        widget=forms.FileInput({"accept": ".csv,.xlsx,.ods"}),
    )

    def clean_file(self) -> Dataset:
        file = self.cleaned_data["file"]
        kind = file.name.rsplit(".", 1)[-1].lower()
        if kind not in KINDS:
            raise forms.ValidationError(
                _("«%(name)s» is not a CSV, Excel or OpenDocument file. Save the list as one of them and try again."),
                params={"name": file.name},
            )
        if file.size > MAX_BYTES:
            raise forms.ValidationError(
                _("The file is larger than 5 MB. A register of all municipalities is far smaller.")
            )
        content = file.read()
        return table_of(rows_of_csv(content) if kind == "csv" else rows_of_workbook(content))


def rows_of_csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise forms.ValidationError(
            _("Row %(row)d holds letters that are not in UTF-8. Save the file as «CSV UTF-8» and try again."),
            params={"row": line},
        ) from None
    first = text.split("\n", 1)[0]
    mark = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        raise forms.ValidationError(
            _("The quotation marks of the file do not match. Save it as CSV again from a spreadsheet, and try again.")
        ) from None


def rows_of_workbook(content: bytes) -> list[list[str]]:
    """The first sheet; a cell with a formula counts as what it last came to."""
    unreadable = forms.ValidationError(_("The file cannot be opened. Save it again as Excel or as CSV, and try again."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED_BYTES:
                raise unreadable
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python(skip_empty_area=False)
        )
    except (zipfile.BadZipFile, CalamineError, ZipError, ValueError, OSError, IndexError, NotImplementedError):
        raise unreadable from None
    return [[as_text(cell) for cell in row] for row in rows]


def as_text(cell) -> str:
    """A cell as a person would have typed it: 301.0 is 301, a date is ISO."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def table_of(rows: list[list[str]]) -> Dataset:
    """The rows under their headings. Raises ValidationError for a table that cannot be read row by row."""
    headings = [heading.strip() for heading in rows[0]] if rows else []
    missing = [name for name in NEEDED if name not in headings]
    if missing:
        raise forms.ValidationError(
            _("Row 1 lacks the headings %(names)s. Download the list to see how a file must look."),
            params={"names": ", ".join(missing)},
        )
    twice = sorted({name for name in headings if name and headings.count(name) > 1})
    if twice:
        raise forms.ValidationError(
            _("The headings %(names)s stand in several columns. Keep one of each."), params={"names": ", ".join(twice)}
        )
    filled = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell.strip() for cell in row)]
    if len(filled) > MAX_ROWS:
        raise forms.ValidationError(
            _("The file has more than %(most)d rows. Divide it in several."), params={"most": MAX_ROWS}
        )
    table = Dataset(headers=[ROW, *headings])
    for number, row in filled:
        if len(row) != len(headings):
            raise forms.ValidationError(
                _("Row %(row)d has %(cells)d cells, the headings %(headings)d. Check its commas and quotation marks."),
                params={"row": number, "cells": len(row), "headings": len(headings)},
            )
        table.append([str(number), *row])
    if not filled:
        raise forms.ValidationError(_("The file has headings, but no municipality under them."))
    return table
