/** Most of the limit that is kept, however much was used. */
const mostShare = 0.25;

/** A smaller limit has no slot to spare. */
const leastLimit = 20;

/** Most slots that bulk work leaves free for `interactive` calls, of a limit. */
export function mostKept(limit: number): number {
  return limit < leastLimit ? 0 : Math.floor(limit * mostShare);
}
