#!/usr/bin/env bash
# Every text of the portal is translated, and none is a guess. The texts are gathered anew in a copy of the tree, so that
# one that never reached its catalogue is found too; the entries at fault are printed.
set -euo pipefail
cd "$(dirname "$0")/.."
python=$PWD/.venv/bin/python

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard -- '*.py' '*.html' '*.txt' '*.md' '*.js' '*.po' ':!docs' ':!tests' |
  while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done |
  xargs -0 cp --parents --target-directory="$copy"
cd "$copy"
env -u DATABASE_URL "$python" manage.py makemessages --locale nb --locale nn >/dev/null

left=0
while read -r catalogue; do
  msgfmt --check --output-file=/dev/null "$catalogue" || left=1
  entries=$(for fault in --untranslated --only-fuzzy; do msgattrib --no-obsolete "$fault" "$catalogue" | sed '1,/^$/d'; done)
  if [ -n "$entries" ]; then
    printf '%s has entries without translation:\n%s\n' "${catalogue#./}" "$entries" >&2
    left=1
  fi
done < <(find . -name '*.po' | sort)
exit "$left"
