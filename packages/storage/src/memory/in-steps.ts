/** Rows that one step looks at: less than a millisecond of work. */
export const rowsOfStep = 1000;

/** Lets the other work of the process have its turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}
