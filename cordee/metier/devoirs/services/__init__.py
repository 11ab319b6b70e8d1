"""Acts of the droits et devoirs: one function per act, each with its event on the path."""

from cordee.metier.devoirs.services.reprise import MesureRefusee, reprendre_decision

__all__ = ["MesureRefusee", "reprendre_decision"]
