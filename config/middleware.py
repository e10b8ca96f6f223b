"""Which programme the reader is in, remembered from one page to the next."""

REMEMBERED = "programme"
OF_A_PROGRAMME = {"programmes", "networks"}


class ProgrammeMiddleware:
    """Sets ``request.programme_slug`` from the address (``/programmes/<slug>/…``), else from the session."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, named):
        match = request.resolver_match
        slug = named.get("slug") if match.namespace in OF_A_PROGRAMME else None
        remembered = request.session.get(REMEMBERED)
        request.programme_slug = slug or remembered
        if slug and slug != remembered and request.user.is_authenticated:
            request.session[REMEMBERED] = slug
