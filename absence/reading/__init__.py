"""Files in: what an uploaded PAI file says, before anyone judges it.

Pure Python: no Django, no database. The file is opened only in a child process with limits on memory and time, so that
a hostile file can at worst kill the child. The interface::

    from absence.reading.read import read_file

    reading = read_file(path, register, file_name="PAI 2008.xlsx")
    for chunk in reading:                    # streams; at most CHUNK_ROWS figures at a time
        chunk["municipality"], chunk["rate"] # lists of equal length, names in FIGURE_COLUMNS
    if reading.errors: ...                   # refused: throw away what the chunks gave

``register`` is an iterable of tuples ``(number, name, norwegian_name, disambiguated_name, county_name, valid_from,
valid_to, successors)``; dates are ``date`` or ISO text or None, ``successors`` a list of numbers.

A chunk is a dict of lists, one entry a figure:

================  ==========================================================================================
``sheet``         name of the sheet, None in a CSV
``row``           row as a spreadsheet shows it, from 1
``column``        letter of the column with the figure: the rate's, else the lost workdays'
``municipality``  four-digit string
``first``         first quarter as an integer, ``year * 4 + quarter - 1`` (see ``absence.calculations.periods``)
``quarters``      1, 2 or 4
``sector``        identifier, ``all`` where the file has none
``sex``           identifier, ``all`` where the file has none
``absence_type``  identifier, ``total`` where the file has none
``lost``          decimal string with a point, or None
``possible``      decimal string with a point, or None
``rate``          decimal string in percent, also when the file has fractions; or None. Computed from lost and
                  possible (at most six decimals) where the file prints no rate
``mark``          ``suppressed``, ``missing``, ``not_possible``, ``nil`` or None; with a mark there is no number
================  ==========================================================================================

When the iteration has ended (not before) the reading also has

- ``shape``: ``"long"`` or ``"wide"`` or None (refused before that was known);
- ``facts``: dict with ``kind`` (csv, xlsx, ods), ``encoding``, ``delimiter``, ``decimal_mark`` (``,`` or ``.`` or None
  where numbers are stored as numbers), ``rate_scale`` (``percent``, ``fraction`` or None without a rate column),
  ``sheets`` (names of those read), ``header_row``, ``columns`` (field → letter), ``periods`` (list of
  ``[first, quarters]``, sorted), ``municipalities`` (how many stand in the file), ``with_figures`` (how many of them
  have a number);
- ``rows_read`` (rows of data), ``figure_count``;
- ``ignored``: list of ``{"sheet", "row", "column", "text", "reason"}``, at most 200: title rows, notes, unknown
  columns, sheets without a table, rows like Uoppgitt and Differanse. ``reason`` is one of IGNORED_REASONS. Workdays
  of one kind alone beside a rate (``lone_count``) are one entry a column, the first of them, with their ``count``:
  the rate is used as it is printed, the number is not;
- ``printed``: list of ``{"sheet", "row", "column", "label", "kind", "first", "quarters", "sector", "sex",
  "absence_type", "lost", "possible", "rate", "difference"}``: the file's own mean and total rows, one entry a cell, for
  check V11.
  ``kind`` is ``mean`` (Snitt), ``total`` (I ALT, Totalt, Hele landet), ``unstated`` (Uoppgitt, also ignored) or
  ``diff`` (Differanse under two such rows, whose difference is in ``difference``; else it is ignored);
- ``warnings``: list of problems that do not refuse the file: ``rate_differs`` (the printed rate is not what its own
  workdays give; params ``computed``), ``negative_number``, ``number_set_aside`` (a number beside a mark other than
  ``:``; the mark stands). The figure they concern is in the chunks; hold it;
- ``errors``: list of problems, at most ``limits.errors`` and ten of one value; ``error_count`` is how many there
  were in all.

A problem is a dict ``{"code", "sheet", "row", "column", "value", "params", "cells"}``: ``row`` and ``column`` (a
letter) are None for what concerns the whole file; ``cells`` is the row as it stood in the file (list of strings).
``absence.reading.messages.describe(problem, gettext)`` → ``{"message", "expected"}`` puts it into words.
A file with personal data gives one error, ``personal_data``, with an empty value and no cells: do not keep the file.

``absence.reading.annotate.annotated_copy(path, problems, gettext, file_name=…)`` gives the bytes of an xlsx copy of
the file with the bad cells marked, or None where the file cannot be opened at all.
"""
