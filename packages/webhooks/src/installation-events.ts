import type { Handler, Handlers } from "./worker/handlers.ts";
import type { KnownEvent } from "./events/webhook-event.ts";

type LifecycleType = "INSTALL" | "UNINSTALL" | "UPDATE" | "PLAN_CHANGE";

/** What takes an app's lifecycle events: `installations` of `@ghlkit/auth`. */
export interface InstallationSink {
  readonly apply: (event: { readonly type: string; readonly [field: string]: unknown }) => Promise<unknown>;
}

/** Handlers that keep a store of installations in step with the platform. Spread them into your own. */
export function installationEvents(sink: InstallationSink): Required<Pick<Handlers<unknown>, LifecycleType>> {
  const handle: Handler<KnownEvent<LifecycleType>, unknown> = async ({ payload }) => {
    await sink.apply(payload);
  };
  return { INSTALL: handle, UNINSTALL: handle, UPDATE: handle, PLAN_CHANGE: handle };
}
