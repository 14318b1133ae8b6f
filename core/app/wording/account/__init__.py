"""The sentences about the account: what is left, who spent what, what is set, who is told.

One file a language, each taken into its language's catalogue. Must never hold a sentence about pictures.
"""
