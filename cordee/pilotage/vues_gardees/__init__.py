"""Views that agents keep (REQ-81): a page of figures with its filters, shared or not, sent by e-mail or not (V8)."""
