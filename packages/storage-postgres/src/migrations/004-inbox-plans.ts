/** Rows are found by their keys, however small the tables were when a session made its plans. */
const byKeys = "set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off";

/**
 * The statements of the inbox that each delivery needs, as functions: a session keeps their plans, and to make one takes longer
 * than to carry it out. Prepared statements would do the same, but not behind every connection pooler.
 *
 * `inbox_take` needs two statements: the second one has to see what was committed while the first one locked. In one a delivery
 * that another worker has just completed would look as if it waited. Lanes are entered and left in one order everywhere: two
 * processes that work on the same ones do not wait for each other in a ring.
 */
export const inboxPlans: string = `
create function inbox_take(most integer, lease_ms bigint) returns table (
  seq bigint, id text, hash text, source text, type text, resource text, entity text, occurred_at bigint, received_at bigint,
  headers text, body bytea, synthetic boolean, state text, attempts integer, duplicates integer, error text, finished_at bigint,
  stale boolean, fence bigint
) language plpgsql volatile set search_path from current ${byKeys} as $take$
#variable_conflict use_column
declare
  now bigint := now_ms();
  mine bigint;
  lanes text[];
begin
  select array_agg(due.entity) into lanes
    from (select l.entity from inbox_lanes l where l.due_at <= now order by l.due_at limit most for update skip locked) due;
  if lanes is null then return; end if;
  mine := nextval('inbox_fences');
  return query
    with held as (
      update inbox_lanes l set fence = mine, due_at = now + lease_ms where l.entity = any(lanes) returning l.entity, l.handled_up_to
    ), heads as (
      select h.seq, held.handled_up_to from held cross join lateral (
        select i.seq from inbox i where i.entity = held.entity and i.state = 'waiting' order by i.occurred_at, i.seq limit 1
      ) h
    )
    update inbox i set attempts = i.attempts + 1 from heads where i.seq = heads.seq
      returning i.seq, i.id, i.hash, i.source, i.type, i.resource, i.entity, i.occurred_at, i.received_at, i.headers, i.body,
        i.synthetic, i.state, i.attempts, i.duplicates, i.error, i.finished_at,
        coalesce(i.occurred_at < heads.handled_up_to, false), mine;
end $take$;

create function inbox_put(text[], text[], text[], text[], text[], text[], bigint[], bigint[], text[], bytea[], boolean[])
returns setof text language plpgsql volatile set search_path from current ${byKeys} as $put$
declare
  now bigint := now_ms();
begin
  return query
    with given as (
      select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        with ordinality as g (id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic, at)
    ), fresh as (
      insert into inbox as i (id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic)
        select id, hash, source, type, resource, entity, occurred_at, received_at, headers, body, synthetic from given order by at
        on conflict (id) do nothing returning i.id, i.entity
    ), entered as (
      insert into inbox_lanes as lane (entity, waiting, due_at)
        select f.entity, count(*), now from fresh f group by f.entity order by f.entity
        on conflict (entity) do update set waiting = lane.waiting + excluded.waiting, due_at = coalesce(lane.due_at, excluded.due_at)
    )
    select f.id from fresh f;
end $put$;

create function inbox_finish(bigint[], text[], bigint[], text[], text[], bigint[])
returns setof bigint language plpgsql volatile set search_path from current ${byKeys} as $finish$
declare
  now bigint := now_ms();
begin
  return query
    with given as (
      select * from unnest($1, $2, $3, $4, $5, $6) as g (seq, entity, fence, state, error, occurred_at)
    ), held as (
      select lane.entity from given g join inbox_lanes lane on lane.entity = g.entity and lane.fence = g.fence
        order by lane.entity for update of lane
    ), freed as (
      update inbox_lanes lane set waiting = waiting - 1, fence = 0, due_at = case when waiting > 1 then now end,
        handled_up_to = case when g.state = 'done' then greatest(handled_up_to, g.occurred_at) else handled_up_to end
      from held join given g on g.entity = held.entity where lane.entity = held.entity and lane.fence = g.fence
      returning g.seq, g.state, g.error
    )
    update inbox i set state = freed.state, error = freed.error, finished_at = now from freed where i.seq = freed.seq returning i.seq;
end $finish$;

create function inbox_finish_one(bigint, text, bigint, text, bigint)
returns boolean language plpgsql volatile set search_path from current ${byKeys} as $finish$
declare
  now bigint := now_ms();
begin
  update inbox_lanes lane set waiting = waiting - 1, fence = 0, due_at = case when waiting > 1 then now end,
    handled_up_to = case when $4 = 'done' then greatest(handled_up_to, $5) else handled_up_to end
    where lane.entity = $2 and lane.fence = $3;
  if not found then return false; end if;
  update inbox i set state = $4, error = null, finished_at = now where i.seq = $1;
  return true;
end $finish$;

create function inbox_holds(text, bigint) returns boolean
language plpgsql stable set search_path from current ${byKeys} as $holds$
begin
  return exists (select 1 from inbox_lanes lane where lane.entity = $1 and lane.fence = $2);
end $holds$;
`;
