#!/usr/bin/env bash
# Base and head of a pull request in; in $OUT the comment, the reports, and as the step's output the exit code of the check out.
set -euo pipefail
: "${BASE:?}" "${HEAD:?}" "${PULL_REQUEST:?}" "${OUT:?}"

marker='<!-- yunqiao: schema diff -->'
run="$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
mkdir -p "$OUT/comment" "$OUT/report"
body="$OUT/comment/body.md"
printf '%s\n' "$PULL_REQUEST" >"$OUT/comment/number"

# What the base has got since the branch left it is not the pull request's doing.
from=$(git merge-base "$BASE" "$HEAD")
status=0
if git diff --quiet "$from" "$HEAD" -- schemas generated/api.lock codegen; then
  # A comment is only brought up to date.
  echo update >"$OUT/comment/how"
  printf '%s\n**No change for callers.** Neither schemas nor generator are touched.\n' "$marker" >"$body"
else
  echo create >"$OUT/comment/how"
  cargo xtask diff "$from" "$HEAD" --format markdown --full "$run" >"$body" || status=$?
  if ((status > 1)); then
    printf '%s\n**The schemas cannot be compared.** [The run](%s) says why.\n' "$marker" "$run" >"$body"
  else
    for format in html json; do
      report="$OUT/report/report.$format"
      # The verdict stands, even if a page cannot be made.
      cargo xtask diff "$from" "$HEAD" --format "$format" --fail-on never >"$report" || {
        echo "::warning::there is no report as $format"
        rm "$report"
      }
    done
  fi
fi
cat "$body" >>"$GITHUB_STEP_SUMMARY"
echo "status=$status" >>"$GITHUB_OUTPUT"
