import type { FetchLike } from "@ghlkit/core";

/** What the platform does when a refresh token comes a second time. */
export type ReusePolicy = "reject" | "revoke-family" | "grace";

interface Family {
  readonly ids: Record<string, string>;
  access: Map<string, number>;
  refresh: string;
  readonly used: Set<string>;
  revoked: boolean;
}

export interface FakePlatformOptions {
  readonly reuse?: ReusePolicy;
  readonly now?: () => number;
  readonly latencyMs?: () => number;
  readonly lifeSeconds?: number;
}

type Fault = "500" | "lost" | "unsent" | "inactive" | "429";

export interface FakePlatform {
  readonly fetch: FetchLike;
  readonly counts: Record<"refreshes" | "reused" | "mints" | "exchanges" | "refused401", number>;
  /** Faults of the token endpoint, used up from the front. */
  readonly faults: Fault[];
  readonly seen: { readonly url: string; readonly headers: Record<string, string>; readonly body: string }[];
  readonly state: { inactive: boolean; scopeRefused: boolean };
  readonly families: Family[];
  readonly start: (ids: Record<string, string>) => Record<string, unknown>;
  readonly code: (ids: Record<string, string>) => string;
  /** Every access token of the resource dies now; refresh tokens live. */
  readonly expireAccess: (id: string) => void;
}

/** A token endpoint and one resource in memory, with rotation and faults. */
export function createFakePlatform(options: FakePlatformOptions = {}): FakePlatform {
  const { reuse = "reject", now = () => Date.now(), latencyMs = () => 0, lifeSeconds = 86_399 } = options;
  const families: Family[] = [];
  const codes = new Map<string, Record<string, string>>();
  const counts = { refreshes: 0, reused: 0, mints: 0, exchanges: 0, refused401: 0 };
  const faults: Fault[] = [];
  const seen: FakePlatform["seen"] = [];
  const state = { inactive: false, scopeRefused: false };
  let serial = 0;

  const text = (kind: string): string => `${kind}-secret-${(serial += 1)}-${crypto.randomUUID()}`;

  function issue(family: Family): Record<string, unknown> {
    const access = text("access");
    family.access.set(access, now() + lifeSeconds * 1000);
    family.refresh = text("refresh");
    return {
      access_token: access,
      token_type: "Bearer",
      expires_in: lifeSeconds,
      refresh_token: family.refresh,
      scope: "contacts.readonly contacts.write",
      traceId: `t${serial}`,
      ...family.ids,
    };
  }

  function start(ids: Record<string, string>): Record<string, unknown> {
    const family: Family = { ids, access: new Map(), refresh: "", used: new Set(), revoked: false };
    families.push(family);
    return issue(family);
  }

  function refresh(token: string): Response {
    const family = families.find((one) => one.refresh === token || one.used.has(token));
    if (family === undefined || family.revoked) return invalidGrant();
    if (family.used.has(token)) {
      counts.reused += 1;
      if (reuse === "revoke-family") {
        family.revoked = true;
        family.access.clear();
      }
      if (reuse !== "grace") return invalidGrant();
    }
    counts.refreshes += 1;
    family.used.add(token);
    if (family.refresh !== token) family.used.add(family.refresh);
    return Response.json(issue(family));
  }

  async function token(headers: Record<string, string>, body: string): Promise<Response> {
    const camel = headers["version"] === "v3";
    const form = new URLSearchParams(body);
    const field = (snake: string, camelName: string): string => form.get(camel ? camelName : snake) ?? "";
    if (field("client_secret", "clientSecret") !== "app-secret")
      return Response.json({ statusCode: 401, message: "Invalid client: client is invalid" }, { status: 401 });
    const fault = faults.shift();
    if (fault === "unsent") throw Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    if (fault === "500") return Response.json({ statusCode: 500, message: "Internal" }, { status: 500 });
    if (fault === "429") return Response.json({ statusCode: 429, message: "Too Many" }, { status: 429, headers: { "retry-after": "1" } });
    if (fault === "inactive" || state.inactive)
      return Response.json({ statusCode: 400, message: "Location is not active" }, { status: 400 });
    let response: Response;
    if (field("grant_type", "grantType") === "authorization_code") {
      const ids = codes.get(form.get("code") ?? "");
      codes.delete(form.get("code") ?? "");
      if (ids === undefined) return invalidGrant();
      counts.exchanges += 1;
      response = Response.json(start(ids));
    } else response = refresh(field("refresh_token", "refreshToken"));
    if (fault === "lost") throw new TypeError("socket hang up");
    return camel && response.ok ? Response.json(camelKeys((await response.json()) as Record<string, unknown>)) : response;
  }

  const familyOf = (authorization: string | undefined): Family | undefined =>
    families.find((one) => (one.access.get((authorization ?? "").replace("Bearer ", "")) ?? 0) > now());

  const fetch: FetchLike = async (url, init) => {
    const headers = init.headers as Record<string, string>;
    const body = typeof init.body === "string" ? init.body : "";
    seen.push({ url, headers, body });
    const wait = latencyMs();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const { pathname } = new URL(url);
    if (pathname === "/oauth/token") return token(headers, body);
    const family = familyOf(headers["authorization"]);
    if (family === undefined) {
      counts.refused401 += 1;
      return Response.json({ statusCode: 401, message: "Invalid JWT" }, { status: 401 });
    }
    if (/^\/oauth\/location-?[tT]oken$/.test(pathname)) {
      counts.mints += 1;
      const { refresh_token: _none, ...minted } = start({
        userType: "Location",
        locationId: new URLSearchParams(body).get("locationId") ?? "",
      });
      return Response.json(pathname.includes("-") ? camelKeys(minted) : minted);
    }
    if (state.inactive) return Response.json({ statusCode: 403, message: "Location is not active" }, { status: 403 });
    if (state.scopeRefused)
      return Response.json({ statusCode: 401, message: "The token is not authorized for this scope." }, { status: 401 });
    return Response.json({ ok: true, ...family.ids, echo: body });
  };

  return {
    fetch,
    counts,
    faults,
    seen,
    state,
    families,
    start,
    code: (ids) => {
      const code = text("code");
      codes.set(code, ids);
      return code;
    },
    expireAccess: (id) => {
      for (const family of families) if (Object.values(family.ids).includes(id)) family.access.clear();
    },
  };
}

function invalidGrant(): Response {
  return Response.json({ statusCode: 400, message: "Invalid grant: refresh token is invalid" }, { status: 400 });
}

function camelKeys(answer: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name.replace(/_(\w)/g, (_, c: string) => c.toUpperCase()), value]),
  );
}
