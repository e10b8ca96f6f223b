import pytest

from municipalities.plain_text import plain_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("## Dette skjer nå\n\nVi **ringer** _deg_.", "Dette skjer nå\n\nVi ringer deg."),
        ("Vilkår:\n\n- Bruk pengene.\n- Rapporter.\n\nHilsen", "Vilkår:\n\n– Bruk pengene.\n– Rapporter.\n\nHilsen"),
        ("Vilkår:\n- Én\n- To", "Vilkår:\n\n– Én\n– To"),
        ("2. Søk\n3. Vent\n   litt", "2. Søk\n3. Vent\n   litt"),
        ("- Ytre\n  - Indre\n- Neste", "– Ytre\n  – Indre\n– Neste"),
        ("Vennlig hilsen\nsekretariatet", "Vennlig hilsen\nsekretariatet"),
        ("Se [siden](https://pulje.no/a).", "Se siden (https://pulje.no/a)."),
        ("Se <https://pulje.no/a> eller [p@ks.no](mailto:p@ks.no)", "Se https://pulje.no/a eller p@ks.no"),
        ("| År | Kroner |\n|---|---|\n| 2008 | 100 000 |", "År   Kroner\n2008   100 000"),
        ("Før\n\n> Sitat\n\n---\n\nEtter", "Før\n\nSitat\n\nEtter"),
        ("Vi gir [[grant]] & <b>mer</b>", "Vi gir [[grant]] & <b>mer</b>"),
        ("", ""),
    ],
)
def test_markdown_reads_as_a_letter_without_its_marks(written, read):
    assert plain_text(written) == read
