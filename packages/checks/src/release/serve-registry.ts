import { createRequire } from "node:module";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

// A process of its own: verdaccio on loopback, on a free port that it sends to its parent, until the parent ends it or is gone.
const [tool = "", storage = "", uplink = ""] = process.argv.slice(2);

interface Verdaccio {
  readonly runServer: (config: object) => Promise<Server>;
}

const { runServer } = createRequire(join(tool, "package.json"))("verdaccio") as Verdaccio;
const everyone = { access: "$all", publish: "$all" };
const server = await runServer({
  storage,
  configPath: join(storage, "config.yaml"),
  auth: { htpasswd: { file: join(storage, "htpasswd") } },
  uplinks: { npm: { url: uplink, timeout: "60s", max_fails: 100 } },
  // Our own names are never looked up elsewhere: what is installed is what was published here.
  packages: { "@ghlkit/*": everyone, ghlkit: everyone, "**": { access: "$all", publish: "$none", proxy: "npm" } },
  web: { enable: false },
  log: { type: "stdout", format: "pretty", level: "warn" },
});
process.on("disconnect", () => process.exit());
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
