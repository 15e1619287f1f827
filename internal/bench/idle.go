package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"entente/internal/loopback"
)

// settle is how long an idle node is left alone before its memory is read.
const settle = 3 * time.Second

// measureIdle builds the program as for a release, sets a node up and starts it
// some times.
func measureIdle(ctx context.Context, o options) (figures []Figure, err error) {
	dir, err := os.MkdirTemp("", "entente-bench-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	p := program{path: filepath.Join(dir, "entente"), home: filepath.Join(dir, "home")}
	fmt.Fprintln(o.progress, "bench: an idle node")
	if err := p.build(ctx); err != nil {
		return nil, err
	}
	if err := p.init(ctx); err != nil {
		return nil, err
	}
	info, err := os.Stat(p.path)
	if err != nil {
		return nil, err
	}
	var starts []time.Duration
	var memory []float64
	for range o.starts {
		ready, resident, err := p.start(ctx)
		if err != nil {
			return nil, err
		}
		starts, memory = append(starts, ready), append(memory, float64(resident))
	}
	const group = "an idle node, SQLite"
	start := took(group, "start to the first answer of the desk", starts, nil)
	start.Aim = "< 1 s"
	return []Figure{
		{Group: group, Name: "resident memory", Value: median(memory), Unit: "B", Aim: "< 80 MiB"},
		start,
		{Group: group, Name: "stripped binary", Value: float64(info.Size()), Unit: "B", Aim: "< 60 MiB"},
	}, nil
}

// program is the built binary with the folder of its node.
type program struct {
	path, home, desk string
}

func (p *program) build(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", p.path, "entente/cmd/entente")
	return finish(cmd)
}

func (p *program) init(ctx context.Context) error {
	var addr [2]string
	for i := range addr {
		var err error
		if addr[i], err = loopback.Addr(); err != nil {
			return err
		}
	}
	p.desk = addr[0]
	// A key file, because what a passphrase costs is meant to be slow.
	return finish(exec.CommandContext(ctx, p.path, "--home", p.home, "init",
		"--party", "albia-ncc", "--name", "National Coordination Centre of Albia", "--country", "XA", "--phone", "+999 55 0100",
		"--endpoint", "https://"+addr[1], "--wire", addr[1], "--desk", addr[0], "--desk-url", "http://localhost",
		"--key-file", filepath.Join(filepath.Dir(p.path), "node.key")))
}

func finish(cmd *exec.Cmd) error {
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w: %s", strings.Join(cmd.Args[:2], " "), err, bytes.TrimSpace(out))
	}
	return nil
}

// start runs the node until it has been idle for a while. It gives the time
// until the desk answered, and the memory that the node held at the end.
func (p *program) start(ctx context.Context) (ready time.Duration, resident int64, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	var complaint bytes.Buffer
	cmd := exec.CommandContext(ctx, p.path, "--home", p.home, "node")
	cmd.Stderr = &complaint
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	ready, err = p.answer(ctx, begun)
	if err == nil {
		time.Sleep(settle)
		resident, err = residentOf(cmd.Process.Pid)
	}
	err = errors.Join(err, cmd.Process.Signal(os.Interrupt))
	if stop := cmd.Wait(); stop != nil || err != nil {
		return 0, 0, fmt.Errorf("entente node: %w: %s", errors.Join(err, stop), bytes.TrimSpace(complaint.Bytes()))
	}
	return ready, resident, nil
}

// answer asks the desk until it answers, whatever it says.
func (p *program) answer(ctx context.Context, begun time.Time) (time.Duration, error) {
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+p.desk+"/", nil)
		if err != nil {
			return 0, err
		}
		resp, err := client.Do(r)
		if err == nil {
			return time.Since(begun), resp.Body.Close()
		}
		if ctx.Err() != nil {
			return 0, fmt.Errorf("the desk did not answer: %w", err)
		}
		time.Sleep(time.Millisecond)
	}
}

// residentOf reads how much memory a process holds, as Linux tells it.
func residentOf(pid int) (int64, error) {
	f, err := os.Open(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if kb, ok := strings.CutPrefix(lines.Text(), "VmRSS:"); ok {
			n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(kb), " kB"), 10, 64)
			return n << 10, err
		}
	}
	return 0, errors.New("the system does not say how much memory a process holds")
}
