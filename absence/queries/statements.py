"""The set-based statements behind the sums, in SQL that both databases speak. Parameters are named.

Source of the rules: domain specification, parts 1 and 6; `calculations.totals.summed_total` is the same rule for one
municipality, and a test compares the two.
"""

# The figures of a span in their newest vintage. Where no period of the span has more than one vintage, all of them are.
# A figure is looked up by its municipality first (CROSS JOIN keeps SQLite to that): its key begins there.
_COLUMNS = "municipality_id, first_quarter, sector, sex, absence_type, lost, possible, rate"
_SPAN = """
    FROM municipalities_municipality place CROSS JOIN absence_figure figure
    WHERE figure.municipality_id = place.id AND source = %(source)s AND quarters = %(quarters)s
        AND first_quarter BETWEEN %(first)s AND %(last)s AND vintage_on <= %(vintage_on)s
"""
ONLY_VINTAGE = f"SELECT {_COLUMNS} {_SPAN}"
NEWEST_VINTAGE = f"""
    SELECT {_COLUMNS} FROM (
        SELECT {_COLUMNS}, ROW_NUMBER() OVER (
            PARTITION BY municipality_id, first_quarter, sector, sex, absence_type ORDER BY vintage_on DESC
        ) AS age {_SPAN}
    ) dated WHERE age = 1
"""

# The totals alone, of one quarter: each is looked up by its whole key, where a range is read with all of the parts.
_TOTALS = """
    FROM municipalities_municipality place CROSS JOIN absence_figure figure
    WHERE figure.municipality_id = place.id AND source = %(source)s AND first_quarter = %(first)s
        AND quarters = %(quarters)s AND sector = 'all' AND sex = 'all' AND absence_type = 'total'
        AND vintage_on <= %(vintage_on)s
"""
ONLY_TOTALS = f"SELECT {_COLUMNS} {_TOTALS} AND rate IS NOT NULL"
NEWEST_TOTALS = f"""
    SELECT {_COLUMNS} FROM (
        SELECT {_COLUMNS}, ROW_NUMBER() OVER (PARTITION BY municipality_id ORDER BY vintage_on DESC) AS age {_TOTALS}
    ) dated WHERE age = 1 AND rate IS NOT NULL
"""

# A municipality's quarter: the whole, and its parts along one dimension at a time. Where the source did not give all of
# them they are summed: a dimension only when nothing was given for the whole of it, all its parts have numbers, and
# none is held at the desk. Possible workdays are the same for every type of absence and are counted once.
_MARGIN = """(CASE WHEN sector = 'all' THEN 0 ELSE 1 END) + (CASE WHEN sex = 'all' THEN 0 ELSE 1 END)
    + (CASE WHEN absence_type = 'total' THEN 0 ELSE 1 END) <= 1"""
GIVEN_QUARTERS = f"""
SELECT municipality_id, first_quarter, sector, sex, absence_type, lost, possible FROM ({{newest}}) figures
WHERE lost IS NOT NULL AND possible > 0 AND {_MARGIN}
"""
# Municipalities with figures of a quarter that were not given all of their parts.
INCOMPLETE = """
WITH part AS MATERIALIZED (
    SELECT municipality_id, COUNT(*) AS n FROM absence_municipalityquarter
    WHERE source = %(source)s AND quarter = %(quarter)s AND absence_type <> 'employer_period'
    GROUP BY municipality_id
)
SELECT 1 FROM municipalities_municipality place LEFT JOIN part ON part.municipality_id = place.id
WHERE COALESCE(part.n, 0) < 11 AND EXISTS (
    SELECT 1 FROM absence_figure figure
    WHERE figure.municipality_id = place.id AND figure.source = %(source)s AND figure.first_quarter = %(quarter)s
        AND figure.quarters = 1
) LIMIT 1
"""
_TO_SUM = "(municipality_id, quarter) IN (SELECT municipality_id, quarter FROM to_sum)"
MUNICIPALITY_QUARTERS = f"""
WITH newest AS MATERIALIZED (
    SELECT municipality_id, first_quarter AS quarter, sector, sex, absence_type, lost, possible
    FROM ({{newest}}) figures
),
held AS MATERIALIZED (
    SELECT DISTINCT staged.municipality_id, staged.first_quarter AS quarter
    FROM absence_stagedfigure staged JOIN absence_importbatch batch ON batch.id = staged.batch_id
    WHERE staged.held AND staged.quarters = 1 AND staged.first_quarter BETWEEN %(first)s AND %(last)s
        AND batch.source = %(source)s AND batch.state IN ('staged', 'released') AND batch.vintage_on <= %(vintage_on)s
),
to_sum AS MATERIALIZED (
    SELECT municipality_id, quarter FROM newest
    WHERE (municipality_id, quarter) NOT IN (SELECT municipality_id, quarter FROM held)
    GROUP BY municipality_id, quarter
    HAVING SUM(CASE WHEN {_MARGIN} AND absence_type <> 'employer_period' THEN 1 ELSE 0 END) < 11
),
typed AS MATERIALIZED (
    SELECT * FROM newest WHERE {_TO_SUM}
    UNION ALL
    SELECT municipality_id, quarter, sector, sex, 'total',
        SUM(CASE WHEN absence_type IN ('self_certified', 'doctor_certified') THEN lost END), MAX(possible)
    FROM newest WHERE {_TO_SUM}
    GROUP BY municipality_id, quarter, sector, sex
    HAVING SUM(CASE WHEN absence_type = 'total' THEN 1 ELSE 0 END) = 0
        AND COUNT(CASE WHEN absence_type IN ('self_certified', 'doctor_certified') THEN lost END) = 2
),
sexed AS MATERIALIZED (
    SELECT * FROM typed
    UNION ALL
    SELECT municipality_id, quarter, sector, 'all', absence_type, SUM(lost), SUM(possible) FROM typed
    GROUP BY municipality_id, quarter, sector, absence_type
    HAVING SUM(CASE WHEN sex = 'all' THEN 1 ELSE 0 END) = 0 AND COUNT(lost) = 2
),
sectored AS (
    SELECT * FROM sexed
    UNION ALL
    SELECT municipality_id, quarter, 'all', sex, absence_type, SUM(lost), SUM(possible) FROM sexed
    GROUP BY municipality_id, quarter, sex, absence_type
    HAVING SUM(CASE WHEN sector = 'all' THEN 1 ELSE 0 END) = 0 AND COUNT(lost) = 6
)
SELECT * FROM (
    SELECT * FROM sectored
    UNION ALL
    SELECT * FROM newest WHERE (municipality_id, quarter) NOT IN (SELECT municipality_id, quarter FROM to_sum)
) every WHERE lost IS NOT NULL AND possible > 0 AND {_MARGIN}
"""

