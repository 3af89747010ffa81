import { signal } from "@preact/signals";
import type { VNode } from "preact";

/** A sentence at the edge of the page, with what can be done about it. */
export interface Notice {
  readonly text: string;
  readonly kind?: "good" | "bad";
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shown = signal<readonly (Notice & { readonly id: number })[]>([]);
let last = 0;

/** Shows a notice; good ones leave after 8 seconds, others stay until they are closed. At most three. */
export function notify(notice: Notice): void {
  const id = (last += 1);
  shown.value = [...shown.value.slice(-2), { ...notice, id }];
  if (notice.kind !== "bad") setTimeout(() => dismiss(id), 8000);
}

function dismiss(id: number): void {
  shown.value = shown.value.filter((notice) => notice.id !== id);
}

export function Notices(): VNode {
  return (
    <div class="notices" role="status" aria-live="polite">
      {shown.value.map(({ id, text, kind, action }) => (
        <p class={`notice ${kind ?? ""}`} key={id}>
          <span>{text}</span>
          {action !== undefined && (
            <button
              type="button"
              class="quiet"
              onClick={() => {
                dismiss(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" class="quiet" aria-label="Close" onClick={() => dismiss(id)}>
            ×
          </button>
        </p>
      ))}
    </div>
  );
}
