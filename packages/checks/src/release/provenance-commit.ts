/** Reads a URL as JSON; tests pass another. */
export type ReadJson = (url: string) => Promise<unknown>;

interface Attestations {
  readonly attestations?: readonly {
    readonly predicateType?: string;
    readonly bundle?: { readonly dsseEnvelope?: { readonly payload?: string } };
  }[];
}

interface Provenance {
  readonly predicate?: {
    readonly buildDefinition?: { readonly resolvedDependencies?: readonly { readonly digest?: { readonly gitCommit?: string } }[] };
  };
}

/**
 * The commit that a package was built from, as its provenance states it (SLSA 1, https://slsa.dev/spec/v1.0/provenance); `undefined` when it
 * states none. `npm audit signatures` checks the signature of the same document.
 */
export async function provenanceCommit(url: string, readJson: ReadJson): Promise<string | undefined> {
  const { attestations = [] } = (await readJson(url)) as Attestations;
  const provenance = attestations.find(({ predicateType }) => predicateType === "https://slsa.dev/provenance/v1");
  const payload = provenance?.bundle?.dsseEnvelope?.payload;
  if (payload === undefined) return undefined;
  const { predicate } = JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as Provenance;
  return predicate?.buildDefinition?.resolvedDependencies?.[0]?.digest?.gitCommit;
}
