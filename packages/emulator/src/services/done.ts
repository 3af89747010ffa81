/** The confirmation of a change, in both spellings: recorded live answers. */
export const done = { succeded: true, succeeded: true } as const;
