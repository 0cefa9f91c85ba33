"""The leak matrix: what is hidden, where it could show, and how one tells."""
