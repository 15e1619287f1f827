package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// pty gives both ends of a terminal.
func pty(t *testing.T) (keyboard, tty *os.File) {
	t.Helper()
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { keyboard.Close() })
	var n, unlock int32
	ioctl(t, keyboard, syscall.TIOCSPTLCK, unsafe.Pointer(&unlock))
	ioctl(t, keyboard, syscall.TIOCGPTN, unsafe.Pointer(&n))
	if tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|syscall.O_NOCTTY, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tty.Close() })
	return keyboard, tty
}

func ioctl(t *testing.T, f *os.File, request uintptr, arg unsafe.Pointer) {
	t.Helper()
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, f.Fd(), request, uintptr(arg)); errno != 0 {
		t.Fatal(errno)
	}
}

// shows reports whether the terminal shows what is typed.
func shows(t *testing.T, tty *os.File) bool {
	var state syscall.Termios
	ioctl(t, tty, syscall.TCGETS, unsafe.Pointer(&state))
	return state.Lflag&syscall.ECHO != 0
}

// typing runs a command on a terminal, types when it asks, and gives all that
// the terminal showed.
func typing(t *testing.T, asked, answer string, args ...string) (screen string, tty *os.File) {
	t.Helper()
	keyboard, tty := pty(t)
	cmd := exec.Command("entente", args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = tty, tty, tty
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for b := make([]byte, 4096); !strings.Contains(screen, "next:"); {
		n, err := keyboard.Read(b)
		if err != nil {
			t.Fatalf("%v after %q", err, screen)
		}
		screen += string(b[:n])
		if asked != "" && strings.Contains(screen, asked) {
			asked = ""
			// The prompt comes before the terminal stops showing: wait for it.
			for shows(t, tty) {
				time.Sleep(time.Millisecond)
			}
			io.WriteString(keyboard, answer)
		}
	}
	cmd.Wait()
	return screen, tty
}

func TestPasswordIsNotShown(t *testing.T) {
	screen, tty := typing(t, "Password: ", "quiet lantern\n", "signin", "--url", "http://localhost:1", "--as", "anna.kern")
	if strings.Contains(screen, "lantern") || !strings.Contains(screen, "does not answer") {
		t.Errorf("the terminal shows %q", screen)
	}
	if !shows(t, tty) {
		t.Error("the terminal shows nothing any more")
	}
}

func TestInterruptedAtThePassword(t *testing.T) {
	screen, tty := typing(t, "Password: ", "quiet\x03", "signin", "--url", "http://localhost:1", "--as", "anna.kern")
	if strings.Contains(screen, "quiet") || !strings.Contains(screen, "interrupted") {
		t.Errorf("the terminal shows %q", screen)
	}
	if !shows(t, tty) {
		t.Error("the terminal shows nothing any more")
	}
}
