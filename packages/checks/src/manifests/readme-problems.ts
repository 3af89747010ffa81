/** What the README of a published package has to state. */
export interface StatedVersions {
  /** Least version, e.g. `22.13`. */
  readonly node: string;
  /** Least version, e.g. `5.4`. */
  readonly typescript: string;
}

const own = /^https:\/\/github\.com\/ghlkit\/ghlkit\/(?:blob|tree)\/main\/([^#]+)/;

/**
 * Problems of a README that is shown on npm: links that only work in the repository or lead to no file of it, and versions it does not state.
 *
 * @param paths Files of the repository.
 */
export function readmeProblems(text: string, paths: ReadonlySet<string>, { node, typescript }: StatedVersions): readonly string[] {
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, url = ""]) => url);
  const relative = links.filter((url) => !/^(https:\/\/|#)/.test(url));
  const broken = links.filter((url) => {
    const path = own.exec(url)?.[1]?.replace(/\/$/, "");
    return path !== undefined && !paths.has(path) && ![...paths].some((one) => one.startsWith(`${path}/`));
  });
  return [
    ...relative.map((url) => `the link ${url} does not work on npm: it should be absolute`),
    ...broken.map((url) => `${url} is no file of the repository`),
    ...(text.includes(`Node.js ${node} or later`) ? [] : [`it does not state "Node.js ${node} or later"`]),
    ...(text.includes(`TypeScript ${typescript} or later`) ? [] : [`it does not state "TypeScript ${typescript} or later"`]),
  ];
}
