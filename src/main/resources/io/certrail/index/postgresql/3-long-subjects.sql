-- A subject of 1,024 characters beyond ASCII is longer than an entry of a B-tree may be; of a hash index only its hash is one.
drop index certificate_subject;
create index certificate_subject on certificate using hash (subject);
