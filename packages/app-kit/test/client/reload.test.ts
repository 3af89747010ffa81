import { describe, expect, it } from "vitest";
import type { Boot } from "../../src/client/page.ts";
import { createReload, type Read, type Reload } from "../../src/client/reload.ts";

/** A page that shows a text. Its readings are answered by hand, in any order. */
function openPage(): { readonly reload: Reload; readonly shown: () => string; readonly answers: ((read: Read<string>) => void)[] } {
  let shown = "before";
  const answers: ((read: Read<string>) => void)[] = [];
  const reload = createReload<string>({
    read: () => new Promise((resolve) => answers.push(resolve)),
    show: ({ state }) => (shown = state),
    apply: ({ data }) => (shown += String(data)),
    onEnded: () => (shown = "ended"),
    retryMs: 1,
  });
  return { reload, shown: () => shown, answers };
}

const page = (state: string): Read<string> => ({ status: 200, fresh: { state } as Boot<string> });
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("reading a page again", () => {
  it("reads once more when it is asked while it reads: what was true last is shown last", async () => {
    const { reload, shown, answers } = openPage();
    const done = [reload.reload(), reload.reload(), reload.reload()];
    expect(answers).toHaveLength(1);
    answers[0]?.(page("accepting"));
    await turn();
    expect(shown()).toBe("accepting");
    answers[1]?.(page("due"));
    await Promise.all(done);
    expect(shown()).toBe("due");
    expect(answers).toHaveLength(2);
  });

  it("applies to what was read the events that came meanwhile, and no others", async () => {
    const { reload, shown, answers } = openPage();
    reload.applied({ type: "row", data: " too early" });
    const done = reload.reload();
    reload.applied({ type: "row", data: " and an event" });
    answers[0]?.(page("read"));
    await done;
    reload.applied({ type: "row", data: " too late" });
    expect(shown()).toBe("read and an event");
  });

  it("reads until the application is reached, and not when the session is over", async () => {
    const { reload, shown, answers } = openPage();
    const done = reload.reload();
    answers[0]?.({ status: 0 });
    while (answers.length < 2) await turn();
    answers[1]?.({ status: 503 });
    while (answers.length < 3) await turn();
    answers[2]?.({ status: 401 });
    await done;
    expect(shown()).toBe("ended");
    expect(answers).toHaveLength(3);
  });

  it("can be asked again after a state that could not be shown", async () => {
    const { reload, shown, answers } = openPage();
    const failed = reload.reload();
    reload.applied(undefined as never);
    answers[0]?.(page("broken"));
    await expect(failed).rejects.toThrow(TypeError);
    const done = reload.reload();
    answers[1]?.(page("read"));
    await done;
    expect(shown()).toBe("read");
  });
});
