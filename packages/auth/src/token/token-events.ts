import type { AuthEvent } from "./auth-event.ts";

/** The events of the token manager: for the app, and for what else of this package follows them. */
export class TokenEvents {
  readonly #app: (event: AuthEvent) => void;
  readonly #listeners: ((event: AuthEvent) => void)[] = [];

  /** @param app The `onEvent` of the app, which gets every event first. */
  constructor(app: (event: AuthEvent) => void) {
    this.#app = app;
  }

  readonly emit = (event: AuthEvent): void => {
    this.#app(event);
    for (const listener of this.#listeners) listener(event);
  };

  listen(listener: (event: AuthEvent) => void): void {
    this.#listeners.push(listener);
  }
}
