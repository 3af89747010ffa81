import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { createAuthRoutes } from "@ghlkit/auth";
import { createHealth, createHealthRoute } from "ghlkit/health";
import { errorSentence, Refusal } from "./error-sentence.ts";
import type { Backend } from "./backend.ts";
import { bundlePage, escapeHtml, renderShell, type Asset } from "./page-assets.ts";
import { createVisitorLimit } from "./visitor-limit.ts";
import { isSameForm } from "./same-form.ts";
import type { Session } from "./sessions.ts";

/** A page of an application. */
export interface PageOptions {
  readonly title: string;
  /** Its script, a `.tsx` file. */
  readonly script: URL;
  /** `staff` needs a session of the application's link; a `public` page is opened by anyone, for the location of its path (`:location`). */
  readonly access: "staff" | "public";
  /** Other sites may frame it, such as the page of a payment provider. */
  readonly isFramed?: boolean;
  /** What a visitor follows besides, e.g. one appointment: the channel sends it to this page alone. Visitors follow `public:<location>` as well, staff their location. */
  readonly topic?: (session: Session, params: Readonly<Record<string, string>>) => string | undefined;
  /** What it shows. A thrown Refusal is shown as a sentence. */
  readonly state: (session: Session, params: Readonly<Record<string, string>>) => Promise<object>;
}

