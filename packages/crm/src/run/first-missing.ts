/**
 * The first number for which it does not hold, where it holds for all before: found in the logarithm of its steps.
 * @param guess What it was when it was last known: found in two looks where that is still so.
 */
export async function firstMissing(exists: (number: number) => Promise<boolean>, guess = 0): Promise<number> {
  let known = guess > 0 && (await exists(guess - 1)) ? guess - 1 : -1;
  let step = 1;
  while (await exists(known + step)) {
    known += step;
    step *= 2;
  }
  let missing = known + step;
  while (missing - known > 1) {
    const middle = Math.floor((known + missing) / 2);
    if (await exists(middle)) known = middle;
    else missing = middle;
  }
  return missing;
}
