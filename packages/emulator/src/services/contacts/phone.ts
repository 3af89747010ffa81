/** Country → calling code and the trunk prefix that is dropped in front of it. */
const callingCodes: Readonly<Record<string, readonly [code: string, trunk: string]>> = {
  US: ["1", "1"],
  CA: ["1", "1"],
  GB: ["44", "0"],
  IE: ["353", "0"],
  AU: ["61", "0"],
  NZ: ["64", "0"],
  DE: ["49", "0"],
  AT: ["43", "0"],
  CH: ["41", "0"],
  FR: ["33", "0"],
  ES: ["34", ""],
  IT: ["39", ""],
  PT: ["351", ""],
  NL: ["31", "0"],
  BE: ["32", "0"],
  SE: ["46", "0"],
  NO: ["47", ""],
  DK: ["45", ""],
  PL: ["48", ""],
  IN: ["91", "0"],
  ZA: ["27", "0"],
  BR: ["55", "0"],
  MX: ["52", ""],
  AE: ["971", "0"],
  SG: ["65", ""],
  PH: ["63", "0"],
};

/** Whether a text can be a number: 7 to 15 digits, and nothing but digits and what may stand between them. */
export function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return /^\+?[\d\s().\-/]+$/.test(text.trim()) && digits >= 7 && digits <= 15;
}

/**
 * Brings a loosely written number into E.164, reading numbers without a country code as numbers of `country`.
 * An unknown country is read as US. Numbering plans beyond code and trunk prefix are not looked at.
 */
export function normalisePhone(input: string, country: string): string {
  const digits = input.replace(/\D/g, "");
  if (digits === "") return "";
  if (input.trim().startsWith("+")) return `+${digits}`;
  if (digits.startsWith("00")) return `+${digits.slice(2)}`;
  const [code, trunk] = callingCodes[country.toUpperCase()] ?? ["1", "1"];
  const isNational = trunk !== "" && digits.startsWith(trunk) && !(code === "1" && digits.length <= 10);
  return `+${code}${isNational ? digits.slice(trunk.length) : digits}`;
}
