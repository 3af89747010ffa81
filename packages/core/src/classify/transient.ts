/**
 * Whether a refusal only says that the platform was too slow: it answers 401 `Command timed out` to reads that succeed a moment later
 * (reported by an integrator, 2026). A token is not renewed for it.
 */
export function isTransient(status: number, words: string): boolean {
  return (
    status >= 400 && status < 500 && status !== 429 && /\b(command|operation|query|connection|request)( has)? timed?[ -]?out\b/i.test(words)
  );
}
