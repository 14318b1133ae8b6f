"""The repositories of a unit of work, one a file; each owns its statements and nothing else."""
