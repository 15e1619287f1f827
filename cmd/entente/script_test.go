package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/rogpeppe/go-internal/testscript"

	"entente/api"
	"entente/internal/scenario"
)

// TestScripts runs testdata/*.txtar, each with the real command in a process of
// its own. Beside the commands of testscript they have
//
//	agencies         set up albia and borea, running, under north-star.toml, with every officer signed in
//	node albia       start a node
//	stop albia       end it as its operator does
//	until TEXT COMMAND…   run a command until it prints TEXT
//	send [FILE]           send a tip (tip.toml) from borea, have it released, and keep its id as ID
//	id, digest, file      keep the first id, digest of bytes or digest of a file that was printed as ID, DIGEST, FILE
//	task, clearing        keep the first task of a watch, or clearing of a hit, as TASK, CLEARING
//	forge FILE            change one bit of a file
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			w := &world{dir: e.WorkDir, nodes: map[string]*exec.Cmd{}}
			for _, a := range []string{"albia", "borea"} {
				w.ports = append(w.ports, freePort(t), freePort(t))
				n := len(w.ports)
				e.Setenv(strings.ToUpper(a)+"_DESK", w.ports[n-2])
				e.Setenv(strings.ToUpper(a)+"_WIRE", w.ports[n-1])
				e.Setenv(a, "http://localhost:"+w.ports[n-2])
			}
			e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
			e.Setenv("XDG_CONFIG_HOME", "")
			e.Values[worldKey{}] = w
			e.Defer(func() { w.end(t) })
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"agencies": agencies, "node": startNode, "halt": haltNode, "until": until, "send": send, "forge": forge, "repack": repack,
			"id": keep("ID", `([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21})`), "digest": keep("DIGEST", `SHA-256 ([0-9a-f]{64})`), "file": keep("FILE", `([0-9a-f]{64})`),
			"task": keep("TASK", `Task +([0-9a-f-]{36})`), "clearing": keep("CLEARING", `"cleared": "([0-9a-f-]{36})"`),
		},
	})
}

type worldKey struct{}

// world is what a script has running.
type world struct {
	dir   string
	ports []string // desk and wire of albia, desk and wire of borea
	nodes map[string]*exec.Cmd
	logs  []*bytes.Buffer
}

func worldOf(ts *testscript.TestScript) *world { return ts.Value(worldKey{}).(*world) }

func (w *world) end(t *testing.T) {
	for _, n := range w.nodes {
		n.Process.Kill()
		n.Wait()
	}
	for _, log := range w.logs {
		if err := impersonal(log.String()); err != nil {
			t.Error(err)
		}
	}
}

// people are words of the scripts' tips and the names of their officers.
var people = regexp.MustCompile(`(?i)\b(?:Beroyev|men|van|letter|vera|orlova|ivan|sobol|anna|kern|transcribed|spelling|source|Kadaev|Lenka|Volna|Otakar|Brezina)\b|Кадаев`)

// impersonal holds that a log is JSON and has nothing of people and content.
func impersonal(log string) error {
	for line := range strings.Lines(log) {
		var entry map[string]any
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			return fmt.Errorf("the log has a line that is not JSON: %s", line)
		}
		if word := people.FindString(line); word != "" {
			return fmt.Errorf("the log says %q: %s", word, line)
		}
	}
	return nil
}

// run runs a command of ours in this process.
func (w *world) run(ts *testscript.TestScript, typed string, args ...string) string {
	var out, problems bytes.Buffer
	env := func(name string) string {
		if name == "HOME" {
			return filepath.Join(w.dir, "home")
		}
		return ""
	}
	if code := run(context.Background(), args, strings.NewReader(typed), &out, &problems, env); code != 0 {
		ts.Fatalf("entente %s: %s", strings.Join(args, " "), problems.String())
	}
	return out.String()
}

