"""Any result in, table, figure, page or file out."""
