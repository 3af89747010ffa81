import type { TestProject } from "vitest/node";
import { startPostgres, type Postgres } from "@ghlkit/test-servers/postgres";

declare module "vitest" {
  export interface ProvidedContext {
    /** Connection string of the server that the tests of this package share. */
    readonly postgres: string;
  }
}

let server: Postgres | undefined;

/** Starts a real PostgreSQL for the tests of this package. */
export async function setup({ provide }: TestProject): Promise<void> {
  server = await startPostgres();
  provide("postgres", server.connectionString);
}

export async function teardown(): Promise<void> {
  await server?.stop();
}
