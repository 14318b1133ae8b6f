"""The platform-neutral core: what Inkthread is, without knowing where it runs."""