func agencies(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	at := func(parts ...string) string { return filepath.Join(append([]string{w.dir}, parts...)...) }
	setups := []struct {
		name, other, desk, wire string
		scenario.Setup
	}{
		{"albia", "borea", w.ports[0], w.ports[1], scenario.Albia},
		{"borea", "albia", w.ports[2], w.ports[3], scenario.Borea},
	}
	for _, a := range setups {
		w.run(ts, "", "--home", at(a.name), "init", "--party", string(a.ID), "--name", a.Name, "--country", string(a.Country),
			"--endpoint", "https://localhost:"+a.wire, "--wire", "127.0.0.1:"+a.wire,
			"--desk", "127.0.0.1:"+a.desk, "--desk-url", "http://localhost:"+a.desk, "--key-file", at(a.name+".key"))
	}
	for i, a := range setups {
		other := setups[1-i]
		w.run(ts, "", "--home", at(a.name), "party", "add", at(other.name, "parties", string(other.ID)+".txt"))
	}
	w.run(ts, "yes\n", "--home", at("albia"), "agreement", "sign", at("north-star.toml"), "-o", at("half.txt"))
	w.run(ts, "yes\n", "--home", at("borea"), "agreement", "sign", at("half.txt"), "-o", at("north-star.txt"))
	for _, a := range setups {
		w.run(ts, "", "--home", at(a.name), "agreement", "add", at("north-star.txt"))
		codes := map[string]string{}
		for _, o := range a.Officers {
			said := w.run(ts, "", "--home", at(a.name), "officer", "add", string(o.ID), "--name", o.Name, "--role", string(o.Role))
			codes[string(o.ID)] = strings.Fields(said)[3]
		}
		startNode(ts, false, []string{a.name})
		for id, code := range codes {
			if !slices.Contains(args, id) {
				continue
			}
			w.run(ts, code+"\nlantern over the harbour\n", "signin", "--url", "http://localhost:"+a.desk, "--as", id, "--invitation")
		}
	}
}

func startNode(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	cmd := exec.Command("entente", "--home", filepath.Join(w.dir, args[0]), "node", "--verbose")
	log := &bytes.Buffer{}
	cmd.Stderr = log
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	w.nodes[args[0]] = cmd
	w.logs = append(w.logs, log)
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		cmd.Wait()
		ts.Fatalf("the node of %s did not start: %s", args[0], cmd.Stderr)
	}
}

func haltNode(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	cmd := w.nodes[args[0]]
	delete(w.nodes, args[0])
	ts.Check(cmd.Process.Signal(syscall.SIGTERM))
	if err := cmd.Wait(); err != nil {
		ts.Fatalf("the node of %s did not end well: %v\n%s", args[0], err, cmd.Stderr)
	}
}

func send(ts *testscript.TestScript, neg bool, args []string) {
	w := worldOf(ts)
	file := append(args, "tip.toml")[0]
	var p api.Proposal
	as := func(officer string, args ...string) {
		said := w.run(ts, "", append(args, "--json", "--url", ts.Getenv("borea"), "--as", officer)...)
		ts.Check(json.Unmarshal([]byte(said), &p))
	}
	as("vera.orlova", "tip", "send", ts.MkAbs(file))
	id := string(p.Draft.ID)
	as("ivan.sobol", "release", "show", id)
	as("ivan.sobol", "release", "ok", id, "--seen", p.Digest.String())
	ts.Setenv("ID", id)
}

// until is for what comes from the partner a moment later.
func until(ts *testscript.TestScript, neg bool, args []string) {
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		err := ts.Exec(args[1], args[2:]...)
		if err == nil && strings.Contains(ts.ReadFile("stdout"), args[0]) {
			return
		}
		if time.Now().After(end) {
			ts.Fatalf("in vain: %v", err)
		}
	}
}

// keep sets a variable to what the last output has after a mark.
func keep(name, pattern string) func(*testscript.TestScript, bool, []string) {
	find := regexp.MustCompile(pattern)
	return func(ts *testscript.TestScript, neg bool, args []string) {
		m := find.FindStringSubmatch(ts.ReadFile("stdout"))
		if m == nil {
			ts.Fatalf("nothing there is like %s", pattern)
		}
		ts.Setenv(name, m[1])
	}
}

// repack has a desktop's program pack an archive again.
func repack(ts *testscript.TestScript, neg bool, args []string) {
	in, err := zip.OpenReader(ts.MkAbs(args[0]))
	ts.Check(err)
	defer in.Close()
	out, err := os.Create(ts.MkAbs(args[1]))
	ts.Check(err)
	z := zip.NewWriter(out)
	for _, f := range in.File {
		r, err := f.Open()
		ts.Check(err)
		w, err := z.Create("evidence/" + f.Name)
		ts.Check(err)
		_, err = io.Copy(w, r)
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(out.Close())
}

// forge changes one bit in the middle of a file.
func forge(ts *testscript.TestScript, neg bool, args []string) {
	path := ts.MkAbs(args[0])
	b, err := os.ReadFile(path)
	ts.Check(err)
	b[len(b)/2] ^= 1
	ts.Check(os.WriteFile(path, b, 0o600))
}
