"""Composes the rooms. Celery's app is loaded with it, so that web pages can ring too."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
