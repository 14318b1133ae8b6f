"""Shows what messages look like on Discord, for people who change the look: an HTML page in Discord's style.

Run `python -m tests.fakes.discord_preview FOLDER` and look at the pictures; nothing is asserted here. Reads
Discord's markdown and components by itself, so that escaping that fails is seen.
"""
