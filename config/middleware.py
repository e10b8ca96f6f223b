"""Which programme the reader is in, remembered from one page to the next."""

REMEMBERED = "programme"
OF_A_PROGRAMME = {"programmes", "networks"}


class ProgrammeMiddleware:
    """Sets ``request.programme_slug`` from the address (``/programmes/<slug>/…``), else from the one looked at last.

    Kept in the browser: looking at a page writes nothing in the database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        slug = getattr(request, "programme_slug", None)
        if slug and slug != request.COOKIES.get(REMEMBERED) and request.user.is_authenticated:
            answer.set_cookie(REMEMBERED, slug, httponly=True, samesite="Lax", secure=request.is_secure())
        return answer

    def process_view(self, request, view, arguments, named):
        match = request.resolver_match
        slug = named.get("slug") if match.namespace in OF_A_PROGRAMME else None
        request.programme_slug = slug or request.COOKIES.get(REMEMBERED)
