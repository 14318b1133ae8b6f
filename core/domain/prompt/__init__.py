"""The grammar of what people write: prompts, options, quoted texts, directives, and what a model is sent.

Import from the module that owns a thing: `parser.parse_prompt`, `directives.parse_reply` and
`parse_command`, `compiler.compile_prompt`, `render.render`, `marks.point_at`.
"""
