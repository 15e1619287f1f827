package testpg

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// keeper runs the server and outlives the test process by as much as it takes
// to stop it and to remove its files. It learns of the end by its standard
// input, a pipe that closes however the test process dies.
const keeper = `
"$1" -D "$2/data" -k "$2" >"$2/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$2"
`

// settings make a cluster that is quick to start and heard by nobody else.
const settings = `
listen_addresses = ''
fsync = off
full_page_writes = off
max_connections = 200
shared_buffers = 32MB
`

// start makes a cluster in a directory of its own and gives the URL of its
// default database.
func start() (string, error) {
	bin, err := binaries()
	if err != nil {
		return "", err
	}
	// The path of a socket may have about 100 bytes, and a test's own directory
	// is often longer than that.
	dir, err := os.MkdirTemp("/tmp", "entente-pg-")
	if err != nil {
		return "", err
	}
	as, err := owner(dir)
	if err != nil {
		return "", err
	}
	if err := initialize(bin, dir, as); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	r, w, err := os.Pipe()
	if err != nil {
		return "", err
	}
	server.held = w
	cmd := exec.Command("/bin/sh", "-c", keeper, "keeper", filepath.Join(bin, "postgres"), dir)
	cmd.Dir, cmd.SysProcAttr, cmd.Stdin = dir, as, r
	if err := cmd.Start(); err != nil {
		return "", err
	}
	r.Close()
	return "postgres://entente@/postgres?host=" + dir, wait(dir)
}

// binaries gives the directory of initdb and postgres, the newest if there are several.
func binaries() (string, error) {
	if p, err := exec.LookPath("postgres"); err == nil {
		return filepath.Dir(p), nil
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if len(found) == 0 {
		return "", errors.New(missing)
	}
	newest := slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })
	return filepath.Dir(newest), nil
}

func version(postgres string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(postgres))))
	return n
}

// owner gives dir to a user who may run PostgreSQL, which refuses root.
func owner(dir string) (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		// A group of its own: an interrupt at the terminal reaches the tests, and
		// the keeper learns of it by the pipe.
		return &syscall.SysProcAttr{Setpgid: true}, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		cred := &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return &syscall.SysProcAttr{Setpgid: true, Credential: cred}, os.Chown(dir, uid, gid)
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody: run the tests as another user")
}

// initialize makes the cluster. It sorts text by the rules of a language, as
// servers do: an order that rests on the bytes must say so in the schema.
func initialize(bin, dir string, as *syscall.SysProcAttr) error {
	data := filepath.Join(dir, "data")
	plain := []string{"-D", data, "-U", "entente", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"}
	var out []byte
	var err error
	for _, args := range [][]string{slices.Concat(plain, []string{"--locale-provider=icu", "--icu-locale=en"}), plain} {
		cmd := exec.Command(filepath.Join(bin, "initdb"), args...)
		cmd.Dir, cmd.SysProcAttr = dir, as
		if out, err = cmd.CombinedOutput(); err == nil {
			break
		}
	}
	if err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	f, err := os.OpenFile(filepath.Join(data, "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(settings)
	return errors.Join(err, f.Close())
}

// wait waits until the server listens, for a minute at most.
func wait(dir string) error {
	for range 600 {
		pid, _ := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
		if ready(pid) {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	log, _ := os.ReadFile(filepath.Join(dir, "log"))
	return fmt.Errorf("PostgreSQL did not start:\n%s", log)
}

// ready reads the last line that the server writes to its pid file.
func ready(pid []byte) bool {
	lines := strings.Split(string(pid), "\n")
	return len(lines) > 7 && strings.TrimSpace(lines[7]) == "ready"
}
