/**
 * Webhook deliveries, the lanes that keep each entity in order, and signs of life.
 *
 * A lane is due when its first delivery may be taken; while a worker has it, `due_at` is the end of the lease.
 */
export const inbox: string = `
create table inbox (
  seq bigint generated always as identity primary key,
  id text collate "C" not null unique, hash text not null, source text not null, type text collate "C" not null,
  resource text collate "C", entity text collate "C" not null,
  occurred_at bigint not null, received_at bigint not null, headers text not null, body bytea, synthetic boolean not null,
  state text not null default 'waiting', attempts integer not null default 0, duplicates integer not null default 0,
  error text, finished_at bigint
);
create index inbox_time on inbox (received_at, seq);
create index inbox_type on inbox (type, received_at, seq);
create index inbox_resource on inbox (resource, received_at, seq);
create index inbox_resource_type on inbox (resource, type, received_at, seq);
create index inbox_entity on inbox (entity, received_at, seq);
create index inbox_waiting on inbox (entity, occurred_at, seq) where state = 'waiting';
create index inbox_state on inbox (state, received_at, seq) where state <> 'done';
create index inbox_bodies on inbox (finished_at) where body is not null and state in ('done', 'ignored');

create sequence inbox_fences;
create table inbox_lanes (
  entity text collate "C" primary key, waiting integer not null, due_at bigint, fence bigint not null default 0, handled_up_to bigint
) with (fillfactor = 70);
create index inbox_lanes_due on inbox_lanes (due_at) where due_at is not null;

create table inbox_beat (id integer primary key check (id = 1), at bigint not null);
create table inbox_gaps (id bigint generated always as identity primary key, from_at bigint not null, to_at bigint not null);
`;
