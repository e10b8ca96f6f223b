"""The clock of the portal in English: the rest is Django's own."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "N j, Y, H:i"
