"""What programmes and networks work on; a theme that is not among these is shown as it was written."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

THEMES = {
    "sickness_absence": _("sickness absence"),
    "service_quality": _("quality of services"),
    "full_time_part_time": _("full-time and part-time work"),
    "competence_recruitment": _("competence and recruitment"),
    "reputation": _("reputation"),
    "innovation": _("innovation"),
    "voluntary_sector": _("voluntary sector"),
    "public_health": _("public health"),
    "other_themes": _("other themes"),
}


def theme_label(theme: str) -> str:
    return str(THEMES.get(theme) or theme.replace("_", " "))


def theme_choices(themes) -> list[tuple[str, str]]:
    """The themes, each once, ready for a form."""
    return [(one, capfirst(theme_label(one))) for one in dict.fromkeys(themes)]
