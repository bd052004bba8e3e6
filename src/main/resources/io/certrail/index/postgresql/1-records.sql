-- A projection of the trails of several servers: whatever is here can be made anew from them.
create table trail (
    id serial primary key,
    origin text not null unique,
    next_sequence bigint not null default 0,
    indexed_at timestamptz
);

create table certificate (
    trail int not null references trail,
    sha256 text not null,
    subject text not null,
    subject_lower text not null,
    issuer text not null,
    serial text not null,
    names text[] not null,
    first_seen timestamptz not null,
    last_seen timestamptz not null,
    not_after timestamptz not null,
    accepted boolean not null,
    rekeyed boolean not null,
    described text not null,
    primary key (sha256, trail)
);
create index certificate_subject on certificate (subject);
create index certificate_not_after on certificate (not_after);

create table record (
    trail int not null references trail,
    sequence bigint not null,
    time timestamptz not null,
    event text not null,
    outcome text not null,
    reason text,
    sha256 text,
    address inet,
    connection_id text,
    request_id text,
    trace_id text,
    route text,
    status int,
    user_name text,
    line bytea not null,
    primary key (trail, sequence)
);
create index record_time on record (time, trail, sequence);
create index record_sha256 on record (sha256, time) where sha256 is not null;
create index record_address on record (address, time) where address is not null;
create index record_reason on record (reason, time) where reason is not null;
create index record_connection on record (connection_id) where connection_id is not null;
create index record_request on record (request_id) where request_id is not null;
create index record_trace on record (trace_id) where trace_id is not null;
