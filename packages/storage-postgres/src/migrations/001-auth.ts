/**
 * Token pairs, leases, installations and OAuth state.
 * `now_ms` is the one clock of all stores; texts of keys are compared byte by byte, whatever the database's language.
 */
export const auth: string = `
create function now_ms() returns bigint language sql volatile
  as 'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint';
create sequence versions;

create table tokens (
  app text collate "C" not null, kind text collate "C" not null, resource text collate "C" not null,
  version bigint not null, body text not null, intent text, intent_at bigint, updated_at bigint not null,
  company_id text, expires_at double precision not null, refresh_expires_at double precision,
  primary key (app, kind, resource)
);
create index tokens_expiry on tokens (expires_at);

create table installations (
  app text collate "C" not null, kind text collate "C" not null, resource text collate "C" not null,
  version bigint not null, body text not null, company_id text, state text not null,
  created_at bigint not null, updated_at bigint not null, state_since bigint not null,
  primary key (app, kind, resource)
);
create index installations_company on installations (company_id);

create table leases (name text primary key, owner text not null, fence bigint not null, expires_at bigint not null);

create table states (nonce text primary key, data text not null, expires_at bigint not null, used boolean not null default false);
create index states_expiry on states (expires_at);
`;
