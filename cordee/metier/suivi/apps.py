from django.apps import AppConfig


class SuiviConfig(AppConfig):
    name = "cordee.metier.suivi"
    label = "suivi"

    def ready(self) -> None:
        from cordee.metier.parcours.reactions import enregistrer  # noqa: PLC0415 - models are loaded by now
        from cordee.metier.suivi.services import corriger  # noqa: PLC0415

        enregistrer("suivi.corriger", corriger)
