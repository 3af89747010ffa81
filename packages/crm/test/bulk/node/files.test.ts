import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { stringify } from "csv-stringify/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { csvFile, jsonLinesFile, rowProblem, writeResults, type CsvOptions } from "../../../src/bulk/node/index.ts";
import type { BulkRow, RowOutcome } from "../../../src/bulk/index.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "ghlkit-bulk-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

let files = 0;
async function fileOf(content: string | Buffer): Promise<string> {
  const path = join(folder, `${++files}.csv`);
  await writeFile(path, content);
  return path;
}

async function rowsOf<Row>(source: { readonly rows: () => AsyncIterable<BulkRow<Row>> }): Promise<BulkRow<Row>[]> {
  const rows: BulkRow<Row>[] = [];
  for await (const row of source.rows()) rows.push(row);
  return rows;
}

const columns = { email: ["E-Mail", "mail"], name: "Full name" } as const;
const read = async (content: string | Buffer, options: CsvOptions<"email" | "name"> = { columns }) =>
  csvFile(await fileOf(content), (record) => ({ ...record }), options);

describe("csvFile", () => {
  it.each([
    ["commas", "e-mail,Full Name\na@example.com,Ada\n"],
    ["semicolons", "E-Mail;Full Name\r\na@example.com;Ada\r\n"],
    ["tabs", "mail\tfull_name\na@example.com\tAda"],
    ["a byte order mark", "\uFEFFE-Mail,Full name,extra\na@example.com,Ada,x\n"],
    ["quotation marks", '"E-Mail","Full name"\n"a@example.com","Ada"\n'],
    ["blanks and control characters", "E-Mail , FULL-NAME\n a@example.com ,A\u0007da\n"],
  ])("reads a file with %s", async (_, content) => {
    const source = await read(content);
    expect(source.total).toBe(1);
    expect(await rowsOf(source)).toEqual([{ line: 2, row: { email: "a@example.com", name: "Ada" } }]);
  });

  it("numbers lines as an editor does, also behind fields of several lines and empty lines", async () => {
    const source = await read('E-Mail,Full name\n"a@example.com","Ada\nKing"\n\nb@example.com,Bob\n');
    expect(source.total).toBe(2);
    expect((await rowsOf(source)).map(({ line }) => line)).toEqual([2, 5]);
  });

  it("numbers lines behind fields that hold line ends of any kind", async () => {
    const lines = async (content: string): Promise<number[]> => (await rowsOf(await read(content))).map(({ line }) => line);
    expect(await lines('E-Mail,Full name\r\n"a","x\r\ny\r\nz"\r\nb,c\r\n\r\n"d","e\n\re"\r\nf,g')).toEqual([2, 5, 7, 10]);
    expect(await lines('E-Mail,Full name\r"a","x\ry"\rb,c\r')).toEqual([2, 4]);
  });

  it("reads lines with different ends in one file, also where the file is read in pieces", async () => {
    const header = "E-Mail,Full name\r\n";
    const source = await read(`${header}a,b\nc,d\re,f\r\n`);
    expect((await rowsOf(source)).map(({ line }) => line)).toEqual([2, 3, 4]);
    // The first piece of 64 KiB ends between the two characters of a line end.
    const filled = `${header}${"x".repeat(65_536 - header.length - 3)},y\r\nlast,row\n`;
    expect((await rowsOf(await read(filled))).map(({ line }) => line)).toEqual([2, 3]);
  });

  it("leaves out columns without a name", async () => {
    expect(await rowsOf(await read("E-Mail,,Full name,\na,1,b,2\n"))).toEqual([{ line: 2, row: { email: "a", name: "b" } }]);
    const all = await csvFile(await fileOf("x,,y,\n1,2,3,4\n"), (record) => ({ ...record }));
    expect(await rowsOf(all)).toEqual([{ line: 2, row: { x: "1", y: "3" } }]);
  });

  it("makes a line that cannot be read a row with a problem, and goes on", async () => {
    const source = await read('E-Mail,Full name\na@example.com\nb@example.com,"B"ob\nc@example.com,Cid,x\n\n');
    expect(await rowsOf(source)).toEqual([
      { line: 2, problem: "the line has 1 fields, the header 2" },
      { line: 3, row: { email: "b@example.com", name: '"B"ob' } },
      { line: 4, problem: "the line has 3 fields, the header 2" },
    ]);
  });

  it("has the mapping refuse a row", async () => {
    const path = await fileOf("email\n\nx\ny@example.com\n");
    const source = await csvFile(path, ({ email }) => (email?.includes("@") === true ? { email } : rowProblem(`"${email}" is no e-mail`)));
    expect(await rowsOf(source)).toEqual([
      { line: 3, problem: '"x" is no e-mail' },
      { line: 4, row: { email: "y@example.com" } },
    ]);
  });

  it("reads the umlauts of the encoding it is given, and names those of another", async () => {
    const latin = Buffer.from("E-Mail,Full name\na@example.com,J\xfcrgen\n", "latin1");
    expect(await rowsOf(await read(latin))).toEqual([
      { line: 2, problem: 'name is not UTF-8: save the file as "CSV UTF-8", or give its encoding' },
    ]);
    expect(await rowsOf(await read(latin, { columns, encoding: "latin1" }))).toMatchObject([{ row: { name: "Jürgen" } }]);
  });

  it("has another fingerprint when the content is another", async () => {
    const one = await read("E-Mail,Full name\na@example.com,Ada\n");
    const two = await read("E-Mail,Full name\na@example.com,Bob\n");
    expect(one.fingerprint).not.toBe(two.fingerprint);
  });

  it("leaves optional columns empty", async () => {
    const source = await read("E-Mail\na@example.com\n", { columns, optional: ["name"] });
    expect(await rowsOf(source)).toEqual([{ line: 2, row: { email: "a@example.com", name: "" } }]);
  });

  it.each([
    ["", /is empty: its first line has to name the columns/],
    ["Full name\nAda\n", /has no column E-Mail or mail. Its columns are: Full name/],
    ["E-Mail,Full name,e_mail\n", /two columns named "e_mail"/],
    ['E-Mail,Full name\na@example.com,"Ada\nb@example.com,Bob\n', /behind line 1: a quotation mark that begins a field is not closed/],
    [Buffer.from("\uFEFFE-Mail", "utf16le"), /is UTF-16/],
    [Buffer.from([80, 75, 3, 4, 0, 0]), /is no text file/],
  ])("refuses %j in one sentence", async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({ code: "invalid_request", message: expect.stringMatching(message) });
  });

  it("refuses a file that is not there", async () => {
    await expect(csvFile(join(folder, "missing.csv"), (record) => record)).rejects.toThrow(/there is no such file/);
    await expect(csvFile(folder, (record) => record)).rejects.toThrow(/it is a folder/);
  });

  it("reads back whatever a spreadsheet writes", async () => {
    const field = fc.stringMatching(/^[A-Za-z0-9 ,;"'=@\n\t|-]{0,20}$/);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(field, field), { minLength: 1, maxLength: 20 }),
        fc.constantFrom(",", ";", "\t"),
        async (rows, delimiter) => {
          const content = stringify(rows, { header: true, columns: ["E-Mail", "Full name"], delimiter, quoted: true });
          const source = await read(content, { columns, separator: delimiter as "," });
          const back = await rowsOf(source);
          expect(back.map((row) => "row" in row && [row.row.email, row.row.name])).toEqual(rows.map(([a, b]) => [a.trim(), b.trim()]));
          expect(source.total).toBe(rows.length);
        },
      ),
      { numRuns: 60 },
    );
  }, 300_000);
});

