"""What leaves the house on its way to people: files for the printer, e-mails, text messages."""
