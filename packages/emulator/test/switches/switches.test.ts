import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parseBinArguments } from "../../src/cli/bin-arguments.ts";
import { switchList } from "../../src/switches/switch-list.ts";
import { createTestClient } from "../test-client.ts";

const { call, emulator } = createTestClient();
const { locationId } = emulator.seed;

async function put(body: object): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const headers = { "content-type": "application/json" };
  const response = await emulator.fetch("http://localhost/_emulator/switches", { method: "PUT", headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

test("a switch that is set counts from the next request on, until a reset", async () => {
  const unknown = (): Promise<number> =>
    call("GET", `/contacts/?locationId=${locationId}&colour=red`, { version: "2021-07-28" }).then(({ status }) => status);
  const phone = (): Promise<number> => call("POST", "/contacts/", { body: { locationId, phone: "123" } }).then(({ status }) => status);
  expect([await unknown(), await phone()]).toEqual([422, 422]);
  expect(await put({ unknownQuery: "ignore", unreadablePhone: "store", "calendars.statusOnUpdate": "keep" })).toMatchObject({
    status: 200,
    body: { unknownQuery: "ignore", calendars: { statusOnUpdate: "keep" } },
  });
  expect([await unknown(), await phone()]).toEqual([200, 201]);
  emulator.reset();
  expect([await unknown(), await phone()]).toEqual([422, 422]);
});

test("a location that is there takes duplicates when the switch says so", async () => {
  const create = (): Promise<number> =>
    call("POST", "/contacts/", { body: { locationId, email: "x@example.com" } }).then(({ status }) => status);
  expect([await create(), await create()]).toEqual([201, 400]);
  emulator.switches.set({ allowDuplicates: true });
  expect(await create()).toBe(201);
  emulator.reset();
});

test("names and values that there are not are refused", async () => {
  expect(await put({ colour: "red" })).toMatchObject({
    status: 400,
    body: { message: expect.stringMatching(/^There is no switch colour/) },
  });
  expect(await put({ unknownQuery: "maybe" })).toMatchObject({ status: 400, body: { message: "unknownQuery is reject or ignore." } });
});

test("the control plane lists every switch with its default and evidence", async () => {
  const response = await emulator.fetch("http://localhost/_emulator/switches");
  const listed = (await response.json()) as Record<string, { value: unknown; default: unknown; evidence: string }>;
  expect(Object.keys(listed)).toEqual(switchList.map(({ name }) => name));
  for (const one of Object.values(listed)) expect(one.value).toBe(one.default);
});

test("every switch has a flag, which goes into the options", () => {
  const { emulator: options } = parseBinArguments([
    "--unknown-query",
    "ignore",
    "--unknown-route",
    "unsupported",
    "--requirements",
    "documented",
    "--token-errors",
    "rfc6749",
    "--allow-duplicates",
    "--no-location-token-refresh",
    "--calendars-status-on-update",
    "keep",
  ]);
  expect(options).toMatchObject({
    unknownQuery: "ignore",
    unknownRoute: "unsupported",
    requirements: "documented",
    tokenErrors: "rfc6749",
    allowDuplicates: true,
    locationTokenRefresh: false,
    calendars: { statusOnUpdate: "keep" },
  });
  expect(() => parseBinArguments(["--unknown-query", "maybe"])).toThrow('--unknown-query takes reject or ignore, not "maybe".');
});

test("the page of the emulator lists every switch with its default, choices and evidence", async () => {
  const page = await readFile(new URL("../../../../docs/emulator.md", import.meta.url), "utf8");
  for (const { name, values, evidence } of switchList) {
    const [first, ...others] = values.map((value) => `\`${String(value)}\``);
    expect(page).toContain(`| \`${name}\` | ${first} | ${others.join(", ")} | ${evidence} |`);
  }
});
