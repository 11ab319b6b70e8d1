from django.apps import AppConfig


class DevoirsConfig(AppConfig):
    name = "cordee.metier.devoirs"
    label = "devoirs"

    def ready(self) -> None:
        from cordee.metier.devoirs.selectors.signaux import q_procedure  # noqa: PLC0415 - models are loaded by now
        from cordee.metier.orientation.selectors import signaux  # noqa: PLC0415

        signaux.enregistrer(signaux.Signal.PROCEDURE, q_procedure)
