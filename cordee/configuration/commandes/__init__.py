"""One module per command of ``cordee``, found by its file name.

Each module holds ``AIDE: str`` (one French sentence, a literal: it is read without importing the module),
``definir(parser)`` which declares the arguments, and ``executer(options) -> int`` which returns the exit code. What a
module imports at its top is loaded when that command is chosen and only then; those that need Django call
``commande.preparer_django()`` first and import models inside ``executer``.
"""
