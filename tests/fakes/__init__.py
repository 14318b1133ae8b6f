"""Stand-ins for the outside, documented and kept like real code."""
