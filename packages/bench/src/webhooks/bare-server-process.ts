import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

// HTTP alone: reads the body, does nothing with it, and answers as the receiver does.
const server = createServer((request, response) => {
  request.on("data", () => {});
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"accepted":true,"outcome":"new"}');
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
