#!/usr/bin/env bash
# Every text of every catalogue named is translated, and none is a guess: fails with the entries that are not.
set -euo pipefail

left=0
for catalogue in "$@"; do
  msgfmt --check --output-file=/dev/null "$catalogue" || left=1
  entries=$(msgattrib --no-obsolete --untranslated "$catalogue" | sed '1,/^$/d'; msgattrib --no-obsolete --only-fuzzy "$catalogue" | sed '1,/^$/d')
  if [ -n "$entries" ]; then
    printf '%s: not translated:\n%s\n' "$catalogue" "$entries" >&2
    left=1
  fi
done
exit "$left"
