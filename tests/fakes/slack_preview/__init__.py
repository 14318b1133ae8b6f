"""What messages look like on Slack, near enough to judge them by eye.

`python -m tests.fakes.slack_preview FOLDER` writes a picture of every scene, light and dark, with Chromium.
The page is drawn after Slack's own look from the blocks alone; it is no client of Slack's.
"""
