from django.apps import AppConfig


class RendezvousConfig(AppConfig):
    name = "cordee.metier.rendezvous"
    label = "rendezvous"

    def ready(self) -> None:
        from cordee.metier.parcours.reactions import enregistrer  # noqa: PLC0415 - models are loaded by now
        from cordee.metier.rendezvous.services import reactions  # noqa: PLC0415

        enregistrer("rendezvous.annuler_a_venir", reactions.annuler_a_venir)
        enregistrer("rendezvous.retablir", reactions.retablir)
