import { Pool } from "pg";
import { signedBody } from "./signed-body.ts";

// PostgreSQL alone: the bytes of the events into a table of two columns, one row per statement or many. Half of the load of two processes.
const [connectionString = "", rows = "1", inFlight = "32", count = "3000", first = "0"] = process.argv.slice(2);
const pool = new Pool({ connectionString, max: 10 });
const perStatement = Number(rows);
const bodies = Array.from({ length: Number(count) }, (_, at) => signedBody(Number(first) + at).body);
const statement = "insert into bare (id, body) select * from unnest($1::text[], $2::bytea[])";
let next = 0;

async function insert(): Promise<void> {
  for (let from = next; from < bodies.length; from = next) {
    next += perStatement;
    const some = bodies.slice(from, next).map((body) => Buffer.from(body.buffer, body.byteOffset, body.byteLength));
    const ids = some.map((_, at) => `${rows}-${Number(first) + from + at}`);
    if (perStatement === 1) await pool.query("insert into bare (id, body) values ($1, $2)", [ids[0], some[0]]);
    else await pool.query(statement, [ids, some]);
  }
}

process.send?.("ready");
process.once("message", () => {
  void Promise.all(Array.from({ length: Number(inFlight) }, insert)).then(async () => {
    process.send?.("done");
    await pool.end();
    process.disconnect();
  });
});
