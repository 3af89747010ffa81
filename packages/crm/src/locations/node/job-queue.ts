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
  fetch<Data>(name: string, options: { readonly batchSize: number }): Promise<HandedOutJob<Data>[]>;
  complete(name: string, id: string): Promise<unknown>;
  fail(name: string, id: string, output: object): Promise<unknown>;
}
