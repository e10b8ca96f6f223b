"""What settings read from the environment, the composed portal can be given."""

import re

from django.conf import settings

OF_THE_HOUSE = {"DEBUG", "MEDIA_ROOT", "STATIC_MANIFEST"}  # set in the image, or never in production


def test_every_setting_from_the_environment_reaches_the_containers():
    read = set(re.findall(r'env(?:\.\w+)?\(\s*"(\w+)"', (settings.BASE_DIR / "config/settings.py").read_text()))
    passed_on = set(re.findall(r"^    (\w+): \S", (settings.BASE_DIR / "docker-compose.yml").read_text(), re.M))
    assert {"SECRET_KEY", "DATABASE_URL", "EMAIL_TIMEOUT"} <= read
    assert read - OF_THE_HOUSE <= passed_on
