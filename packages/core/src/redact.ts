/** Ends of names whose value is a secret wherever it stands: `access_token`, `x-api-key`, `clientSecret`. */
const secretName = String.raw`[\w-]*(?:access|refresh|id|auth|session|bearer)[_-]?token|[\w-]*api[_-]?key|[\w-]*secret|[\w-]*passw(?:or)?d|pwd|passphrase|jwt|code_verifier|(?:private|encryption)[_-]?key`;

/** Words that prose uses as well: their value counts as a secret where it is quoted, assigned, or looks like one. */
const secretWord = String.raw`[\w-]*tokens?|secrets?|credentials?|signature`;

/** Headers whose whole value is a secret. */
const secretHeader = String.raw`(?:proxy-)?authorization|(?:set-)?cookie|x-api-key`;

const quoted = String.raw`\\"[^"]*"?|"[^"]*"?|'[^']*'?`;
const quote = String.raw`(?:\\?["'])?`;

const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic)\s{1,8}[\w.~+/=-]+/gi, "$1 [redacted]"],
  [/\bpit-[\w-]{8,}/gi, "pit-[redacted]"],
  [/\beyJ[\w-]{5,}\.[\w-]+(\.[\w-]*)?/g, "[redacted jwt]"],
  [/(:\/\/)[^/\s@"']+@/g, "$1[redacted]@"],
  // A query can hold anything: an e-mail address, a phone number, a code of a consent.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s?#"'<>)\\]+)\?[^\s"'<>)\\]*/gi, "$1?[redacted]"],
  [
    new RegExp(
      String.raw`((?<![\w-])${quote}(?:${secretHeader})${quote}\s{0,8}[:=,]\s{0,8})(?!(?:Bearer|Basic) \[redacted\])(${quoted}|[^\r\n}]+)`,
      "gi",
    ),
    "$1[redacted]",
  ],
  [new RegExp(String.raw`((?<![\w-])${quote}(?:${secretName})${quote}\s{0,8}[:=]\s{0,8})(${quoted}|[^\s&,;}"']+)`, "gi"), "$1[redacted]"],
  [
    new RegExp(
      String.raw`((?<![\w-])${quote}(?:${secretWord})${quote}(?:\s{0,8}[:=]\s{0,8}(?=\\?["'])|=(?=\S)))(${quoted}|[^\s&,;}"']+)`,
      "gi",
    ),
    "$1[redacted]",
  ],
  [
    new RegExp(String.raw`((?<![\w-])(?:${secretWord})(?::\s{0,4}|[ \t]{1,4}))(?=[\w.~+/=-]{0,200}\d)[\w.~+/=-]{12,}`, "gi"),
    "$1[redacted]",
  ],
];

/**
 * Takes tokens, secrets, credentials and the queries of URLs out of a text before it reaches a log or an error.
 */
export function redact(text: string): string {
  return secrets.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** At most `limit` characters of a text, redacted, followed by its length where it was cut off. */
export function excerpt(text: string, limit = 400): string {
  const clean = redact(text.slice(0, limit * 2));
  return text.length > limit ? `${clean.slice(0, limit)}… (${text.length} characters)` : clean;
}

/** Whether a property of that name holds a secret, whatever its value looks like. */
export function isSecretName(name: string): boolean {
  return secretProperty.test(name);
}

const secretProperty = new RegExp(`^(?:${secretName}|${secretWord}|${secretHeader})$`, "i");
