package sqlstore_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"entente"
	"entente/sqlstore"
)

// Some tests run this test binary again, as a process of its own that does one
// thing to the store at childURL and reports on its standard output.
const (
	childDoes = "SQLSTORE_TEST_CHILD"
	childURL  = "SQLSTORE_TEST_URL"
)

var children = map[string]func(ctx context.Context, s *sqlstore.Store) error{
	"append":  appendForever,
	"fill up": fillUp,
	"erase":   eraseAndWait,
}

func TestMain(m *testing.M) {
	does := os.Getenv(childDoes)
	if does == "" {
		os.Exit(m.Run())
	}
	ctx := context.Background()
	s, err := sqlstore.Open(ctx, os.Getenv(childURL))
	if err == nil {
		err = errors.Join(children[does](ctx, s), s.Close())
	}
	if err != nil {
		fmt.Println("failed", err)
	}
}

// eraseAndWait erases, and waits to be killed.
func eraseAndWait(ctx context.Context, s *sqlstore.Store) error {
	if err := erase(ctx, s); err != nil {
		return err
	}
	fmt.Println("erased")
	select {}
}

// child starts the process and gives what it reports.
func child(t *testing.T, does, url string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDoes+"="+does, childURL+"="+url)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); io.Copy(io.Discard, out); cmd.Wait() })
	return cmd, bufio.NewScanner(out)
}

// appendForever appends to some ledgers, and reports each place once Update has returned.
func appendForever(ctx context.Context, s *sqlstore.Store) error {
	var wg sync.WaitGroup
	for c := range 6 {
		wg.Go(func() {
			for n := 0; ; n++ {
				origin := fmt.Sprint("o", c%3)
				d := entente.Digest{byte(c), byte(n), byte(n >> 8), 1}
				place, err := next(ctx, s, origin, d)
				if err != nil {
					fmt.Println("failed", err)
					return
				}
				fmt.Println("acked", origin, place, d)
			}
		})
	}
	wg.Wait()
	return nil
}

// A process that is killed while it writes has kept every promise that it made.
func TestKilled(t *testing.T) {
	for _, e := range engines {
		t.Run(e.name, func(t *testing.T) {
			url := e.url(t)
			cmd, reports := child(t, "append", url)
			acked := map[string]entente.Digest{}
			read := func() bool {
				if !reports.Scan() {
					return false
				}
				f := strings.Fields(reports.Text())
				switch {
				case len(f) == 4 && f[0] == "acked":
					d, err := entente.ParseDigest(f[3])
					if err != nil {
						t.Fatal(err)
					}
					acked[f[1]+" "+f[2]] = d
				case len(f) > 0 && f[0] == "failed":
					t.Fatal(reports.Text())
				}
				return true
			}
			for len(acked) < 150 && read() {
			}
			cmd.Process.Kill()
			for read() { // what it said before it died
			}
			if len(acked) < 150 {
				t.Fatalf("the process ended by itself after %d", len(acked))
			}

			s := open(t, url)
			for n := range 3 {
				origin := fmt.Sprint("o", n)
				head := get(t, s, func(tx entente.Tx) (entente.LedgerHead, error) { return tx.Head(origin) })
				records := get(t, s, func(tx entente.Tx) ([]entente.Digest, error) { return tx.Records(origin, 0, 1<<20) })
				if int64(len(records)) != head.Size {
					t.Errorf("%s: the head says %d and there are %d records: a transaction is there in part", origin, head.Size, len(records))
				}
				for place, d := range records {
					key := origin + " " + strconv.Itoa(place)
					if want, ok := acked[key]; ok && want != d {
						t.Errorf("%s holds another record than was promised", key)
					}
					delete(acked, key)
				}
			}
			if len(acked) > 0 {
				t.Errorf("%d promises are lost: %v", len(acked), acked)
			}
			if _, err := next(t.Context(), s, "o0", entente.Digest{1}); err != nil {
				t.Errorf("it cannot go on: %v", err)
			}
		})
	}
}

// fillUp writes under a limit on the size of files, as on a disk that is full,
// and again once the limit is gone.
func fillUp(ctx context.Context, s *sqlstore.Store) error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := limitFiles(1 << 20); err != nil {
		return err
	}
	write := func(n int) error {
		return s.Update(ctx, func(tx entente.Tx) error {
			return errors.Join(
				tx.PutSetting(fmt.Sprint("left ", n), make([]byte, 20<<10)),
				tx.PutSetting(fmt.Sprint("right ", n), make([]byte, 20<<10)),
			)
		})
	}
	n, err := 0, error(nil)
	for err == nil {
		err = write(n)
		n++
	}
	if told, ok := errors.AsType[*entente.Error](err); !ok || !errors.Is(err, entente.Unavailable) || !errors.Is(err, entente.Full) || !strings.Contains(told.Hint, "frees space") {
		return err
	}
	fmt.Println("full", n-1)
	return errors.Join(limitFiles(1<<60), write(n))
}

func limitFiles(size uint64) error {
	var l syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l); err != nil {
		return err
	}
	l.Cur = min(size, l.Max)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l)
}

// On a full disk nothing is half done, and work goes on when there is room again.
func TestDiskFull(t *testing.T) {
	url := engines[0].url(t)
	_, reports := child(t, "fill up", url)
	n := -1
	for reports.Scan() {
		if strings.HasPrefix(reports.Text(), "failed") {
			t.Error(reports.Text())
		}
		if acked, ok := strings.CutPrefix(reports.Text(), "full "); ok {
			n, _ = strconv.Atoi(acked)
		}
	}
	if n < 1 {
		t.Fatalf("%d writes went well before the disk was full, want some", n)
	}
	s := open(t, url)
	for i := range n + 2 {
		for _, side := range []string{"left", "right"} {
			_, err := try(t, s, func(tx entente.Tx) ([]byte, error) { return tx.Setting(fmt.Sprint(side, " ", i)) })
			if want := i != n; (err == nil) != want {
				t.Errorf("write %d, %s: stored %v, want %v", i, side, err == nil, want)
			}
		}
	}
}
