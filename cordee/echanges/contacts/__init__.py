"""The CNAF's contacts file: phone numbers and e-mails, which the beneficiaries files do not carry (E37)."""
