/**
 * Webhook deliveries, the lanes that keep each entity in order, and signs of life.
 *
 * A lane is due when its first delivery may be taken; while a worker has it, `due_at` is the end of the lease. It counts what
 * waits, so that no search is needed.
 */
export const inbox: string = `
create table inbox (
  seq integer primary key autoincrement,
  id text not null unique, hash text not null, source text not null, type text not null, resource text, entity text not null,
  occurred_at integer not null, received_at integer not null, headers text not null, body blob, synthetic integer not null,
  state text not null, attempts integer not null, duplicates integer not null, error text, finished_at integer
) strict;
create index inbox_time on inbox (received_at);
create index inbox_type on inbox (type, received_at);
create index inbox_resource on inbox (resource, received_at);
create index inbox_resource_type on inbox (resource, type, received_at);
create index inbox_entity on inbox (entity, received_at);
create index inbox_waiting on inbox (entity, occurred_at) where state = 'waiting';
create index inbox_state on inbox (state, received_at) where state <> 'done';
create index inbox_bodies on inbox (finished_at) where body is not null and state in ('done', 'ignored');

create table inbox_lanes (
  entity text primary key, waiting integer not null, due_at integer, fence integer not null, handled_up_to integer
) strict, without rowid;
create index inbox_lanes_due on inbox_lanes (due_at) where due_at is not null;

create table inbox_beat (id integer primary key check (id = 1), at integer not null) strict;
create table inbox_gaps (id integer primary key autoincrement, from_at integer not null, to_at integer not null) strict;
`;
