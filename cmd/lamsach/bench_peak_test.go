package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// gauge measures the memory of programs that run as processes of their own.
type gauge struct {
	Launcher string `json:"launcher"` // testdata/peak, which says why it stands between
	Program  string `json:"program"`  // whose memory is measured
	Told     string `json:"told"`     // the file to which the launcher adds a line for each run
}

// shipped is the program as `make build` makes it: what people run is smaller than the binary of its tests.
var shipped = sync.OnceValues(func() (string, error) {
	return goBuild(".", "lamsach", "-trimpath", "-ldflags", "-s -w")
})

var launcher = sync.OnceValues(func() (string, error) { return goBuild("./testdata/peak", "peak") })

// goBuild builds a program into the folder of the lists. `go test` sees to it that the go command is its own.
func goBuild(from, name string, flags ...string) (path string, err error) {
	folder, err := benchFolder()
	if err != nil {
		return "", err
	}
	path = filepath.Join(folder, name)
	cmd := exec.Command("go", append(append([]string{"build", "-o", path}, flags...), from)...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build %s: %w\n%s", from, err, out)
	}
	return path, nil
}

// newGauge measures a program; its figures stay in a file of the test.
func newGauge(t testing.TB, program string) gauge {
	t.Helper()
	path, err := launcher()
	if err != nil {
		t.Fatal(err)
	}
	return gauge{Launcher: path, Program: program, Told: filepath.Join(t.TempDir(), "peak")}
}

// shippedGauge measures the program that people run.
func shippedGauge(b *testing.B) gauge {
	b.Helper()
	program, err := shipped()
	if err != nil {
		b.Fatal(err)
	}
	return newGauge(b, program)
}

func (g gauge) command(args ...string) []string {
	return append([]string{g.Launcher, g.Told, g.Program}, args...)
}

// mostMB is the most that one of the runs held.
func (g gauge) mostMB() (float64, error) {
	told, err := os.ReadFile(g.Told)
	if err != nil {
		return 0, err
	}
	var kB []int
	for line := range strings.Lines(string(told)) {
		n, err := strconv.Atoi(strings.TrimSpace(line))
		if err != nil {
			return 0, err
		}
		kB = append(kB, n)
	}
	if len(kB) == 0 {
		return 0, errors.New("no run was measured")
	}
	return float64(slices.Max(kB)) / 1024, nil
}

// run runs the program once, and gives what it printed, its status and the most memory that it held.
func (g gauge) run(t testing.TB, args ...string) (out string, status int, mostMB float64) {
	t.Helper()
	line := g.command(args...)
	cmd := exec.CommandContext(t.Context(), line[0], line[1:]...)
	var said, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &problems
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	if mostMB, err = g.mostMB(); err != nil {
		t.Fatalf("%v: %s", err, problems.String())
	}
	return said.String(), cmd.ProcessState.ExitCode(), mostMB
}

// asReader makes the test binary become another program, which reads the files in the place of it.
const asReader = "LAMSACH_BENCH_READER"

// readerEnv makes the reading child the measured program.
func (g gauge) readerEnv() []string {
	return []string{asReader + "=" + strings.Join(g.command(), "\n")}
}

// becomeReader comes back only when it fails. The program gets no environment, as ever.
func becomeReader(command string) error {
	line := append(strings.Split(command, "\n"), os.Args[1:]...)
	return fmt.Errorf("%s: %w", line[0], syscall.Exec(line[0], line, nil))
}

// asMeasured makes the test binary do an upload in a process of its own and tell what that took.
const asMeasured = "LAMSACH_BENCH_UPLOAD"

// measuredWork is an upload in a process of its own.
type measuredWork struct {
	Small  string `json:"small"` // the list that comes before
	Path   string `json:"path"`
	Reader gauge  `json:"reader"`
}

// cost is the memory that it took, in MB.
type cost struct {
	RestMB float64 `json:"rest_mb"` // the most that the process had held before the list came
	HeldMB float64 `json:"held_mb"` // what it held when the list came
	PeakMB float64 `json:"peak_mb"` // the most that it held
}

// cost does the work.
func (m measuredWork) cost(b *testing.B) (c cost) {
	b.Helper()
	work, err := json.Marshal(m)
	if err != nil {
		b.Fatal(err)
	}
	cmd := exec.CommandContext(b.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), asMeasured+"="+string(work))
	var told strings.Builder
	cmd.Stderr = &told
	err = cmd.Run()
	if err != nil || json.Unmarshal([]byte(told.String()), &c) != nil {
		b.Fatalf("%v: %s", err, told.String())
	}
	return c
}

// measured is the life of that process.
func measured(work string) error {
	var m measuredWork
	if err := json.Unmarshal([]byte(work), &m); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "lamsach-bench-")
	if err != nil {
		return err
	}
	var c cost
	err = uploadOnce(context.Background(), folder, m.Reader.readerEnv(), m.Small, m.Path, func(work func() error) (err error) {
		if c.RestMB, err = memoryMB("VmHWM"); err != nil {
			return err
		}
		if c.HeldMB, err = memoryMB("VmRSS"); err != nil {
			return err
		}
		return work()
	})
	if err = errors.Join(err, os.RemoveAll(folder)); err != nil {
		return err
	}
	if c.PeakMB, err = memoryMB("VmHWM"); err != nil {
		return err
	}
	return json.NewEncoder(os.Stderr).Encode(c)
}

// memoryMB is the memory that this process holds (VmRSS), or the most that it ever held (VmHWM), which does not count what its parent
// held, as ru_maxrss does.
func memoryMB(which string) (float64, error) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	_, after, _ := strings.Cut(string(status), which+":")
	kB, err := strconv.ParseFloat(strings.Fields(after + " -")[0], 64)
	return kB / 1024, err
}

// TestGauge: a program is measured that is smaller than the process that asks, and one that is larger; what they say and how they end is
// passed on.
func TestGauge(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Fatal(err)
	}
	held := bytes.Repeat([]byte("x"), 64<<20)
	out, status, small := newGauge(t, shell).run(t, "-c", "echo little; exit 3")
	if out != "little\n" || status != 3 || small <= 0 || small > 16 {
		t.Errorf("small: said %q, status %d, %.1f MB", out, status, small)
	}
	const large = "text=$(head -c 33554432 /dev/zero | tr '\\0' x); echo ${#text}"
	out, status, most := newGauge(t, shell).run(t, "-c", large)
	if out != "33554432\n" || status != 0 || most < 32 || most > 512 {
		t.Errorf("large: said %q, status %d, %.1f MB", out, status, most)
	}
	if mine, err := memoryMB("VmHWM"); err != nil || mine < float64(len(held)>>20) {
		t.Errorf("this process: %.1f MB, %v", mine, err)
	}
	if out, status, _ := newGauge(t, shell).run(t, "-c", ":"); out != "" || status != 0 {
		t.Errorf("silent: said %q, status %d", out, status)
	}
}
