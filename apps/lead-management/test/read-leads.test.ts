import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readLeads } from "../src/read-leads.ts";
import { UsageError } from "../src/usage-error.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "leads-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, "leads.csv");
  await writeFile(path, text);
  return path;
}

const header = "first_name,last_name,email,phone,source,interest,value,sms_consent";

describe("readLeads", () => {
  it("reads the 200 leads of the demo, which use reserved numbers and addresses alone", async () => {
    const rows = await readLeads(fileURLToPath(new URL("../data/leads.csv", import.meta.url)));
    expect(rows).toHaveLength(200);
    const digits = rows.map(({ phone }) => phone.replaceAll(/\D/g, "")).filter((phone) => phone.length >= 10);
    expect(digits.filter((phone) => !/55501\d\d$/.test(phone))).toEqual([]);
    expect(
      rows.filter(({ email }) => /@.*\./.test(email) && !email.toLowerCase().trim().endsWith("@example.com") && !email.includes("@@")),
    ).toEqual([]);
  });

  it("takes a byte order mark, quotes and empty lines, and knows the line of each row", async () => {
    const rows = await readLeads(await file(`\uFEFF${header}\n\n"Ada","O""Brien, Jr.",a@example.com,,,,,\nB,C,,,,,,\n`));
    expect(rows.map(({ line, lastName }) => [line, lastName])).toEqual([
      [3, 'O"Brien, Jr.'],
      [4, "C"],
    ]);
  });

  it.each([
    ["no such file", undefined, /there is no such file/],
    ["a missing column", "first_name,last_name\nA,B\n", /has no column email, phone/],
    ["no CSV", `${header}\n"open quote,b\n`, /not a CSV file that can be read/],
    ["a row that is too short", `${header}\nA,B\n`, /not a CSV file that can be read/],
  ])("says in one sentence what is wrong: %s", async (_, text, message) => {
    const path = text === undefined ? join(folder, "missing.csv") : await file(text);
    await expect(readLeads(path)).rejects.toThrow(message);
    await expect(readLeads(path)).rejects.toBeInstanceOf(UsageError);
  });
});
