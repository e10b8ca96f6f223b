"""Headings that sort a list; the order stands in the address."""


def headings(request, labels: dict[str, str], sort: str, *, numbers: set[str] = frozenset()) -> list[dict]:
    found = []
    for key, label in labels.items():
        query = request.GET.copy()
        query.pop("page", None)
        query["sort"] = f"-{key}" if sort == key else key
        order = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        found.append({"label": label, "url": f"?{query.urlencode()}", "sort": order, "number": key in numbers})
    return found
