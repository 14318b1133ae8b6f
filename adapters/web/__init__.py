"""The local web page: a third chat platform, with a memory, a JSON API and a page of its own."""
