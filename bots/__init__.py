"""Entry points: compose and run, no logic."""
