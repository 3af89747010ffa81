const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const month = `(?<month>${months.join("|")})`;
const time = String.raw`(?<hour>\d\d):(?<minute>\d\d):(?<second>\d\d)`;

/** The three forms of RFC 9110 5.6.7: IMF-fixdate, and the obsolete ones of RFC 850 and of asctime. */
const forms = [
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\d\d) ${month} (?<year>\d{4}) ${time} GMT`,
  String.raw`(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\d\d)-${month}-(?<year>\d\d) ${time} GMT`,
  String.raw`(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} (?<day>[ \d]\d) ${time} (?<year>\d{4})`,
];

const wholeForms = forms.map((form) => new RegExp(`^${form}$`));
const anyForm = new RegExp(forms.map((form) => form.replace(/\?<\w+>/g, "?:")).join("|"), "g");

/**
 * Milliseconds since epoch of an HTTP date (RFC 9110 5.6.7), in any of its three forms and in nothing else: `Date.parse` would read `2, 2`
 * as a day in 2001 and an asctime date in the local zone.
 *
 * @param now Decides the century of a two-digit year: one that seems more than 50 years ahead is past.
 * @returns `undefined` for anything else.
 */
export function parseHttpDate(text: string, now: number): number | undefined {
  const parts = partsOf(text.trim());
  if (parts === undefined) return undefined;
  const [day, hour, minute, second] = [parts["day"], parts["hour"], parts["minute"], parts["second"]].map(Number) as [
    number,
    number,
    number,
    number,
  ];
  const monthIndex = months.indexOf(parts["month"] ?? "");
  const at = Date.UTC(fullYear(parts["year"] ?? "", now), monthIndex, day, hour, minute, Math.min(second, 59));
  const isReal = new Date(at).getUTCDate() === day && hour < 24 && minute < 60 && second <= 60;
  return isReal ? at : undefined;
}

function partsOf(text: string): Readonly<Record<string, string>> | undefined {
  for (const form of wholeForms) {
    const groups = form.exec(text)?.groups;
    if (groups !== undefined) return groups;
  }
  return undefined;
}

/** Takes the HTTP dates out of a list of header values, whose elements are separated by the commas that dates contain as well. */
export function splitHttpDates(text: string): { readonly dates: readonly string[]; readonly others: readonly string[] } {
  const others = text.replace(anyForm, "").split(",");
  return { dates: text.match(anyForm) ?? [], others: others.map((element) => element.trim()).filter((element) => element !== "") };
}

function fullYear(text: string, now: number): number {
  if (text.length === 4) return Number(text);
  const thisYear = new Date(now).getUTCFullYear();
  const year = thisYear - (thisYear % 100) + Number(text);
  return year > thisYear + 50 ? year - 100 : year;
}
