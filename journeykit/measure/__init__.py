"""Numbers from tables: pure functions that return a :class:`Result`."""
