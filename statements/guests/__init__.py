"""The door of those who hold a link: never listed, never kept in a cache."""
