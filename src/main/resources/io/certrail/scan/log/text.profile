[profile]
name = text
title = text of no known form

[format line]
type = pattern
pattern = ^.*$
