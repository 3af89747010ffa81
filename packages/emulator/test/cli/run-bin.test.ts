import { readFileSync } from "node:fs";
import { get } from "node:http";
import { describe, expect, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { runBin } from "../../src/cli/run-bin.ts";

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(args: readonly string[], whileListening: (out: string) => Promise<void> = () => Promise.resolve()): Promise<Run> {
  let out = "";
  let err = "";
  const code = await runBin(args, {
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    untilStopped: () => whileListening(out),
  });
  return { code, out, err };
}

function statusFor(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = get({ port, host: "127.0.0.1", path: "/_emulator/health", headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject);
  });
}

describe("ghlkit-emulator", () => {
  test("prints where it listens and what to call it with", async () => {
    let status = 0;
    const { code, out } = await run(["--port", "0", "--seed", "cli"], async (text) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? "";
      status = (await fetch(`${url}/_emulator/health`)).status;
    });
    const { seed } = createEmulator({ seed: "cli" });
    expect([code, status]).toEqual([0, 200]);
    for (const value of [seed.locationId, seed.companyId, seed.tokens.location, seed.tokens.agency, seed.pipelineId])
      expect(out).toContain(value);
  });

  test("explains itself", async () => {
    expect(await run(["--help"])).toMatchObject({ code: 0, out: expect.stringContaining("--port") });
  });

  test.each(["--version", "-v"])("%s prints the version", async (flag) => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect(await run([flag])).toEqual({ code: 0, out: `${version}\n`, err: "" });
  });

  test.each([
    [["--port", "many"], "--port takes a whole number"],
    [["--burst-limit", "0"], "--burst-limit takes a whole number from 1"],
    [["--rate-window", "round"], "--rate-window takes fixed or sliding"],
    [["--target-user", "Anyone"], "--target-user takes Agency or Sub-account"],
    [["--redirect-uri", "https://app.example/ghl"], "The portal refuses"],
    [["--nonsense"], "Unknown option '--nonsense'. Run ghlkit-emulator --help"],
  ])("%j is refused in one sentence", async (args, message) => {
    const { code, err } = await run(args);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(err).not.toContain("    at ");
  });

  test("a port in use is refused in one sentence", async () => {
    const taken = await createEmulator().listen();
    const { code, err } = await run(["--port", new URL(taken.url).port]);
    await taken.close();
    expect([code, err.trim().split("\n").length]).toEqual([1, 1]);
    expect(err).toContain("is in use");
  });

  test("--allowed-host names a host beside localhost", async () => {
    const statuses: number[] = [];
    await run(["--port", "0", "--allowed-host", "emulator", "--allowed-host", "ghl"], async (text) => {
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(text)?.[1];
      for (const host of ["emulator", "ghl:4010", "other"]) statuses.push(await statusFor(host, Number(port)));
    });
    expect(statuses).toEqual([200, 200, 403]);
  });

  test("options reach the emulator", async () => {
    let statuses: number[] = [];
    const args = ["--port", "0", "--burst-limit", "1", "--retry-after"];
    await run(args, async (text) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? "";
      const { locationId, tokens } = createEmulator().seed;
      const headers = { Version: "v3", Authorization: `Bearer ${tokens.location}` };
      const get = async (): Promise<number> => (await fetch(`${url}/workflows/?locationId=${locationId}`, { headers })).status;
      statuses = [await get(), await get()];
    });
    expect(statuses).toEqual([200, 429]);
  });
});
