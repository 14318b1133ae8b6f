"""Kills for real: processes that die at a chosen moment, and what must be true afterwards."""
