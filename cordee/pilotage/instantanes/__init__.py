"""Published states of the lake: « as known on » a day. A published figure never moves by itself (ADR 30)."""
