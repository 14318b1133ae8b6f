"""Slack: what people do there becomes Inbounds, what the core says becomes messages."""
