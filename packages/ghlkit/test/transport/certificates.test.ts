import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createContext, transportOf, type Send } from "@ghlkit/core";
import { describe, expect, it } from "vitest";
import { undiciSend } from "../../src/node.ts";
import { selfSignedCertificate } from "./certificate.ts";
import { listen, type LoopbackServer } from "./loopback.ts";

const { cert, key } = selfSignedCertificate();
const program = fileURLToPath(new URL("calling-process.ts", import.meta.url));

function httpsServer(): Promise<LoopbackServer> {
  return listen(createServer({ cert, key }, (_request, response) => response.end("{}")));
}

async function outcome(send: Send, { port }: LoopbackServer): Promise<unknown> {
  return send({ method: "GET", url: `https://localhost:${port}/`, headers: {}, body: undefined }, createContext()).then(
    ({ status }) => status,
    (error: unknown) => error,
  );
}

describe("a server with a certificate of a private authority", () => {
  it("is refused by both transports, and nothing is sent", async () => {
    await using server = await httpsServer();
    const undici = undiciSend();
    for (const send of [transportOf({}), undici]) expect(await outcome(send, server)).toMatchObject({ code: "network", sent: false });
    await undici.close();
  });

  it("is taken with ca", async () => {
    await using server = await httpsServer();
    for (const ca of [cert, [cert]]) {
      const send = undiciSend({ ca });
      expect(await outcome(send, server)).toBe(200);
      await send.close();
    }
    expect(await outcome(undiciSend({ ca: "no certificate" }), server)).toMatchObject({ code: "invalid_request" });
  });

  it("is taken by both with NODE_EXTRA_CA_CERTS", async () => {
    await using server = await httpsServer();
    const folder = await mkdtemp(join(tmpdir(), "ghlkit-ca-"));
    try {
      await writeFile(join(folder, "ca.pem"), cert);
      const env = { ...process.env, NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") };
      const { stdout } = await promisify(execFile)(process.execPath, [program, `https://localhost:${server.port}/`], { env });
      expect(JSON.parse(stdout)).toEqual([200, 200]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
