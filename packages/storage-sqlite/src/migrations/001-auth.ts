/** Token pairs, leases, installations and OAuth state. */
export const auth: string = `
create table counters (name text primary key, value integer not null) strict, without rowid;
insert into counters (name, value) values ('version', 0), ('fence', 0);

create table tokens (
  app text not null, kind text not null, resource text not null,
  version integer not null, body text not null, intent text, intent_at integer, updated_at integer not null,
  company_id text, expires_at real not null, refresh_expires_at real,
  primary key (app, kind, resource)
) strict, without rowid;
create index tokens_expiry on tokens (expires_at);

create table installations (
  app text not null, kind text not null, resource text not null,
  version integer not null, body text not null, company_id text, state text not null,
  created_at integer not null, updated_at integer not null, state_since integer not null,
  primary key (app, kind, resource)
) strict, without rowid;
create index installations_company on installations (company_id);

create table leases (
  name text primary key, owner text not null, fence integer not null, expires_at integer not null
) strict, without rowid;

create table states (
  nonce text primary key, data text not null, expires_at integer not null, used integer not null default 0
) strict, without rowid;
create index states_expiry on states (expires_at);
`;