/** What a person did. */
export interface Action {
  readonly session: Session;
  /** Journal key of the form: sent twice, it is done once. */
  readonly key: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ActionOptions {
  /** A form key may come with other values later: the action itself keeps to one effect for it. Default: they are refused. Set it for what only reads, too: nothing is kept of its keys. */
  readonly isAmendable?: boolean;
  /** How often visitors of one address may send it. Default 30. */
  readonly perMinute?: number;
}

export interface AppOptions {
  readonly title: string;
  readonly scopes: readonly string[];
  /** Where frames may come from, e.g. a payment page. */
  readonly frames?: readonly string[];
}

/** A server of pages and actions: headers, sessions, form keys and errors are taken care of. */
export interface App {
  readonly hono: Hono;
  readonly page: (path: string, options: PageOptions) => Promise<void>;
  /** A POST without a session, which another site or server sends: its size is limited, and how often an address may. `isLimited: false` for servers that prove who they are. */
  readonly post: (path: string, handle: (request: Request) => Promise<Response>, options?: { readonly isLimited?: boolean }) => void;
  /** A file: for `staff`, or for anyone who has opened a `public` page. */
  readonly download: (
    path: string,
    access: "staff" | "public",
    type: string,
    read: (at: { readonly session: Session; readonly params: Readonly<Record<string, string>> }) => Promise<string>,
  ) => void;
  /** A POST of JSON. What it returns is sent with `ok: true`; what it throws is sent as a sentence. */
  readonly action: (
    path: string,
    access: "staff" | "public",
    act: (action: Action) => Promise<object | void>,
    options?: ActionOptions,
  ) => void;
}

export function createApp(backend: Backend, { title, scopes, frames = [] }: AppOptions): App {
  const { sessions, settings, channel, ghl, clock } = backend;
  const hono = new Hono();
  const assets = new Map<string, Asset>();
  const limit = createVisitorLimit(clock);
  const isSecure = (settings.publicUrl ?? "").startsWith("https:");
  const cookieOf = (session: Session): string => sessions.cookie(session, isSecure);
  const sessionsOf = ({ req }: Context): readonly Session[] => sessions.read(req.header("cookie"));
  const staffOf = (context: Context): Session | undefined => sessionsOf(context).find(({ role }) => role === "staff");
  const framed = new Set<string>();
  const [headers, framedHeaders] = [securityHeaders(frames, false), securityHeaders(frames, true)];
  hono.use((context, next) => (framed.has(context.req.path.split("/")[1] ?? "") ? framedHeaders : headers)(context, next));
  hono.onError((error, context) => {
    const { status, message, retry } = errorSentence(error);
    if (status === 500) console.error(error);
    if (context.req.header("accept")?.startsWith("application/json")) return context.json({ ok: false, message, retry }, status);
    return context.text(message, status);
  });
  const health = createHealthRoute(createHealth({ ghl, storage: backend.storage, sync: backend.sync, clock }));
  hono.get("/health", ({ req }) => health(req.raw));
  hono.get("/assets/:name", (context) => {
    const asset = assets.get(context.req.path);
    if (asset === undefined) return context.notFound();
    return context.body(asset.content as Uint8Array<ArrayBuffer>, 200, {
      "content-type": asset.type,
      "cache-control": "public, max-age=31536000, immutable",
    });
  });
  hono.get("/enter", async (context) => {
    const session = await sessions.enter(context.req.query("key") ?? "");
    if (session === undefined)
      return context.text("This link was used already, or is too old. The application prints a new one when it starts.", 403);
    return context.body(null, 303, { location: "/", "set-cookie": cookieOf(session), "cache-control": "no-store" });
  });
  hono.get("/events", (context) => {
    const { topic = "", sign = "" } = context.req.query();
    const session = staffOf(context);
    // What staff follow needs the session as well: the address alone would be good for ever.
    const isForeign = topic.split(" ").some((one) => backend.locations().includes(one) && session?.locationId !== one);
    if (isForeign || !sessions.isSigned("topic", topic, sign)) return context.text("Open the page again.", 401);
    return channel.stream(topic.split(" "), context.req.header("last-event-id") ?? context.req.query("after"), context.req.raw.signal);
  });
  if (backend.receiver !== undefined) {
    const { receiver } = backend;
    hono.post("/webhooks", ({ req }) => receiver(req.raw));
  }
  if (ghl.auth?.app.redirectUri !== undefined) {
    const routes = createAuthRoutes({
      auth: ghl.auth,
      scopes,
      clock,
      // The person has shown that the locations are theirs: each has a link.
      onInstalled: async ({ installation: { principal, companyId = principal.resource } }) => {
        const ids = principal.kind === "location" ? [principal.resource] : await installedIn(companyId);
        const [first] = ids;
        if (ids.length === 1 && first !== undefined)
          return new Response(null, { status: 303, headers: { location: `/enter?key=${sessions.link(first)}` } });
        const links = ids.map((id) => `<li><a href="/enter?key=${sessions.link(id)}">${escapeHtml(id)}</a></li>`).join("");
        return new Response(
          `<!doctype html><html lang="en"><title>${escapeHtml(title)}</title><h1>Choose a location</h1><ul>${links}</ul>`,
          {
            headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
          },
        );
      },
    });
    hono.all("/oauth/*", ({ req }) => routes(req.raw));
  }

  return {
    hono,
    async page(path, { script, title: pageTitle, access, state, isFramed = false, topic = () => undefined }) {
      if (isFramed) framed.add(path.split("/")[1] ?? "");
      const bundled = await bundlePage(script);
      for (const asset of bundled) assets.set(asset.path, asset);
      hono.get(path, async (context) => {
        const params = context.req.param() as Readonly<Record<string, string>>;
        const known = sessionsOf(context);
        const session = access === "public" ? visitorOf(known, params["location"]) : staffOf(context);
        const isJson = context.req.header("accept")?.startsWith("application/json") === true;
        if (session === undefined)
          return ghl.auth === undefined || isJson
            ? context.text(`${title}: open the link that the application printed when it started.`, 401)
            : context.redirect("/oauth/install");
        // Taken before the state: what changes meanwhile is sent again, and nothing is missed.
        const position = channel.position();
        const platform = backend.platform();
        const given = { ...params, ...context.req.query() };
        const followed =
          session.role === "staff" && access === "staff"
            ? session.locationId
            : [`public:${session.locationId}`, topic(session, given) ?? ""].join(" ").trim();
        const boot = {
          state: await state(session, given),
          position,
          events: `/events?topic=${encodeURIComponent(followed)}&sign=${sessions.sign("topic", followed)}`,
          platform,
          csrf: session.csrf,
          app: {
            name: settings.name,
            title,
            isLocal: settings.isLocal,
            pollEveryMs: backend.pollEveryMs,
            hasOAuth: ghl.auth !== undefined,
            isStaff: access === "staff",
          },
        };
        const headers = { "cache-control": "no-store", ...(!known.includes(session) && { "set-cookie": cookieOf(session) }) };
        if (isJson) return context.json(boot, 200, headers);
        return context.html(renderShell(pageTitle, bundled, boot), 200, headers);
      });
    },
    post(path, handle, { isLimited = true } = {}) {
      hono.post(path, atMost(65_536), async (context) =>
        !isLimited || limit(`${path} ${addressOf(context)}`, 30)
          ? handle(context.req.raw)
          : context.json({ message: "That was often. Try again in a minute." }, 429),
      );
    },
    download(path, access, type, read) {
      hono.get(path, async (context) => {
        const params = context.req.param() as Readonly<Record<string, string>>;
        const isOfPath = ({ locationId }: Session): boolean => locationId === (params["location"] ?? locationId);
        const session = access === "staff" ? staffOf(context) : sessionsOf(context).find(isOfPath);
        if (session === undefined) return context.text("Open the page again.", 401);
        const text = await read({ session, params });
        return context.body(text, 200, { "content-type": type, "content-disposition": "attachment", "cache-control": "no-store" });
      });
    },
    action(path, access, act, { perMinute = 30, isAmendable = false } = {}) {
      hono.post(path, atMost(2_000_000), async (context) => {
        const { req } = context;
        const known = sessionsOf(context).filter(({ role }) => access === "public" || role === "staff");
        if (known.length === 0)
          return context.json({ ok: false, message: "The session has ended: open the page again.", retry: true }, 401);
        // The page that sends it says for which of the sessions.
        const session = known.find(({ csrf }) => csrf === req.header("x-csrf"));
        if (session === undefined || !req.header("content-type")?.startsWith("application/json"))
          return context.json({ ok: false, message: "This did not come from the page: open it again.", retry: false }, 403);
        const key = req.header("x-form-key") ?? "";
        if (!/^[\w-]{16,64}$/.test(key))
          return context.json({ ok: false, message: "The form has no key: open the page again.", retry: false }, 400);
        if (session.role === "visitor" && !limit(`${path} ${addressOf(context)}`, perMinute))
          return context.json({ ok: false, message: "That was often. Try again in a minute.", retry: true }, 429);
        try {
          const body = (await req.json().catch(() => undefined)) as Readonly<Record<string, unknown>> | null | undefined;
          if (typeof body !== "object" || body === null) return context.json({ ok: false, message: "This is no form.", retry: false }, 400);
          const formKey = `form:${session.locationId}:${key}`;
          if (!isAmendable && !(await isSameForm(backend.journal, formKey, body, clock)))
            return context.json(
              { ok: false, message: "This was sent before with other values. Look whether it is there, then send it again.", retry: false },
              409,
            );
          const result = await act({ session, key: formKey, body });
          return context.json({ ok: true, ...result });
        } catch (error) {
          const { status, message, retry } = errorSentence(error, access);
          if (status === 500) console.error(error);
          return context.json({ ok: false, message, retry, ...(error instanceof Refusal && { fields: error.fields }) }, status);
        }
      });
    },
  };

  async function installedIn(companyId: string): Promise<string[]> {
    const ids: string[] = [];
    for await (const { principal } of ghl.auth?.installations.list({ kind: "location", companyId, state: "active" }) ?? [])
      ids.push(principal.resource);
    return ids;
  }

  function visitorOf(known: readonly Session[], location = backend.locations()[0]): Session | undefined {
    if (location === undefined || !backend.locations().includes(location)) return undefined;
    return known.find(({ locationId }) => locationId === location) ?? sessions.visit(location);
  }
}

function securityHeaders(frames: readonly string[], isFramed: boolean): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'", "data:"],
      frameSrc: frames.length === 0 ? ["'self'"] : [...frames],
      formAction: ["'self'"],
      frameAncestors: [isFramed ? "*" : "'none'"],
      baseUri: ["'none'"],
    },
    ...(isFramed && { xFrameOptions: false, crossOriginResourcePolicy: "cross-origin" }),
    referrerPolicy: "no-referrer",
  });
}

function atMost(maxSize: number): MiddlewareHandler {
  return bodyLimit({ maxSize, onError: (context) => context.json({ ok: false, message: "That is too much at once.", retry: false }, 413) });
}

function addressOf({ env }: Context): string {
  return (env as { incoming?: { socket?: { remoteAddress?: string } } }).incoming?.socket?.remoteAddress ?? "unknown";
}
