-- How many lines before next_sequence are no records, and the sequence of the last one.
alter table trail add column skipped bigint not null default 0, add column last_skipped bigint not null default -1;
