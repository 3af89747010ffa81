/** Names, and the names that each leads to. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The circles of a graph: each group of names that all lead to each other, in the order of their names (the strongly connected components
 * of more than one name; R. Tarjan, "Depth-first search and linear graph algorithms", 1972).
 */
export function circlesOf(graph: Graph): readonly (readonly string[])[] {
  const indices = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];

  const visit = (name: string): number => {
    const index = indices.size;
    indices.set(name, index);
    stack.push(name);
    let low = index;
    for (const next of graph.get(name) ?? []) {
      if (!indices.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, indices.get(next) ?? index);
    }
    if (low === index) {
      const group = stack.splice(stack.indexOf(name));
      if (group.length > 1) circles.push(group.toSorted());
    }
    return low;
  };
  for (const name of graph.keys()) if (!indices.has(name)) visit(name);
  return circles.toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1));
}
