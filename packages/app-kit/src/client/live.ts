import type { LiveEvent, Page } from "./page.ts";

/**
 * Follows the server's events from a position. The stream is closed while the page is hidden, because a browser holds six connections to
 * an origin: the seventh tab would stall. What was missed comes when the page is shown again.
 */
export function connect<State>(page: Page<State>, events: string, from: string): void {
  let position = from;
  let source: EventSource | undefined;
  const open = (): void => {
    if (source !== undefined || document.hidden) return;
    source = new EventSource(`${events}&after=${encodeURIComponent(position)}`);
    source.addEventListener("open", () => (page.link.value = "live"));
    source.addEventListener("error", () => {
      if (page.link.value === "live") page.link.value = "connecting";
      // A closed one does not try again by itself: it was refused, and the page shows why.
      if (source?.readyState !== EventSource.CLOSED) return;
      close();
      void page.reload().then(() => setTimeout(open, page.link.value === "ended" ? 30_000 : 1000));
    });
    source.addEventListener("message", ({ data, lastEventId }: MessageEvent<string>) => {
      position = lastEventId;
      const event = JSON.parse(data) as LiveEvent;
      if (event.type === "reset") void page.reload();
      else page.apply(event);
    });
  };
  const close = (): void => {
    source?.close();
    source = undefined;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
}
