"""Official tables: DREES, the ministry's questionnaire, the monthly follow-up of the poverty plan (ADR 0032)."""
