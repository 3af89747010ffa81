import { createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import type { Clock } from "@ghlkit/core";
import type { Journal } from "@ghlkit/storage";

/** Who looks at a page. */
export interface Session {
  readonly id: string;
  /** Nothing of another location is shown. */
  readonly locationId: string;
  /** `staff` came by a link of the application, `visitor` has opened a public page. */
  readonly role: "staff" | "visitor";
  /** Pages send it with everything that changes something. */
  readonly csrf: string;
}

/** Signed cookies, and links that sign a person in once. */
export interface Sessions {
  /** @returns a key for `/enter?key=`, good for one use. */
  readonly link: (locationId: string, ttlMs?: number) => string;
  readonly enter: (key: string) => Promise<Session | undefined>;
  readonly visit: (locationId: string) => Session;
  /** Of a browser: one of the staff at most, and a visitor for each location whose public pages it has opened. */
  readonly read: (cookie: string | undefined) => readonly Session[];
  readonly cookie: (session: Session, isSecure: boolean) => string;
  /** A text that cannot be made by others, e.g. for private links: `sign("quote", id)`. */
  readonly sign: (purpose: string, value: string) => string;
  readonly isSigned: (purpose: string, value: string, signature: string) => boolean;
}

const sessionMs = 12 * 3_600_000;

export function createSessions(name: string, secret: Buffer, journal: Journal, clock: Clock): Sessions {
  const sign = (purpose: string, value: string): string =>
    createHmac("sha256", secret).update(`${name}:${purpose}:${value}`).digest("base64url");
  const isSigned = (purpose: string, value: string, signature: string): boolean => {
    const [ours, theirs] = [Buffer.from(sign(purpose, value)), Buffer.from(signature)];
    return ours.length === theirs.length && timingSafeEqual(ours, theirs);
  };
  const seal = (purpose: string, value: object): string => {
    const text = Buffer.from(JSON.stringify(value)).toString("base64url");
    return `${text}.${sign(purpose, text)}`;
  };
  const unseal = (purpose: string, sealed = ""): Readonly<Record<string, unknown>> | undefined => {
    const [text = "", signature = ""] = sealed.split(".");
    if (!isSigned(purpose, text, signature)) return undefined;
    const value = JSON.parse(Buffer.from(text, "base64url").toString()) as Readonly<Record<string, unknown>>;
    return Number(value["until"]) > clock.now() ? value : undefined;
  };
  const make = (id: string, locationId: string, role: Session["role"]): Session => ({ id, locationId, role, csrf: sign("csrf", id) });
  // A visit to another location leaves the session of the staff as it is.
  const cookieName = ({ role, locationId }: Session): string => (role === "staff" ? `${name}_session` : `${name}_visitor_${locationId}`);
  const cookies = new RegExp(`(?:^|; )(${name}_(?:session|visitor_[^=;]+))=([^;]+)`, "g");
  return {
    sign,
    isSigned,
    link: (locationId, ttlMs = 3_600_000) => seal("link", { id: randomUUID(), locationId, until: clock.now() + ttlMs }),
    async enter(key) {
      const link = unseal("link", key);
      if (link === undefined) return undefined;
      const used = `link:${String(link["id"])}`;
      const start = await journal.start(used, { leaseMs: 1 });
      // Finished at once: nothing that is begun stays in the way of what is gone on with.
      return start.started && (await journal.finish(used, { attempt: start.attempt, outcome: true })).finished
        ? make(randomUUID(), String(link["locationId"]), "staff")
        : undefined;
    },
    visit: (locationId) => make(randomUUID(), locationId, "visitor"),
    read(cookie) {
      return [...(cookie ?? "").matchAll(cookies)].flatMap(([, under, sealed]) => {
        const value = unseal("session", sealed);
        if (value === undefined) return [];
        const session = make(String(value["id"]), String(value["locationId"]), value["role"] === "staff" ? "staff" : "visitor");
        return cookieName(session) === under ? [session] : [];
      });
    },
    cookie(session, isSecure) {
      const { id, locationId, role } = session;
      const value = seal("session", { id, locationId, role, until: clock.now() + sessionMs });
      return `${cookieName(session)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionMs / 1000}${isSecure ? "; Secure" : ""}`;
    },
  };
}
