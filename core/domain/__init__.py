"""The rules, pure and synchronous: no clock, no chance, no network, no database."""
