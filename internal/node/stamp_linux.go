package node

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// stamp names the very file that is open, by its number and its birth on this disk:
// a copy of it has another. Empty: the system does not say.
func stamp(f *os.File) string {
	var x unix.Statx_t
	err := unix.Statx(int(f.Fd()), "", unix.AT_EMPTY_PATH, unix.STATX_INO|unix.STATX_BTIME, &x)
	if err != nil || x.Mask&unix.STATX_INO == 0 {
		return ""
	}
	return fmt.Sprintf("%d:%d:%d %d.%09d", x.Dev_major, x.Dev_minor, x.Ino, x.Btime.Sec, x.Btime.Nsec)
}
