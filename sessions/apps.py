from django.apps import AppConfig


class SessionsConfig(AppConfig):
    """The package is ``sessions``; the label differs because Django owns ``sessions``."""

    name = "sessions"
    label = "council_sessions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Kỳ họp"
