-- SHA-256 of the line before next_sequence: by it a trail is told from another that took its name.
alter table trail add column last_line text;
