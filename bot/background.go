package bot

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

// Background does work on a thread of low priority, and waits for it: people who talk go before lists that are read. What the work
// begins with Go, Beside and Together has its priority.
func Background(work func() error) error {
	ended := make(chan error, 1)
	go func() {
		stepBack(backgroundNice)
		ended <- work()
	}()
	return <-ended
}

// backgroundNice is how far background work steps back.
const backgroundNice = 5

// Go runs a goroutine that has no higher priority than who begins it.
func Go(run func()) {
	starter := priority()
	go func() {
		if behind := priority() - starter; behind > 0 {
			stepBack(behind)
		}
		run()
	}()
}

// Beside does work in a goroutine of its own, and gives what waits for its end and tells how it ended. A panic is an error.
func Beside(work func() error) (wait func() error) {
	ended := make(chan error, 1)
	Go(func() { ended <- Guarded(work) })
	return func() error { return <-ended }
}

// Guarded does work; a panic of it is an error.
func Guarded(work func() error) (err error) {
	defer func() {
		if p := recover(); p != nil { // its words might be about a person
			err = fmt.Errorf("panic with a %T in work beside", p)
		}
	}()
	return work()
}

// Together does the parts of a work, as many beside each other as there are processors that nobody else's Together has taken, and returns
// when all are done. A panic in one is the caller's then.
func Together(parts int, do func(part int)) {
	var next atomic.Int32
	take := func() (err error) {
		for {
			part := int(next.Add(1)) - 1
			if part >= parts {
				return err
			}
			err = errors.Join(err, Guarded(func() error {
				do(part)
				return nil
			}))
		}
	}
	var waits []func() error
	for range min(parts-1, processors()-1) {
		if helpers.Add(1) >= int32(processors()) { //nolint:gosec // few
			helpers.Add(-1)
			break
		}
		waits = append(waits, Beside(func() error {
			defer helpers.Add(-1)
			return take()
		}))
	}
	err := take()
	for _, wait := range waits {
		err = errors.Join(err, wait())
	}
	if err != nil {
		panic(err)
	}
}

// helpers counts the goroutines of Together beside their callers.
var helpers atomic.Int32

// machine is how many processors there are for goroutines, once Headroom has set more; 0 before.
var machine atomic.Int32

func processors() int { return cmp.Or(int(machine.Load()), runtime.GOMAXPROCS(0)) }

// Headroom lets Go run twice as many threads at once as there are processors, unless GOMAXPROCS says how many: then the system chooses
// among them, and it goes by priority. With as many threads as processors Go's own scheduler chooses, which knows none: a turn waits
// 10 ms and more until work in the background lets go of one. Once more is not more.
func Headroom() {
	if os.Getenv("GOMAXPROCS") != "" {
		return
	}
	counting.Do(func() { machine.Store(int32(runtime.GOMAXPROCS(0))) }) //nolint:gosec // few
	runtime.GOMAXPROCS(2 * processors())
}

// counting makes sure that the processors are counted before there are more.
var counting sync.Once
