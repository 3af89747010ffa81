/** Something to do at a time. */
interface Task {
  readonly dueMs: number;
  /** Tasks of one moment run in the order they came in. */
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

/** What is to be done when, earliest first. It keeps no time itself. */
export interface Schedule {
  /** Returns what takes it back. */
  readonly at: (dueMs: number, run: () => void) => () => void;
  /** When the next one is due; `undefined` when there is none. */
  readonly nextDueMs: () => number | undefined;
  /** Runs everything that is due. */
  readonly runDue: (nowMs: number) => void;
  readonly clear: () => void;
}

/** A binary heap: thousands of retries may wait at once. */
export function createSchedule(): Schedule {
  let heap: Task[] = [];
  let count = 0;
  const peek = (): Task | undefined => {
    while (heap[0]?.isCancelled === true) pop(heap);
    return heap[0];
  };
  return {
    at(dueMs, run) {
      const task: Task = { dueMs, order: (count += 1), run, isCancelled: false };
      push(heap, task);
      return () => void (task.isCancelled = true);
    },
    nextDueMs: () => peek()?.dueMs,
    runDue(nowMs) {
      for (let task = peek(); task !== undefined && task.dueMs <= nowMs; task = peek()) {
        pop(heap);
        task.run();
      }
    },
    clear: () => void (heap = []),
  };
}

function isBefore(a: Task, b: Task): boolean {
  return a.dueMs < b.dueMs || (a.dueMs === b.dueMs && a.order < b.order);
}

function push(heap: Task[], task: Task): void {
  let index = heap.push(task) - 1;
  while (index > 0) {
    const above = (index - 1) >> 1;
    const parent = heap[above] as Task;
    if (!isBefore(task, parent)) break;
    heap[index] = parent;
    index = above;
  }
  heap[index] = task;
}

function pop(heap: Task[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let index = 0;
  for (let below = 1; below < heap.length; below = index * 2 + 1) {
    if (below + 1 < heap.length && isBefore(heap[below + 1] as Task, heap[below] as Task)) below += 1;
    if (!isBefore(heap[below] as Task, last)) break;
    heap[index] = heap[below] as Task;
    index = below;
  }
  heap[index] = last;
}
