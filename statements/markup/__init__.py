"""HTML in, safe HTML and plain text out."""
