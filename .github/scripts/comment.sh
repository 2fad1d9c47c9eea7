#!/usr/bin/env bash
# The artifact of a review in $COMMENT in, one comment on the pull request out: made, or brought up to date in place.
#
# The artifact was made by code of the pull request: whatever is in it is data, and may be a lie. The number is believed if that pull
# request is at the commit that the run was for, which GitHub tells, and not the artifact.
set -euo pipefail
: "${COMMENT:?}" "${HEAD_SHA:?}" "${GITHUB_REPOSITORY:?}"

marker='<!-- yunqiao: schema diff -->'
# GitHub takes 65,536 characters.
most=65000

refuse() {
  echo "::error::refused: $1"
  exit 1
}

# A regular file of the artifact, with at most so many bytes.
check() {
  [[ -f "$COMMENT/$1" && ! -L "$COMMENT/$1" ]] || refuse "there is no file $1"
  (($(wc -c <"$COMMENT/$1") <= $2)) || refuse "$1 is too large"
}

check number 20
check how 20
check body.md $((most * 4))
number=$(tr -d '\0' <"$COMMENT/number")
how=$(tr -d '\0' <"$COMMENT/how")
[[ $number =~ ^[1-9][0-9]{0,9}$ ]] || refuse "the number is none"
[[ $how == create || $how == update ]] || refuse "what to do is not said"
read -r first <"$COMMENT/body.md" || true
[[ $first == "$marker" ]] || refuse "the comment does not begin as ours do"

# Nobody is called by a name that somebody has written into a schema.
body=$(mktemp)
trap 'rm -f "$body"' EXIT
sed 's/@/\&#64;/g' "$COMMENT/body.md" >"$body"
(($(LC_ALL=C.UTF-8 wc -m <"$body") <= most)) || refuse "the comment is too long"

api="repos/$GITHUB_REPOSITORY"
at=$(gh api "$api/pulls/$number" --jq '.head.sha + " " + .state')
if [[ $at != "$HEAD_SHA open" ]]; then
  echo "the pull request is no longer open at $HEAD_SHA: nothing is written"
  exit 0
fi
# Only our own: with this token, the comments of others could be written over.
ours=".[] | select(.user.login == \"github-actions[bot]\" and (.body | startswith(\"$marker\"))) | .id"
ids=$(gh api --paginate "$api/issues/$number/comments?per_page=100" --jq "$ours")
id=${ids%%$'\n'*}
if [[ -n $id ]]; then
  gh api --silent --method PATCH "$api/issues/comments/$id" --field "body=@$body"
elif [[ $how == create ]]; then
  gh api --silent --method POST "$api/issues/$number/comments" --field "body=@$body"
else
  echo "there is no comment, and nothing to say"
fi
