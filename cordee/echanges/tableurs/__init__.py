"""Any table of a partner (CSV, XLSX, XLS, ODS), read with a saved mapping (E05)."""
