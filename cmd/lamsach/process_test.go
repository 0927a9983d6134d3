package main

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// asProgram makes the test binary be the program itself, so that tests run, kill and restart the real thing.
const asProgram = "LAMSACH_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(begin([]string{asProgram + "=1"}))
	}
	if command := os.Getenv(asReader); command != "" {
		fail(becomeReader(command))
	}
	if work := os.Getenv(asMeasured); work != "" {
		fail(measured(work))
		return
	}
	if file := os.Getenv(asStorm); file != "" {
		storm(file)
		return
	}
	status := m.Run()
	dropBenchLists()
	os.Exit(status)
}

// fail ends the process if there is an error.
func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}

// runProgram runs the program with arguments and gives what it printed and its exit status.
func runProgram(t testing.TB, env []string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], args...)
	cmd.Env = append(append(os.Environ(), asProgram+"=1"), env...)
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	err := cmd.Run()
	if err != nil && cmd.ProcessState == nil {
		t.Fatalf("run %v: %v", args, err)
	}
	return out.String(), problems.String(), cmd.ProcessState.ExitCode()
}

// server is a running `lamsach serve` that can be killed and started again on the same store.
type server struct {
	t       testing.TB
	env     []string
	log     *syncBuffer
	mu      sync.Mutex
	process *exec.Cmd
	ended   chan struct{}
	kills   int
}

// syncBuffer takes the log of several processes, one after the other.
type syncBuffer struct {
	mu   sync.Mutex
	body bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.body.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.body.String()
}

// serve starts the program; it is killed when the test ends.
func serve(t testing.TB, env ...string) *server {
	t.Helper()
	s := &server{t: t, env: env, log: &syncBuffer{}}
	s.start()
	t.Cleanup(func() {
		s.stop(os.Kill)
		if t.Failed() {
			t.Logf("log of the program:\n%s", tail(s.log.String(), 4000))
		}
	})
	return s
}

func tail(text string, n int) string { return text[max(0, len(text)-n):] }

func (s *server) start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	cmd := exec.Command(os.Args[0], "serve")
	cmd.Env = append(append(os.Environ(), asProgram+"=1"), s.env...)
	cmd.Stdout, cmd.Stderr = s.log, s.log
	if err := cmd.Start(); err != nil {
		s.t.Fatalf("start: %v", err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // how it ended is told by the test that ended it
		close(ended)
	}()
	s.process, s.ended = cmd, ended
}

// stop sends a signal and waits for the end.
func (s *server) stop(signal os.Signal) {
	s.mu.Lock()
	process, ended := s.process, s.ended
	s.mu.Unlock()
	_ = process.Process.Signal(signal) // it may have ended by itself
	<-ended
}

// kill ends the program as a power cut does, and starts it again.
func (s *server) kill() {
	s.stop(os.Kill)
	s.kills++
	s.start()
}

// store gives the environment of a store in a folder of the test.
func storeEnv(t testing.TB) []string {
	folder := t.TempDir()
	if err := os.Chmod(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return []string{
		"DATABASE_URL=sqlite:" + filepath.Join(folder, "lamsach.db"),
		"LAMSACH_KEY_FILE=" + filepath.Join(folder, "lamsach.key"),
	}
}

// invite makes a code on the command line, as the operator does.
func invite(t testing.TB, env []string, unit, name string) string {
	t.Helper()
	out, problems, status := runProgram(t, env, "invite", "--role", "officer", "--unit", unit, "--unit-name", "Xã Thử "+unit,
		"--name", name)
	if status != 0 {
		t.Fatalf("invite: status %d: %s", status, problems)
	}
	return strings.TrimSpace(out)
}

// startRedis runs a Redis of its own for the test and gives its address.
func startRedis(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatalf("redis-server is missing; `make test` installs it: %v", err)
	}
	port := freePort(t)
	cmd := exec.Command(path, "--port", port, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", t.TempDir())
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address := "127.0.0.1:" + port
	until(t, 10*time.Second, "redis answers", func(context.Context) bool {
		c, err := net.DialTimeout("tcp", address, time.Second)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	return address
}

func freePort(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, port, err := net.SplitHostPort(l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// until asks again and again whether something outside this process has come to pass, at most for the given time.
func until(t testing.TB, atMost time.Duration, what string, holds func(context.Context) bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), atMost)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds(ctx) {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("not within %s: %s", atMost, what)
		}
	}
}

// redisCommand sends one command without arguments that need quoting.
func redisCommand(t testing.TB, address, command string) {
	t.Helper()
	c, err := net.DialTimeout("tcp", address, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	fmt.Fprintf(c, "%s\r\n", command)
	answer := make([]byte, 64)
	if n, err := c.Read(answer); err != nil || answer[0] != '+' {
		t.Fatalf("redis %s: %q, %v", command, answer[:n], err)
	}
}
