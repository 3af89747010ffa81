import type { WireRequest } from "@ghlkit/core";

/** As many as are remembered; the oldest are forgotten first. */
const most = 1000;

/** Ids of records that calls of this client have deleted: what a service says of them is no lag. */
export class KnownDeletions {
  readonly #ids = new Set<string>();

  /** Notes the record that a DELETE was for, once it was answered. */
  answered({ method, url }: WireRequest, { ok }: Response): void {
    if (method !== "DELETE" || !ok) return;
    const id = /\/([\w-]{8,})\/?(?:\?.*)?$/.exec(url)?.[1];
    if (id === undefined) return;
    this.#ids.add(id);
    for (const oldest of this.#ids) {
      if (this.#ids.size <= most) break;
      this.#ids.delete(oldest);
    }
  }

  /** Whether an answer or its request names one of them. */
  isNamed(answer: string, { url, body }: WireRequest): boolean {
    const text = `${answer}\n${url}\n${typeof body === "string" ? body : ""}`;
    for (const id of this.#ids) if (text.includes(id)) return true;
    return false;
  }
}
