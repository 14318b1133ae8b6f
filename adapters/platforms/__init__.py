"""What the adapters of platforms say alike: taking payloads calmly, and keeping rows of their own.

A room that they share. Must never learn which platform it serves: what only one of them needs stays with it.
"""
