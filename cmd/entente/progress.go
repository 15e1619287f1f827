package main

import (
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows on a terminal how much of r has been read, once that takes a
// moment. size is -1 where it is not known.
func (e *env) progress(r io.Reader, size int64, what string) io.Reader {
	tty := terminal(e.stderr)
	if tty == nil || e.json {
		return r
	}
	bar := progressbar.NewOptions64(size,
		progressbar.OptionSetWriter(tty), progressbar.OptionSetDescription(plain(oneLine(what))), progressbar.OptionShowBytes(true),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetWidth(20),
		progressbar.OptionSetRenderBlankState(false),
	)
	return &watched{r, bar}
}

type watched struct {
	io.Reader
	bar *progressbar.ProgressBar
}

func (w *watched) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	w.bar.Add(n)
	if err != nil {
		w.bar.Finish()
	}
	return n, err
}

// sizeOf is the size of a file, or -1.
func sizeOf(f *os.File) int64 {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return -1
	}
	return info.Size()
}

// counting shows on a terminal a number that rises.
func (e *env) counting(what string) (tell func(int), stop func()) {
	tty := terminal(e.stderr)
	if tty == nil || e.json {
		return func(int) {}, func() {}
	}
	bar := progressbar.NewOptions(-1,
		progressbar.OptionSetWriter(tty), progressbar.OptionSetDescription(what), progressbar.OptionShowCount(),
		progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish(), progressbar.OptionSetRenderBlankState(false),
	)
	return func(n int) { bar.Set(n) }, func() { bar.Finish() }
}
