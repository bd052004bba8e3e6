-- How often what was there of a trail has been deleted to be fed anew: a search during which it grew may have missed any of it.
alter table trail add column forgotten int not null default 0;
