"""Official tables on a page, and as files to send."""
