import { createEmulator, type Emulator, type EmulatorOptions } from "../src/index.ts";

/** What came back, read. */
export interface TestAnswer {
  readonly status: number;
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

export interface CallOptions {
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as multipart. */
  readonly multipart?: FormData;
  /** `null` leaves the header out. Default `v3`. */
  readonly version?: string | null;
  /** `null` leaves the header out. Default: the location's private token. */
  readonly token?: string | null;
}

/** An emulator in process, and a way to call it. */
export interface TestClient {
  readonly emulator: Emulator;
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<TestAnswer>;
}

/** Far from the limits, so that they matter only in tests of them. */
export function createTestClient(options: EmulatorOptions = {}): TestClient {
  const emulator = createEmulator({ burstLimit: 1_000_000, ...options });
  return { emulator, call: (method, path, callOptions) => callEmulator(emulator, method, path, callOptions) };
}

/** Calls an emulator that is there already. */
export async function callEmulator(emulator: Emulator, method: string, path: string, options: CallOptions = {}): Promise<TestAnswer> {
  const { body, form, multipart, version = "v3", token = emulator.seed.tokens.location } = options;
  const headers = new Headers();
  if (version !== null) headers.set("Version", version);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  if (body !== undefined) headers.set("Content-Type", "application/json");
  const payload = multipart ?? (form === undefined ? body && JSON.stringify(body) : new URLSearchParams(form));
  const request = new Request(`http://emulator.test${path}`, {
    method,
    headers,
    ...(payload !== undefined && { body: payload as BodyInit }),
  });
  const response = await emulator.fetch(request);
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.includes("json") ?? false;
  return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text, headers: response.headers };
}
