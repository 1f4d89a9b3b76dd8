#!/bin/sh
# Installs the package on a bare Debian of its own, starts it as a person does, puts a newer one over
# it and the older one back, removes it, and starts what the folder to unpack anywhere holds.
#
#     packaging/debian/check_installed.sh RELEASE [FOLDER]
#
# RELEASE is bookworm, trixie ...; pictures of the window and the system itself go to FOLDER,
# build/installed unless named. Needs root and, the first time, some minutes to fetch the release.
set -eu

cd -- "$(dirname -- "$0")/../.."
release=$1
work=$(realpath -m "${2:-build/installed}")
root=$work/$release
package=$(realpath dist/nca-wizard_*.deb)
portable=$(realpath dist/nca-wizard-*-linux-*.tar.xz)
newer=99.0
person=seller
home=/home/$person
data="$home/.local/share/NCA Wizard"
id=org.nca_wizard.NcaWizard

say() { printf '%s: %s\n' "$release" "$*"; }
fail() { say "FAILED: $*" >&2; exit 1; }
inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
as_person() { inside setpriv --reuid="$person" --regid="$person" --init-groups env HOME="$home" "$@"; }

clear_away() {
    # Whatever still runs was started in there, by this script.
    for entry in /proc/[0-9]*; do
        [ "$(readlink "$entry/root" 2>/dev/null)" = "$root" ] && kill "${entry#/proc/}" 2>/dev/null
    done
    sleep 1
    umount "$root/proc" 2>/dev/null || true
}
trap clear_away EXIT

# --- A bare system -----------------------------------------------------------------------------

mkdir -p "$work"
bare=$work/$release-bare.tar
if [ ! -f "$bare" ]; then
    say "fetching a bare system"
    rm -rf "$root"
    debootstrap --variant=minbase "$release" "$root" http://deb.debian.org/debian >"$work/$release.log"
    tar -C "$root" -cf "$bare.new" . && mv "$bare.new" "$bare"
fi
rm -rf "$root"
mkdir -p "$root"
tar -C "$root" -xf "$bare"
mount -t proc proc "$root/proc"
inside useradd --create-home "$person"
cp "$package" "$root/tmp/nca-wizard.deb"

# --- Installed, without Python -----------------------------------------------------------------

inside apt-get update -q >"$work/$release.log"
inside apt-get install -q -y --no-install-recommends /tmp/nca-wizard.deb >>"$work/$release.log" 2>&1 ||
    fail "apt cannot install it, see $work/$release.log"
inside sh -c 'command -v python3' && fail "there is a Python here"
checked=$(as_person env QT_QPA_PLATFORM=offscreen nca-wizard --self-check 2>&1) || fail "$checked"
printf '%s\n' "$checked" | grep -qvE '^(rules|history|page|updates|languages|names|window): ' &&
    fail "unexpected lines: $checked"
say "installed without Python; the program checked itself:"
printf '%s\n' "$checked" | sed 's/^/    /'

# --- Started from the menu, and with a case file -------------------------------------------------

inside apt-get install -q -y --no-install-recommends \
    xvfb xauth openbox libgtk-3-bin xdotool x11-utils scrot dbus-daemon shared-mime-info xdg-utils \
    libfile-mimeinfo-perl desktop-file-utils procps >>"$work/$release.log" 2>&1
display=:$((90 + $(printf '%s' "$release" | wc -c)))
inside Xvfb "$display" -screen 0 1280x900x24 -nolisten tcp >>"$work/$release.log" 2>&1 &
desktop() { as_person env DISPLAY="$display" XDG_CURRENT_DESKTOP=openbox "$@"; }
wait_for() { # SECONDS COMMAND...
    left=$(($1 * 5)); shift
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || return 1
        sleep 0.2
    done
}
wait_for 20 desktop xdpyinfo || fail "no display"
desktop openbox >>"$work/$release.log" 2>&1 &

# What the person has, to the byte.
kept() { (cd "$root$data" && find . -type f -exec sha256sum {} + | sort); }
history_of() { python3 packaging/look_at_history.py "$root$data/history.sqlite" "$@"; }
installed_version() { inside dpkg-query -W -f '${Version}' nca-wizard; }
place() { desktop xdotool getwindowgeometry "$(window "$1" | tail -1)" | grep -v '^Window'; }
close_window() {
    desktop xdotool key --clearmodifiers ctrl+q
    wait_for 20 gone || fail "the program does not end"
}
gone() { ! inside pgrep -x nca-wizard; }
window() { desktop xdotool search --onlyvisible --name "$1"; }
picture() { desktop scrot --overwrite /tmp/picture.png && cp "$root/tmp/picture.png" "$work/$release-$1.png"; }

