import { verify } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createEmulator } from "@ghlkit/emulator";
import type { Finding } from "../../src/doctor/judge.ts";
import { appId, bodyOf, serving, servingReceiver } from "../endpoint.ts";
import { run } from "../run.ts";

interface Result {
  readonly ok: boolean;
  readonly trusted: boolean;
  readonly counts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
}

const names = ({ findings }: Result, outcome: string): readonly string[] =>
  findings.filter((finding) => finding.outcome === outcome).map(({ name }) => name);
const examine = async (...args: readonly string[]): Promise<{ code: number; result: Result }> => {
  const { code, out } = await run("webhooks", "doctor", "--json", ...args);
  return { code, result: JSON.parse(out) as Result };
};

describe("doctor", () => {
  it("finds nothing wrong with an endpoint made of ghlkit", async () => {
    const { url, inbox } = await servingReceiver();
    const { code, out } = await run("webhooks", "doctor", url, "--app", appId);
    // The README says so, too.
    expect(out).toContain("15 genuine deliveries, 63 forged");
    expect(out).toContain("Everything genuine was taken and everything forged was refused.");
    expect(code).toBe(0);
    const { deliveries } = await inbox.query({ limit: 1000 });
    expect(deliveries.map(({ duplicates }) => duplicates).reduce((sum, count) => sum + count)).toBe(1);
    const again = await examine(url, "--app", appId);
    expect([again.code, again.result.ok, again.result.counts["right"]]).toEqual([0, true, again.result.findings.length]);
  });

  it("names every forged delivery that an endpoint takes which takes all, each with a fix", async () => {
    const url = await serving((request, response) => {
      request.resume().on("end", () => response.end());
    });
    const { code, result } = await examine(url);
    expect(code).toBe(1);
    expect(result.counts).toMatchObject({ rejected: 0, accepted: result.findings.filter(({ genuine }) => !genuine).length });
    expect(result.findings.filter(({ outcome }) => outcome === "accepted").every(({ fix }) => (fix ?? "").length > 20)).toBe(true);
    const { out } = await run("webhooks", "doctor", url);
    expect(out).toContain("WRONGLY ACCEPTED");
    expect(out).toContain("fix: Refuse what has no x-ghl-signature");
  });

  it("finds an endpoint that checks JSON which was written again", async () => {
    const { ed25519 } = await createEmulator().webhookPublicKeys();
    const check = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
      const signature = Buffer.from(String(request.headers["x-ghl-signature"] ?? ""), "base64");
      try {
        const text = JSON.stringify(JSON.parse((await bodyOf(request)).toString()));
        response.writeHead(verify(null, Buffer.from(text), ed25519, signature) ? 200 : 401).end();
      } catch {
        response.writeHead(400).end();
      }
    };
    const url = await serving((request, response) => void check(request, response));
    const { code, result } = await examine(url);
    expect(code).toBe(1);
    expect(names(result, "rejected")).toContain("as the platform sends it");
    expect(result.findings[0]?.fix).toContain("raw bytes");
    // "Compact" is genuine and gets through, so that the key is known.
    expect(result.trusted).toBe(true);
  });

  it("says so when the endpoint does not trust the key, and still judges", async () => {
    const { url } = await servingReceiver("another seed");
    const { code, out } = await run("webhooks", "doctor", url, "--app", appId);
    expect(code).toBe(1);
    expect(out).toContain("401  pretty-printed (signature_wrong)");
    expect(out).toContain("NOT ONE GENUINE DELIVERY WAS TAKEN: the endpoint does not trust the key");
    expect(out).toContain("BEGIN PUBLIC KEY");
    expect(out).not.toContain("WRONGLY ACCEPTED");
    expect((await run("webhooks", "doctor", url, "--app", appId, "--seed", "another seed")).code).toBe(0);
  });

  it("distinguishes an answer that looks like a failure from a refusal", async () => {
    const url = await serving((request, response) => {
      request.resume().on("end", () => response.writeHead(500).end());
    });
    const { code, result } = await examine(url);
    expect([code, result.counts["accepted"], result.trusted]).toEqual([1, 0, false]);
    expect(result.counts["unclear"]).toBe(result.findings.filter(({ genuine }) => !genuine).length);
    expect(result.findings[0]?.fix).toContain("body parser");
    expect((await run("webhooks", "doctor", url)).out).toContain("and 58 more");
  });

  it("sends to this machine only", async () => {
    const { code, err } = await run("webhooks", "doctor", "https://app.example/hooks?token=hidden");
    expect(code).toBe(2);
    expect(err).toContain("--allow-remote");
    expect(err).not.toContain("hidden");
  });

  it("fails in one sentence where nothing listens", async () => {
    const { code, err, out } = await run("webhooks", "doctor", "http://127.0.0.1:9/hooks");
    expect([code, out, err]).toEqual([1, "", "Nothing listens at http://127.0.0.1:9/hooks: start the endpoint first.\n"]);
  });
});
