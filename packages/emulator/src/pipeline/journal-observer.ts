import type { Journal } from "./journal.ts";
import type { Observer } from "./answerer.ts";

/** Writes every exchange into the journal. Headers stay out of it: they hold the token. */
export function journalObserver(journal: Journal): Observer {
  return (exchange, answer) =>
    journal.add({
      atMs: exchange.receivedAtMs,
      method: exchange.method,
      path: exchange.path,
      operation: exchange.match?.route.operation.id,
      status: answer.status,
      fault: exchange.headers["x-emulator-fault"],
      version: exchange.request.headers.get("version"),
      queryText: exchange.queryText,
      body: exchange.body.value,
    });
}
