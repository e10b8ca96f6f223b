"""Pages of the absence room: thin, they fetch, permit, call and answer."""
