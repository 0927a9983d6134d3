package bot

import "fmt"

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

// Together does the parts of a work beside each other, and returns when all are done. A panic in one is the caller's.
func Together(parts int, do func(part int)) {
	var waits []func() error
	for i := 1; i < parts; i++ {
		waits = append(waits, Beside(func() error {
			do(i)
			return nil
		}))
	}
	do(0)
	for _, wait := range waits {
		if err := wait(); err != nil {
			panic(err)
		}
	}
}
