import { createHash } from "node:crypto";

export interface FoundSecret {
  readonly kind: string;
  readonly line: number;
  /** Names the text without repeating it. */
  readonly fingerprint: string;
}

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

const patterns: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ["a private integration token", new RegExp(`pit-(${uuid})`, "gi")],
  ["a client secret", new RegExp(`(?:client_?-?secret|shared_?-?secret|sso_?-?key)["']?\\s*[:=]\\s*["']?(${uuid})`, "gi")],
  ["a JSON web token", /\b(eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})/g],
  ["a private key", /(-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40})/g],
  ["an npm token", /\b(npm_[A-Za-z0-9]{36})\b/g],
  ["a GitHub token", /\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{40,})\b/g],
];

/** Texts that look like secrets. One made of very few different characters (`00000000-0000-…`) is an obvious stand-in and passes. */
export function findSecrets(text: string): readonly FoundSecret[] {
  return patterns.flatMap(([kind, pattern]) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const secret = match[1] as string;
      if (new Set(secret.replaceAll("-", "")).size <= 4) return [];
      const line = text.slice(0, match.index).split("\n").length;
      return [{ kind, line, fingerprint: createHash("sha256").update(secret).digest("hex").slice(0, 12) }];
    }),
  );
}
