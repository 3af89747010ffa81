import type { Dialect } from "../copy/copy-engine.ts";

/** Reports that the platform's API lacks. Each is a view `ghl_report_<name>`. */
export const reports = ["leads", "pipeline", "conversion", "show_rate", "revenue", "response_time"] as const;

/** Name of a report. */
export type ReportName = (typeof reports)[number];

/** Statements that make the views of the reports. */
export function reportStatements(dialect: Dialect): readonly string[] {
  return reports.flatMap((name) => dialect.replaceView(`ghl_report_${name}`, queries[name](dialect)));
}

const share = (part: string, whole: string): string => `${part} * 1.0 / nullif(${whole}, 0)`;
const countOf = (condition: string): string => `sum(case when ${condition} then 1 else 0 end)`;

const queries: Readonly<Record<ReportName, (dialect: Dialect) => string>> = {
  // Contacts by their source, and how many of them have a deal, or one that was won.
  leads: () => `select c.location_id, coalesce(c.source, '') as source, count(*) as leads, count(o.contact_id) as with_deal,
  coalesce(sum(o.won), 0) as won, ${share("coalesce(sum(o.won), 0)", "count(*)")} as conversion
from $s.ghl_contacts c left join (
  select location_id, contact_id, max(case when status = 'won' then 1 else 0 end) as won
  from $s.ghl_opportunities group by location_id, contact_id
) o on o.location_id = c.location_id and o.contact_id = c.id
group by c.location_id, coalesce(c.source, '')`,

  // Open deals by stage.
  pipeline: () => `select location_id, pipeline_id, pipeline_stage_id, count(*) as deals, sum(coalesce(value, 0)) as value
from $s.ghl_opportunities where status = 'open' group by location_id, pipeline_id, pipeline_stage_id`,

  // What became of deals; those that are open do not count for the share.
  conversion:
    () => `select location_id, pipeline_id, count(*) as deals, ${countOf("status = 'open'")} as open, ${countOf("status = 'won'")} as won,
  ${countOf("status = 'lost'")} as lost, ${countOf("status = 'abandoned'")} as abandoned,
  ${share(countOf("status = 'won'"), countOf("status <> 'open'"))} as conversion,
  sum(case when status = 'won' then coalesce(value, 0) else 0 end) as won_value
from $s.ghl_opportunities group by location_id, pipeline_id`,

  // Appointments by what became of them; the share is of those that were kept or missed.
  show_rate: () => `select location_id, calendar_id, count(*) as appointments, ${countOf("status = 'showed'")} as showed,
  ${countOf("status = 'noshow'")} as noshow, ${countOf("status = 'cancelled'")} as cancelled,
  ${share(countOf("status = 'showed'"), countOf("status in ('showed', 'noshow')"))} as show_rate
from $s.ghl_appointments group by location_id, calendar_id`,

  // Payments that succeeded, test payments left out, by month (UTC) and currency, in that currency.
  revenue:
    () => `select location_id, substr(created_at, 1, 7) as month, currency, count(*) as payments, sum(coalesce(amount, 0)) as received,
  sum(coalesce(amount_refunded, 0)) as refunded, sum(coalesce(amount, 0) - coalesce(amount_refunded, 0)) as revenue
from $s.ghl_transactions where status = 'succeeded' and coalesce(is_live, true) group by location_id, substr(created_at, 1, 7), currency`,

  // How long the first message of a contact in a thread waited for the first answer; what a workflow sent by itself is none.
  response_time: ({ seconds }) => `with asked as (
  select location_id, conversation_id, min(created_at) as at from $s.ghl_messages where direction = 'inbound' group by location_id, conversation_id
), answered as (
  select m.location_id, m.conversation_id, min(m.created_at) as at
  from $s.ghl_messages m join asked a on a.location_id = m.location_id and a.conversation_id = m.conversation_id
  where m.direction = 'outbound' and m.created_at > a.at and m.type not like 'TYPE_ACTIVITY%'
    and coalesce(m.source, '') not in ('workflow', 'campaign', 'bulk_actions')
  group by m.location_id, m.conversation_id
)
select q.location_id, count(*) as conversations, count(r.at) as answered,
  avg(${seconds("r.at")} - ${seconds("q.at")}) as average_seconds, max(${seconds("r.at")} - ${seconds("q.at")}) as longest_seconds
from asked q left join answered r on r.location_id = q.location_id and r.conversation_id = q.conversation_id
group by q.location_id`,
};
