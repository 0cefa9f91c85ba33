"""Other people's formats: bytes in, frozen values out; no rows, no requests.

Every reader checks a whole file before it gives anything away, and says all that is
wrong with it at once: see ``reading.ImportProblem``.
"""
