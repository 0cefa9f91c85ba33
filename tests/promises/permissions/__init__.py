"""The permission matrix: who asks, what there is to ask, and what the table says."""
