import type { ComponentChildren, VNode } from "preact";
import { thePage } from "./boot.ts";
import { formatMoment } from "./format.ts";
import { Notices } from "./notices.tsx";

/** Head of a page: title, main actions, how live it is, and what is wrong with the platform. */
export function Shell({ title, actions, children }: { title: string; actions?: ComponentChildren; children: ComponentChildren }): VNode {
  return (
    <>
      <header class="head">
        <h1>{title}</h1>
        {actions}
        <LinkState />
      </header>
      <PlatformState />
      <main>{children}</main>
      <Notices />
    </>
  );
}

function LinkState(): VNode {
  const { link, app } = thePage();
  if (link.value === "ended")
    return (
      <p class="link ended" role="alert">
        The session has ended. <a href={location.href}>Open the page again</a>
      </p>
    );
  const text =
    link.value === "connecting"
      ? "Connecting …"
      : app.pollEveryMs === undefined
        ? "Live"
        : `Updates every ${Math.round(app.pollEveryMs / 1000)} s`;
  return (
    <p class={`link ${link.value}`} role="status">
      {text}
      {app.isLocal && <small> · local HighLevel</small>}
    </p>
  );
}

function PlatformState(): VNode | null {
  const { platform, app } = thePage();
  const { state, since, okAt } = platform.value;
  if (state === "ok") return null;
  return (
    <p class="platform bad" role="alert">
      {state === "failing" ? (
        `HighLevel does not answer. What you see is as of ${formatMoment(okAt, since)}; it goes on by itself.`
      ) : !app.isStaff ? (
        "There is no connection to HighLevel at the moment. What you have typed is kept: try again later."
      ) : (
        <>
          HighLevel does not accept the connection any more.{" "}
          {app.hasOAuth ? <a href="/oauth/install">Reconnect HighLevel</a> : "Reconnect HighLevel: put a new token into GHL_TOKEN."}
        </>
      )}
    </p>
  );
}

/** Nothing to show yet, and what that means. */
export function Empty({ children }: { children: ComponentChildren }): VNode {
  return <p class="empty">{children}</p>;
}
