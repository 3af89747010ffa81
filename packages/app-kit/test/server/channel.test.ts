import { expect, it } from "vitest";
import { createChannel, type Channel } from "../../src/server/channel.ts";

/** What a page is sent at once when it begins to follow, as types of events. */
async function received(channel: Channel, topics: readonly string[], after: string | undefined): Promise<readonly string[]> {
  const stop = new AbortController();
  const reader = channel.stream(topics, after, stop.signal).body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  // What it missed comes with the first reads; the mark is the last of all.
  channel.publish(topics[0] ?? "", { type: "mark", data: null });
  while (reader !== undefined && !text.includes('"mark"')) text += decoder.decode((await reader.read()).value);
  stop.abort();
  return [...text.matchAll(/"type":"(\w+)"/g)].map(([, type = ""]) => type).filter((type) => type !== "mark");
}

it("sends what was missed after a position, of the topics that are followed", async () => {
  const channel = createChannel();
  const position = channel.position();
  channel.publish("one", { type: "first", data: 1 });
  channel.publish("other", { type: "foreign", data: 2 });
  channel.publish("public:one", { type: "second", data: 3 });

  expect(await received(channel, ["one", "public:one"], position)).toEqual(["first", "second"]);
  expect(await received(channel, ["none"], position)).toEqual([]);
});

it("has a page read its state again when its position is of another process, or too old", async () => {
  const channel = createChannel();
  const position = channel.position();
  for (let number = 0; number < 2100; number += 1) channel.publish("one", { type: "event", data: number });

  expect(await received(channel, ["one"], position)).toEqual(["reset"]);
  expect(await received(channel, ["one"], "0123abcd-5")).toEqual(["reset"]);
  expect(await received(channel, ["one"], "nonsense")).toEqual(["reset"]);
});
