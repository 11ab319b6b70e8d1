"""One counter for every file received: what it is, by its content; then the package that knows its kind."""
