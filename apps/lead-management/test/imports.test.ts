import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLocalPlatform } from "@ghlkit/app-kit/server";
import { openPerson } from "@ghlkit/app-kit/story";
import { createLeapClock, expectAccessible, hasChromium, inProcess, openApp, type AppUnderTest } from "@ghlkit/app-kit/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Preview } from "../src/imports.ts";
import { startLeads, type Leads } from "../src/server.ts";

/** In the encoding of spreadsheets in Western Europe. */
const german = Buffer.from(
  "Vorname;Nachname;E-Mail;Wert\nJürgen;Müller;jm@example.com;1.500,00\nÅsa;Berg;asa@example.com;1,500.00\n",
  "latin1",
);

const csv = `\uFEFFVorname;Nachname;E-Mail;Telefon;Interesse;Wert
"Grace; B.";Hopper;grace@example.com;(202) 555-0161;Solar;1,200
=HYPERLINK("http://x");Evil;no address;;Solar;
Ada;Lovelace;ada@example.com;;Solar;12
Ada;L.;ada@example.com;;Solar;12
`;

describe.skipIf(!hasChromium())("importing a file in a browser", () => {
  let world: AppUnderTest<Leads>;
  beforeAll(async () => {
    world = await openApp(startLeads);
  });
  afterAll(() => world.close());

  it("shows what it would read, and gives every row an outcome with its reason", async () => {
    const page = await world.open();
    const choose = async (): Promise<void> => {
      await page.getByRole("button", { name: "Import CSV" }).click();
      await page.getByLabel("CSV file with a header").setInputFiles({ name: "leads.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
      await page.getByText("4 rows. Which column is what?").waitFor();
    };
    await choose();
    expect(await page.locator("#map-firstName").inputValue()).toBe("Vorname");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Import 4 rows" }).click();
    await page
      .getByText(/4 rows: .*created/)
      .first()
      .waitFor();
    const text = await page.locator(".import .num").textContent();
    expect(text).toContain("2 created");
    expect(text).toContain("1 adopted");
    expect(text).toContain("1 invalid");
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Reasons" }).click()]);
    const reasons = await readFile(await download.path(), "utf8");
    expect(reasons).toContain("email is no address");
    expect(reasons).not.toMatch(/^=|,=/m);
    await page.getByRole("heading", { name: "Grace; B. Hopper" }).waitFor();

    await choose();
    await page.getByRole("button", { name: "Import 4 rows" }).click();
    await page
      .getByText(/4 rows: .*3 adopted/)
      .first()
      .waitFor();
    expect(await page.locator(".import .num").textContent()).not.toContain("created");
    // Reasons can be had after a reload as well.
    await page.reload();
    await page.getByText(/4 rows: .*3 adopted/).waitFor();
    await page.getByRole("link", { name: "Reasons" }).waitFor();
    await page.context().close();
  });

  it("reads what is not in UTF-8, and takes no amount for another one", async () => {
    const page = await world.open();
    await page.getByRole("button", { name: "Import CSV" }).click();
    await page.getByLabel("CSV file with a header").setInputFiles({ name: "x.csv", mimeType: "text/csv", buffer: german });
    await page.getByRole("button", { name: "Import 2 rows" }).click();
    await page.getByText("2 rows: 1 invalid, 1 created.").first().waitFor();
    await page.getByRole("heading", { name: "Åsa Berg" }).waitFor();
    await page.context().close();
  });

  it("says what is wrong with a file that is none", async () => {
    const page = await world.open();
    await page.getByRole("button", { name: "Import CSV" }).click();
    await page
      .getByLabel("CSV file with a header")
      .setInputFiles({ name: "x.csv", mimeType: "text/csv", buffer: Buffer.from('a,b\n"open') });
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("alert").textContent()).toMatch(/^The file /);
  });
});

describe("an import that is killed", () => {
  it("goes on where it was, and puts no row in twice", async () => {
    const platform = await openLocalPlatform({ enforceBurstLimit: false });
    const folder = await mkdtemp(join(tmpdir(), "ghlkit-import-"));
    const env = { ...(await platform.environment("private")), DATA_FOLDER: folder, PORT: "0" };
    const { emulator } = platform;
    const { served, kill, restart } = await inProcess(new URL("../src/server.ts", import.meta.url), "startLeads")(env, createLeapClock());
    const people = (): readonly string[] =>
      ((emulator.snapshot()["contacts"] ?? []) as readonly { readonly email?: string }[]).flatMap(({ email }) =>
        email?.startsWith("person") ? [email] : [],
      );
    try {
      const rows = Array.from({ length: 40 }, (_, row) => `Person ${row},Test,person${row}@example.com`);
      const text = ["first_name,last_name,email", ...rows].join("\n");
      const person = await openPerson(served.url, await served.link(emulator.seed.locationId));
      const { id, mapping } = await person.send<Preview>("/imports/preview", { text });
      await person.send("/imports", { id, mapping });
      while (people().length < 15) await new Promise((resolve) => setTimeout(resolve, 20));
      await kill();
      await restart();
      let outcomes = "";
      while (outcomes === "") {
        outcomes = await readFile(join(folder, "imports", emulator.seed.locationId, `${id}.results`), "utf8").catch(() => "");
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      expect(new Set(people()).size).toBe(40);
      expect(outcomes.trim().split("\n")).toHaveLength(41);
      expect(outcomes).not.toContain(",failed,");
      expect(people()).toHaveLength(40);
    } finally {
      await served.close();
      await platform.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
