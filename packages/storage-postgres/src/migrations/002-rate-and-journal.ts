/** Rate windows, one text of state per bucket, and the journal of effects. Room on the pages keeps frequent updates cheap. */
export const rateAndJournal: string = `
create table rate_windows (bucket text collate "C" primary key, body text not null) with (fillfactor = 50);

create table journal (
  key text collate "C" primary key, state text not null, attempt integer not null, started_at bigint not null,
  lease_ends_at bigint not null, finished_at bigint, outcome text
);
create index journal_unfinished on journal (started_at, key) where state = 'started';
create index journal_finished on journal (finished_at) where state = 'finished';
`;
