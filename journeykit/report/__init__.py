"""Reports: notebooks with strict parameters, executed and turned into pages."""
