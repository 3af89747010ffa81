import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, vi } from "vitest";
import type { App } from "../../src/server/app.ts";
import type { Backend } from "../../src/server/backend.ts";
import { listenAt, serveApp } from "../../src/server/serve.ts";

it("takes a free port in the place of one that is taken, unless that was asked for", async () => {
  const [first, second, third] = [createServer(), createServer(), createServer()];
  try {
    first.listen(0, "127.0.0.1");
    await once(first, "listening");
    const { port } = first.address() as AddressInfo;
    const at = { host: "127.0.0.1", port };
    const other = await listenAt(second, { ...at, isPortGiven: false });
    expect(other).not.toBe(port);
    await expect(listenAt(third, { ...at, isPortGiven: true })).rejects.toMatchObject({
      code: "invalid_request",
      message: expect.stringContaining(`Port ${port} is taken`) as string,
    });
  } finally {
    for (const server of [first, second, third]) server.close();
  }
});

it("closes what is open behind the pages when it cannot listen", async () => {
  const other = createServer();
  try {
    other.listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as AddressInfo;
    const close = vi.fn<() => Promise<void>>(async () => {});
    const backend = { settings: { host: "127.0.0.1", port, isPortGiven: true }, close } as unknown as Backend;
    const app = { hono: { fetch: () => new Response() } } as unknown as App;
    await expect(serveApp(app, backend)).rejects.toMatchObject({ code: "invalid_request" });
    expect(close).toHaveBeenCalledTimes(1);
  } finally {
    other.close();
  }
});