describe("jsonLinesFile", () => {
  it("keeps a value whole that holds a line separator of Unicode, and cuts a line that is too long", async () => {
    const values = [{ text: "a\u2028b\u2029c\u0085d" }, { text: "é".repeat(100_000) }, "x".repeat(1_048_575)];
    const source = await jsonLinesFile(
      await fileOf(`\uFEFF${values.map((value) => JSON.stringify(value)).join("\r\n")}\n\n3`),
      (value) => value,
    );
    expect(source.total).toBe(4);
    expect(await rowsOf(source)).toEqual([
      { line: 1, row: values[0] },
      { line: 2, row: values[1] },
      { line: 3, problem: "the line has 1048577 characters: at most 1048576 are taken" },
      { line: 5, row: 3 },
    ]);
  });

  it("reads a value per line, and goes on behind one that is none", async () => {
    const source = await jsonLinesFile(await fileOf('\uFEFF{"a":1}\n\n{"a":\n[2]\n'), (value) =>
      Array.isArray(value) ? rowProblem("a list") : value,
    );
    expect(source.total).toBe(3);
    expect(await rowsOf(source)).toEqual([
      { line: 1, row: { a: 1 } },
      { line: 3, problem: expect.stringContaining("not JSON") },
      { line: 4, problem: "a list" },
    ]);
  });
});

describe("writeResults", () => {
  it("writes one line per row, and no formula", async () => {
    const results: RowOutcome[] = [
      { line: 2, outcome: "created", id: "c1" },
      { line: 3, outcome: "failed", detail: '=HYPERLINK("http://evil")' },
      { line: 4, outcome: "invalid", detail: "+1, and\nmore" },
    ];
    const path = join(folder, "new", "results.csv");
    await writeResults(
      path,
      (async function* () {
        yield* results;
      })(),
    );
    expect(await readFile(path, "utf8")).toBe(
      `line,outcome,id,detail\n2,created,c1,\n3,failed,,"'=HYPERLINK(""http://evil"")"\n4,invalid,,"'+1, and\nmore"\n`,
    );
    expect(await readdir(join(folder, "new"))).toEqual(["results.csv"]);
  });
});
