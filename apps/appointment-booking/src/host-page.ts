import type { Backend } from "@ghlkit/app-kit/server";
import { pathOf } from "./shown-appointment.ts";

/** What the host sees: what is to come, the next first. */
export interface HostPage {
  readonly bookingPath: string;
  readonly appointments: readonly {
    readonly id: string;
    readonly title: string;
    readonly person: string;
    readonly start: string;
    readonly status: string;
    readonly path: string;
  }[];
}

export async function readHostPage(backend: Backend, locationId: string): Promise<HostPage> {
  const rows = await backend.copy.all(
    `select a.id, a.title, a.status, a.starts_at, c.first_name, c.last_name, c.email
     from $s.ghl_appointments a left join $s.ghl_contacts c on c.location_id = a.location_id and c.id = a.contact_id
     where a.location_id = ?1`,
    [locationId],
  );
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  const all = rows.map((row) => ({
    id: text(row["id"]),
    title: text(row["title"]),
    person: [text(row["first_name"]), text(row["last_name"])].join(" ").trim() || text(row["email"]),
    start: new Date(text(row["starts_at"])).toISOString(),
    status: text(row["status"]),
    path: pathOf(backend, locationId, text(row["id"])),
  }));
  const now = new Date(backend.clock.now() - 3_600_000).toISOString();
  return {
    bookingPath: `/book/${locationId}`,
    appointments: all
      .filter(({ start }) => start > now)
      .toSorted((one, other) => one.start.localeCompare(other.start))
      .slice(0, 100),
  };
}
