import type { Served } from "../server/serve.ts";
import { createLeapClock, type LeapClock } from "./leap-clock.ts";
import type { StartApp } from "./open-app.ts";

/** What the process of a test is asked: it answers with the same id. */
type Question = { readonly id: number } & (
  | { readonly type: "start"; readonly module: string; readonly name: string; readonly at: string }
  | { readonly type: "leap"; readonly ms: number }
  | { readonly type: "link"; readonly locationId: string }
);

let clock: LeapClock;
let served: Served;

async function answer(question: Question): Promise<unknown> {
  switch (question.type) {
    case "start": {
      const module = (await import(question.module)) as Readonly<Record<string, StartApp<{ readonly served: Served }>>>;
      const start = module[question.name];
      if (start === undefined) throw new TypeError(`${question.module} exports no ${question.name}.`);
      clock = createLeapClock(question.at);
      ({ served } = await start(process.env, clock));
      return served.url;
    }
    case "leap":
      return clock.leap(question.ms);
    case "link":
      return served.link(question.locationId);
  }
}

process.on("message", (message) => {
  const question = message as Question;
  void answer(question).then((value) => process.send?.({ id: question.id, answer: value }));
});
process.once("SIGTERM", () => void served.close().then(() => process.exit(0)));
// A test that ends leaves no process behind.
process.once("disconnect", () => process.exit(1));