# Quarters before a merger (or a new number) as the sum of the predecessors, when all of them have the quarter.
CARRIED_BACK = """
SELECT change.successor_id, quarter.quarter, quarter.sector, quarter.sex, quarter.absence_type,
    SUM(quarter.lost) AS lost, SUM(quarter.possible) AS possible
FROM municipalities_municipalitychange change
JOIN absence_municipalityquarter quarter ON quarter.municipality_id = change.predecessor_id
WHERE quarter.source = %(source)s AND quarter.quarter BETWEEN %(first)s AND %(last)s
    AND quarter.quarter < %(changed)s AND change.happened_on = %(happened_on)s
    AND change.kind IN ('merge', 'recode', 'rename')
    AND NOT EXISTS (
        SELECT 1 FROM absence_municipalityquarter own
        WHERE own.municipality_id = change.successor_id AND own.source = quarter.source
            AND own.quarter = quarter.quarter
    )
GROUP BY change.successor_id, quarter.quarter, quarter.sector, quarter.sex, quarter.absence_type
HAVING COUNT(*) = (
    SELECT COUNT(*) FROM municipalities_municipalitychange every
    WHERE every.successor_id = change.successor_id AND every.happened_on = %(happened_on)s
)
"""

# Each group over quarters (length 1) and over four consecutive ones (length 4): a unit enters a
# window when it has all of its quarters and exists in the last one. RANGE with a count, so that a gap never becomes a
# four-quarter figure.
GROUP_WINDOWS = """
SELECT member.group_key, %(quarters)s AS quarters, unit.last - %(quarters)s + 1 AS first_quarter,
    unit.sector, unit.sex, unit.absence_type, SUM(unit.lost) AS lost, SUM(unit.possible) AS possible,
    SUM((2000000 * unit.lost + unit.possible) / (2 * unit.possible)) AS rate_sum, COUNT(*) AS n_reporting
FROM (
    SELECT municipality_id, quarter AS last, sector, sex, absence_type,
        CAST(SUM(lost) OVER four AS bigint) AS lost, CAST(SUM(possible) OVER four AS bigint) AS possible,
        COUNT(*) OVER four AS n
    FROM absence_municipalityquarter
    WHERE source = %(source)s AND sector = 'all' AND sex = 'all' AND absence_type = 'total'
        AND quarter BETWEEN %(first)s - %(quarters)s + 1 AND %(last)s + %(quarters)s - 1
    WINDOW four AS (
        PARTITION BY municipality_id, sector, sex, absence_type ORDER BY quarter
        RANGE BETWEEN {preceding} PRECEDING AND CURRENT ROW
    )
) unit
JOIN absence_groupmember member ON member.municipality_id = unit.municipality_id
    AND unit.last BETWEEN member.from_quarter AND member.to_quarter
WHERE unit.n = %(quarters)s AND unit.last BETWEEN %(first)s AND %(last)s + %(quarters)s - 1
GROUP BY member.group_key, unit.last, unit.sector, unit.sex, unit.absence_type
"""
