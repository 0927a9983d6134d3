//go:build unix

package storagetest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrMissing says that a server's program is not installed.
var ErrMissing = errors.New("storagetest: not installed")

// startLimit is how long a server may take to come up on a busy machine.
const startLimit = 60 * time.Second

// Server is a server started for tests.
type Server struct {
	URL     string
	Process *os.Process // to be stopped and continued by tests of outages
	Dir     string      // its data
	done    chan error
}

// Stop ends the server and takes its data away.
func (s *Server) Stop() error {
	_ = s.Process.Signal(syscall.SIGCONT)
	err := s.Process.Signal(syscall.SIGINT) // PostgreSQL: fast shutdown
	if err == nil {
		<-s.done
	}
	return errors.Join(err, os.RemoveAll(s.Dir))
}

// StartPostgres starts a PostgreSQL with an empty cluster; URL names its database postgres. Nothing is installed:
// ErrMissing.
func StartPostgres() (*Server, error) {
	bin, err := postgresFolder()
	if err != nil {
		return nil, err
	}
	owner, err := postgresOwner()
	if err != nil {
		return nil, err
	}
	dir, err := ownFolder("lamsach-postgres-", owner)
	if err != nil {
		return nil, err
	}
	data := filepath.Join(dir, "data")
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
	initdb.SysProcAttr, initdb.Dir = owner, dir
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w: %s", err, out), os.RemoveAll(dir))
	}
	port, err := freePort()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	command := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", dir, "-p", strconv.Itoa(port),
		"-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "log_min_messages=log")
	command.SysProcAttr, command.Dir = owner, dir
	url := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	return start(command, url, dir, "ready to accept connections")
}

// StartRedis starts a Redis with an empty memory and the given lines of configuration, such as "maxmemory 3mb".
func StartRedis(config ...string) (*Server, error) {
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		return nil, fmt.Errorf("redis-server: %w", ErrMissing)
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	dir, err := ownFolder("lamsach-redis-", nil)
	if err != nil {
		return nil, err
	}
	lines := append([]string{"bind 127.0.0.1", fmt.Sprintf("port %d", port), "dir " + dir, "save \"\""}, config...)
	path := filepath.Join(dir, "redis.conf")
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	command := exec.Command(bin, path)
	command.Dir = dir
	return start(command, fmt.Sprintf("redis://127.0.0.1:%d/0", port), dir, "Ready to accept connections")
}

// start runs a server until it says that it is ready.
func start(command *exec.Cmd, url, dir, ready string) (*Server, error) {
	said, say := io.Pipe()
	command.Stdout, command.Stderr = say, say
	if err := command.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s := &Server{URL: url, Process: command.Process, Dir: dir, done: make(chan error, 1)}
	go func() {
		s.done <- command.Wait()
		_ = say.Close()
	}()
	up := make(chan error, 1)
	go func() {
		lines := bufio.NewScanner(said)
		var last string
		for lines.Scan() {
			if last = lines.Text(); strings.Contains(last, ready) {
				up <- nil
				_, _ = io.Copy(io.Discard, said)
				return
			}
		}
		up <- fmt.Errorf("%s ended: %s", filepath.Base(command.Path), last)
	}()
	select {
	case err := <-up:
		if err != nil {
			return nil, errors.Join(err, os.RemoveAll(dir))
		}
		return s, nil
	case <-time.After(startLimit):
		return nil, errors.Join(fmt.Errorf("%s did not come up", filepath.Base(command.Path)), s.Stop())
	}
}

func postgresFolder() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		path, err = filepath.EvalSymlinks(path) // its sisters lie where it is, not where a link is
		return filepath.Dir(path), err
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("PostgreSQL: %w", ErrMissing)
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// postgresOwner gives the account under which PostgreSQL, which refuses to run as root, is to run; nil: our own.
func postgresOwner() (*syscall.SysProcAttr, error) {
	if os.Getuid() != 0 {
		return nil, nil //nolint:nilnil // no change of account is a valid answer
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("the account postgres: %w", ErrMissing)
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}, nil
}

func ownFolder(name string, owner *syscall.SysProcAttr) (string, error) {
	dir, err := os.MkdirTemp("", name)
	if err != nil || owner == nil {
		return dir, err
	}
	return dir, os.Chown(dir, int(owner.Credential.Uid), int(owner.Credential.Gid))
}

// freePort gives a port of the loopback that nobody used a moment ago.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close() //nolint:forcetypeassert // a TCP listener has a TCP address
}
