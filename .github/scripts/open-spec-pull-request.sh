#!/usr/bin/env bash
# Opens the pull request of spec-watch, or updates the one that is open: one fixed branch, one pull request at a time.
#   open-spec-pull-request.sh <file with the output of a failed generation; empty or missing when it passed>
# Needs git, gh and GH_TOKEN. Says on standard output what it did.
set -euo pipefail

problems_file=${1:-}
branch="spec-watch/contract"
title="Contract: sync with the vendor's documents"
# GitHub takes 65,536 characters; the rest is for what stands around the report.
most_report_characters=60000

# What a sync always rewrites says nothing by itself.
if [ -z "$(git status --porcelain | grep -v 'openapi/source\.lock\.json$' || true)" ]; then
  echo "Nothing changed but the lock: no pull request."
  exit 0
fi

report=$(git status --porcelain --untracked-files=all -- openapi/changes | grep -oE 'openapi/changes/[0-9a-f]+\.md' | head -n 1 || true)
body=$(mktemp)
{
  if [ -s "${problems_file:-/dev/null}" ]; then
    echo "**Draft: the generated files are missing.** These corrections no longer fit the vendor's documents; look at each, then run \`pnpm generate\`:"
    echo
    # Four spaces make a code block that no text of the list can end.
    head -c 4000 "$problems_file" | sed 's/^/    /'
    echo
  fi
  if [ -n "$report" ]; then
    echo "The whole report is [\`$report\`](../blob/$branch/$report)."
    echo
    if [ "$(wc -m < "$report")" -gt "$most_report_characters" ]; then
      head -c "$most_report_characters" "$report" | iconv -c -f UTF-8 -t UTF-8
      echo
      echo "… cut here."
    else
      cat "$report"
    fi
  else
    echo "No operation changed; rules or facts did."
  fi
  if [ "${CHECKS_RUN:-}" != true ]; then
    echo
    echo "Checks do not run on a pull request that the workflow's own token opens: set the secret \`SPEC_WATCH_TOKEN\`, or close and reopen this one."
  fi
} > "$body"

git config user.name "github-actions[bot]"
git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
git switch --quiet --force-create "$branch"
git add --all
git commit --quiet --message "$title"
git push --quiet --force origin "$branch"

number=$(gh pr list --head "$branch" --state open --json number --jq '.[0].number // empty')
if [ -z "$number" ]; then
  draft=()
  [ -s "${problems_file:-/dev/null}" ] && draft=(--draft)
  gh pr create --base main --head "$branch" --title "$title" --body-file "$body" ${draft[@]+"${draft[@]}"}
  echo "Opened a pull request."
else
  gh pr edit "$number" --title "$title" --body-file "$body"
  if [ -s "${problems_file:-/dev/null}" ]; then gh pr ready "$number" --undo; else gh pr ready "$number"; fi
  echo "Updated pull request $number."
fi
