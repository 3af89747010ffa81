#!/usr/bin/env bash
# Syncs the contract and generates from it. Overlays that no longer fit go into the first file, and the script passes: the contract is
# written by then. Anything else that goes wrong fails it.
#   sync-and-generate.sh <file for problems> <source>
set -euo pipefail

problems_file=$1
source=$2
pnpm() { npx --yes pnpm@10.34.9 "$@"; }

: > "$problems_file"
output=$(mktemp)
if ! pnpm --silent spec:sync --from "$source" > "$output" 2>&1; then
  cat "$output"
  grep -E 'openapi/overlays/[a-z0-9-]+\.yaml, action [0-9]+' "$output" | sed 's/^spec:sync: //' > "$problems_file" || true
  # Refused for another reason: file and pointer stand above.
  [ -s "$problems_file" ]
  exit 0
fi
cat "$output"
pnpm --silent generate
