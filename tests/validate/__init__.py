"""What is checked of the whole site, in words of those who made the standards."""
