import { signal } from "@preact/signals";
import { render, type VNode } from "preact";
import type { StartState } from "../start-page.ts";
import "@ghlkit/app-kit/base.css";
import "./start.css";

const boot = JSON.parse(document.querySelector("#boot")?.textContent ?? "") as { readonly state: StartState };
const state = signal(boot.state);

async function refresh(): Promise<void> {
  const answer = await fetch("/state").catch(() => undefined);
  if (answer?.ok) state.value = (await answer.json()) as StartState;
}

const post = (path: string) => (): void => void fetch(path, { method: "POST" }).then(refresh);

function StartPage(): VNode {
  const { apps, platformUrl, breakages, lines } = state.value;
  return (
    <>
      <header class="head">
        <h1>ghlkit</h1>
        <p class="soft">
          on a local HighLevel: <a href={`${platformUrl}/_emulator/phone`}>the customers’ phones</a>
        </p>
      </header>
      <main>
        <div class="apps">
          {apps.map(({ name, title, purpose, health }) => (
            <section class="card" key={name} aria-label={title}>
              <h2>
                {title} <span class={`badge ${health === "ok" ? "good" : "warn"}`}>{health === "ok" ? "runs" : health}</span>
              </h2>
              <p>{purpose}</p>
              <p class="row">
                <a class="button" href={`/go/${name}`} target="_blank">
                  Open
                </a>
                <button type="button" onClick={post(`/play/${name}`)}>
                  Play the story
                </button>
              </p>
            </section>
          ))}
        </div>
        <section class="card" aria-label="Break something">
          <h2>Break something</h2>
          <p class="row">
            {Object.entries(breakages).map(([name, what]) => (
              <button type="button" key={name} onClick={post(`/break/${name}`)}>
                {what}
              </button>
            ))}
          </p>
        </section>
        <section class="card" aria-label="What happened">
          <h2>What happened</h2>
          <ol class="lines" aria-live="polite">
            {lines.length === 0 ? <li class="soft">Play a story.</li> : lines.map((line) => <li key={line}>{line}</li>)}
          </ol>
        </section>
      </main>
    </>
  );
}

const root = document.querySelector("#page");
if (root !== null) render(<StartPage />, root);
setInterval(() => void (document.hidden || refresh()), 1000);
