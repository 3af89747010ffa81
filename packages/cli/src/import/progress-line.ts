import type { BulkProgress } from "@ghlkit/crm/bulk";

const width = 24;

/** One line that shows where a run stands: bar, rows, rate, time left, what it waits for. */
export function progressLine({ done, total, rate, etaMs, waitingFor }: BulkProgress): string {
  const share = total === undefined || total === 0 ? 0 : Math.min(1, done / total);
  const bar = total === undefined ? "" : `[${"=".repeat(Math.round(share * width)).padEnd(width)}] `;
  const rows = total === undefined ? `${done} rows` : `${done} of ${total}`;
  const speed = rate === undefined ? "" : `, ${rate.toFixed(1)} per s`;
  const left = etaMs === undefined || done === total ? "" : `, ${duration(etaMs)} left`;
  const waiting = waitingFor === undefined ? "" : `, waiting for ${waits[waitingFor]}`;
  return `${bar}${rows}${speed}${left}${waiting}`;
}

const waits: Readonly<Record<NonNullable<BulkProgress["waitingFor"]>, string>> = {
  window: "the rate limit",
  day: "the reset of the day's quota",
  lease: "another import of this id",
  platform: "the platform",
};

function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
