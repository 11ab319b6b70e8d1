from django.apps import AppConfig


class ContratsConfig(AppConfig):
    name = "cordee.metier.contrats"
    label = "contrats"

    def ready(self) -> None:
        from cordee.metier.contrats.services.accord import accorder  # noqa: PLC0415 - models are loaded by now
        from cordee.metier.parcours.reactions import enregistrer  # noqa: PLC0415

        enregistrer("contrats.accorder", accorder)
