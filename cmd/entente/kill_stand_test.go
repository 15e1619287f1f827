package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"entente"
	"entente/api"
	"entente/internal/loopback"
	"entente/internal/scenario"
)

// stand is one node in a process of its own, that can be killed. Its store is
// also open here, to look at what is on disk.
type stand struct {
	t    *testing.T
	who  scenario.Setup
	home string
	port string // of the wire
	desk string // host and port
	keep string // key file

	binary string
	as     map[entente.Role]*api.Client
	here   *local

	process *os.Process
	ended   chan error // closed once the process has ended; what it gives before says if it was not killed
}

// newStand sets a home up as its operator would.
func newStand(t *testing.T, binary, dir, store string, who scenario.Setup) *stand {
	t.Helper()
	s := &stand{
		t: t, who: who, binary: binary, home: filepath.Join(dir, string(who.ID)), keep: filepath.Join(dir, string(who.ID)+".key"),
		port: freeAddr(t), desk: freeAddr(t), as: map[entente.Role]*api.Client{},
	}
	if store == "" {
		store = "entente.db"
	}
	s.entente("init", "--party", string(who.ID), "--name", who.Name, "--country", string(who.Country), "--endpoint", "https://"+s.port, "--wire", s.port,
		"--desk", s.desk, "--desk-url", "http://"+s.desk, "--key-file", s.keep, "--store", store)
	return s
}

// freeAddr gives an address that nobody listens at.
func freeAddr(t *testing.T) string {
	t.Helper()
	addr, err := loopback.Addr()
	if err != nil {
		t.Fatal(err)
	}
	return addr
}

// entente runs one command on the home.
func (s *stand) entente(args ...string) {
	s.t.Helper()
	var out, problems bytes.Buffer
	args = append([]string{"--home", s.home}, args...)
	if code := run(context.Background(), args, strings.NewReader(""), &out, &problems, os.Getenv); code != 0 {
		s.t.Fatalf("entente %s: %s", strings.Join(args, " "), problems.String())
	}
}

// agree has both sign an agreement that is in force, and open their stores here.
func agree(t *testing.T, dir string, a, b *stand) {
	t.Helper()
	text := bytes.Replace(scenario.NorthStar, []byte("until = 2013-12-31"), []byte("until = 2099-12-31"), 1)
	bare, half, whole := filepath.Join(dir, "bare.toml"), filepath.Join(dir, "half.txt"), filepath.Join(dir, "whole.txt")
	if err := os.WriteFile(bare, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, x := range [][2]*stand{{a, b}, {b, a}} {
		x[0].entente("party", "add", filepath.Join(x[1].home, "parties", string(x[1].who.ID)+".txt"))
	}
	a.entente("agreement", "sign", "--yes", bare, "-o", half)
	b.entente("agreement", "sign", "--yes", half, "-o", whole)
	for _, s := range []*stand{a, b} {
		s.entente("agreement", "add", whole)
		s.open()
	}
}

// open opens the store here and signs the officers in.
func (s *stand) open() {
	s.t.Helper()
	e := &env{ctx: context.Background(), home: home(s.home), getenv: os.Getenv}
	var err error
	if s.here, err = e.open(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { s.here.close() })
	for _, o := range s.who.Officers {
		if _, err := s.here.node.Desk.SetOfficer(e.ctx, machine, o); err != nil {
			s.t.Fatal(err)
		}
		token, _, err := s.here.node.SignIn.NewToken(e.ctx, o, "kill test")
		if err != nil {
			s.t.Fatal(err)
		}
		if s.as[o.Role], err = api.New("http://"+s.desk, token, nil); err != nil {
			s.t.Fatal(err)
		}
	}
}

// start runs the node until it is killed; crash is what ENTENTE_CRASH says.
func (s *stand) start(crash string) {
	s.t.Helper()
	s.lapse()
	said := &bytes.Buffer{}
	cmd := exec.Command(s.binary, "--home", s.home, "node")
	cmd.Env, cmd.Stderr = append(os.Environ(), "ENTENTE_CRASH="+crash), said
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { cmd.Process.Kill() })
	_, err = bufio.NewReader(out).ReadString('\n')
	s.process, s.ended = cmd.Process, make(chan error, 1)
	ended := s.ended
	go func() {
		io.Copy(io.Discard, out)
		why := cmd.Wait()
		if exit, ok := errors.AsType[*exec.ExitError](why); ok && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL {
			why = nil // as it should
		} else {
			why = fmt.Errorf("it was not killed but ended: %v\n%s", cmd.ProcessState, said)
		}
		ended <- why
		close(ended)
	}()
	if err != nil && crash == "" {
		s.t.Fatalf("the node of %s does not start: %v", s.who.ID, <-ended)
	}
}

// lapse stands for the time that passes until the killed process's right to the
// queues has lapsed and the next attempt is due: nobody waits for it here.
func (s *stand) lapse() {
	s.t.Helper()
	s.update(func(tx entente.Tx) error {
		parties, err := tx.Parties()
		if err != nil {
			return err
		}
		for _, p := range parties {
			later := time.Now().Add(time.Hour)
			if _, err := tx.Lease(p.Party.ID, "kill test", later, later.Add(time.Second)); err != nil {
				return err
			}
			if _, err := tx.Lease(p.Party.ID, "kill test", later, time.Time{}); err != nil {
				return err
			}
			line, err := tx.Line(p.Party.ID)
			if err != nil {
				return err
			}
			line.NextTry = time.Now()
			if err := tx.PutLine(line); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *stand) update(fn func(entente.Tx) error) {
	s.t.Helper()
	if err := s.here.store.Update(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stand) view(fn func(entente.Tx) error) {
	s.t.Helper()
	if err := s.here.store.View(context.Background(), fn); err != nil {
		s.t.Fatal(err)
	}
}

// kill kills the node at this instant.
func (s *stand) kill() {
	s.t.Helper()
	s.process.Kill() // it may be dead already
	s.died()
}

// died waits until the node is dead, and holds that it was killed.
func (s *stand) died() {
	s.t.Helper()
	select {
	case why := <-s.ended:
		if why != nil {
			s.t.Fatalf("the node of %s: %v", s.who.ID, why)
		}
	case <-time.After(time.Minute):
		s.t.Fatalf("the node of %s does not die", s.who.ID)
	}
}

// alive reports whether the node still runs.
func (s *stand) alive() bool {
	select {
	case why := <-s.ended:
		if why != nil {
			s.t.Fatalf("the node of %s: %v", s.who.ID, why)
		}
		return false
	default:
		return true
	}
}
