//go:build unix

package door

import "syscall"

// Files gives how many files this process may have open. Go has raised the limit
// to the hard one when the process started.
func Files() uint64 {
	var l syscall.Rlimit
	if syscall.Getrlimit(syscall.RLIMIT_NOFILE, &l) != nil {
		return Wanted
	}
	return uint64(l.Cur)
}
