-- How the rows of a trail were made: what an older version made, its server makes anew. Those of servers that are gone stay as they are.
alter table trail add column layout int not null default 1;
