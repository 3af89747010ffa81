import type { LocationClient } from "@ghlkit/client";

/** A contact that is there before the leads come. */
export interface Standing {
  readonly id: string;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  readonly tags: readonly string[];
}

/** A lead as a form hands it over, and what must become of it. */
export interface BenchLead {
  readonly firstName: string;
  readonly email?: string;
  readonly phone?: string;
  /** Custom fields by key. */
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
  readonly expected:
    | { readonly outcome: "created" | "rejected" }
    | { readonly outcome: "existing"; readonly contactId: string }
    | { readonly outcome: "conflict"; readonly byEmail: string; readonly byPhone: string };
}

/** Leads, and the contacts that were there before them. */
export interface LeadSet {
  readonly standing: readonly Standing[];
  readonly leads: readonly BenchLead[];
}

const tags = ["vip", "customer"];

/**
 * Of ten leads seven are new, one is of a person who is there, one has the e-mail of one contact and the phone of another, and one cannot be
 * written. The kinds of each take turns, so that every run has the same.
 */
export async function createLeadSet(location: LocationClient, count: number): Promise<LeadSet> {
  const standing: Standing[] = [];
  const add = async (index: number, given: { readonly email?: string; readonly phone?: string }): Promise<Standing> => {
    const { contact } = await location.contacts.create({ body: { ...given, firstName: `Standing ${index}`, tags } });
    const one = { id: contact.id, email: given.email, phone: given.phone, tags };
    standing.push(one);
    return one;
  };
  const leads: BenchLead[] = [];
  for (let index = 0; index < count; index += 1) {
    switch (index % 10) {
      case 3:
        leads.push(await known(index, add));
        break;
      case 6: {
        const [email, phone] = [emailOf(index, "old"), phoneOf(index, 1)];
        const [byEmail, byPhone] = [await add(index, { email, phone: phoneOf(index, 2) }), await add(index, { phone })];
        leads.push({ firstName: "Con", email, phone, expected: { outcome: "conflict", byEmail: byEmail.id, byPhone: byPhone.id } });
        break;
      }
      case 9:
        leads.push(unusable(index));
        break;
      default:
        leads.push({
          firstName: `New ${index}`,
          email: emailOf(index, "new"),
          phone: phoneOf(index, 0),
          fields: { pet_name: `Pet ${index}`, interests: ["Braces"] },
          expected: { outcome: "created" },
        });
    }
  }
  return { standing, leads };
}

/** One who is there: by both, with another phone, with another e-mail, by either alone. */
async function known(
  index: number,
  add: (index: number, given: { readonly email?: string; readonly phone?: string }) => Promise<Standing>,
): Promise<BenchLead> {
  const [email, phone] = [emailOf(index, "old"), phoneOf(index, 1)];
  const kinds = [
    [
      { email, phone },
      { email: email.toUpperCase(), phone },
    ],
    [
      { email, phone },
      { email, phone: phoneOf(index, 2) },
    ],
    [
      { email, phone },
      { email: emailOf(index, "other"), phone },
    ],
    [{ email }, { email, phone }],
    [{ email, phone }, { phone }],
  ] as const;
  const [there, lead] = kinds[Math.floor(index / 10) % kinds.length] ?? kinds[0];
  const { id } = await add(index, there);
  return { firstName: `Known ${index}`, ...lead, expected: { outcome: "existing", contactId: id } };
}

/** What a form must not get through: the platform refuses it, or answers 200 and drops a part of it. */
function unusable(index: number): BenchLead {
  const [email, phone] = [emailOf(index, "bad"), phoneOf(index, 0)];
  const kinds = [
    { email: "not an address", phone },
    { email, phone: "12" },
    { email, phone, fields: { interests: ["Crowns"] } },
    { email, phone, fields: { pet: "Rex" } },
  ];
  return { firstName: "Bad", ...kinds[Math.floor(index / 10) % kinds.length], expected: { outcome: "rejected" } };
}

function emailOf(index: number, kind: string): string {
  return `${kind}.${index}@example.com`;
}

/** Numbers that are possible, which is what counts here. */
function phoneOf(index: number, series: number): string {
  return `+1${202 + series}${String(2_000_000 + index)}`;
}
