import { readFile } from "node:fs/promises";
import { renderEmulatorPage } from "./render-emulator-page.ts";

const facts = new URL("../../../spec-tools/facts/", import.meta.url);

/** Where the page stands. */
export const emulatorPageFile: URL = new URL("../../../../docs/emulator-coverage.md", import.meta.url);

/** The page, with the reasons of the committed tables. */
export async function emulatorPage(): Promise<string> {
  const roles = await rowsOf("emulator-roles.tsv");
  return renderEmulatorPage(
    new Map(roles.filter(([, verdict]) => verdict === "none").map(([id = "", , , reason = ""]) => [id, reason])),
    await nameGapReasons(),
  );
}

/** `resource field` → why a name is only sent or only shown. */
export async function nameGapReasons(): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf("emulator-name-gaps.tsv");
  return new Map(rows.map(([resource = "", field = "", reason = ""]) => [`${resource} ${field}`, reason]));
}

async function rowsOf(name: string): Promise<readonly (readonly string[])[]> {
  const lines = (await readFile(new URL(name, facts), "utf8")).split("\n").slice(1);
  return lines.filter((line) => line !== "").map((line) => line.split("\t"));
}
