#!/bin/sh
# Puts the application into dist/NCA-Wizard-VERSION-ARCHITECTURE.dmg; on macOS alone, after
# `make bundle`.
#
# NCA_WIZARD_MACOS_IDENTITY    who signs, "Developer ID Application: ..."; `make bundle` signs what
#                              is inside with it. Without one, macOS asks before the first start.
# NCA_WIZARD_NOTARY_PROFILE    of `xcrun notarytool store-credentials`; Apple then looks through it
set -eu

cd -- "$(dirname -- "$0")/../.."
app="dist/bundle/NCA Wizard.app"
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
image=dist/NCA-Wizard-$version-$(uname -m).dmg
stage=build/disk-image

[ -d "$app" ] || { printf 'There is no %s: run make bundle first.\n' "$app" >&2; exit 1; }
rm -rf "$stage" "$image"
mkdir -p "$stage"
# Not cp: it would follow the links inside frameworks.
ditto "$app" "$stage/NCA Wizard.app"
ln -s /Applications "$stage/Applications"
hdiutil create -quiet -fs HFS+ -format ULFO -volname "NCA Wizard" -srcfolder "$stage" "$image"

if [ -n "${NCA_WIZARD_MACOS_IDENTITY:-}" ]; then
    codesign --verify --deep --strict "$app"
    codesign --sign "$NCA_WIZARD_MACOS_IDENTITY" --timestamp "$image"
fi
if [ -n "${NCA_WIZARD_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NCA_WIZARD_NOTARY_PROFILE" --wait
    # The answer goes into the image, so that a Mac without a network knows it too.
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature "$image"
fi

# What is given out, as it lies in there.
mounted=$(mktemp -d)
hdiutil attach -quiet -readonly -nobrowse -mountpoint "$mounted" "$image"
trap 'hdiutil detach -quiet "$mounted"' EXIT
QT_QPA_PLATFORM=offscreen "$mounted/NCA Wizard.app/Contents/MacOS/nca-wizard" --self-check
printf '%s\n' "$image"
