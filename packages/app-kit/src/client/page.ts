import type { Signal } from "@preact/signals";

/** How the platform answers the application: `asOf` in words of the page. */
export interface Platform {
  readonly state: "ok" | "failing" | "reconnect";
  readonly since: number;
  readonly okAt: number;
}

export interface LiveEvent {
  readonly type: string;
  readonly data: unknown;
}

/** What the server put into the first HTML. */
export interface Boot<State> {
  readonly state: State;
  readonly position: string;
  /** Address of the events that it follows. */
  readonly events: string;
  readonly platform: Platform;
  readonly csrf: string;
  readonly app: {
    readonly name: string;
    readonly title: string;
    readonly isLocal: boolean;
    readonly pollEveryMs?: number;
    readonly hasOAuth: boolean;
    /** Visitors cannot connect the application. */
    readonly isStaff: boolean;
  };
}

/** A page that is alive. */
export interface Page<State> {
  readonly state: Signal<State>;
  readonly platform: Signal<Platform>;
  /** Of the connection to the application: `live`, being made again, or none because the session is over. */
  readonly link: Signal<"live" | "connecting" | "ended">;
  readonly app: Boot<State>["app"];
  readonly csrf: string;
  /** Changes the state as an event from the server does. */
  readonly apply: (event: LiveEvent) => void;
  /** Reads the state again, until the application is reached. */
  readonly reload: () => Promise<void>;
}
