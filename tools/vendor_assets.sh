#!/usr/bin/env bash
# Fetch the front-end files once, at fixed versions, into static/vendor. Needs npm; nothing at run time does.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch() { (cd "$work" && mkdir -p "$2" && tar xzf "$(npm pack --silent "$1")" -C "$2" --strip-components=1); }
fetch bootstrap@5.3.9 bootstrap
fetch htmx.org@2.0.11 htmx
fetch @fontsource/be-vietnam-pro@5.3.0 sans
fetch @fontsource/tinos@5.3.0 serif
out=static/vendor
mkdir -p $out/bootstrap $out/htmx $out/fonts
sed 's#/\*\# sourceMappingURL=.*\*/##' "$work/bootstrap/dist/css/bootstrap.min.css" > $out/bootstrap/bootstrap.min.css
cp "$work/bootstrap/LICENSE" $out/bootstrap/
cp "$work/htmx/dist/htmx.min.js" "$work/htmx/LICENSE" $out/htmx/
for set in vietnamese latin latin-ext; do
  for weight in 400 500 600; do cp "$work/sans/files/be-vietnam-pro-$set-$weight-normal.woff2" $out/fonts/; done
  for face in 400-normal 400-italic 700-normal 700-italic; do cp "$work/serif/files/tinos-$set-$face.woff2" $out/fonts/; done
done
cp "$work/sans/LICENSE" $out/fonts/LICENSE-be-vietnam-pro
cp "$work/serif/LICENSE" $out/fonts/LICENSE-tinos
