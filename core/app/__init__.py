"""The application: asynchronous, and outside of itself only through ports."""
