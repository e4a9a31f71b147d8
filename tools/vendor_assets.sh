#!/usr/bin/env bash
# Fetches the files of others at fixed versions: static/vendor, static/css/fonts.css and the TrueType
# fonts of the PDFs. Needs npm; nothing at run time does. Tests compare the hashes in vendor.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fetch() { (cd "$work" && mkdir -p "$2" && tar xzf "$(npm pack --silent "$1")" -C "$2" --strip-components=1); }
fetch bootstrap@5.3.9 bootstrap
fetch htmx.org@2.0.11 htmx
fetch @fontsource/be-vietnam-pro@5.3.0 sans
fetch @fontsource/tinos@5.3.0 serif
fetch @expo-google-fonts/tinos@0.4.2 ttf

out=static/vendor
rm -rf $out && mkdir -p $out/bootstrap $out/htmx $out/fonts
sed 's#/\*\# sourceMappingURL=.*\*/##' "$work/bootstrap/dist/css/bootstrap.min.css" > $out/bootstrap/bootstrap.min.css
cp "$work/bootstrap/LICENSE" $out/bootstrap/
cp "$work/htmx/dist/htmx.min.js" "$work/htmx/LICENSE" $out/htmx/

# Three subsets a face; the browser fetches those whose letters a page has (unicode-range).
css=static/css/fonts.css
echo "/* Made by tools/vendor_assets.sh. Later faces win where ranges overlap: Vietnamese before the rest of Latin. */" > $css
face() { # package folder, family, file prefix, weight, style
  for set in latin-ext vietnamese latin; do
    file="$3-$set-$4-$5.woff2"
    cp "$work/$1/files/$file" $out/fonts/
    range=$(grep -A8 "/\* $3-$set-$4-$5 \*/" "$work/$1/$4$([ "$5" = italic ] && echo -italic || true).css" | sed -n 's/.*unicode-range: *\(.*\);/\1/p')
    [ -n "$range" ] || { echo "no unicode-range for $file" >&2; exit 1; }
    echo "@font-face{font-family:\"$2\";font-weight:$4;font-style:$5;font-display:swap;src:url(\"../vendor/fonts/$file\") format(\"woff2\");unicode-range:$range}" >> $css
  done
}
for weight in 400 500 600; do face sans "Be Vietnam Pro" be-vietnam-pro $weight normal; done
for weight in 400 700; do
  face serif Tinos tinos $weight normal
  face serif Tinos tinos $weight italic
done
cp "$work/sans/LICENSE" $out/fonts/LICENSE-be-vietnam-pro
cp "$work/serif/LICENSE" $out/fonts/LICENSE-tinos

cp "$work"/ttf/{400Regular,400Regular_Italic,700Bold,700Bold_Italic}/*.ttf "$work/ttf/LICENSE_FONT" council/typesetting/fonts/

origin() {
  case $1 in
    bootstrap/*) echo "bootstrap 5.3.9 (MIT), without its source map comment" ;;
    htmx/*) echo "htmx.org 2.0.11 (0BSD)" ;;
    *be-vietnam-pro*) echo "@fontsource/be-vietnam-pro 5.3.0 (OFL-1.1)" ;;
    *tinos*) echo "@fontsource/tinos 5.3.0 (OFL-1.1)" ;;
  esac
}
{
  echo "# sha256, path, origin with version and licence. Made by tools/vendor_assets.sh."
  (cd $out && find . -type f ! -name vendor.txt -printf '%P\n' | LC_ALL=C sort) | while read -r path; do
    echo "$(sha256sum "$out/$path" | cut -d' ' -f1)  $path  $(origin "$path")"
  done
} > $out/vendor.txt
