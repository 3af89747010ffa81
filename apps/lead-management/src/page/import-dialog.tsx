import { Modal, newKey, notify, send, thePage } from "@ghlkit/app-kit/client";
import { signal } from "@preact/signals";
import type { VNode } from "preact";
import type { Board } from "../board.ts";
import type { ImportState, Mapping, Preview } from "../imports.ts";

const isOpen = signal(false);
const preview = signal<Preview | undefined>(undefined);
const mapping = signal<Mapping>({});
const problem = signal("");

const labels: Readonly<Record<keyof Mapping, string>> = {
  firstName: "First name",
  lastName: "Last name",
  email: "E-mail",
  phone: "Phone",
  source: "Source",
  interest: "Interest",
  value: "Value",
  smsConsent: "Agreed to SMS",
};

export function openImport(): void {
  preview.value = undefined;
  problem.value = "";
  isOpen.value = true;
}

export function reportImport(next: ImportState): void {
  if (next.isOver) notify({ text: summary(next), ...(next.problem !== undefined && { kind: "bad" as const }) });
}

function summary({ counts, done, problem: why }: ImportState): string {
  const parts = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
  return why ?? `${done} rows: ${parts.join(", ")}.`;
}

async function read(file: File | undefined): Promise<void> {
  if (file === undefined) return;
  problem.value = "";
  const answer = await send<Preview>("/imports/preview", { text: decode(await file.arrayBuffer()) }, newKey());
  if (!answer.ok) problem.value = answer.message;
  else {
    preview.value = answer;
    mapping.value = answer.mapping;
  }
}

/** Text in UTF-8, or else as spreadsheets of Western Europe save it. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

async function start(): Promise<void> {
  const { state, apply } = thePage<Board>();
  const before = state.value.lastImport;
  const answer = await send("/imports", { id: preview.value?.id, mapping: mapping.value }, newKey());
  if (!answer.ok) return void (problem.value = answer.message);
  const { id = "", total } = preview.value ?? {};
  const begun: ImportState = { id, total, done: 0, counts: {}, isOver: false };
  // The server may have reported of it already.
  if (state.value.lastImport === before) apply({ type: "import", data: begun });
  isOpen.value = false;
}

export function ImportDialog(): VNode {
  const shown = preview.value;
  return (
    <Modal isOpen={isOpen} name="import" title="Import leads">
      <p class="field">
        <label for="import-file">CSV file with a header</label>
        <input id="import-file" type="file" accept=".csv,text/csv" onChange={({ currentTarget }) => void read(currentTarget.files?.[0])} />
      </p>
      {problem.value !== "" && (
        <p class="problem" role="alert">
          {problem.value}
        </p>
      )}
      {shown !== undefined && (
        <>
          <h3>{shown.total} rows. Which column is what?</h3>
          <div class="mapping">
            {Object.entries(labels).map(([column, label]) => (
              <p class="field" key={column}>
                <label for={`map-${column}`}>{label}</label>
                <select
                  id={`map-${column}`}
                  onChange={({ currentTarget }) => (mapping.value = { ...mapping.value, [column]: currentTarget.value })}
                >
                  <option value="">not in the file</option>
                  {shown.headers.map((header) => (
                    <option key={header} value={header} selected={mapping.value[column as keyof Mapping] === header}>
                      {header}
                    </option>
                  ))}
                </select>
                <small class="soft">{shown.rows[0]?.[mapping.value[column as keyof Mapping] ?? ""] ?? " "}</small>
              </p>
            ))}
          </div>
          <button type="button" class="main" onClick={() => void start()}>
            Import {shown.total} {shown.total === 1 ? "row" : "rows"}
          </button>
        </>
      )}
    </Modal>
  );
}

/** How far an import is. */
export function ImportBar(): VNode | null {
  const shown = thePage<Board>().state.value.lastImport;
  if (shown === undefined) return null;
  const { id, done, total, isOver } = shown;
  return (
    <p class="import card">
      <label for="import-progress">{isOver ? "Import" : "Importing"}</label>
      <progress id="import-progress" value={done} max={total ?? done} />
      <span class="num">{summary(shown)}</span>
      {isOver && (
        <a class="button" href={`/imports/${id}/results.csv`} download={`import-${id}.csv`}>
          Reasons
        </a>
      )}
    </p>
  );
}
