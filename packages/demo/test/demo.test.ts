import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

it("plays every story in the terminal, and ends", async () => {
  const child = spawn(process.execPath, [fileURLToPath(new URL("../src/main.ts", import.meta.url))], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (part: Buffer) => (output += part.toString()));
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(output).toContain("Every story came to its end.");
  for (const title of ["Leads", "Inbox", "Booking", "Payments"]) expect(output).toMatch(new RegExp(`\\n${title}\\n {2}✓`));
  expect(code).toBe(0);
});
