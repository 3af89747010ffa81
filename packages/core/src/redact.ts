const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, "$1 [redacted]"],
  [/\bpit-[\w-]{8,}/gi, "pit-[redacted]"],
  [/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, "[redacted jwt]"],
  [
    /((?:\\?["'])?(?:access_?token|refresh_?token|client_?secret|clientsecret|api_?key|password|shared_?secret|code_verifier)(?:\\?["'])?\s*[:=]\s*)(\\"[^"]*"|"[^"]*"?|'[^']*'?|[^\s&,;}"']+)/gi,
    "$1[redacted]",
  ],
];

/** Takes tokens and secrets out of a text before it reaches a log or an error. */
export function redact(text: string): string {
  return secrets.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** At most `limit` characters of a text, redacted, with the length cut off told. */
export function excerpt(text: string, limit = 400): string {
  const clean = redact(text.slice(0, limit * 2));
  return text.length > limit ? `${clean.slice(0, limit)}… (${text.length} characters)` : clean;
}
