"""Finding and comparing cases: filters, matrices, cases side by side."""