desktop gtk-launch "$id" >>"$work/$release.log" 2>&1 || fail "gtk-launch does not know it"
wait_for 30 window '^NCA Wizard$' || fail "no window after gtk-launch"
class=$(desktop xprop -id "$(window '^NCA Wizard$' | tail -1)" WM_CLASS)
stated=$(sed -n 's/^StartupWMClass=//p' "$root/usr/share/applications/$id.desktop")
[ "${class%\"$stated\"}" != "$class" ] || fail "the window is $class, the menu entry expects $stated"
sleep 2
picture start

cp resources/sample/scenario-b.ncacase "$root$home/Contoso AB.ncacase"
chmod 644 "$root$home/Contoso AB.ncacase"
kind=$(as_person xdg-mime query filetype "$home/Contoso AB.ncacase")
[ "$kind" = application/x-ncacase ] || fail "a case file is taken for $kind"
[ "$(as_person xdg-mime query default "$kind")" = "$id.desktop" ] || fail "nothing opens a case file"
desktop gtk-launch "$id" "$home/Contoso AB.ncacase" >>"$work/$release.log" 2>&1
wait_for 30 window 'Contoso' || fail "the case file did not open"
sleep 2
picture case
desktop xdotool key --clearmodifiers Return
evaluated() { [ "$(history_of)" = "1 Contoso AB (Sample)" ]; }
wait_for 20 evaluated || fail "no case was kept: $(history_of)"
desktop xdotool windowsize --sync "$(window Contoso | tail -1)" 901 611 \
    windowmove "$(window Contoso | tail -1)" 123 77
sleep 2
picture result
was_at=$(place Contoso)
close_window
say "started from its menu entry, opened a case file, and ended; pictures in $work"

# --- A newer version over it, and the older one back ---------------------------------------------

repacked=$work/$release-newer
rm -rf "$repacked"
dpkg-deb -R "$package" "$repacked"
sed -i "s/^Version: .*/Version: $newer/" "$repacked/DEBIAN/control"
mark=usr/lib/nca-wizard/_internal/resources/of-the-newer-version
touch "$repacked/$mark"
dpkg-deb --root-owner-group -Znone --build "$repacked" "$root/tmp/newer.deb" >>"$work/$release.log"
rm -rf "$repacked"
first_data=$(kept)
inside apt-get install -q -y /tmp/newer.deb >>"$work/$release.log" 2>&1 || fail "the newer one does not install"
[ "$(installed_version)" = "$newer" ] && [ -f "$root/$mark" ] || fail "the newer one is not there"
[ "$(kept)" = "$first_data" ] || fail "the newer one changed the person's data"
desktop gtk-launch "$id" >>"$work/$release.log" 2>&1
wait_for 30 window '^NCA Wizard$' || fail "the newer one shows no window"
sleep 2
picture newer
[ "$(place '^NCA Wizard$')" = "$was_at" ] ||
    fail "the window was at $was_at and is at $(place '^NCA Wizard$')"
close_window
evaluated || fail "the case is gone: $(history_of)"

history_of --make-newer
newer_data=$(kept)
inside apt-get install -q -y --allow-downgrades /tmp/nca-wizard.deb >>"$work/$release.log" 2>&1 ||
    fail "the older one does not install over the newer"
[ "$(installed_version)" != "$newer" ] && [ ! -e "$root/$mark" ] || fail "the newer one is still there"
desktop gtk-launch "$id" >>"$work/$release.log" 2>&1
wait_for 30 window '^NCA Wizard$' || fail "the older one shows no window"
sleep 2
picture older
close_window
[ "$(kept | grep history)" = "$(printf '%s\n' "$newer_data" | grep history)" ] ||
    fail "the older one changed the newer history"
say "a newer version kept cases, settings and window; the older one left the newer history as it was"

# --- Removed -------------------------------------------------------------------------------------

before=$(kept)
inside apt-get purge -q -y nca-wizard >>"$work/$release.log" 2>&1
left=$(find "$root/usr" "$root/etc" "$root/var/lib/dpkg/info" "$root/opt" -iname '*nca*wizard*')
[ -z "$left" ] || fail "left behind: $left"
[ "$(kept)" = "$before" ] || fail "the person's data changed"
say "purged: nothing is left but the person's data"

# --- The folder to unpack anywhere ---------------------------------------------------------------

tar -C "$root$home" --no-same-owner -xf "$portable"
folder=$home/$(basename "$portable" .tar.xz)
inside chown -R "$person:" "$folder"
as_person env QT_QPA_PLATFORM=offscreen "$folder/nca-wizard" --self-check >>"$work/$release.log" 2>&1 ||
    fail "what was unpacked finds a fault in itself, see $work/$release.log"
desktop "$folder/nca-wizard" --data-dir "$home/unpacked" >>"$work/$release.log" 2>&1 &
wait_for 30 window '^NCA Wizard$' || fail "what was unpacked shows no window"
sleep 2
picture unpacked
close_window
say "unpacked and started; pictures in $work"
