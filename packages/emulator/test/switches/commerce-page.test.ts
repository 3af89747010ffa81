import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { commerceSwitches } from "../../src/switches/commerce-switches.ts";

test("docs/emulator-commerce.md lists every switch of commerce with its values and evidence", async () => {
  const page = await readFile(new URL("../../../../docs/emulator-commerce.md", import.meta.url), "utf8");
  const rows = page.split("\n").flatMap((line) => {
    const [, name = "", values = "", evidence = ""] = line.split("|").map((cell) => cell.trim());
    return values.startsWith("`") && name.slice(1, -1) in commerceSwitches ? [[name, values, evidence]] : [];
  });
  const listed = Object.entries(commerceSwitches).map(([name, { values, evidence }]) => {
    return [`\`${name}\``, values.map((value) => `\`${value}\``).join(", "), evidence];
  });
  expect(rows).toEqual(listed);
});
