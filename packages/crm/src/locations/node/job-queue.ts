/** One outcome of a batch, as pg-boss takes it with `perJobResults`. */
export interface JobOutcome {
  readonly id: string;
  readonly status: "completed" | "failed" | "deadletter";
  /** What pg-boss keeps of it. */
  readonly output?: object;
}

/** A job that was handed out. */
export interface HandedOutJob<Data> {
  readonly id: string;
  readonly data: Data;
}

/** What is used of `PgBoss` of pg-boss 12: your instance is one. */
export interface JobQueue {
  createQueue(name: string, options?: object): Promise<unknown>;
  insert(name: string, jobs: { readonly data: object; readonly singletonKey: string }[]): Promise<unknown>;
  send(name: string, data: object, options: object): Promise<unknown>;
  work<Data>(name: string, options: object, handler: (jobs: HandedOutJob<Data>[]) => Promise<JobOutcome[]>): Promise<unknown>;
  offWork(name: string, options: { readonly wait: boolean }): Promise<unknown>;
}
