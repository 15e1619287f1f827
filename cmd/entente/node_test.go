package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"net"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// alone sets up a node and starts it in a process of its own.
func alone(t *testing.T) (node *exec.Cmd, desk string) {
	t.Helper()
	home := filepath.Join(t.TempDir(), "albia")
	desk = "127.0.0.1:" + freePort(t)
	var out, problems bytes.Buffer
	args := []string{"--home", home, "init", "--party", "albia-ncc", "--name", "Albia", "--country", "XA", "--desk", desk, "--desk-url", "http://" + desk, "--key-file", home + ".key"}
	if run(context.Background(), args, strings.NewReader(""), &out, &problems, func(string) string { return "" }) != 0 {
		t.Fatal(problems.String())
	}
	node = exec.Command("entente", "--home", home, "node")
	ready, err := node.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := node.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { node.Process.Kill() })
	line, err := bufio.NewReader(ready).ReadString('\n')
	if err != nil || line != "albia-ncc is ready. Desk: http://"+desk+"\n" {
		t.Fatalf("the first line is %q, %v", line, err)
	}
	return node, desk
}

// The first signal lets what is under way finish, the second does not.
func TestSecondSignal(t *testing.T) {
	node, desk := alone(t)
	c, err := net.Dial("tcp", desk)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "POST /api/v1/sign-in HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n", desk)
	if line, err := bufio.NewReader(c).ReadString('\n'); err != nil || !strings.Contains(line, "100 Continue") {
		t.Fatalf("got %q, %v", line, err)
	}
	if err := node.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for { // until it takes no more visitors
		more, err := net.Dial("tcp", desk)
		if err != nil {
			break
		}
		more.Close()
		time.Sleep(10 * time.Millisecond)
	}
	if err := node.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatalf("it did not wait for who was being served: %v", err)
	}
	node.Wait()
	if status := node.ProcessState.Sys().(syscall.WaitStatus); !status.Signaled() || status.Signal() != syscall.SIGTERM {
		t.Errorf("it ended with %v, not by the second signal", node.ProcessState)
	}
}

// A proxy that is set by half, or in a form that there is none of, stops the start:
// the node never believes another than was meant.
func TestTrustedProxySettings(t *testing.T) {
	dir := t.TempDir()
	at := filepath.Join(dir, "albia")
	do := func(args ...string) (int, string) {
		var out, problems bytes.Buffer
		code := run(context.Background(), append([]string{"--home", at}, args...), strings.NewReader(""), &out, &problems, func(string) string { return "" })
		return code, problems.String()
	}
	if code, said := do("init", "--party", "albia-ncc", "--name", "Albia", "--country", "XA", "--desk-url", "https://desk.albia.example", "--key-file", filepath.Join(dir, "key")); code != 0 {
		t.Fatal(said)
	}
	plain, err := home(at).settings()
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string]struct {
		proxies []string
		says    string
		good    bool
	}{
		"none":    {nil, "", true},
		"one":     {[]string{"127.0.0.1"}, "forwarded", true},
		"by half": {[]string{"127.0.0.1"}, "", false},
		"a name":  {[]string{"proxy.albia.example"}, "forwarded", false},
		"no form": {[]string{"127.0.0.1"}, "x-real-ip", false},
	} {
		s := plain
		s.TrustedProxy, s.ProxySays = x.proxies, x.says
		if err := home(at).save(s); err != nil {
			t.Fatal(err)
		}
		code, said := do("party", "set", "--phone", "+999 55 0100")
		if (code == 0) != x.good || !x.good && !strings.Contains(said, "trusted-proxy") && !strings.Contains(said, "proxy-says") {
			t.Errorf("%s: code %d: %s", name, code, said)
		}
	}
}
