from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    """Resolutions: from the outcome to the published text."""

    name = "resolutions"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nghị quyết"
