"""One folder for each outside thing; no other place imports its library."""
