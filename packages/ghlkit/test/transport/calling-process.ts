// Calls the URL it is given by both transports, prints the statuses, and ends by itself: idle connections keep no process alive.
import { createContext, transportOf } from "@ghlkit/core";
import { undiciSend } from "../../src/node.ts";

const request = { method: "GET", url: process.argv[2] ?? "", headers: {}, body: undefined };
const statuses: number[] = [];
for (const send of [transportOf({}), undiciSend()]) {
  const answer = await send(request, createContext());
  await answer.text();
  statuses.push(answer.status);
}
console.log(JSON.stringify(statuses));
