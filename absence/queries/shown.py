"""Figures as the reader's language writes them: «10,2» and «48 171», in English "10.2" and "48,171"."""

from decimal import Decimal

from django.utils.formats import get_format

from municipalities.queries.register import thousands

from ..calculations import rates


def format_percent(value: Decimal | None, decimals: int = 1) -> str:
    return _marked(rates.format_percent(value, decimals))


def format_points(value: Decimal | None, decimals: int = 1) -> str:
    return _marked(rates.format_points(value, decimals))


def format_days(value: Decimal | None) -> str:
    """Workdays: grouped, with the decimals there are."""
    if value is None:
        return "–"
    whole, _, part = f"{value.normalize():f}".partition(".")
    return thousands(int(whole)) + (get_format("DECIMAL_SEPARATOR") + part if part else "")


def _marked(text: str) -> str:
    return text.replace(",", get_format("DECIMAL_SEPARATOR"))
