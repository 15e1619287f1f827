package main

import (
	"bufio"
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"entente/internal/loopback"
)

// session is somebody who follows a page: his home folder, his windows, and what
// he has in the place of the page's own ids, codes and ports.
type session struct {
	t     *testing.T
	home  string
	env   map[string][]string // of each window
	real  map[string]string   // what the page shows → what there is here
	nodes map[string]*exec.Cmd
}

func newSession(t *testing.T) *session {
	s := &session{t: t, home: t.TempDir(), env: map[string][]string{}, nodes: map[string]*exec.Cmd{}}
	s.real = map[string]string{"/home/you": s.home}
	for _, port := range []string{"8080", "8443", "8090", "8453"} {
		s.real[":"+port] = ":" + freePort(t)
	}
	t.Cleanup(func() {
		for _, n := range s.nodes {
			s.stop(n)
		}
	})
	return s
}

// freePort gives a port of this machine that nobody listens on.
func freePort(t testing.TB) string {
	addr, err := loopback.Addr()
	if err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func (s *session) run(p step) {
	s.t.Helper()
	command := s.here(p.command)
	if vars, ok := strings.CutPrefix(command, "export "); ok {
		for _, v := range strings.Fields(vars) {
			s.env[p.window] = append(s.env[p.window], strings.Replace(v, "=~", "="+s.home, 1))
		}
		return
	}
	if command == "^C" {
		s.stop(s.nodes[p.window])
		delete(s.nodes, p.window)
		return
	}
	if strings.HasSuffix(p.window, "-node") {
		s.start(s.shell(p.window, command), p)
		return
	}
	var problem string
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		if problem = s.try(p, command); problem == "" {
			return
		}
		// What comes from the partner comes a moment later.
		if !strings.HasPrefix(p.command, "entente inbox") || time.Now().After(end) {
			s.t.Fatalf("docs line %d: %s\n%s", p.line, command, problem)
		}
	}
}

// try runs a command and says what is not as the page shows.
func (s *session) try(p step, command string) string {
	cmd := s.shell(p.window, command)
	cmd.Stdin = strings.NewReader(s.here(strings.Join(p.typed, "\n") + "\n"))
	out, err := cmd.CombinedOutput()
	fails := slices.ContainsFunc(p.want, func(w string) bool { return strings.HasPrefix(w, "entente: ") })
	if fails != (err != nil) {
		return fmt.Sprintf("%v\n%s", err, out)
	}
	return s.compare(p, string(out))
}

// shell runs a command as a window's shell would.
func (s *session) shell(window, command string) *exec.Cmd {
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = s.home
	home := s.home
	if window == "anyone" {
		home = s.t.TempDir() // somebody who never had a node
	}
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + home}, s.env[window]...)
	return cmd
}

// start starts a node and waits for its first line.
func (s *session) start(cmd *exec.Cmd, p step) {
	s.t.Helper()
	cmd.Args[2] = "exec " + cmd.Args[2]
	out, err := cmd.StdoutPipe()
	if err != nil {
		s.t.Fatal(err)
	}
	log, err := os.Create(filepath.Join(s.t.TempDir(), "log"))
	if err != nil {
		s.t.Fatal(err)
	}
	cmd.Stderr = log
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.nodes[p.window] = cmd
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		said, _ := os.ReadFile(log.Name())
		s.t.Fatalf("docs line %d: the node did not start: %s", p.line, said)
	}
	if problem := s.compare(p, line); problem != "" {
		s.t.Fatalf("docs line %d: %s", p.line, problem)
	}
}

// stop ends a node as its operator does, and holds that it ends well.
func (s *session) stop(cmd *exec.Cmd) {
	s.t.Helper()
	cut := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	defer cut.Stop()
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Error(err)
	}
	if err := cmd.Wait(); err != nil {
		said, _ := os.ReadFile(cmd.Stderr.(*os.File).Name())
		s.t.Errorf("the node did not end well: %v\n%s", err, said)
	}
}

// here puts what there is here in the place of what the page shows.
func (s *session) here(text string) string {
	for shown, real := range s.real {
		text = strings.ReplaceAll(text, shown, real)
		text = strings.ReplaceAll(text, strings.ToLower(shown), strings.ToLower(real))
	}
	return text
}

const crockford = `[0-9A-HJKMNP-TV-Z]{4}`

var (
	// named is what differs from run to run and is the same thing on the whole page.
	named = regexp.MustCompile(`[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}|(?:` + crockford + ` ){7}` + crockford + `|(?:` + crockford + `-){4}` + crockford)
	// passing is what differs from run to run and does not come again.
	passing = regexp.MustCompile(`…|\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)? UTC)?|\d+ (?:bytes|KiB|MiB)`)
)

// compare holds what a command printed against what the page shows, and learns
// what stands here in the place of the page's ids and codes. A line of "…" stands
// for any lines.
func (s *session) compare(p step, got string) (problem string) {
	if len(p.want) == 0 {
		return ""
	}
	var pattern bytes.Buffer
	var learn []string
	pattern.WriteString(`\A`)
	for _, w := range p.want {
		if w == "…" {
			pattern.WriteString(`(?:.*\n)*?`)
			continue
		}
		rest := w
		for m := named.FindStringIndex(rest); m != nil; m = named.FindStringIndex(rest) {
			pattern.WriteString(s.loosely(rest[:m[0]]))
			shown := rest[m[0]:m[1]]
			if real, ok := s.real[shown]; ok {
				pattern.WriteString(regexp.QuoteMeta(real))
			} else {
				pattern.WriteString("(" + named.String() + ")")
				learn = append(learn, shown)
			}
			rest = rest[m[1]:]
		}
		pattern.WriteString(s.loosely(rest) + `\n`)
	}
	pattern.WriteString(`\z`)
	m := regexp.MustCompile(pattern.String()).FindStringSubmatch(got)
	if m == nil {
		return fmt.Sprintf("the page shows\n%s\nthe command printed\n%s", strings.Join(p.want, "\n"), got)
	}
	for i, shown := range learn {
		s.real[shown] = m[i+1]
	}
	return ""
}

// loosely is a pattern for text in which nothing is named.
func (s *session) loosely(text string) string {
	text = s.here(text)
	var b strings.Builder
	for m := passing.FindStringIndex(text); m != nil; m = passing.FindStringIndex(text) {
		b.WriteString(regexp.QuoteMeta(text[:m[0]]))
		shape := regexp.MustCompile(`\d`).ReplaceAllString(regexp.QuoteMeta(text[m[0]:m[1]]), `\d`)
		switch {
		case text[m[0]:m[1]] == "…":
			shape = `.*`
		case !strings.Contains(shape, "-"):
			shape = `\d+ (?:bytes|KiB|MiB)`
		}
		b.WriteString(shape)
		text = text[m[1]:]
	}
	b.WriteString(regexp.QuoteMeta(text))
	return b.String()
}
