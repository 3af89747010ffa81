import { signal } from "@preact/signals";
import { render, type VNode } from "preact";
import "./base.css";
import { connect } from "./live.ts";
import type { Boot, LiveEvent, Page, Platform } from "./page.ts";
import { createReload, type Read } from "./reload.ts";

let current: Page<unknown>;

/** The page that was started: for parts of it that need the connection or the token. */
export function thePage<State>(): Page<State> {
  return current as Page<State>;
}

/** Shows the state that came with the HTML, then follows the events of the server. `apply` makes the next state of an event. */
export function startPage<State extends object>(view: () => VNode, apply: (state: State, event: LiveEvent) => State): void {
  const boot = JSON.parse(document.querySelector("#boot")?.textContent ?? "") as Boot<State>;
  const state = signal(boot.state);
  const platform = signal(boot.platform);
  const link = signal<Page<State>["link"]["value"]>("connecting");
  const change = (event: LiveEvent): void => {
    if (event.type === "platform") platform.value = event.data as Platform;
    else state.value = apply(state.value, event);
  };
  const { reload, applied } = createReload<State>({
    read: readPage,
    apply: change,
    onEnded: () => (link.value = "ended"),
    show: (fresh) => {
      state.value = fresh.state;
      platform.value = fresh.platform;
    },
  });
  const page: Page<State> = {
    state,
    platform,
    link,
    app: boot.app,
    csrf: boot.csrf,
    reload,
    apply: (event) => {
      applied(event);
      change(event);
    },
  };
  current = page as Page<unknown>;
  connect(page, boot.events, boot.position);
  const root = document.querySelector("#page");
  if (root !== null) render(view(), root);
}

async function readPage<State>(): Promise<Read<State>> {
  try {
    const answer = await fetch(location.href, { headers: { accept: "application/json" } });
    return answer.ok ? { status: answer.status, fresh: (await answer.json()) as Boot<State> } : { status: answer.status };
  } catch {
    return { status: 0 };
  }
}

/** Rows by id, with those of an event put in, and those that are gone taken out. */
export function withRows<Row extends { readonly id: string }>(
  rows: readonly Row[],
  { upsert = [], remove = [] }: { readonly upsert?: readonly Row[]; readonly remove?: readonly string[] },
): readonly Row[] {
  const fresh = new Map(upsert.map((row) => [row.id, row]));
  const kept = rows.filter(({ id }) => !remove.includes(id)).map((row) => fresh.get(row.id) ?? row);
  const known = new Set(rows.map(({ id }) => id));
  return [...kept, ...upsert.filter(({ id }) => !known.has(id))];
}
