import { html } from "hono/html";
import { renderPage, type Markup } from "../http/page.ts";
import type { Delivery, DeliveryAttempt } from "../webhooks/delivery.ts";

/** More than a page can hold: the JSON has them all. */
const shownCount = 200;

/** The delivery log for people: the latest first. */
export function deliveriesPage(deliveries: readonly Delivery[]): Promise<Response> {
  const shown = deliveries.toReversed().slice(0, shownCount);
  const count = (state: Delivery["state"]): number => deliveries.filter((delivery) => delivery.state === state).length;
  const body = html`<h1>Webhook deliveries</h1>
    <p class="soft">
      ${deliveries.length} in the log: ${count("delivered")} delivered, ${count("waiting")} waiting, ${count("in-flight")} in flight,
      ${count("failed")} failed, ${count("dropped")} dropped.
      ${shown.length < deliveries.length ? `The latest ${shown.length} are shown.` : ""}
    </p>
    <p class="soft">
      Show <a href="?">all</a>, <a href="?state=waiting">waiting</a>, <a href="?state=failed">failed</a>,
      <a href="?state=delivered">delivered</a>
    </p>
    ${shown.length === 0 ? html`<p>Nothing has been sent. Subscribe a URL and change something, or trigger an event.</p>` : table(shown)}`;
  return renderPage({ title: "Webhook deliveries", body, isWide: true });
}

function table(deliveries: readonly Delivery[]): Markup {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr><th>Time</th><th>Event</th><th>To</th><th>State</th><th>Attempts</th><th>Faults</th></tr>
      </thead>
      <tbody>
        ${deliveries.map(row)}
      </tbody>
    </table>
  </div>`;
}

function row(delivery: Delivery): Markup {
  const { createdAt, type, locationId, companyId, url, state, attempts, nextAttemptAt, faults, id, body, duplicateOf } = delivery;
  const isBad = state === "failed" || state === "dropped";
  return html`<tr>
    <td>${shortTime(createdAt)}</td>
    <td>
      <details>
        <summary>${type}</summary>
        <p class="soft"><code>${id}</code></p>
        <pre><code>${pretty(body)}</code></pre>
      </details>
    </td>
    <td class="long"><code>${url}</code><br /><span class="soft">for <code>${locationId ?? companyId ?? "the app"}</code></span></td>
    <td>${isBad ? html`<strong class="bad">${state}</strong>` : state}${nextAttemptAt ? html`<br /><span class="soft">next ${shortTime(nextAttemptAt)}</span>` : ""}</td>
    <td>${attempts.map((attempt) => html`<div>${attemptText(attempt)}</div>`)}</td>
    <td>${faults.join(", ")}${duplicateOf === undefined ? "" : " (copy)"}</td>
  </tr>`;
}

function attemptText({ number, at, status, error }: DeliveryAttempt): string {
  return `${number === "-" ? "–" : `${number}.`} ${status ?? error ?? ""} at ${shortTime(at).slice(11)}`;
}

function shortTime(iso: string): string {
  return iso.replace("T", " ").slice(0, 19);
}

function pretty(body: string): string {
  return JSON.stringify(JSON.parse(body), null, 2);
}
