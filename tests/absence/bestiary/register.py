"""A small register of municipalities with every difficulty of the real one."""

HALDEN, MOSS, KRISTIANSUND = "0101", "0104", "1505"

REGISTER = [
    ("0101", "Halden", "Halden", "Halden", "Østfold", "1838-01-01", "2019-12-31", ["3001"]),
    ("0104", "Moss", "Moss", "Moss", "Østfold", "1838-01-01", "2019-12-31", ["3002"]),
    ("0137", "Våler", "Våler", "Våler (Østfold)", "Østfold", "1838-01-01", "2019-12-31", ["3018"]),
    ("3018", "Våler", "Våler", "Våler (Viken)", "", "2020-01-01", "2023-12-31", []),
    ("0216", "Nesodden", "Nesodden", "Nesodden", "Akershus", "1838-01-01", "2019-12-31", ["3023"]),
    ("0301", "Oslo", "Oslo", "Oslo", "Oslo", "1838-01-01", None, []),
    ("0426", "Våler", "Våler", "Våler (Hedmark)", "Hedmark", "1854-01-01", "2019-12-31", ["3419"]),
    ("0441", "Os", "Os", "Os (Hedmark)", "Hedmark", "1976-01-01", "2019-12-31", ["3430"]),
    ("1243", "Os", "Os", "Os (Hordaland)", "Hordaland", "1838-01-01", "2019-12-31", ["4624"]),
    ("3430", "Os", "Os", "Os", "Innlandet", "2020-01-01", None, []),
    ("0542", "Nord-Aurdal", "Nord-Aurdal", "Nord-Aurdal", "Oppland", "1894-01-01", "2019-12-31", ["3451"]),
    ("0706", "Sandefjord", "Sandefjord", "Sandefjord", "Vestfold", "1838-01-01", "2016-12-31", ["0710"]),
    ("0710", "Sandefjord", "Sandefjord", "Sandefjord", "Vestfold", "2017-01-01", "2019-12-31", ["3804"]),
    ("0722", "Nøtterøy", "Nøtterøy", "Nøtterøy", "Vestfold", "1838-01-01", "2017-12-31", ["0729"]),
    ("0821", "Bø", "Bø", "Bø (Telemark)", "Telemark", "1838-01-01", "2019-12-31", ["3817"]),
    ("1867", "Bø", "Bø", "Bø (Nordland)", "Nordland", "1838-01-01", None, []),
    ("1503", "Kristiansund", "Kristiansund", "Kristiansund", "Møre og Romsdal", "1838-01-01", "2007-12-31", ["1505"]),
    ("1505", "Kristiansund", "Kristiansund", "Kristiansund", "Møre og Romsdal", "2008-01-01", None, []),
    ("1515", "Herøy", "Herøy", "Herøy (Møre og Romsdal)", "Møre og Romsdal", "1838-01-01", None, []),
    ("1818", "Herøy", "Herøy", "Herøy (Nordland)", "Nordland", "1864-01-01", None, []),
    ("1729", "Inderøy", "Inderøy", "Inderøy", "Nord-Trøndelag", "1838-01-01", "2011-12-31", ["1756"]),
    ("1756", "Inderøy", "Inderøy", "Inderøy", "Nord-Trøndelag", "2012-01-01", "2017-12-31", ["5053"]),
    ("1826", "Hattfjelldal", "Hattfjelldal", "Hattfjelldal", "Nordland", "1862-01-01", None, []),
    ("2025", "Deatnu - Tana", "Tana", "Deatnu - Tana", "Finnmark", "1864-01-01", "2019-12-31", ["5441"]),
]
