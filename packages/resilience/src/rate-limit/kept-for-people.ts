const part = 0.04;

/**
 * Slots that are kept free for `interactive` calls for a window after the last one: bulk work that takes every slot the moment it is free
 * would have people wait for most of a window.
 */
export function keptForPeople(limit: number): number {
  return Math.floor(limit * part);
}
