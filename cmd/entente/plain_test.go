package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente"
	"entente/api"
	"entente/internal/scenario"
)

// secret is in everything that the node is given here.
const secret = "KADAEV, Arsen of Ostvik"

// endless is a list that never ends: the sender waits to be killed.
type endless struct{ sent chan bool }

func (e endless) Read(b []byte) (int, error) {
	line := "1," + secret + ",1970\n"
	n := 0
	for n+len(line) < len(b) {
		n += copy(b[n:], line)
	}
	select {
	case e.sent <- true:
	default:
	}
	return n, nil
}

// A node, a backup and a restore are killed while they hold what is nobody's
// business, at many instants. Afterwards no file but the database itself holds a
// word of it: neither in the node's folder nor among the temporary files.
func TestKilledLeavesNothingPlain(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "victim")
	build := exec.Command("go", "build", "-tags", "crashtest", "-buildvcs=false", "-o", binary, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	dir, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := newStand(t, binary, dir, "", scenario.Albia)
	s.open()
	none := func(what string) {
		t.Helper()
		for _, file := range withSecret(t, dir, temp) {
			if !strings.HasPrefix(filepath.Base(file), "entente.db") {
				t.Errorf("%s: %s holds it", what, file)
			}
		}
	}
	for n := range 5 {
		s.start("")
		sent := endless{make(chan bool)}
		done := make(chan error)
		go func() {
			_, err := s.as[entente.Analyst].ImportList(t.Context(), "ports", api.ListOptions{Format: "csv"}, []api.ListFile{{Name: "ports.csv", Data: sent}}, nil)
			done <- err
		}()
		<-sent.sent
		time.Sleep(time.Duration(n) * 20 * time.Millisecond)
		none(fmt.Sprint("while an upload comes, ", n))
		s.kill()
		<-done
		none(fmt.Sprint("after kill ", n))
	}
	s.start("")
	var list strings.Builder
	list.WriteString("number,name,born\n")
	for i := range 30_000 {
		fmt.Fprintf(&list, "%d,%s,1970\n", i, secret)
	}
	quoted := strings.ReplaceAll(list.String(), secret, `"`+secret+`"`)
	if _, err := s.as[entente.Analyst].ImportList(t.Context(), "ports", api.ListOptions{Format: "csv"}, []api.ListFile{{Name: "ports.csv", Data: strings.NewReader(quoted)}}, nil); err != nil {
		t.Fatal(err)
	}
	s.kill()
	if len(withSecret(t, s.home)) == 0 {
		t.Fatal("the database does not hold it: this test cannot tell")
	}
	none("after an import")
	out := filepath.Join(dir, "backup.age")
	s.entente("backup", "-o", out)
	for n := range 6 {
		s.killed(time.Duration(n)*40*time.Millisecond, "backup", "-o", filepath.Join(dir, fmt.Sprint(n, ".age")))
		none(fmt.Sprint("after killing a backup, ", n))
	}
	again := newStand(t, binary, filepath.Join(dir, "again"), "", scenario.Borea)
	for n := range 6 {
		for _, f := range withSecret(t, again.home) {
			os.Remove(f)
		}
		again.killed(time.Duration(n)*40*time.Millisecond, "restore", "--identity", s.keep, out)
		none(fmt.Sprint("after killing a restore, ", n))
	}
}

// killed runs a command and kills it after a while.
func (s *stand) killed(after time.Duration, args ...string) {
	s.t.Helper()
	cmd := exec.Command(s.binary, append([]string{"--home", s.home}, args...)...)
	cmd.Stderr = io.Discard
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	time.Sleep(after)
	cmd.Process.Kill()
	cmd.Wait()
}

// withSecret lists the files that hold the secret.
func withSecret(t *testing.T, dirs ...string) (all []string) {
	t.Helper()
	for _, dir := range dirs {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || !d.Type().IsRegular() {
				return nil // it went meanwhile
			}
			b, err := os.ReadFile(path)
			if err == nil && bytes.Contains(b, []byte(secret)) {
				all = append(all, path)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}
