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
