import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { listenAt } from "../../src/server/serve.ts";

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
