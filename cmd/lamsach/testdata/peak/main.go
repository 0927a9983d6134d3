// Command peak runs a program and tells the most memory that it held: peak FILE PROGRAM ARGUMENTS… adds a line to FILE, in kB on Linux.
// It ends with the status of the program.
//
// It stands between because of what the kernel calls the most that a child held: the child begins with the memory of the process that
// starts it, and keeps that figure when it becomes another program. Started by a test of 100 MB, no program takes less. This one holds
// next to nothing.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"syscall"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "peak FILE PROGRAM ARGUMENTS…")
		os.Exit(2)
	}
	status, err := measure(os.Args[1], exec.Command(os.Args[2], os.Args[3:]...))
	if err != nil {
		fmt.Fprintln(os.Stderr, "peak:", err)
		os.Exit(2)
	}
	os.Exit(status)
}

// measure runs the program to its end. Its last byte is passed on when its memory is told: whoever reads it may kill this process then.
func measure(file string, cmd *exec.Cmd) (status int, err error) {
	cmd.Stdin, cmd.Stderr = os.Stdin, os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	last, err := pass(os.Stdout, out)
	var ended *exec.ExitError
	if waited := cmd.Wait(); err == nil && !errors.As(waited, &ended) {
		err = waited
	}
	if err == nil {
		err = tell(file, cmd.ProcessState)
	}
	if err == nil {
		_, err = os.Stdout.Write(last)
	}
	return cmd.ProcessState.ExitCode(), err
}

// pass passes on everything but the last byte, and gives that.
func pass(to io.Writer, from io.Reader) (last []byte, err error) {
	buf := make([]byte, 64<<10)
	held := 0
	for {
		n, err := from.Read(buf[held:])
		if all := held + n; n > 0 && all > 1 {
			if _, err := to.Write(buf[:all-1]); err != nil {
				return nil, err
			}
			buf[0] = buf[all-1]
		}
		if n > 0 {
			held = 1
		}
		if err == io.EOF {
			return buf[:held], nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func tell(file string, ended *os.ProcessState) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(f, ended.SysUsage().(*syscall.Rusage).Maxrss)
	return errors.Join(err, f.Close())
}
