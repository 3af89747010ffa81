import ts from "typescript";

/**
 * The value that marks an enum as open: any other text may come, too. openapi-typescript writes it as any other; {@link openEnums} makes `string & {}`
 * of it: editors then complete the known values, and every other text is accepted. It holds wherever an enum can stand: in fields, in lists, in alternatives.
 */
export const openMarker = "ghlkit:and-any-other-text";

/** Replaces the marker in types. */
export function openEnums(nodes: readonly ts.Node[]): ts.Node[] {
  const { factory } = ts;
  const anyText = (): ts.TypeNode =>
    factory.createIntersectionTypeNode([factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword), factory.createTypeLiteralNode([])]);
  const result = ts.transform(
    [...nodes],
    [
      (context) => (root) => {
        const visit = (node: ts.Node): ts.Node => (isMarker(node) ? anyText() : ts.visitEachChild(node, visit, context));
        return visit(root);
      },
    ],
  );
  return result.transformed;
}

/** openapi-typescript writes a text as an identifier that is called like the text in quotes. */
function isMarker(node: ts.Node): boolean {
  return ts.isIdentifier(node) && node.text === JSON.stringify(openMarker);
}
