"""The dimensions of an absence figure and the marks that stand where there is none.

Identifiers are those of the domain specification; they are the same strings in code, in the database and in the
commands.
"""

ALL = "all"
TOTAL = "total"

SECTORS = (ALL, "teaching", "kindergarten", "health_care", "technical", "administration", "other")
SEXES = (ALL, "women", "men")
ABSENCE_TYPES = (TOTAL, "self_certified", "doctor_certified", "employer_period")

# A mark says why there is no number. No number is stored for any of them.
SUPPRESSED = "suppressed"
MISSING = "missing"
NOT_POSSIBLE = "not_possible"
NIL = "nil"
MARKS = (SUPPRESSED, MISSING, NOT_POSSIBLE, NIL)
