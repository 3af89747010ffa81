/** Rate windows, one text of state per bucket, and the journal of effects. */
export const rateAndJournal: string = `
create table rate_windows (bucket text primary key, body text not null) strict, without rowid;

create table journal (
  key text primary key, state text not null, attempt integer not null, started_at integer not null,
  lease_ends_at integer not null, finished_at integer, outcome text
) strict, without rowid;
create index journal_unfinished on journal (started_at, key) where state = 'started';
create index journal_finished on journal (finished_at) where state = 'finished';
`;
