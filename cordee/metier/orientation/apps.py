from django.apps import AppConfig


class OrientationConfig(AppConfig):
    name = "cordee.metier.orientation"
    label = "orientation"

    def ready(self) -> None:
        from cordee.metier.orientation.services.acces import accorder  # noqa: PLC0415 - models are loaded by now
        from cordee.metier.parcours.reactions import enregistrer  # noqa: PLC0415

        enregistrer("orientation.accorder", accorder)
