import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator } from "@ghlkit/emulator";
import { createSqliteStorage } from "@ghlkit/storage-sqlite";
import { createGhl } from "ghlkit";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Need } from "../../src/scopes/code-needs.ts";
import type { Comparison } from "../../src/scopes/compare-grant.ts";
import { helperOperations } from "../../src/scopes/helper-operations.ts";
import { run } from "../run.ts";

interface Result {
  readonly scopes: readonly string[];
  readonly needs: readonly Need[];
  readonly comparisons: readonly Comparison[];
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-scopes-"));
  for (const name of ["GHL_DATABASE", "GHL_CLIENT_ID"]) vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

async function compare(
  files: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly result: Result }> {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(join(path, ".."), { recursive: true });
    await writeFile(path, text);
  }
  const { code, out, err } = await run("scopes", "--source", folder, "--json", ...args);
  if (out === "") throw new Error(err);
  return { code, result: JSON.parse(out) as Result };
}

const certain = ({ needs }: Result): readonly string[] => needs.flatMap(({ name, by }) => (by === "operation" ? [name] : [])).toSorted();

describe("ghlkit scopes", () => {
  it("finds calls of the facade, however the service is reached", async () => {
    const { result } = await compare({
      "app.ts": `
        const { contact } = await settings.location.contacts.create({ body });
        await location
          .calendars
          .listFreeSlots<Slots>({ calendarId });
        const { opportunities, workflows: flows } = ghl.location(id);
        await opportunities.search({ limit: 10 });
        await flows.list();
        const tags = location.locations;
        await tags.listTags();
        export const note = ({ conversations }: Client) => conversations.sendMessage({ body });
        await ghl.v2.location(id).users.get({ userId });
      `,
      "path.ts": 'await ghl.GET("/contacts/{contactId}", { params }); call("invoices.list");',
    });
    expect(certain(result)).toEqual([
      "calendars.listFreeSlots",
      "contacts.create",
      "contacts.get",
      "conversations.sendMessage",
      "invoices.list",
      "locations.listTags",
      "opportunities.search",
      "users.get",
      "workflows.list",
    ]);
    expect(result.scopes).toEqual(expect.arrayContaining(["contacts.write", "calendars.readonly", "workflows.readonly"]));
    expect(result.needs.find(({ name }) => name === "calendars.listFreeSlots")?.at).toMatch(/app\.ts:4$/);
  });

  it("takes for no call what is none: comments, other objects, tests, dependencies", async () => {
    const { result } = await compare({
      "app.ts": `
        // location.contacts.create({ body })
        /* location.contacts.delete({ contactId }) */
        const users = new Map(); users.get(id);
        const contacts = createContacts(location); contacts.update(person); f({ contacts });
        const url = "http://127.0.0.1/contacts.update";
        theirs.contacts.unknownVerb();
      `,
      "app.test.ts": "location.contacts.delete({ contactId })",
      "test/more.ts": "location.contacts.delete({ contactId })",
      "node_modules/x/index.js": "location.contacts.delete({ contactId })",
      "types.d.ts": "location.contacts.delete",
    });
    expect(certain(result)).toEqual([]);
  });

  it("ends with 1 when a scope is missing, names where it is needed, and what is superfluous", async () => {
    const files = { "app.ts": "await location.contacts.create({ body });\nawait location.workflows.list();" };
    const { code, result } = await compare(files, "--granted", "contacts.write, forms.readonly");
    expect(code).toBe(1);
    expect(result.comparisons[0]?.missing).toMatchObject([{ name: "workflows.list", scopes: ["workflows.readonly"] }]);
    expect(result.comparisons[0]?.superfluous).toEqual(["forms.readonly"]);
    const { out } = await run("scopes", "--source", folder, "--granted", "contacts.write forms.readonly");
    expect(out).toContain("MISSING: add them and have the account consent again\n  workflows.readonly: workflows.list (");
    expect(out).toContain("SUPERFLUOUS: nothing that was found needs them\n  forms.readonly");
    const whole = await run("scopes", "--source", folder, "--granted", "contacts.write workflows.readonly");
    expect([whole.code, whole.out.includes("has what is needed, and no more")]).toEqual([0, true]);
  });

  it("counts the events that an app handles", async () => {
    const { code, result } = await compare(
      { "app.ts": "createWebhookReceiver({ handlers: { ContactCreate: handle } })" },
      "--granted",
      "workflows.readonly",
    );
    expect(code).toBe(1);
    expect(result.comparisons[0]?.missing).toMatchObject([{ name: "ContactCreate", by: "event", scopes: ["contacts.readonly"] }]);
  });

  it("follows helpers into their package, without certainty", async () => {
    const { code, result } = await compare(
      { "app.ts": 'import { createContacts } from "@ghlkit/crm/contacts";' },
      "--granted",
      "workflows.readonly",
    );
    expect(code).toBe(0);
    const byHelper = result.needs.filter(({ by }) => by === "helper").map(({ name }) => name);
    expect(byHelper).toEqual(expect.arrayContaining(["contacts.create", "contacts.update", "contacts.findDuplicate"]));
    expect(result.comparisons[0]?.doubtful.map(({ name }) => name)).toContain("contacts.create");
  });

  it.each([
    ["@ghlkit/crm/billing", "invoices.recordPayment"],
    ["@ghlkit/crm/booking", "calendars.createAppointment"],
    ["@ghlkit/crm/conversations", "conversations.sendMessage"],
    ["@ghlkit/crm/fields", "locations.createCustomField"],
    ["@ghlkit/crm/opportunities", "opportunities.create"],
    ["@ghlkit/crm/workflows", "contacts.addToWorkflow"],
    ["@ghlkit/sync", "contacts.search"],
  ])("finds the operations of %s", async (helper, id) => {
    expect([...(await helperOperations(helper))]).toContain(id);
  });

  it("takes what was called in use, what text does not show, and what it shows wrongly", async () => {
    const usage = join(folder, "usage.json");
    await writeFile(usage, JSON.stringify({ "contacts.search": 12, other: 3 }));
    const files = { "src/app.ts": "location.contacts.delete({ contactId })" };
    const { result } = await compare(files, "--usage", usage, "--needs", "workflows.list", "--ignore", "contacts.delete");
    expect(certain(result)).toEqual(["contacts.search", "workflows.list"]);
    await expect(compare(files, "--needs", "contacts.invent")).rejects.toThrow('There is no operation "contacts.invent"');
  });

  it("reads what the installations of an app have granted", async () => {
    const emulator = createEmulator({
      app: { scopes: ["contacts.readonly", "contacts.write", "forms.readonly", "oauth.readonly", "oauth.write"] },
    });
    const { app, locationId, companyId } = emulator.seed;
    const database = join(folder, "app.db");
    const storage = createSqliteStorage({ path: database });
    const redirectUri = "http://127.0.0.1:3000/oauth/callback";
    const ghl = createGhl({
      oauth: { clientId: app.clientId, clientSecret: app.clientSecret, redirectUri },
      storage,
      baseUrl: "http://127.0.0.1",
      fetch: (url, init) => emulator.fetch(new Request(url, init)),
    });
    const { code: consent } = emulator.oauth.authorize({ locations: [locationId], redirectUri });
    await ghl.auth.installations.connect(await ghl.auth.endpoint.exchange(consent));
    await ghl.auth.installations.settled();
    await storage.close();
    vi.stubEnv("GHL_DATABASE", database);
    const { code, result } = await compare({ "src/app.ts": "location.contacts.create({ body }); location.workflows.list()" });
    expect(code).toBe(1);
    expect(result.comparisons).toMatchObject([
      {
        account: `company ${companyId}`,
        missing: [{ name: "workflows.list" }],
        superfluous: ["contacts.readonly", "forms.readonly"],
      },
    ]);
  });

  it("says so where there is nothing to compare with, and is called wrongly without code", async () => {
    await writeFile(join(folder, "app.ts"), "location.contacts.create({ body })");
    const { code, out, err } = await run("scopes", "--source", folder);
    expect([code, out]).toEqual([0, expect.stringContaining("contacts.write: contacts.create (")]);
    expect(err).toContain("give them with --granted");
    expect(await run("scopes", "--source", join(folder, "mistyped"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("There is no "),
    });
  });
});
